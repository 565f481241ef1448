//! `content/reviews.yaml`: who has reviewed which text, and which text it was.
//!
//! A record holds a fingerprint of the text as the reviewer saw it, so that a page can say "reviewed"
//! only while it is still that text. `afterword review` writes records (`scaffold::records`); what a
//! fingerprint is made of is told in `site::reviews`.
//!
//! ```yaml
//! - page: caring/feeling-low-afterwards.md    # below content/
//!   by: jo                                    # a key of people.yaml
//!   on: 2026-11-22
//!   checked: "Facts against sources; tone"    # may be left out
//!   due: 2028-11-22                           # or else: [editorial] review_months later
//!   text: "0123456789abcdef0123456789abcdef"
//!   parts: {title: "0123456789abcdef", "#what-helps": "fedcba9876543210"}
//! ```

use std::collections::hash_map::Entry;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::list_file::ListFile;
use crate::data::{Fields, Node, Reader, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// The file.
pub const FILE: &str = "content/reviews.yaml";

const LIST: ListFile = ListFile {
    path: FILE,
    called: "a review",
    of: "reviews",
    begin: "begin each review with a line `- page: path/of/the-page.md`",
};

/// Digits of the fingerprint of a whole text.
pub const TEXT_DIGITS: usize = 32;

/// Digits of the fingerprint of a part.
pub const PART_DIGITS: usize = 16;

/// That somebody has reviewed a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The article's file, where the record names it.
    pub page: Spanned<SourcePath>,
    /// The key of the person in `content/people.yaml`.
    pub by: Spanned<String>,
    /// The day.
    pub on: Spanned<Date>,
    /// What was checked, in words; may be empty.
    pub checked: String,
    /// The day of the next review, when the record says.
    pub due: Option<Spanned<Date>>,
    /// The fingerprint of the text.
    pub text: String,
    /// The fingerprints of its parts by their names; empty when the record does not tell them.
    pub parts: Vec<(String, String)>,
}

/// The file, as a place for findings.
pub fn file() -> Option<SourcePath> {
    SourcePath::new(FILE)
}

/// Reads the file; no reviews when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Vec<Review> {
    LIST.read(inputs, findings, reviews)
}

/// Reads the text of the file.
pub fn parse(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Review> {
    LIST.parse(path, text, findings, reviews)
}

fn reviews(reader: &Reader<'_>, entries: &[Node]) -> Vec<Review> {
    let mut reviews: Vec<Review> = Vec::new();
    let mut known: FxHashMap<_, usize> = FxHashMap::default();
    for entry in entries {
        let Some(review) = review(&Fields::new(reader, entry, "review")) else {
            continue;
        };
        match known.entry(review.told()) {
            Entry::Occupied(first) => {
                reader.report(repeated(reader, &review, &reviews[*first.get()]));
            }
            Entry::Vacant(place) => {
                place.insert(reviews.len());
                reviews.push(review);
            }
        }
    }
    reviews
}

fn repeated(reader: &Reader<'_>, review: &Review, first: &Review) -> Diagnostic {
    let page = shown(&review.page.value);
    Diagnostic::new(
        Code::Duplicate,
        format!("the same review of `{page}` is there twice"),
    )
    .at(reader.path(), review.page.span.clone(), "the second time")
    .at(reader.path(), first.page.span.clone(), "the first time")
    .help("keep one of the two")
}

fn review(fields: &Fields<'_>) -> Option<Review> {
    let page = fields.required_text(
        "page",
        "write the path of the page's file below `content/`, such as `page: caring/low-mood.md`",
    );
    let by = fields.required_text(
        "by",
        "write who reviewed it: an id of `content/people.yaml`",
    );
    let on = fields.date("on");
    if fields.node("on").is_none() {
        let start = fields.span().start;
        fields.reader().report(
            Diagnostic::new(Code::MissingKey, "a review has no `on`")
                .at(fields.reader().path(), start..start, "`on` belongs here")
                .help("write the day of the review, such as `on: 2026-11-22`"),
        );
    }
    let checked = fields
        .text("checked")
        .map_or_else(String::new, |text| text.value);
    let due = fields.date("due");
    let text = fields
        .required_text("text", WRITTEN_BY_COMMAND)
        .and_then(|text| fingerprint(fields, &text, TEXT_DIGITS));
    let parts: Vec<_> = fields
        .free_table("parts")
        .iter()
        .filter_map(|(name, node)| {
            let text = fields.as_text(node, &name.value)?;
            Some((name.value.clone(), fingerprint(fields, &text, PART_DIGITS)?))
        })
        .collect();
    fields.check_unknown();
    let page = page.and_then(|page| in_content(fields, page));
    Some(Review {
        page: page?,
        by: by?,
        on: on?,
        checked,
        due,
        text: text?,
        parts,
    })
}

const WRITTEN_BY_COMMAND: &str =
    "have the record written: `afterword review PAGE --by PERSON` looks at the text and adds it";

/// The file of a page that a record names by its path below `content/`.
pub(super) fn in_content(
    fields: &Fields<'_>,
    page: Spanned<String>,
) -> Option<Spanned<SourcePath>> {
    let path = SourcePath::new(&format!("content/{}", page.value));
    if path.is_none() {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not the path of a file", page.value),
            )
            .at(fields.reader().path(), page.span.clone(), "")
            .help("write the path below `content/`, such as `caring/low-mood.md`"),
        );
    }
    Some(Spanned::new(path?, page.span))
}

