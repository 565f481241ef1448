//! Who may be seen: the one decision that keeps drafts, scheduled and expired pages out of
//! everything.

use jiff::civil::Date;

use crate::config::Options;
use crate::document::FrontMatter;

/// Why a page is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It is a draft.
    Draft,
    /// Its day has not come.
    Until(Date),
    /// Its day is over.
    Since(Date),
    /// The section it lies in is not published.
    WithSection,
}

impl Hidden {
    /// The reason in an author's words; completes "the page ...".
    pub fn reason(self) -> String {
        match self {
            Hidden::Draft => "is a draft".to_owned(),
            Hidden::Until(date) => format!("is not published before {date}"),
            Hidden::Since(date) => format!("expired on {date}"),
            Hidden::WithSection => "lies in a section that is not published".to_owned(),
        }
    }
}

/// Decides about one page by its own keys. Pages whose keys cannot be read count as visible, so that
/// links to them are no further findings; nothing is published while such a page stands.
pub fn hidden(keys: &FrontMatter, options: &Options) -> Option<Hidden> {
    if keys.is_broken || options.drafts {
        return None;
    }
    if keys.draft.as_ref().is_some_and(|draft| draft.value) {
        return Some(Hidden::Draft);
    }
    if let Some(from) = &keys.publish_from
        && options.today < from.value
    {
        return Some(Hidden::Until(from.value));
    }
    match &keys.expires {
        Some(expires) if options.today >= expires.value => Some(Hidden::Since(expires.value)),
        Some(_) | None => None,
    }
}
