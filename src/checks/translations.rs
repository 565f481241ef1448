//! Translations that are behind their source, of which nobody knows what they were made of, or that
//! lack words; and records that cannot be.
//!
//! Each paragraph of the source that has moved on is a finding of its own, placed where the translator
//! has to work. What has moved is told by `site::translations`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Subject, people, pickers};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::paragraphs::{Paragraph, ParagraphKind};
use crate::path::SourcePath;
use crate::records::reviews::shown;
use crate::records::translations::file;
use crate::records::{Picker, Translation};
use crate::site::translations::{Move, TranslationStanding, WordMove, counterpart, parting};
use crate::site::{LanguageId, Site};

/// How many names a finding lists.
const NAMES: usize = 8;

/// A translation: whether it has a record, is built like its source, and what of that has moved on.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(standing) = subject.site.translation(subject.document) else {
        return;
    };
    let page = shown(&subject.document.path);
    let source = &standing.source.document;
    let Some(record) = standing.record else {
        let message = format!("nobody has written down which text `{page}` was translated from");
        findings.push(
            Diagnostic::new(Code::UnrecordedTranslation, message)
                .at(
                    &subject.document.path,
                    subject.document.title_span(),
                    "a translation",
                )
                .help(format!(
                    "once it says what `{}` says, write `afterword translated {page}`",
                    shown(&source.path)
                )),
        );
        return;
    };
    if record.is_broken {
        return;
    }
    let comparison = Comparison {
        translation: subject.document,
        source,
        record,
        standing: &standing,
    };
    let moves = standing.alignment.moves.iter();
    findings.extend(moves.map(|it| comparison.stale(*it)));
    findings.extend(uneven(subject.document, source, Some(record)));
    let language = subject.site.language_code(subject.language);
    findings.extend(stale_words(subject.site, &comparison, language));
}

/// A translation that is not built like its source, unless its record says that this is meant.
pub fn uneven(
    translation: &Document,
    source: &Document,
    record: Option<&Translation>,
) -> Option<Diagnostic> {
    let kinds = |document: &Document| -> Vec<ParagraphKind> {
        document.paragraphs().iter().map(|it| it.kind).collect()
    };
    let (ours, theirs) = (kinds(translation), kinds(source));
    let (at, at_source) = parting(&ours, &theirs)?;
    let is_as_recorded = |record: &Translation| {
        let then: Vec<_> = record.paragraphs.iter().map(|it| it.0).collect();
        record.is_uneven || parting(&ours, &then).is_none()
    };
    if record.is_some_and(is_as_recorded) {
        return None;
    }
    let (page, original) = (shown(&translation.path), shown(&source.path));
    let message = format!("`{page}` is not built like `{original}`");
    let words = |document: &Document, at: usize, end: &'static str| {
        let found = document.paragraphs().get(at);
        found.map_or(end, |it| it.kind.words())
    };
    Some(
        Diagnostic::new(Code::UnevenTranslation, message)
            .at(
                &translation.path,
                place(translation, at),
                words(translation, at, "the end of the translation"),
            )
            .at(
                &source.path,
                place(source, at_source),
                words(source, at_source, "the end of the source"),
            )
            .help(format!(
                "translate paragraph by paragraph; where another build is meant, write `afterword translated {page} --uneven`"
            )),
    )
}

/// Where a paragraph is; the end of the file for the one after the last.
fn place(document: &Document, at: usize) -> Range<usize> {
    let end = document.source.trim_end().len();
    let found = document.paragraphs().get(at);
    found.map_or(end..end, |it| it.span.clone())
}

/// A translation beside its source of today, and of the day when it was made.
struct Comparison<'a> {
    translation: &'a Document,
    source: &'a Document,
    record: &'a Translation,
    standing: &'a TranslationStanding<'a>,
}

