//! What a reviewer vouches for, as a fingerprint: the same for the same text, another for another.
//!
//! A text is taken in parts, so that a page can say which of them have changed: title, description,
//! content note, key messages, what stands before the first heading, each level-two heading with all
//! below it, the ideas of a picker, and the cited works. It is the text as it is written, not as it is rendered, so that a
//! new version of this program takes no review away. Line endings, white space at the ends of lines
//! and runs of empty lines do not count; nor do tags, order, dates, aliases and related pages, and
//! comments that except something from a check.
//!
//! Of a work counts what readers are told of it: its bibliographic data, its strength, finding and
//! limits, and whether it still stands. That somebody has verified it, or looked again whether it
//! stands, does not count: that only confirms what was reviewed.
//!
//! Footnotes and the addresses of reference links belong to the part that they are written in,
//! wherever they are used.
//!
//! Fingerprints are kept in the records of sites: to change what goes into one takes all their
//! reviews away.

use std::collections::BTreeSet;
use std::ops::Range;

use citationberg::json;

use crate::document::{Document, FrontMatter};
use crate::records::reviews::{PART_DIGITS, TEXT_DIGITS};
use crate::records::works::Evidence;
use crate::records::{Bibliography, Picker};
use crate::site::cited;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// The description.
    Description,
    /// The content note.
    ContentNote,
    /// The key messages.
    KeyMessages,
    /// What stands before the first level-two heading.
    Beginning,
    /// A level-two heading, by its id, with all below it.
    Section(String),
    /// The file of ideas that a page of kind `picker` names.
    Ideas,
    /// The works that are cited.
    Sources,
}

impl Part {
    /// Its name in records. That of a section begins with `#`, so that a heading "Title" is no title.
    pub fn name(&self) -> String {
        match self {
            Part::Title => "title".to_owned(),
            Part::Description => "description".to_owned(),
            Part::ContentNote => "content-note".to_owned(),
            Part::KeyMessages => "key-messages".to_owned(),
            Part::Beginning => "beginning".to_owned(),
            Part::Section(id) => format!("#{id}"),
            Part::Ideas => "ideas".to_owned(),
            Part::Sources => "sources".to_owned(),
        }
    }
}

/// The fingerprint of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of the whole.
    pub text: String,
    /// Of each part, in the order of the text. Empty parts are left out.
    pub parts: Vec<(Part, String)>,
}

impl Fingerprint {
    /// Of a document with its keys as they count, and the file of its picker with what that says.
    pub fn new(
        document: &Document,
        keys: &FrontMatter,
        works: &Bibliography,
        picker: Option<(&Picker, &str)>,
    ) -> Self {
        let value = |text: &Option<crate::data::Spanned<String>>| {
            text.as_ref()
                .map_or_else(String::new, |text| normal(&text.value))
        };
        let messages = keys.key_messages.iter().flatten();
        let messages: Vec<_> = messages.map(|message| normal(&message.value)).collect();
        let mut parts = vec![
            (Part::Title, value(&keys.title)),
            (Part::Description, value(&keys.description)),
            (Part::ContentNote, value(&keys.content_note)),
            (Part::KeyMessages, messages.join("\n\u{0}\n")),
        ];
        parts.extend(body(document));
        let ideas = picker.map_or_else(String::new, |(_, text)| normal(text));
        parts.push((Part::Ideas, ideas));
        let picker = picker.map(|(picker, _)| picker);
        parts.push((Part::Sources, sources(document, works, picker)));
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(part, text)| (part, shortened(text.as_bytes(), PART_DIGITS)))
            .collect();
        let whole: String = parts
            .iter()
            .map(|(part, digits)| format!("{} {digits}\n", part.name()))
            .collect();
        Self {
            text: shortened(whole.as_bytes(), TEXT_DIGITS),
            parts,
        }
    }
}

/// The body, split at its level-two headings. Those inside directives split nothing.
fn body(document: &Document) -> Vec<(Part, String)> {
    let source = &*document.source;
    let (_, start) = crate::document::front_matter::split(source);
    let mut parts = Vec::new();
    let mut open = (Part::Beginning, start);
    let headings = document.body.headings.iter();
    for heading in headings.filter(|heading| heading.level == 2 && !heading.is_nested) {
        let next = (Part::Section(heading.id.clone()), heading.span.start);
        let (part, from) = std::mem::replace(&mut open, next);
        parts.push((part, stretch(document, from..heading.span.start)));
    }
    parts.push((open.0, stretch(document, open.1..source.len())));
    parts
}

/// A stretch of the body without the comments that except something, which say nothing to readers.
fn stretch(document: &Document, range: Range<usize>) -> String {
    let mut text = String::with_capacity(range.len());
    let mut from = range.start;
    let inside = |span: &Range<usize>| range.start <= span.start && span.end <= range.end;
    let mut comments: Vec<_> = document.allowances.iter().map(|it| &it.span).collect();
    comments.retain(|span| inside(span));
    comments.sort_by_key(|span| span.start);
    for comment in comments {
        let before = &document.source[from..comment.start];
        text.push_str(before.trim_end_matches(' '));
        from = comment.end;
    }
    text.push_str(&document.source[from..range.end]);
    normal(&text)
}

