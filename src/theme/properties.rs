//! Misspelt properties, which a stylesheet passes over in silence.
//!
//! The parser keeps what it does not know; here such a name is reported when it is near one that
//! exists. Browsers gain properties faster than parsers do, so a name that is near nothing is let
//! through.

use std::ops::Range;

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
        let mut known = KNOWN.split_whitespace();
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
        let span = find_declaration(text, from, name);
        findings.push(
            Diagnostic::new(Code::Stylesheet, format!("there is no property `{name}`"))
                .at(path, span, "not known")
                .help(format!("did you mean `{near}`?")),
        );
    }
}

/// Where a declaration of this name stands at or after an offset; the offset when its name is
/// written in another way, such as with escapes.
pub(super) fn find_declaration(text: &str, from: usize, name: &str) -> Range<usize> {
    let found = text[from..].match_indices(name).find(|(at, _)| {
        let before = text[..from + at].trim_end();
        let after = text[from + at + name.len()..].trim_start();
        (before.ends_with(['{', ';', '}', '/']) || before.is_empty()) && after.starts_with(':')
    });
    found.map_or(from..from, |(at, name)| from + at..from + at + name.len())
}

/// The properties that there are, with white space between them.
const KNOWN: &str = "
    accent-color align-content align-items align-self alignment-baseline all anchor-name
    anchor-scope animation animation-delay animation-direction animation-duration
    animation-fill-mode animation-iteration-count animation-name animation-play-state
    animation-range animation-timeline animation-timing-function appearance aspect-ratio
    backdrop-filter backface-visibility background background-attachment background-blend-mode
    background-clip background-color background-image background-origin background-position
    background-repeat background-size baseline-shift block-size block-step border border-block
    border-block-color border-block-end border-block-start border-block-width border-bottom
    border-bottom-color border-bottom-left-radius border-bottom-right-radius border-collapse
    border-color border-end-end-radius border-end-start-radius border-image border-inline
    border-inline-color border-inline-end border-inline-start border-inline-width border-left
    border-radius border-right border-spacing border-start-end-radius border-start-start-radius
    border-style border-top border-top-color border-top-left-radius border-top-right-radius
    border-width bottom box-decoration-break box-flex box-shadow box-sizing break-after
    break-before break-inside caption-side caret-color clear clip clip-path color color-scheme
    column-count column-fill column-gap column-rule column-span column-width columns
    contain-intrinsic-block-size contain-intrinsic-height contain-intrinsic-inline-size
    contain-intrinsic-size contain-intrinsic-width container container-name container-type
    content content-visibility counter-increment counter-reset counter-set cursor cx cy d
    direction display dominant-baseline empty-cells field-sizing fill fill-opacity fill-rule
    filter flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float
    flood-color font font-family font-feature-settings font-kerning font-optical-sizing
    font-palette font-size font-size-adjust font-stretch font-style font-synthesis
    font-synthesis-weight font-variant font-variant-alternates font-variant-caps
    font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings
    font-weight forced-color-adjust gap grid grid-area grid-auto-columns grid-auto-flow
    grid-auto-rows grid-column grid-column-end grid-column-start grid-row grid-row-end
    grid-row-start grid-template grid-template-areas grid-template-columns grid-template-rows
    hanging-punctuation height hyphenate-character hyphenate-limit-chars hyphens
    image-orientation initial-letter inline-size inset inset-block inset-block-end
    inset-block-start inset-inline inset-inline-end inset-inline-start interpolate-size
    isolation justify-content justify-items justify-self left letter-spacing line-break
    line-clamp line-height line-height-step list-style list-style-image list-style-position
    list-style-type margin margin-block margin-block-end margin-block-start margin-bottom
    margin-inline margin-inline-end margin-inline-start margin-left margin-right margin-top
    marker marker-end marker-start mask mask-image mask-position mask-repeat mask-size
    math-style max-block-size max-height max-inline-size max-width min-block-size min-height
    min-inline-size min-width mix-blend-mode object-fit object-position object-view-box
    offset-path opacity order orphans outline outline-color outline-offset outline-style
    outline-width overflow overflow-anchor overflow-wrap overflow-x overflow-y
    overscroll-behavior padding padding-block padding-block-end padding-block-start
    padding-bottom padding-inline padding-inline-end padding-inline-start padding-left
    padding-right padding-top page page-break-after page-break-before page-break-inside
    paint-order perspective place-content place-items place-self pointer-events position
    position-anchor position-area position-try-fallbacks print-color-adjust quotes r
    reading-flow resize right rotate row-gap rx ry scale scroll-behavior scroll-margin
    scroll-margin-block-start scroll-margin-top scroll-padding scroll-padding-top
    scroll-snap-align scroll-snap-type scroll-timeline scrollbar-color scrollbar-gutter
    scrollbar-width shape-margin shape-outside shape-rendering src stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity
    stroke-width tab-size table-layout text-align text-align-last text-anchor text-box
    text-decoration text-decoration-color text-decoration-line text-decoration-skip-ink
    text-decoration-style text-decoration-thickness text-emphasis text-indent text-justify
    text-orientation text-overflow text-rendering text-shadow text-size-adjust text-transform
    text-underline-offset text-underline-position text-wrap text-wrap-mode text-wrap-style
    timeline-scope top touch-action transform transform-origin transition transition-delay
    transition-duration transition-property transition-timing-function translate unicode-bidi
    user-select vector-effect vertical-align view-transition-name visibility white-space
    white-space-collapse widows width will-change word-break word-spacing writing-mode z-index
    zoom
";