impl Comparison<'_> {
    /// A paragraph of the source that has moved on.
    fn stale(&self, moved: Move) -> Diagnostic {
        let now = self.source.paragraphs();
        match moved {
            Move::Changed { then, now: at } => self
                .finding(now[at].kind, "was changed")
                .at(
                    &self.translation.path,
                    self.of_then(then)
                        .or_else(|| self.of_now(at))
                        .unwrap_or_else(|| self.top()),
                    "made of the text before",
                )
                .at(
                    &self.source.path,
                    now[at].span.clone(),
                    "reads otherwise now",
                )
                .help(self.help("bring it up to date")),
            Move::Added { now: at } => {
                let (span, label) = self.gap(at);
                self.finding(now[at].kind, "is new")
                    .at(&self.translation.path, span, label)
                    .at(&self.source.path, now[at].span.clone(), "was not there")
                    .help(self.help("translate it"))
            }
            Move::Removed { then } => {
                let kind = self.record.paragraphs[then].0;
                let before = self.now_before(then).map(|at| &now[at]);
                let place = before.map_or(0..0, |it| it.span.clone());
                self.finding(kind, "is gone")
                    .at(
                        &self.translation.path,
                        self.of_then(then).unwrap_or_else(|| self.top()),
                        "no longer in the source",
                    )
                    .at(&self.source.path, place, "it stood after this")
                    .help(self.help("take it out"))
            }
        }
    }

    fn finding(&self, kind: ParagraphKind, what: &str) -> Diagnostic {
        let message = format!(
            "`{}` is behind `{}`, where {} {what} since {}",
            shown(&self.translation.path),
            shown(&self.source.path),
            kind.words(),
            self.record.on.value
        );
        Diagnostic::new(Code::StaleTranslation, message)
    }

    fn help(&self, what: &str) -> String {
        let page = shown(&self.translation.path);
        format!("{what}; once all of the page is, write `afterword translated {page}`")
    }

    /// The counterpart of a paragraph of the source that was translated.
    fn of_then(&self, then: usize) -> Option<Range<usize>> {
        let kinds = self.record.paragraphs.iter().map(|it| it.0);
        self.counterpart(&kinds.collect::<Vec<_>>(), then)
    }

    /// The counterpart of a paragraph of the source of today, in a translation that has followed it.
    fn of_now(&self, now: usize) -> Option<Range<usize>> {
        let kinds = self.source.paragraphs().iter().map(|it| it.kind);
        self.counterpart(&kinds.collect::<Vec<_>>(), now)
    }

    fn counterpart(&self, kinds: &[ParagraphKind], at: usize) -> Option<Range<usize>> {
        let ours = self.translation.paragraphs();
        counterpart(ours, kinds, at).map(|it: &Paragraph| it.span.clone())
    }

    /// Where a new paragraph of the source belongs.
    fn gap(&self, now: usize) -> (Range<usize>, &'static str) {
        if let Some(span) = self.of_now(now) {
            return (span, "its place, where something stands already");
        }
        let pairs = &self.standing.alignment.pairs;
        let before = pairs.iter().rev().find(|pair| pair.1 < now);
        match before.and_then(|pair| self.of_then(pair.0)) {
            Some(span) => (span, "it belongs after this"),
            None => (self.top(), "lacks it"),
        }
    }

    /// The paragraph of today after which one of then stood.
    fn now_before(&self, then: usize) -> Option<usize> {
        let pairs = &self.standing.alignment.pairs;
        let before = pairs.iter().rev().find(|pair| pair.0 < then);
        before.map(|pair| pair.1)
    }

    /// Where to point when nobody knows where in the translation.
    fn top(&self) -> Range<usize> {
        self.translation.title_span()
    }
}

/// Words of a picker that read otherwise, or are new and there in both languages. Those that are not
/// there are told by [`check_words`].
fn stale_words(site: &Site, comparison: &Comparison<'_>, language: &str) -> Vec<Diagnostic> {
    let Some(picker) = site.picker_of_source(comparison.standing.source) else {
        return Vec::new();
    };
    let page = shown(&comparison.translation.path);
    let on = comparison.record.on.value;
    let stale = comparison.standing.words.iter().filter_map(|moved| {
        let (words, what, label) = match moved {
            WordMove::Changed(words) => (words, "were changed", "made of the words before"),
            WordMove::Added(words) => (words, "are new", "not in the record"),
        };
        if words.lacks(language) {
            return None;
        }
        let (of, id) = words.of;
        let message = format!("the words of the {of} `{id}` {what} since `{page}` was translated on {on}");
        let place = words.place(language).unwrap_or_else(|| words.span.clone());
        Some(
            Diagnostic::new(Code::StaleTranslation, message)
                .at(&picker.file, place, label)
                .help(format!(
                    "see that they say the same in both languages; once all of them do, write `afterword translated {page}`"
                )),
        )
    });
    stale.collect()
}

