//! What kind of work an entry is.
//!
//! To add a type: a line in [`TYPES`], and one in [`csl_type`] when its CSL type depends on the parent.

use super::Entry;
use crate::data::{Fields, Spanned};
use crate::diagnostic::{Code, Diagnostic};

/// Types of entries, each with the type of its parent when that names none, and its CSL type when it
/// stands alone.
const TYPES: &[(&str, &str, &str)] = &[
    ("anthology", "anthology", "book"),
    ("anthos", "anthology", "chapter"),
    ("article", "periodical", "article"),
    ("artwork", "exhibition", "graphic"),
    ("audio", "audio", "song"),
    ("blog", "misc", "webpage"),
    ("book", "misc", "book"),
    ("case", "misc", "legal_case"),
    ("chapter", "book", "chapter"),
    ("conference", "misc", "event"),
    ("entry", "reference", "entry"),
    ("exhibition", "misc", "event"),
    ("legislation", "anthology", "legislation"),
    ("manuscript", "misc", "manuscript"),
    ("misc", "misc", "document"),
    ("newspaper", "misc", "periodical"),
    ("original", "misc", "book"),
    ("patent", "misc", "patent"),
    ("performance", "misc", "performance"),
    ("periodical", "misc", "periodical"),
    ("post", "post", "post"),
    ("proceedings", "misc", "book"),
    ("reference", "misc", "book"),
    ("report", "misc", "report"),
    ("repository", "misc", "software"),
    ("scene", "video", "motion_picture"),
    ("thesis", "misc", "thesis"),
    ("thread", "thread", "post"),
    ("video", "video", "motion_picture"),
    ("web", "web", "webpage"),
];

/// The CSL type of an entry, which may depend on what contains it.
pub fn csl_type(entry: &Entry) -> &'static str {
    let has_parent = |kind: &str| entry.parents.iter().any(|parent| parent.kind.value == kind);
    let alone = TYPES
        .iter()
        .find(|(name, ..)| *name == entry.kind.value)
        .map_or("document", |(.., csl)| *csl);
    match entry.kind.value {
        "article" if has_parent("periodical") => "article-journal",
        "article" if has_parent("newspaper") => "article-newspaper",
        "article" if has_parent("proceedings") => "paper-conference",
        "article" if has_parent("conference") => "speech",
        "article" if has_parent("blog") => "post-weblog",
        "article" if has_parent("web") => "webpage",
        "article" if has_parent("book") || has_parent("anthology") => "chapter",
        "article" | "entry" if has_parent("reference") => "entry-encyclopedia",
        "misc" if entry.values.iter().any(|(name, ..)| *name == "URL") => "webpage",
        _ => alone,
    }
}

/// The type of an entry, and that of its parent when the parent names none.
pub fn kind(fields: &Fields<'_>, default: &'static str) -> (Spanned<&'static str>, &'static str) {
    let written = fields.text("type");
    let span = written
        .as_ref()
        .map_or_else(|| fields.span(), |text| text.span.clone());
    let wanted = written.as_ref().map_or_else(
        || default.to_owned(),
        |text| text.value.trim().to_lowercase(),
    );
    let found = TYPES.iter().find(|(name, ..)| *name == wanted);
    if let (None, Some(text)) = (found, &written) {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownEntryType,
                format!("no type of work is called `{}`", text.value),
            )
            .at(fields.reader().path(), text.span.clone(), "taken for `misc`")
            .suggest(
                &text.value,
                TYPES.iter().map(|(name, ..)| *name),
                "usual types are `article`, `book`, `chapter`, `report`, `thesis`, `web` and `video`",
            ),
        );
    }
    let (name, parent) = found.map_or(("misc", "misc"), |(name, parent, _)| (*name, *parent));
    (Spanned::new(name, span), parent)
}