fn fingerprint(fields: &Fields<'_>, text: &Spanned<String>, digits: usize) -> Option<String> {
    let written = text.value.as_str();
    let is_sound = written.len() == digits
        && written
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_sound {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{written}` is not the fingerprint of a text"),
            )
            .at(
                fields.reader().path(),
                text.span.clone(),
                format!("{digits} digits and letters from a to f are expected"),
            )
            .help(WRITTEN_BY_COMMAND),
        );
    }
    is_sound.then(|| written.to_owned())
}

impl Review {
    /// What makes it a review of its own: its page, person, day and text.
    fn told(&self) -> (SourcePath, String, Date, String) {
        (
            self.page.value.clone(),
            self.by.value.clone(),
            self.on.value,
            self.text.clone(),
        )
    }
}

/// A page as records name it: its path below `content/`.
pub fn shown(page: &SourcePath) -> &str {
    page.as_str()
        .strip_prefix("content/")
        .unwrap_or(page.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;

    const TEXT: &str = "0123456789abcdef0123456789abcdef";

    fn read(text: &str) -> (Vec<Review>, Vec<String>) {
        let path = file().expect("sound");
        let mut findings = Vec::new();
        let reviews = parse(&path, text, &mut findings);
        let findings = findings.iter().map(|finding| {
            let shown = diagnostic::shown(finding, text);
            format!("{shown}: {}", finding.message)
        });
        (reviews, findings.collect())
    }

    #[test]
    fn a_review_names_page_person_day_and_text() {
        let (reviews, findings) = read(&format!(
            "# Ours.\n- page: a/b.md\n  by: jo\n  on: 2026-11-22\n  checked: Facts\n  due: 2027-01-01\n  text: {TEXT}\n  parts: {{title: 0123456789012345, \"#what-helps\": 00000000000000e1}}\n"
        ));
        assert_eq!(findings, [""; 0]);
        let [review] = reviews.as_slice() else {
            panic!("{reviews:?}");
        };
        assert_eq!(review.page.value.as_str(), "content/a/b.md");
        assert_eq!(review.by.value, "jo");
        assert_eq!(review.on.value, jiff::civil::date(2026, 11, 22));
        assert_eq!(review.checked, "Facts");
        assert_eq!(review.text, TEXT);
        let part = |name: &str, digits: &str| (name.to_owned(), digits.to_owned());
        assert_eq!(
            review.parts,
            [
                part("title", "0123456789012345"),
                part("#what-helps", "00000000000000e1")
            ],
            "digits are kept as they are written"
        );
    }

    #[test]
    fn what_is_wrong_with_a_review_is_found_at_its_place() {
        let (reviews, findings) = read(&format!(
            "- page: a.md\n  bye: jo\n  text: abc\n- page: ../x.md\n  by: jo\n  on: 2026-02-30\n  text: {TEXT}\n"
        ));
        assert_eq!(reviews, []);
        assert_eq!(
            findings,
            [
                "missing-key \"\": a review has no `by`",
                "missing-key \"\": a review has no `on`",
                "unknown-value \"abc\": `abc` is not the fingerprint of a text",
                "unknown-key \"bye\": unknown key `bye` in a review",
                "wrong-date \"2026-02-30\": `2026-02-30` is not a date, which `on` needs",
                "unknown-value \"../x.md\": `../x.md` is not the path of a file",
            ]
        );
    }

    #[test]
    fn the_same_review_twice_is_a_duplicate_and_a_second_look_is_not() {
        let record = |page: &str, text: &str| {
            format!("- {{page: {page}, by: jo, on: 2026-11-22, text: {text}}}\n")
        };
        let other = TEXT.replace('0', "1");
        let all = [
            record("a.md", TEXT),
            record("a.md", &other),
            record("b.md", TEXT),
            record("a.md", TEXT),
        ];
        let (reviews, findings) = read(&all.concat());
        assert_eq!(reviews.len(), 3);
        assert_eq!(
            findings,
            ["duplicate \"a.md\": the same review of `a.md` is there twice"]
        );
        assert_eq!(read("# nothing yet\n"), (Vec::new(), Vec::new()));
        assert_eq!(
            read("page: a.md\n").1,
            ["wrong-type \"\": `reviews.yaml` is not a list of reviews"]
        );
    }
}
