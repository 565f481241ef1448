//! Whether the words of the actual stylesheets can be read: each rule that sets both the colour of
//! words and their ground, in both schemes, with the tokens that count.
//!
//! [`super::contrast`] holds the pairs that a theme declares; this holds those that its rules make. A
//! rule that sets one of the two is not judged, for only a browser knows on what its words end up. Nor
//! are grounds that are pictures or let something through, names that several rules declare, rules
//! for what cannot be used (`:disabled`) and for high-contrast modes, or borders.

use std::collections::BTreeMap;

use lightningcss::declaration::DeclarationBlock;
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::{CssRule, CssRuleList, Location};
use lightningcss::traits::ToCss;
use lightningcss::values::color::RGBA;
use rustc_hash::FxHashMap;

use super::contrast::ratio;
use super::custom_properties::declared;
use super::properties::{Lookup, find_declaration};
use super::stylesheet::offset;
use super::tokens::color;
use crate::diagnostic::{Code, Diagnostic};

/// What words need on their ground, and large ones.
const NEEDED: f64 = 4.5;
const NEEDED_BY_LARGE: f64 = 3.0;

/// Properties that make a rule show something else than its two colours.
const UNCLEAR: [&str; 8] = [
    "opacity",
    "background-image",
    "background-clip",
    "-webkit-background-clip",
    "filter",
    "mix-blend-mode",
    "-webkit-text-fill-color",
    "backdrop-filter",
];

/// The values of the custom properties of one scheme; `None` for those that nobody can tell.
type Values = BTreeMap<String, Option<String>>;

/// The light scheme, and the dark one.
const SCHEMES: [&str; 2] = ["light", "dark"];

/// The custom properties that stylesheets can rely on, in both schemes. What a stylesheet for paper,
/// `print.css`, declares is not among them, unless it is the one that is judged.
#[derive(Debug, Default)]
pub(super) struct Palette([Values; 2]);

impl Palette {
    /// That of the tokens. A name which a stylesheet declares too has no value that is known.
    pub(super) fn new<'t>(tokens_css: &str, stylesheets: impl Iterator<Item = &'t str>) -> Self {
        let (light, dark) = tokens_css.split_once("@media").unwrap_or((tokens_css, ""));
        let values = |css: &str| -> Values {
            let inside = css.rsplit('{').next().unwrap_or_default();
            let inside = inside.split('}').next().unwrap_or_default();
            inside
                .split(';')
                .filter_map(|entry| entry.split_once(':'))
                .map(|(name, value)| (name.trim().to_owned(), Some(value.trim().to_owned())))
                .collect()
        };
        let mut light = values(light);
        let mut dark_too = light.clone();
        dark_too.extend(values(dark));
        for name in stylesheets.flat_map(declared) {
            light.insert(name.to_owned(), None);
            dark_too.insert(name.to_owned(), None);
        }
        Self([light, dark_too])
    }

    /// A colour in a scheme; `None` for what is none, or depends on what is not known.
    fn color(&self, text: &str, scheme: usize) -> Option<RGBA> {
        let text = self.filled(text, scheme, 0)?;
        let inner = text
            .strip_prefix("light-dark(")
            .and_then(|rest| rest.strip_suffix(')'));
        match inner {
            Some(both) => {
                let (light, dark) = both.split_once(',')?;
                color([light, dark][scheme].trim())
            }
            None => color(text.trim()),
        }
    }

    /// A value without `var(...)`.
    fn filled(&self, text: &str, scheme: usize, depth: usize) -> Option<String> {
        let Some(start) = text.find("var(") else {
            return Some(text.to_owned());
        };
        let inner = &text[start + 4..];
        let end = inner.find(')')?;
        let name = inner[..end].trim();
        // One with a fallback is rare, and says itself that it may be absent.
        if depth > 8 || name.contains(',') {
            return None;
        }
        let value = self.0[scheme].get(name)?.as_deref()?;
        let filled = format!("{}{value}{}", &text[..start], &inner[end + 1..]);
        self.filled(&filled, scheme, depth + 1)
    }
}