fn sources(document: &Document, works: &Bibliography, picker: Option<&Picker>) -> String {
    let ideas = picker.iter().flat_map(|picker| &picker.ideas);
    let ideas = ideas.flat_map(|idea| cited::of_idea(idea, works));
    let cited: BTreeSet<_> = cited::by(document, works).chain(ideas).collect();
    let lines = cited.into_iter().map(|id| {
        let work = works.work(id);
        let fields: String = work.item.0.iter().map(field).collect();
        format!("{} {fields}{}\n", work.key.value, evidence(&work.evidence))
    });
    lines.collect()
}

fn field((name, value): (&String, &json::Value)) -> String {
    // Plain data with text for keys always has a JSON form.
    let plain = serde_json::to_string(value).unwrap_or_default();
    // That of a date holds its numbers and nothing else.
    let words = match value {
        json::Value::Date(json::DateValue::Raw {
            raw,
            literal,
            season,
        }) => [literal.clone(), season.clone(), circa(raw.start.circa)],
        json::Value::Date(json::DateValue::DateParts {
            date_parts: _,
            literal,
            season,
            circa: is_circa,
        }) => [literal.clone(), season.clone(), circa(*is_circa)],
        json::Value::String(_) | json::Value::Number(_) | json::Value::Names(_) => {
            [const { None }; 3]
        }
    };
    let words: String = words
        .iter()
        .flatten()
        .map(|word| format!(" {word}"))
        .collect();
    format!("{name} {plain}{words}\u{0}")
}

fn circa(is_circa: bool) -> Option<String> {
    is_circa.then(|| "circa".to_owned())
}

fn evidence(evidence: &Evidence) -> String {
    let Evidence {
        kind,
        strength,
        population,
        finding,
        limits,
        open_access: _,
        archive: _,
        verified: _,
        unsure: _,
        status,
        uncited: _,
    } = evidence;
    let standing = status.as_ref().map_or("", |status| status.is.name());
    let notice = status.as_ref().map_or("", |status| &status.notice);
    let told = [
        kind.map_or("", |kind| kind.name()),
        strength.map_or("", |strength| strength.name()),
        population,
        finding,
        limits,
        standing,
        notice,
    ];
    told.map(normal).join("\u{0}")
}

/// A text without what nobody sees: line endings as `\n`, nothing at the ends of lines, at most one
/// empty line in a row and none at either end.
fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut is_after_gap = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            is_after_gap = true;
            continue;
        }
        if !normal.is_empty() {
            normal.push('\n');
            if is_after_gap {
                normal.push('\n');
            }
        }
        normal.push_str(line);
        is_after_gap = false;
    }
    normal
}

