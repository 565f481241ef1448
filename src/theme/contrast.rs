//! Whether words can be read on their ground, by the formula of WCAG 2.

use lightningcss::values::color::RGBA;

use super::chain::Chain;
use super::manifest::{ContrastRule, TokenKind, Written};
use super::tokens::{Token, color};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// Checks every `[[contrast]]` of the theme and its parents in both schemes.
pub(super) fn check(chain: &Chain, tokens: &[Token], findings: &mut Vec<Diagnostic>) {
    for rule in chain
        .manifests
        .iter()
        .rev()
        .flat_map(|manifest| &manifest.contrast)
    {
        let Some(text) = find(tokens, &rule.text, rule, findings) else {
            continue;
        };
        for ground in &rule.on {
            let Some(on) = find(tokens, ground, rule, findings) else {
                continue;
            };
            for (scheme, words, ground) in [
                ("light", &text.light, &on.light),
                ("dark", &text.dark, &on.dark),
            ] {
                findings.extend(check_pair(chain, rule, (scheme, text, words), (on, ground)));
            }
        }
    }
}

fn find<'a>(
    tokens: &'a [Token],
    name: &Spanned<String>,
    rule: &ContrastRule,
    findings: &mut Vec<Diagnostic>,
) -> Option<&'a Token> {
    let colors = || tokens.iter().filter(|token| token.kind == TokenKind::Color);
    let found = colors().find(|token| token.name == name.value);
    if found.is_none() {
        findings.push(
            Diagnostic::new(Code::Token, format!("there is no colour `{}`", name.value))
                .at(&rule.path, name.span.clone(), "not known")
                .suggest(
                    &name.value,
                    colors().map(|token| token.name.as_str()),
                    "`text` and `on` name tokens of the kind `color`",
                ),
        );
    }
    found
}

fn check_pair(
    chain: &Chain,
    rule: &ContrastRule,
    (scheme, text, words): (&str, &Token, &Written),
    (on, ground): (&Token, &Written),
) -> Option<Diagnostic> {
    let (front, back) = (color(&words.text)?, color(&ground.text)?);
    let reached = ratio(front, back);
    // A hair below is still below, but the rounding of the formula itself is not the author's fault.
    if reached + 1e-9 >= rule.at_least {
        return None;
    }
    let shown = (reached * 100.0).floor() / 100.0;
    let message = format!(
        "`{}` on `{}` reaches a contrast of {shown:.2} in the {scheme} scheme and needs {:.2}",
        text.name, on.name, rule.at_least
    );
    // What an author can change comes first: nobody can write in a theme that is built in.
    let is_built_in = |path: &SourcePath| {
        let mut manifests = chain.manifests.iter();
        manifests.any(|manifest| manifest.path == *path && manifest.is_built_in)
    };
    let only_ground_is_theirs = is_built_in(&words.path) && !is_built_in(&rule.path);
    let is_said = |written: &Written| written.path != rule.path || only_ground_is_theirs;
    let tokens = [(text, words), (on, ground)].into_iter();
    let mut places: Vec<_> = tokens
        .filter(|(_, written)| is_said(written))
        .map(|(token, written)| {
            let label = format!("`{}` in the {scheme} scheme", token.name);
            (&written.path, written.span.clone(), label)
        })
        .collect();
    places.push((&rule.path, rule.text.span.clone(), "the rule".to_owned()));
    places.sort_by_key(|(path, ..)| (is_built_in(path), **path != SourcePath::site_toml()));
    let places = places.into_iter();
    let finding = places.fold(
        Diagnostic::new(Code::Contrast, message),
        |finding, (path, span, label)| finding.at(path, span, label),
    );
    let towards = if luminance(front) < luminance(back) {
        "darker"
    } else {
        "lighter"
    };
    let help = format!("make `{}` {towards} or choose another ground", text.name);
    Some(finding.help(help))
}

/// The contrast ratio, 1 to 21. Translucent words are laid on their ground first.
pub(super) fn ratio(front: RGBA, back: RGBA) -> f64 {
    let alpha = f64::from(front.alpha) / 255.0;
    let mix = |front: u8, back: u8| f64::from(front) * alpha + f64::from(back) * (1.0 - alpha);
    let words = relative(
        mix(front.red, back.red),
        mix(front.green, back.green),
        mix(front.blue, back.blue),
    );
    let ground = luminance(back);
    (words.max(ground) + 0.05) / (words.min(ground) + 0.05)
}

fn luminance(color: RGBA) -> f64 {
    relative(
        f64::from(color.red),
        f64::from(color.green),
        f64::from(color.blue),
    )
}

fn relative(red: f64, green: f64, blue: f64) -> f64 {
    let linear = |channel: f64| {
        let share = channel / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_gives_what_the_recommendation_gives() {
        let of = |front, back| {
            ratio(
                color(front).expect("a colour"),
                color(back).expect("a colour"),
            )
        };
        assert!((of("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((of("#767676", "white") - 4.54).abs() < 0.005);
        assert!((of("rgb(0 0 0 / 0%)", "#fff") - 1.0).abs() < 1e-9);
    }
}
