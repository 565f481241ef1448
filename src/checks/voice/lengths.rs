//! Texts that are longer or harder to read than `[voice]` of `site.toml` allows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Excuses, or_excuse};
use crate::checks::Subject;
use crate::config::Voice;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::ProseKind;
use crate::reading::{Measured, Part};
use crate::site::PageKind;

/// A document with what it is held to.
pub(super) struct Lengths<'a, 'd> {
    pub(super) subject: &'a Subject<'d>,
    pub(super) voice: &'a Voice,
    pub(super) measured: &'a Measured<'d>,
    pub(super) excuses: &'a mut Excuses<'d>,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

/// How many places a finding about a whole page shows.
const SHOWN: usize = 4;

impl Lengths<'_, '_> {
    /// The page as a whole is hard to read.
    pub(super) fn reading_age(&mut self) {
        let (Some(limit), Some(ages)) = (self.voice.reading_age, self.measured.ages()) else {
            return;
        };
        let is_over = |age: &f64| (age * 10.0).round() > limit as f64 * 10.0;
        if !self.kind().is_some_and(is_for_everybody) || !ages.iter().any(is_over) {
            return;
        }
        let names = self.measured.method.names().unwrap_or_default();
        let document = self.subject.document;
        let finding = Diagnostic::new(
            Code::HardToRead,
            format!(
                "a page for readers of {:.1} years by {}, {:.1} by {}; the limit is {limit}",
                ages[0], names[0], ages[1], names[1]
            ),
        )
        .at(&document.path, document.title_span(), "");
        let finding = match self.measured.hardest() {
            Some((hardest, _)) => {
                let first = &hardest.sentences[0];
                let place = hardest.passage.span(first.range.clone());
                finding.at(&document.path, place, "the hardest paragraph begins here")
            }
            None => finding,
        };
        self.findings.push(finding.help(
            "shorten sentences and choose shorter words, the hardest paragraph first; `afterword reading` lists all pages",
        ));
    }

    /// Sentences that are too long, each by itself; and too many of the longer ones on one page.
    pub(super) fn sentences(&mut self) {
        let (mut all, mut over) = (0, Vec::new());
        for measured in &self.measured.passages {
            let limits = [self.voice.sentence_words, self.voice.longest_sentence];
            let is_long = |words: usize| limits.iter().flatten().any(|most| words > *most);
            let longest = measured.sentences.iter().map(|it| it.counts.words).max();
            let is_excused =
                longest.is_some_and(is_long) && self.excuses.let_passage_pass(&measured.passage);
            for sentence in &measured.sentences {
                all += 1;
                let words = sentence.counts.words;
                if is_excused || !is_long(words) {
                    continue;
                }
                let place = measured.passage.span(sentence.range.clone());
                if let Some(most) = self.voice.longest_sentence.filter(|most| words > *most) {
                    let help = or_excuse("make two sentences of it");
                    let message = format!("a sentence of {words} words; the limit is {most}");
                    self.report(Code::LongSentence, message, place.clone(), &help);
                }
                if self.voice.sentence_words.is_some_and(|usual| words > usual) {
                    over.push((words, place));
                }
            }
        }
        // Rounded up: on a short page one sentence may be longer, unless none may anywhere.
        let may_be = (all * self.voice.longer_sentences).div_ceil(100);
        let Some(usual) = self.voice.sentence_words.filter(|_| over.len() > may_be) else {
            return;
        };
        let message = format!(
            "{} of {all} sentences have more than {usual} words; {may_be} may",
            over.len()
        );
        over.sort_by_key(|(words, place)| (std::cmp::Reverse(*words), place.start));
        let finding = Diagnostic::new(Code::LongSentence, message);
        let places = over.into_iter().take(SHOWN);
        let finding = places.fold(finding, |finding, (words, place)| {
            finding.at(&self.subject.document.path, place, format!("{words} words"))
        });
        self.findings
            .push(finding.help("make two sentences of the longest ones"));
    }