/// Where a rule holds.
#[derive(Debug, Clone)]
struct Context {
    schemes: &'static [usize],
    /// What else has to be so, such as a wide screen.
    condition: String,
    selector: String,
}

/// What is set for a selector in a scheme.
#[derive(Debug, Clone, Default)]
struct Set {
    words: Option<(String, Location)>,
    ground: Option<(String, Location)>,
    is_large: bool,
    is_unclear: bool,
}

/// Reports rules whose words are too close to their ground.
pub(super) fn check(
    rules: &CssRuleList<'_>,
    palette: &Palette,
    lookup: Lookup<'_, '_>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut sets = FxHashMap::default();
    let mut order = Vec::new();
    let everywhere = Context {
        schemes: &[0, 1],
        condition: String::new(),
        selector: String::new(),
    };
    gather(rules, &everywhere, &mut sets, &mut order);
    for key in &order {
        let Some(schemes) = sets.get(key) else {
            continue;
        };
        for (scheme, set) in schemes.iter().enumerate() {
            if let Some(finding) = judge(&key.1, set, scheme, palette, lookup) {
                findings.push(finding);
                break;
            }
        }
    }
}

/// By what has to be so, and by selector.
type Key = (String, String);

fn gather(
    rules: &CssRuleList<'_>,
    context: &Context,
    sets: &mut FxHashMap<Key, [Set; 2]>,
    order: &mut Vec<Key>,
) {
    for rule in &rules.0 {
        match rule {
            CssRule::Style(rule) => {
                let own = printed(&rule.selectors);
                let inner = Context {
                    selector: if context.selector.is_empty() {
                        own
                    } else {
                        format!("{} {own}", context.selector)
                    },
                    ..context.clone()
                };
                add(&rule.declarations, rule.loc, &inner, sets, order);
                gather(&rule.rules, &inner, sets, order);
            }
            CssRule::NestedDeclarations(rule) => {
                add(&rule.declarations, rule.loc, context, sets, order);
            }
            CssRule::Nesting(rule) => {
                let inner = Context {
                    selector: format!("{} {}", context.selector, printed(&rule.style.selectors)),
                    ..context.clone()
                };
                add(&rule.style.declarations, rule.loc, &inner, sets, order);
                gather(&rule.style.rules, &inner, sets, order);
            }
            CssRule::Media(rule) => {
                if let Some(inner) = within(context, &printed(&rule.query)) {
                    gather(&rule.rules, &inner, sets, order);
                }
            }
            CssRule::Supports(rule) => {
                let mut inner = context.clone();
                inner.condition.push_str("@supports ");
                gather(&rule.rules, &inner, sets, order);
            }
            CssRule::LayerBlock(rule) => gather(&rule.rules, context, sets, order),
            CssRule::Container(rule) => {
                let mut inner = context.clone();
                inner.condition.push_str("@container ");
                gather(&rule.rules, &inner, sets, order);
            }
            // The other rules are for parts of a movement, or hold no properties.
            _ => {}
        }
    }
}

fn printed(part: &impl ToCss) -> String {
    part.to_css_string(PrinterOptions::default())
        .unwrap_or_default()
}

/// Where the rules of a media query hold; `None` when they are not judged.
fn within(context: &Context, query: &str) -> Option<Context> {
    let plain: String = query.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.contains("forced-colors") {
        return None;
    }
    let mut inner = context.clone();
    if plain == "(prefers-color-scheme:dark)" {
        inner.schemes = &[1];
    } else if plain == "(prefers-color-scheme:light)" {
        inner.schemes = &[0];
    } else {
        if plain.contains("prefers-color-scheme") || plain.contains("print") {
            // What holds in such a place besides is more than can be told.
            inner.schemes = if plain.contains("dark") { &[1] } else { &[0] };
        }
        inner.condition.push_str(&plain);
        inner.condition.push(' ');
    }
    Some(inner)
}