fn shortened(bytes: &[u8], digits: usize) -> String {
    blake3::hash(bytes).to_hex()[..digits].to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::citations::Form;
    use crate::data::Spanned;
    use crate::document::ParseOptions;
    use crate::document::body::{Citation, CitedWork};
    use crate::path::SourcePath;
    use crate::records::Work;
    use crate::records::works::evidence::Verified;

    const TEXT: &str = "---\ntitle: A\ntags: [x]\nkey_messages: [One, Two]\n---\n\nFirst.\n\n## Rest\n\nSleep.\n\n### Long\n\nLong sleep.\n\n## Tea {#cup}\n\nDrink.\n";

    fn fingerprint(text: &str) -> Fingerprint {
        let path = SourcePath::new("content/a.md").expect("sound");
        let options = ParseOptions {
            language: "en".to_owned(),
            smart_punctuation: true,
            raw_html: false,
            prose: false,
        };
        let document = Document::parse(&path, &Arc::from(text), &options);
        Fingerprint::new(
            &document,
            &document.front_matter,
            &Bibliography::default(),
            None,
        )
    }

    #[test]
    fn the_ideas_of_a_picker_are_part_of_what_is_reviewed() {
        let path = SourcePath::new("content/a.md").expect("sound");
        let options = ParseOptions {
            language: "en".to_owned(),
            smart_punctuation: true,
            raw_html: false,
            prose: false,
        };
        let document = Document::parse(&path, &Arc::from(TEXT), &options);
        let with = |ideas: &str| {
            let works = Bibliography::default();
            let file = SourcePath::new("content/a.yaml").expect("sound");
            let picker = crate::records::pickers::parse(&file, "ideas: []");
            Fingerprint::new(
                &document,
                &document.front_matter,
                &works,
                Some((&picker, ideas)),
            )
        };
        assert_ne!(with("- a").text, with("- b").text);
        assert_eq!(with("- a").text, with("- a  \n\n").text);
        assert!(
            with("- a")
                .parts
                .iter()
                .any(|(part, _)| *part == Part::Ideas)
        );
        assert_ne!(with("- a").text, fingerprint(TEXT).text);
    }

    /// The names of the parts that differ after replacing some words in the text.
    fn changed(old: &str, new: &str) -> Vec<String> {
        let before = fingerprint(TEXT);
        let after = fingerprint(&TEXT.replace(old, new));
        assert_eq!(before.text == after.text, before.parts == after.parts);
        let differs = |(part, digits): &&(Part, String)| {
            !before.parts.contains(&(part.clone(), digits.clone()))
        };
        let names = after.parts.iter().filter(differs);
        names.map(|(part, _)| part.name()).collect()
    }

    #[test]
    fn a_change_is_found_in_its_part() {
        assert_eq!(changed("First", "1st"), ["beginning"]);
        assert_eq!(changed("title: A", "title: B"), ["title"]);
        assert_eq!(changed("[One, Two]", "[One two]"), ["key-messages"]);
        assert_eq!(changed("Long sleep.", "Short sleep."), ["#rest"]);
        assert_eq!(changed("Drink.", "Sip."), ["#cup"]);
        assert_eq!(changed("## Rest", "## Sleep"), ["#sleep"]);
        assert_eq!(
            changed("tags:", "content_note: Mentions sleep.\ntags:"),
            ["content-note"]
        );
    }

    #[test]
    fn what_nobody_sees_does_not_count() {
        for (old, new) in [
            ("\n", "\r\n"),
            ("Sleep.\n", "Sleep.   \n\n\n"),
            ("tags: [x]", "tags: [y]\norder: 3\nupdated: 2026-11-22"),
            ("Drink.\n", "Drink."),
        ] {
            assert_eq!(changed(old, new), [""; 0], "{old:?} -> {new:?}");
        }
    }

    #[test]
    fn an_empty_line_more_than_none_counts() {
        assert_eq!(changed("First.\n\n", "First.\nSecond.\n\n"), ["beginning"]);
        assert_ne!(normal("a\nb"), normal("a\n\nb"));
        assert_eq!(normal("\n\na \r\n\r\n\r\nb\n"), "a\n\nb");
    }

    /// The fingerprint of the sources of a text that cites one work, and names somebody who is none.
    fn of_sources(evidence: Evidence) -> Option<String> {
        let path = SourcePath::new("content/a.md").expect("sound");
        let options = ParseOptions {
            language: "en".to_owned(),
            smart_punctuation: true,
            raw_html: false,
            prose: false,
        };
        let mut document = Document::parse(&path, &Arc::from(TEXT), &options);
        document.body.citations = ["berg2014", "somebody"]
            .map(|key| Citation {
                form: Form::InText,
                items: vec![CitedWork {
                    key: Spanned::new(key.to_owned(), 0..0),
                    prefix: String::new(),
                    locator: None,
                    suffix: String::new(),
                    is_author_suppressed: false,
                }],
                written: format!("@{key}"),
                span: 0..0,
                sentence: 0..0,
            })
            .into();
        let title = ("title".to_owned(), json::Value::String("Sleep".to_owned()));
        let works = Bibliography::new(vec![Work {
            key: Spanned::new("berg2014".to_owned(), 0..0),
            file: path,
            slug: "berg2014".to_owned(),
            item: json::Item([title].into()),
            fields: Vec::new(),
            evidence,
        }]);
        let fingerprint = Fingerprint::new(&document, &document.front_matter, &works, None);
        let mut parts = fingerprint.parts.into_iter();
        parts
            .find(|(part, _)| *part == Part::Sources)
            .map(|(_, digits)| digits)
    }

    #[test]
    fn what_is_told_of_a_source_counts_and_that_somebody_confirmed_it_does_not() {
        let plain = of_sources(Evidence::default());
        assert!(plain.is_some());
        let found = Evidence {
            finding: "People slept.".to_owned(),
            ..Evidence::default()
        };
        assert_ne!(of_sources(found), plain);
        let verified = Evidence {
            verified: Some(Verified {
                by: Spanned::new("jo".to_owned(), 0..0),
                on: jiff::civil::date(2026, 11, 22),
            }),
            archive: "https://archive.example/".to_owned(),
            ..Evidence::default()
        };
        assert_eq!(of_sources(verified), plain);
    }

    #[test]
    fn an_exception_takes_no_review_away() {
        let excepted = format!("{TEXT}\n<!-- allow percentage: why -->\n\nThe end.\n");
        let inside = format!("{TEXT}\nThe end. <!-- allow percentage: why -->\n");
        let plain = fingerprint(&format!("{TEXT}\nThe end.\n"));
        assert_eq!(fingerprint(&excepted), plain);
        assert_eq!(fingerprint(&inside), plain);
    }

    #[test]
    fn fingerprints_stay_what_they_are() {
        // Records of sites hold them: this test may only change together with a way to carry over
        // the records that are there.
        let fingerprint = fingerprint(TEXT);
        assert_eq!(fingerprint.text, "72a841a6c1dd8452ec09c6ef4f25de8e");
        assert_eq!(fingerprint.parts.len(), 5);
    }
}
