//! Words that the site avoids, and lines that send a reader to somebody who may not be safe.
//!
//! They are looked for in everything of a document that readers see: passages, cells, terms, headings,
//! titles and descriptions, the words of directives, descriptions of pictures and what has changed. A
//! page that speaks of something hard is asked for a note at its top.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Excuses, or_excuse};
use crate::checks::Subject;
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::body::Excused;
use crate::document::front_matter::Kind;
use crate::path::SourcePath;
use crate::reading::{Part, Passage, passages, sentences};
use crate::records::wording::{FILE, Wording};
use crate::site::links::{Destination, Problem};
use crate::site::{LanguageId, PageId, Site, TopicId};

/// Checks the words of a document.
pub(super) fn check<'d>(
    subject: &Subject<'d>,
    excuses: &mut Excuses<'d>,
    findings: &mut Vec<Diagnostic>,
) {
    let document: &'d Document = subject.document;
    let mut search = Search {
        subject,
        wording: &subject.site.wording,
        language: &document.options.language,
        excuses,
        findings,
    };
    let mut lines = Vec::new();
    for passage in passages(document) {
        search.passage(passage, &mut lines);
    }
    for (index, heading) in document.body.headings.iter().enumerate() {
        let span = search.words_of_heading(heading.span.clone());
        let found = search.in_source(span, Some(Excused::Heading(index)));
        search.report(
            found,
            ", or put `<!-- voice: why it is right here -->` behind the heading's words",
        );
    }
    let keys = &document.front_matter;
    let values = [&keys.title, &keys.short_title, &keys.description];
    let changes = keys.changes.iter().flatten().map(|change| &change.what);
    let tags = keys.tags.iter().flatten();
    let directives = document.body.directives.iter();
    let arguments = directives.flat_map(|directive| &directive.arguments);
    let arguments = arguments.filter_map(|argument| argument.value.as_ref());
    let values = values.into_iter().flatten().chain(changes).chain(tags);
    let values = values.chain(arguments).map(|value| value.span.clone());
    let pictures = document.outline().pictures.iter();
    let pictures = pictures.filter(|picture| !picture.alt.trim().is_empty());
    for span in values.chain(pictures.map(|picture| picture.span.clone())) {
        let found = search.in_source(span, None);
        search.report(found, "");
    }
    search.lines(lines);
    search.content_note();
}

struct Search<'a, 'd> {
    subject: &'a Subject<'d>,
    wording: &'a Wording,
    language: &'a str,
    excuses: &'a mut Excuses<'d>,
    findings: &'a mut Vec<Diagnostic>,
}

/// Words to avoid: which, how they are written, and where.
type Words = Vec<(usize, Range<usize>)>;

/// A line that needs a link: which, and where.
type Line<'d> = (usize, Passage<'d>, Range<usize>);

