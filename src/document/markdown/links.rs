//! What a link or a picture is, and where its address is written.

use std::ops::Range;

use pulldown_cmark::{LinkType, RefDefs};

/// The addresses that a document gives by name, with their places.
#[derive(Debug, Default)]
pub struct Definitions(Vec<(String, Range<usize>)>);

impl Definitions {
    /// Keeps what the parser found.
    pub fn new(definitions: &RefDefs<'_>) -> Self {
        Self(
            definitions
                .iter()
                .map(|(name, definition)| (name.to_lowercase(), definition.span.clone()))
                .collect(),
        )
    }

    fn span(&self, name: &str) -> Option<&Range<usize>> {
        let name = name.to_lowercase();
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, span)| span)
    }
}

/// Where the address of a link is written, in offsets into `text`: exactly, when the address stands
/// there letter by letter, else the whole link.
pub fn address_span(
    text: &str,
    link: Range<usize>,
    kind: LinkType,
    address: &str,
    name: &str,
    definitions: &Definitions,
) -> Range<usize> {
    let place = match kind {
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            definitions.span(name).unwrap_or(&link)
        }
        LinkType::Inline
        | LinkType::ReferenceUnknown
        | LinkType::CollapsedUnknown
        | LinkType::ShortcutUnknown
        | LinkType::Autolink
        | LinkType::Email
        | LinkType::WikiLink { .. } => &link,
    };
    let written = &text[place.clone()];
    let found = if address.is_empty() {
        None
    } else if matches!(kind, LinkType::WikiLink { .. }) {
        written.find(address)
    } else {
        // The address stands behind the words, which may repeat it.
        written.rfind(address)
    };
    match found {
        Some(offset) => place.start + offset..place.start + offset + address.len(),
        None => place.clone(),
    }
}