fn add(
    block: &DeclarationBlock<'_>,
    place: Location,
    context: &Context,
    sets: &mut FxHashMap<Key, [Set; 2]>,
    order: &mut Vec<Key>,
) {
    const NOT_USED: [&str; 5] = ["disabled", "::-", "::marker", "::backdrop", "[hidden]"];
    if NOT_USED.iter().any(|word| context.selector.contains(word)) {
        return;
    }
    let mut set = Set::default();
    let (mut size, mut is_bold) = (None, false);
    for property in block
        .declarations
        .iter()
        .chain(&block.important_declarations)
    {
        let id = property.property_id();
        let name = id.name();
        let value = || {
            property
                .value_to_css_string(PrinterOptions::default())
                .unwrap_or_default()
        };
        match name {
            "color" => set.words = Some((value(), place)),
            "background" | "background-color" => set.ground = Some((value(), place)),
            "font-size" => size = pixels(&value()),
            "font-weight" => is_bold = matches!(value().as_str(), "bold" | "700" | "800" | "900"),
            _ if UNCLEAR.contains(&name) => set.is_unclear = true,
            _ => {}
        }
    }
    let last = context
        .selector
        .rsplit([' ', '>'])
        .next()
        .unwrap_or_default();
    let is_heading = ["h1", "h2"].iter().any(|name| last.starts_with(name));
    let needed = if is_bold { 18.66 } else { 24.0 };
    set.is_large = size.map_or(is_heading, |size| size >= needed);
    let key = (context.condition.clone(), context.selector.clone());
    let known = sets.entry(key.clone()).or_insert_with(|| {
        order.push(key);
        Default::default()
    });
    for scheme in context.schemes {
        let known = &mut known[*scheme];
        known.words = set.words.clone().or(known.words.take());
        known.ground = set.ground.clone().or(known.ground.take());
        known.is_large |= set.is_large;
        known.is_unclear |= set.is_unclear;
    }
}

/// A size in pixels, when it is written in a unit that tells.
fn pixels(size: &str) -> Option<f64> {
    let number = |unit: &str| size.strip_suffix(unit)?.parse::<f64>().ok();
    number("px").or_else(|| {
        number("rem")
            .or_else(|| number("em"))
            .map(|size| size * 16.0)
    })
}

fn judge(
    selector: &str,
    set: &Set,
    scheme: usize,
    palette: &Palette,
    lookup: Lookup<'_, '_>,
) -> Option<Diagnostic> {
    let (words, place) = set.words.as_ref()?;
    let (ground, _) = set.ground.as_ref()?;
    let front = palette.color(words, scheme)?;
    let back = palette.color(ground, scheme)?;
    // What is the same twice is a shape, and not words.
    if set.is_unclear || back.alpha < 255 || front.alpha == 0 || front == back {
        return None;
    }
    let needed = if set.is_large {
        NEEDED_BY_LARGE
    } else {
        NEEDED
    };
    let reached = ratio(front, back);
    if reached + 1e-9 >= needed {
        return None;
    }
    let shown = (reached * 100.0).floor() / 100.0;
    let message = format!(
        "words of `{selector}` reach a contrast of {shown:.2} in the {} scheme and need {needed:.2}",
        SCHEMES[scheme]
    );
    let finding = Diagnostic::new(Code::LowContrast, message).help(format!(
        "choose another colour in place of `{words}`, or another ground in place of `{ground}`; words of 24 pixels and more need 3"
    ));
    let Some((path, text)) = lookup(place.source_index) else {
        return Some(finding);
    };
    let from = offset(text, place.line, place.column);
    Some(finding.at(path, find_declaration(text, from, "color"), ""))
}

#[cfg(test)]
mod tests;
