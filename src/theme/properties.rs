//! Misspelt properties, which a stylesheet passes over in silence.
//!
//! The parser keeps what it does not know; here such a name is reported when it is near one that
//! exists. Browsers gain properties faster than parsers do, so a name that is near nothing is let
//! through.

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::Property;
use lightningcss::properties::custom::CustomPropertyName;
use lightningcss::rules::{CssRule, CssRuleList};

use super::stylesheet::offset;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::path::SourcePath;

/// The file and text of a source by its number.
pub(super) type Lookup<'l, 'a> = &'l dyn Fn(u32) -> Option<(&'a SourcePath, &'a str)>;

/// A line counted from 0 and a column counted from 1, in a source.
type Place = lightningcss::rules::Location;

/// Reports misspelt properties in all rules.
pub(super) fn check(
    rules: &CssRuleList<'_>,
    lookup: Lookup<'_, '_>,
    findings: &mut Vec<Diagnostic>,
) {
    for rule in &rules.0 {
        match rule {
            CssRule::Style(rule) => {
                check_block(&rule.declarations, rule.loc, lookup, findings);
                check(&rule.rules, lookup, findings);
            }
            CssRule::Media(rule) => check(&rule.rules, lookup, findings),
            CssRule::Supports(rule) => check(&rule.rules, lookup, findings),
            CssRule::LayerBlock(rule) => check(&rule.rules, lookup, findings),
            CssRule::Container(rule) => check(&rule.rules, lookup, findings),
            CssRule::Scope(rule) => check(&rule.rules, lookup, findings),
            CssRule::StartingStyle(rule) => check(&rule.rules, lookup, findings),
            CssRule::Nesting(rule) => {
                check_block(&rule.style.declarations, rule.loc, lookup, findings);
                check(&rule.style.rules, lookup, findings);
            }
            CssRule::NestedDeclarations(rule) => {
                check_block(&rule.declarations, rule.loc, lookup, findings);
            }
            CssRule::Page(rule) => check_block(&rule.declarations, rule.loc, lookup, findings),
            CssRule::Keyframes(rule) => {
                for frame in &rule.keyframes {
                    check_block(&frame.declarations, rule.loc, lookup, findings);
                }
            }
            // The other rules hold descriptors, not properties.
            _ => {}
        }
    }
}

fn check_block(
    block: &DeclarationBlock<'_>,
    place: Place,
    lookup: Lookup<'_, '_>,
    findings: &mut Vec<Diagnostic>,
) {
    for property in block
        .declarations
        .iter()
        .chain(&block.important_declarations)
    {
        let Property::Custom(custom) = property else {
            continue;
        };
        let CustomPropertyName::Unknown(name) = &custom.name else {
            continue;
        };
        let name: &str = &name.0;
        let mut known = COMMON.iter().chain(&RARE).copied();
        if name.starts_with('-') || known.clone().any(|known| known == name) {
            continue;
        }
        let Some(near) = nearest(name, known.by_ref()) else {
            continue;
        };
        let Some((path, text)) = lookup(place.source_index) else {
            continue;
        };
        let from = offset(text, place.line, place.column);
        let start = find_declaration(text, from, name);
        findings.push(
            Diagnostic::new(Code::Stylesheet, format!("there is no property `{name}`"))
                .at(path, start..start + name.len(), "not known")
                .help(format!("did you mean `{near}`?")),
        );
    }
}

/// Where a declaration of this name begins at or after an offset.
fn find_declaration(text: &str, from: usize, name: &str) -> usize {
    let found = text[from..].match_indices(name).find(|(at, _)| {
        let before = text[..from + at].trim_end();
        let after = text[from + at + name.len()..].trim_start();
        (before.ends_with(['{', ';', '}', '/']) || before.is_empty()) && after.starts_with(':')
    });
    found.map_or(from, |(at, _)| from + at)
}

/// Properties that authors write now and then, many of them unknown to the parser.
const RARE: [&str; 58] = [
    "alignment-baseline",
    "anchor-name",
    "anchor-scope",
    "animation-range",
    "animation-timeline",
    "baseline-shift",
    "block-step",
    "contain-intrinsic-block-size",
    "contain-intrinsic-height",
    "contain-intrinsic-inline-size",
    "contain-intrinsic-size",
    "contain-intrinsic-width",
    "content-visibility",
    "counter-set",
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "field-sizing",
    "font-optical-sizing",
    "font-size-adjust",
    "font-synthesis",
    "font-variation-settings",
    "forced-color-adjust",
    "hanging-punctuation",
    "hyphenate-character",
    "hyphenate-limit-chars",
    "image-orientation",
    "initial-letter",
    "interpolate-size",
    "isolation",
    "line-height-step",
    "math-style",
    "mix-blend-mode",
    "object-view-box",
    "offset-path",
    "orphans",
    "overflow-anchor",
    "overscroll-behavior",
    "paint-order",
    "position-anchor",
    "position-area",
    "position-try-fallbacks",
    "print-color-adjust",
    "quotes",
    "r",
    "reading-flow",
    "rx",
    "ry",
    "scroll-timeline",
    "scrollbar-gutter",
    "shape-outside",
    "text-box",
    "text-wrap",
    "text-wrap-style",
    "touch-action",
    "widows",
    "writing-mode",
];

/// Properties that authors write.
const COMMON: [&str; 131] = [
    "accent-color",
    "align-content",
    "align-items",
    "align-self",
    "animation",
    "animation-delay",
    "animation-duration",
    "animation-name",
    "appearance",
    "aspect-ratio",
    "backdrop-filter",
    "background",
    "background-color",
    "background-image",
    "background-position",
    "background-repeat",
    "background-size",
    "block-size",
    "border",
    "border-block",
    "border-block-end",
    "border-block-start",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-inline",
    "border-inline-end",
    "border-inline-start",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "bottom",
    "box-decoration-break",
    "box-shadow",
    "box-sizing",
    "break-after",
    "break-before",
    "break-inside",
    "caption-side",
    "caret-color",
    "clear",
    "clip-path",
    "color",
    "color-scheme",
    "column-count",
    "column-gap",
    "column-rule",
    "column-width",
    "columns",
    "container",
    "container-name",
    "container-type",
    "content",
    "counter-increment",
    "counter-reset",
    "cursor",
    "direction",
    "display",
    "fill",
    "filter",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "float",
    "font",
    "font-family",
    "font-feature-settings",
    "font-size",
    "font-style",
    "font-variant",
    "font-variant-caps",
    "font-variant-numeric",
    "font-weight",
    "gap",
    "grid",
    "grid-area",
    "grid-auto-flow",
    "grid-column",
    "grid-row",
    "grid-template",
    "grid-template-areas",
    "grid-template-columns",
    "grid-template-rows",
    "height",
    "hyphens",
    "inline-size",
    "inset",
    "inset-block",
    "inset-inline",
    "justify-content",
    "justify-items",
    "justify-self",
    "left",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-type",
    "margin",
    "margin-block",
    "margin-block-end",
    "margin-block-start",
    "margin-inline",
    "margin-inline-end",
    "margin-inline-start",
    "max-block-size",
    "max-inline-size",
    "min-block-size",
    "min-inline-size",
    "object-fit",
    "opacity",
    "order",
    "outline",
    "outline-offset",
    "overflow",
    "overflow-wrap",
    "padding",
    "padding-block",
    "padding-inline",
    "place-items",
    "pointer-events",
    "position",
    "stroke",
    "stroke-width",
];