impl<'d> Search<'_, 'd> {
    fn passage(&mut self, passage: Passage<'d>, lines: &mut Vec<Line<'d>>) {
        let text = &passage.prose.text;
        let found = self.wording.find(text, self.language);
        let mut words: Words = found.words;
        words.retain(|(index, place)| {
            let entry = &self.wording.words[*index];
            let is_fine = entry.unless_cited && passage.prose.is_cited
                || entry.unless_number && has_number(text, place);
            !is_fine
        });
        if !words.is_empty() && !self.excuses.let_passage_pass(&passage) {
            let words = words.into_iter();
            let words = words.map(|(index, place)| (index, passage.span(place)));
            self.report(words.collect(), &or_excuse(""));
        }
        let found = found.lines.into_iter();
        lines.extend(found.map(|(index, place)| (index, passage, place)));
    }

    /// What a heading says in the file, without its id.
    fn words_of_heading(&self, span: Range<usize>) -> Range<usize> {
        let written = &self.subject.document.source[span.clone()];
        let end = [written.find("{#"), written.find("<!--")];
        let end = end.into_iter().flatten().min().unwrap_or(written.len());
        span.start..span.start + end
    }

    /// Words of a stretch of the file.
    fn in_source(&mut self, span: Range<usize>, place: Option<Excused>) -> Words {
        let document = self.subject.document;
        let written = document.source.get(span.clone()).unwrap_or_default();
        let mut words = self.wording.find(written, self.language).words;
        words.retain(|(index, place)| {
            !(self.wording.words[*index].unless_number && has_number(written, place))
        });
        if words.is_empty()
            || place.is_some_and(|place| self.excuses.let_pass(&document.body, place))
        {
            return Vec::new();
        }
        for (_, place) in &mut words {
            *place = place.start + span.start..place.end + span.start;
        }
        words
    }

    /// Says what to write in place of each; `otherwise` is how they may stay.
    fn report(&mut self, words: Words, otherwise: &str) {
        let document = self.subject.document;
        for (index, place) in words {
            let entry = &self.wording.words[index];
            let instead = &entry.instead;
            let written = document.source.get(place.clone()).unwrap_or_default();
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let help = format!("in their place: {instead}{otherwise}");
            self.findings.push(
                Diagnostic::new(
                    entry.kind.code(),
                    format!("{}: `{written}`", entry.kind.about()),
                )
                .at(&document.path, place, "")
                .help(help),
            );
        }
    }

    /// Asks for a note where a page speaks of something hard and readers do not know before.
    fn content_note(&mut self) {
        let subject = self.subject;
        let is_asked = match subject.keys.kind {
            // Who looks for help, a word or a source looks for it.
            Some(Kind::Help | Kind::Glossary | Kind::Sources | Kind::Promises | Kind::Tag) => false,
            // A front page and a list only name what stands elsewhere.
            Some(Kind::Home | Kind::Section | Kind::People) => false,
            None | Some(Kind::Article | Kind::Page | Kind::Faq | Kind::Picker) => true,
        };
        if !is_asked || subject.keys.content_note.is_some() {
            return;
        }
        let document = subject.document;
        let first = passages(document).find_map(|passage| {
            let found = self.wording.find(&passage.prose.text, self.language);
            Some((passage, found.sensitive.first()?.1.clone()))
        });
        let Some((passage, place)) = first else {
            return;
        };
        if self.excuses.let_passage_pass(&passage) {
            return;
        }
        let words = passage.prose.text[place.clone()].to_owned();
        let help = or_excuse(
            "write a line `content_note:` that says what the page mentions, and where a reader may go instead",
        );
        self.findings.push(
            Diagnostic::new(
                Code::MissingContentNote,
                format!("a page that mentions `{words}`, without a content note"),
            )
            .at(&document.path, passage.span(place), "the first such words")
            .help(help),
        );
    }

    /// Says which lines have no link beside them to the page for people who are not safe.
    fn lines(&mut self, lines: Vec<Line<'d>>) {
        let subject = self.subject;
        let (site, document) = (subject.site, subject.document);
        let own = site.page_of_document(document, subject.language);
        let own = own.and_then(|page| page.topic);
        let mut linked = None;
        for (index, passage, place) in lines {
            let link = &self.wording.safe_lines[index].link;
            // What is wrong with the file itself is said once, by `check_file`.
            let Ok(page) = page_named(site, link) else {
                continue;
            };
            let topic = site.page(page).topic;
            let linked: &FxHashSet<_> = linked.get_or_insert_with(|| linked_topics(subject));
            let is_linked = linked.contains(&(stretch(passage.part), topic));
            if own == topic || is_linked || self.excuses.let_passage_pass(&passage) {
                continue;
            }
            let words = passage.prose.text[place.clone()].to_owned();
            let name = &link.value;
            let help = or_excuse(&format!(
                "say what else somebody can do, with a link to `{name}` in the same section"
            ));
            self.findings.push(
                Diagnostic::new(
                    Code::UnsafeLine,
                    format!("`{words}`, and no way for those who are not safe with them"),
                )
                .at(
                    &document.path,
                    passage.span(place),
                    format!("no link to `{name}` in this section"),
                )
                .help(help),
            );
        }
    }
}

/// Where a link has to stand to be beside a line: in the same section, and for what stands above
/// the text, in any of the key messages or the note.
fn stretch(part: Part) -> Option<usize> {
    match part {
        Part::Text(section) => Some(section),
        Part::KeyMessage(_) | Part::ContentNote => None,
    }
}

/// The texts that each section of a document links to.
fn linked_topics(subject: &Subject<'_>) -> FxHashSet<(Option<usize>, Option<TopicId>)> {
    let (site, document) = (subject.site, subject.document);
    let mut linked = FxHashSet::default();
    for passage in passages(document) {
        let links = &passage.prose.links;
        let links = passage
            .body
            .links
            .get(links.start as usize..links.end as usize);
        for link in links.unwrap_or_default() {
            let target = site.resolve(document, subject.language, &link.target);
            if let Ok(resolved) = target
                && let Destination::Page(id, _) = resolved.destination
            {
                linked.insert((stretch(passage.part), site.page(id).topic));
            }
        }
    }
    linked
}

/// True when the sentence of some words says a number.
fn has_number(text: &str, place: &Range<usize>) -> bool {
    let mut all = sentences(text);
    let sentence = all.find(|it| it.start <= place.start && place.start < it.end);
    sentence.is_some_and(|it| text[it].contains(|c: char| c.is_ascii_digit()))
}

fn page_named(site: &Site, link: &Spanned<String>) -> Result<PageId, Problem> {
    site.page_of_file(&link.value, LanguageId::FIRST)
}

/// Says when `content/words.yaml` names a page that is not there.
pub fn check_file(site: &Site, findings: &mut Vec<Diagnostic>) {
    let Some(path) = SourcePath::new(FILE) else {
        return;
    };
    for lines in &site.wording.safe_lines {
        let Err(problem) = page_named(site, &lines.link) else {
            continue;
        };
        let written = &lines.link.value;
        let finding = Diagnostic::new(Code::BrokenLink, format!("no page at `{written}`")).at(
            &path,
            lines.link.span.clone(),
            "",
        );
        findings.push(match problem {
            Problem::Missing {
                nearest: Some(near),
            } => finding.help(format!("the nearest is `{near}`")),
            Problem::Missing { nearest: None }
            | Problem::Hidden(_)
            | Problem::NoHeading { .. }
            | Problem::Outside
            | Problem::Scheme(_)
            | Problem::Ambiguous(_) => {
                finding.help("name a published page by its file below `content/`")
            }
        });
    }
}
