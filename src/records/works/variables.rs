//! The words of CSL-JSON: types of works, and variables with the kind of value that each has.

/// Types of works.
pub const KINDS: &[&str] = &[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text or a number.
    Text,
    /// A list of names.
    Names,
    /// A date or a range of dates.
    Date,
}

/// What a variable of CSL holds; `None` when there is no such variable.
pub fn holds(name: &str) -> Option<Holds> {
    if TEXTS.contains(&name) {
        Some(Holds::Text)
    } else if NAMES.contains(&name) {
        Some(Holds::Names)
    } else if DATES.contains(&name) {
        Some(Holds::Date)
    } else {
        None
    }
}

/// All variables.
pub fn all() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().chain(NAMES).chain(DATES).copied()
}

/// The name of CSL for what authors and other programs call it: `year` for `issued`.
pub fn plain(name: &str) -> &str {
    match name {
        "authors" => "author",
        "editors" => "editor",
        "date" | "year" => "issued",
        "urldate" => "accessed",
        "journal" | "journaltitle" | "booktitle" => "container-title",
        "journalAbbreviation" | "shortjournal" => "container-title-short",
        "shortTitle" | "shorttitle" => "title-short",
        "series" => "collection-title",
        "pages" | "page-range" => "page",
        "pagetotal" | "page-total" => "number-of-pages",
        "volumes" | "volume-total" => "number-of-volumes",
        "doi" => "DOI",
        "url" => "URL",
        "isbn" => "ISBN",
        "issn" => "ISSN",
        "pmid" => "PMID",
        "pmcid" => "PMCID",
        "institution" | "organization" | "school" => "publisher",
        "address" | "location" | "place" => "publisher-place",
        _ => name,
    }
}

const TEXTS: &[&str] = &[
    "abstract",
    "annote",
    "archive",
    "archive_collection",
    "archive_location",
    "archive-place",
    "authority",
    "call-number",
    "chapter-number",
    "citation-key",
    "citation-label",
    "citation-number",
    "collection-number",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "edition",
    "event",
    "event-place",
    "event-title",
    "first-reference-note-number",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "locator",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "source",
    "status",
    "supplement-number",
    "title",
    "title-short",
    "URL",
    "version",
    "volume",
    "volume-title",
    "year-suffix",
];

const NAMES: &[&str] = &[
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];

const DATES: &[&str] = &[
    "accessed",
    "available-date",
    "event-date",
    "issued",
    "original-date",
    "submitted",
];
