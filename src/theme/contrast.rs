//! Whether words can be read on their ground, by the formula of WCAG 2.

use lightningcss::values::color::RGBA;

use super::chain::Chain;
use super::manifest::{ContrastRule, TokenKind, Written};
use super::tokens::{Token, color};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};

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
            check_pair(
                rule,
                ("light", text, &text.light),
                (on, &on.light),
                findings,
            );
            check_pair(rule, ("dark", text, &text.dark), (on, &on.dark), findings);
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
    rule: &ContrastRule,
    (scheme, text, words): (&str, &Token, &Written),
    (on, ground): (&Token, &Written),
    findings: &mut Vec<Diagnostic>,
) {
    let (Some(front), Some(back)) = (color(&words.text), color(&ground.text)) else {
        return;
    };
    let reached = ratio(front, back);
    // A hair below is still below, but the rounding of the formula itself is not the author's fault.
    if reached + 1e-9 >= rule.at_least {
        return;
    }
    let shown = (reached * 100.0).floor() / 100.0;
    let message = format!(
        "`{}` on `{}` reaches a contrast of {shown:.2} in the {scheme} scheme and needs {:.2}",
        text.name, on.name, rule.at_least
    );
    let mut finding = Diagnostic::new(Code::Contrast, message);
    let of_site = |written: &&(&Token, &Written)| written.1.path != rule.path;
    let both = [(text, words), (on, ground)];
    for (token, written) in both.iter().filter(of_site) {
        let label = format!("`{}` in the {scheme} scheme", token.name);
        finding = finding.at(&written.path, written.span.clone(), label);
    }
    finding = finding.at(&rule.path, rule.text.span.clone(), "the rule");
    findings.push(finding.help(format!(
        "make `{}` {} or choose another ground",
        text.name,
        if luminance(front) < luminance(back) {
            "darker"
        } else {
            "lighter"
        }
    )));
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