    /// Paragraphs of too many sentences.
    pub(super) fn paragraphs(&mut self) {
        let Some(most) = self.voice.paragraph_sentences else {
            return;
        };
        for measured in &self.measured.passages {
            let sentences = measured.sentences.len();
            let is_short = measured.counts().words <= self.voice.paragraph_words;
            let is_text = matches!(measured.passage.part, Part::Text(_));
            let is_paragraph = measured.passage.prose.kind == ProseKind::Paragraph;
            if !is_text || !is_paragraph || sentences <= most || is_short {
                continue;
            }
            if self.excuses.let_passage_pass(&measured.passage) {
                continue;
            }
            let place = measured
                .passage
                .span(measured.sentences[most].range.clone());
            let message = format!("a paragraph of {sentences} sentences; the limit is {most}");
            let help = or_excuse("begin a new paragraph here, or make a list of it");
            self.report(Code::LongParagraph, message, place, &help);
        }
    }

    /// Key messages of too many words.
    pub(super) fn key_messages(&mut self) {
        let Some(most) = self.voice.key_message_words else {
            return;
        };
        for measured in &self.measured.passages {
            let words = measured.counts().words;
            let is_message = matches!(measured.passage.part, Part::KeyMessage(_));
            if !is_message || words <= most || self.excuses.let_passage_pass(&measured.passage) {
                continue;
            }
            let whole = 0..measured.passage.prose.text.len();
            let place = measured.passage.span(whole);
            let message = format!("a key message of {words} words; the limit is {most}");
            let help = or_excuse("keep the one thing that a reader is to take away");
            self.report(Code::LongKeyMessage, message, place, &help);
        }
    }

    /// Answers of too many words on pages of questions: what stands below each level-two heading.
    pub(super) fn answers(&mut self) {
        let is_faq = self.kind() == Some(PageKind::Faq);
        let Some(most) = self.voice.answer_words.filter(|_| is_faq) else {
            return;
        };
        let mut answers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (index, measured) in self.measured.passages.iter().enumerate() {
            if let Part::Text(section @ 1..) = measured.passage.part {
                let answer = answers.entry(section).or_insert((0, index));
                *answer = (answer.0 + measured.counts().words, index);
            }
        }
        let document = self.subject.document;
        let headings = document.body.headings.iter();
        let headings = headings.filter(|heading| heading.level == 2 && !heading.is_nested);
        for (index, heading) in headings.enumerate() {
            let Some((words, last)) = answers.get(&(index + 1)).copied() else {
                continue;
            };
            let last = &self.measured.passages[last].passage;
            if words <= most || self.excuses.let_passage_pass(last) {
                continue;
            }
            let message = format!("an answer of {words} words; the limit is {most}");
            let help = or_excuse("answer first and briefly, and link to the page that says more");
            self.report(Code::LongAnswer, message, heading.span.clone(), &help);
        }
    }

    fn kind(&self) -> Option<PageKind> {
        let subject = self.subject;
        let page = subject
            .site
            .page_of_document(subject.document, subject.language);
        page.map(|page| page.kind)
    }

    fn report(&mut self, code: Code, message: String, place: Range<usize>, help: &str) {
        let finding = Diagnostic::new(code, message);
        let finding = finding.at(&self.subject.document.path, place, "");
        self.findings.push(finding.help(help));
    }
}

/// True for pages that everybody is to read with ease. Others explain terms, name people and works, or
/// list what was tested.
const fn is_for_everybody(kind: PageKind) -> bool {
    match kind {
        PageKind::Home
        | PageKind::Section
        | PageKind::Article
        | PageKind::Page
        | PageKind::Faq
        | PageKind::Picker
        | PageKind::Help
        | PageKind::Tags
        | PageKind::Tag => true,
        PageKind::PickerList
        | PageKind::Glossary
        | PageKind::Promises
        | PageKind::People
        | PageKind::Person
        | PageKind::Sources
        | PageKind::Source
        | PageKind::NotFound => false,
    }
}