/// Words of pickers that are not there in the language of a page that shows them.
pub fn check_words(site: &Site, findings: &mut Vec<Diagnostic>) {
    for picker in pickers::shown(site) {
        for language in site.languages().skip(1) {
            if let Some(page) = page_of(site, picker, language) {
                let code = site.language_code(language);
                findings.extend(untranslated(picker, code, shown(&page.path)));
            }
        }
    }
}

/// The page that shows a picker in a language of its own.
fn page_of<'a>(site: &'a Site, picker: &Picker, language: LanguageId) -> Option<&'a Document> {
    let topics = site.topics();
    let mut written = topics.filter_map(|topic| topic.documents[language.0].as_ref());
    let found = written.find(|written| {
        written.hidden.is_none() && written.document.picker_file().as_ref() == Some(&picker.file)
    });
    found.map(|written| &*written.document)
}

/// One finding for all ideas, one for all questions, and so on.
fn untranslated(picker: &Picker, language: &str, page: &str) -> Vec<Diagnostic> {
    let all = picker.all_words();
    let mut groups: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for words in all.iter().filter(|words| words.lacks(language)) {
        groups.entry(words.of.0).or_default().push(words);
    }
    let finding =
        |(of, lacking): (&str, Vec<&crate::records::pickers::PickerWords<'_>>)| {
            let names = lacking
                .iter()
                .take(NAMES)
                .map(|words| format!("`{}`", words.of.1));
            let names = names.collect::<Vec<_>>().join(", ");
            let more = match lacking.len().saturating_sub(NAMES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let (of, lack) = match lacking.len() {
                1 => (of.to_owned(), "lacks"),
                _ => (format!("{of}s"), "lack"),
            };
            let message = format!("the {of} {names}{more} {lack} words in `{language}`");
            Diagnostic::new(Code::UntranslatedWords, message)
            .at(&picker.file, lacking[0].span.clone(), format!("shown on `{page}`"))
            .help(format!(
                "write each word in both languages, such as `name: {{en: ..., {language}: ...}}`"
            ))
        };
    groups.into_iter().map(finding).collect()
}

/// Every record: whether its page, its person and its day can be.
pub fn check_records(site: &Site, findings: &mut Vec<Diagnostic>) {
    let Some(file) = file() else { return };
    if site.translations.is_empty() {
        return;
    }
    let topics = site.topics();
    let written = topics.flat_map(|topic| topic.documents.iter().flatten());
    let documents: BTreeMap<_, _> = written
        .map(|written| (shown(&written.document.path), &*written.document))
        .collect();
    for record in site.translations.iter() {
        let page = shown(&record.page.value);
        match documents.get(page) {
            None => findings.push(missing(site, record, &file, documents.keys().copied())),
            Some(document) if site.source_of(document).is_none() => {
                findings.push(no_translation(site, document, record, &file));
            }
            Some(_) => {}
        }
        findings.extend(record.by.as_ref().and_then(|by| {
            let help = "take the line `by` away, or name a person of `content/people.yaml`";
            people::real(site, by, &file, "translated anything", help)
        }));
        if record.on.value > site.today {
            let message = format!(
                "a translation on {}, which is still to come",
                record.on.value
            );
            findings.push(
                Diagnostic::new(Code::WrongDate, message)
                    .at(&file, record.on.span.clone(), "after today")
                    .help("write the day on which the page was translated"),
            );
        }
    }
}

fn missing<'a>(
    site: &Site,
    record: &Translation,
    file: &SourcePath,
    pages: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let page = shown(&record.page.value);
    let first = site.language_code(LanguageId::FIRST);
    let pages: BTreeSet<_> = pages.collect();
    Diagnostic::new(Code::BrokenLink, format!("no page at `{page}`"))
        .at(file, record.page.span.clone(), "translated, but not there")
        .suggest(
            page,
            pages,
            format!(
                "write the path of a page's file that is not in `{first}`, or take the record away"
            ),
        )
}

fn no_translation(
    site: &Site,
    document: &Document,
    record: &Translation,
    file: &SourcePath,
) -> Diagnostic {
    let page = shown(&record.page.value);
    let first = site.language_code(LanguageId::FIRST);
    let why = if document.options.language == first {
        format!("it is in `{first}`, which pages are translated from")
    } else {
        format!("there is no edition of it in `{first}`")
    };
    Diagnostic::new(Code::BrokenLink, format!("`{page}` is no translation"))
        .at(file, record.page.span.clone(), why)
        .help("take the record away")
}
