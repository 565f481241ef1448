//! A theme as it describes itself: what a style page shows of its tokens, pictures and directives.
//!
//! Everything here is read from `theme.toml` once more, in the words of [`super::contract`]. Nothing is
//! checked: what is wrong has been reported where it was read. To show more of a theme, add a field to
//! [`contract::Theme`] and fill it here.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::Chain;
use super::contract::{self, Contrast};
use super::contrast::ratio;
use super::directive::DirectiveSpec;
use super::manifest::{ContrastRule, TOKEN_KINDS};
use super::tokens::{Token, color};

/// The theme at the front of a chain, with what it has from its parents.
pub(super) fn describe(
    chain: &Chain,
    tokens: &[Token],
    directives: &BTreeMap<String, DirectiveSpec>,
) -> contract::Theme {
    let front = chain.manifests.first();
    contract::Theme {
        name: front.map_or_else(String::new, |theme| theme.name.clone()),
        about: front.map_or_else(String::new, |theme| theme.about.clone()),
        tokens: tokens
            .iter()
            .map(|token| described(token, tokens, chain))
            .collect(),
        keys: keys(chain),
        directives: directives
            .values()
            .map(|spec| contract::Directive {
                name: spec.name.clone(),
                about: spec.about.clone(),
            })
            .collect(),
    }
}

fn described(token: &Token, tokens: &[Token], chain: &Chain) -> contract::Token {
    let mut kinds = TOKEN_KINDS.iter();
    let kind = kinds.find(|(_, kind)| *kind == token.kind);
    let rules = chain
        .manifests
        .iter()
        .rev()
        .flat_map(|theme| &theme.contrast);
    let mut seen = BTreeSet::new();
    let contrast = rules
        .filter(|rule| rule.text.value == token.name)
        .flat_map(|rule| rule.on.iter().map(move |on| (rule, on)))
        // A child may ask for more than its parent: each ground stands there once.
        .filter(|(_, on)| seen.insert(on.value.as_str()))
        .filter_map(|(rule, on)| {
            let ground = tokens.iter().find(|other| other.name == on.value)?;
            contrast(token, ground, rule)
        })
        .collect();
    contract::Token {
        name: token.name.clone(),
        kind: kind.map_or_else(String::new, |(word, _)| (*word).to_owned()),
        about: token.about.clone(),
        light: token.light.text.clone(),
        dark: token.dark.text.clone(),
        contrast,
    }
}

/// `None` when one of the two is no colour, which is reported elsewhere.
fn contrast(token: &Token, ground: &Token, rule: &ContrastRule) -> Option<Contrast> {
    // Rounded down, so that no page claims more than there is.
    let shown = |ratio: f64| format!("{:.1}", (ratio * 10.0 + 1e-9).floor() / 10.0);
    let light = ratio(color(&token.light.text)?, color(&ground.light.text)?);
    let dark = ratio(color(&token.dark.text)?, color(&ground.dark.text)?);
    Some(Contrast {
        on: ground.name.clone(),
        light: shown(light),
        dark: shown(dark),
        at_least: shown(rule.at_least),
    })
}

/// The child's before the parent's, as everywhere.
fn keys(chain: &Chain) -> Vec<contract::ExtraKey> {
    let mut keys = BTreeMap::new();
    for key in chain.manifests.iter().flat_map(|theme| &theme.extra) {
        keys.entry(key.name.clone())
            .or_insert_with(|| contract::ExtraKey {
                name: key.name.clone(),
                about: key.about.clone(),
                choices: key.choices.clone().unwrap_or_default(),
            });
    }
    keys.into_values().collect()
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::Folder;

    #[test]
    fn a_theme_describes_its_tokens_with_the_values_that_count() {
        let parent = "name = \"parent\"\n\
            [tokens.ink]\nkind = \"color\"\nlight = \"#767676\"\ndark = \"#fff\"\nabout = \"Text\"\n\
            [tokens.paper]\nkind = \"color\"\nlight = \"#fff\"\ndark = \"#000\"\n\
            [tokens.measure]\nkind = \"length\"\nvalue = \"38rem\"\n\
            [[contrast]]\ntext = \"ink\"\non = [\"paper\"]\nat_least = 4.5\n\
            [extra.art]\nchoices = [\"moon\", \"leaf\"]\nabout = \"Picture\"\n\
            [directives.note]\nabout = \"An aside\"\n";
        let folder = Folder::new(&[
            (
                "site.toml",
                "[theme]\nname = \"child\"\n[theme.tokens]\nmeasure = \"40rem\"\n",
            ),
            ("themes/parent/theme.toml", parent),
            ("themes/parent/templates/directives/note.html", "{{ body }}"),
            (
                "themes/child/theme.toml",
                "name = \"child\"\ndescription = \"Another\"\nextends = \"parent\"\n\
                 [tokens.ink]\nlight = \"#000\"\n",
            ),
        ]);
        let (theme, _, _) = folder.load(&["en"]);
        let theme = theme.described();
        assert_eq!((&*theme.name, &*theme.about), ("child", "Another"));
        let tokens: Vec<_> = theme
            .tokens
            .iter()
            .map(|token| {
                format!(
                    "{} {} {} {} {}",
                    token.name, token.kind, token.light, token.dark, token.about
                )
            })
            .collect();
        assert_eq!(
            tokens,
            [
                "ink color #000 #fff Text",
                "paper color #fff #000 ",
                "measure length 40rem 40rem ",
            ]
        );
        let contrast = &theme.tokens[0].contrast;
        assert_eq!(contrast.len(), 1);
        let reached = &contrast[0];
        assert_eq!(
            (
                &*reached.on,
                &*reached.light,
                &*reached.dark,
                &*reached.at_least
            ),
            ("paper", "21.0", "21.0", "4.5")
        );
        assert_eq!(theme.keys[0].choices, ["moon", "leaf"]);
        assert_eq!(theme.directives[0].about, "An aside");
    }
}
