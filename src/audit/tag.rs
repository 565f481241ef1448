//! A start tag, with what is known of its element.

use std::ops::Range;

use super::elements::Element;
use super::reader::Attributes;

/// A start tag.
#[derive(Debug)]
pub struct Tag<'r, 'h> {
    /// Its name: in small letters when HTML knows it, and else as it is written.
    pub name: &'h str,
    /// Its element, when HTML knows it and it is not part of a drawing.
    pub element: Option<&'static Element>,
    /// Its attributes.
    pub attributes: Attributes<'r, 'h>,
    /// Where it stands.
    pub span: Range<usize>,
    /// Whether it ends with `/>`.
    pub closes_itself: bool,
}

impl<'r, 'h> Tag<'r, 'h> {
    /// A tag whose name is written so.
    pub fn new(
        written: &'h str,
        attributes: Attributes<'r, 'h>,
        span: Range<usize>,
        closes_itself: bool,
    ) -> Self {
        let element = Element::named(written).or_else(|| {
            let is_large = written.bytes().any(|byte| byte.is_ascii_uppercase());
            is_large.then(|| Element::named(&written.to_ascii_lowercase()))?
        });
        Self {
            name: element.map_or(written, |element| element.name),
            element,
            attributes,
            span,
            closes_itself,
        }
    }
}
