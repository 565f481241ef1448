//! How texts speak: whether they are hard to read, use words that the site avoids, or send a reader
//! to somebody who may not be safe.
//!
//! [`lengths`] and [`tone`] hold texts to the limits of `[voice]` in `site.toml`, [`wording`] to the words of
//! `content/words.yaml`. [`abbreviations`], [`population`], [`dates`] and [`doubled`] look for what readers
//! cannot know, or what nobody meant to write. A comment `<!-- voice: reason -->` at the end of a paragraph lets it pass;
//! [`Excuses`] gives it, and knows at the end which of them were needed.
//!
//! To add a limit: a function in [`lengths`] and its line in [`check`].

mod abbreviations;
mod data_files;
mod dates;
mod doubled;
mod lengths;
mod population;
mod texts;
mod tone;
mod wording;

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::body::{Body, Excuse, Excused};
use crate::reading::{Measured, Passage, passages};

pub use data_files::check_people;
pub use dates::check_keys;
pub use wording::check_file;

/// Checks one document, on sites that have limits or words.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    if !document.options.prose {
        return;
    }
    let mut excuses = Excuses::new(document);
    if let Some(voice) = &subject.site.config.voice {
        let measured = Measured::new(subject.site, document);
        let mut lengths = lengths::Lengths {
            subject,
            voice,
            measured: &measured,
            excuses: &mut excuses,
            findings,
        };
        lengths.reading_age();
        lengths.sentences();
        lengths.paragraphs();
        lengths.key_messages();
        lengths.answers();
        let passages: Vec<_> = passages(document).collect();
        let mut texts = texts::Texts {
            subject,
            voice,
            passages: &passages,
            excuses: &mut excuses,
            findings,
        };
        texts.abbreviations();
        texts.populations();
        texts.dates();
        texts.doubled_words();
        texts.tone();
    }
    if !subject.site.wording.is_empty() {
        wording::check(subject, &mut excuses, findings);
        data_files::check(subject, findings);
    }
    excuses.report(document, findings);
}

/// The comments of a document that let a passage pass.
struct Excuses<'d> {
    all: Vec<&'d Excuse>,
    /// By their places in `all`.
    used: BTreeSet<usize>,
}

impl<'d> Excuses<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            all: document.bodies().flat_map(|body| &body.excuses).collect(),
            used: BTreeSet::new(),
        }
    }

    /// Whether something may pass, which a rule has found at a place of a body.
    fn let_pass(&mut self, body: &Body, place: Excused) -> bool {
        if body.excuses.is_empty() {
            return false;
        }
        let mut own = body.excuses.iter();
        let Some(excuse) = own.find(|excuse| excuse.of == Some(place)) else {
            return false;
        };
        let index = self.all.iter().position(|it| std::ptr::eq(*it, excuse));
        self.used.extend(index);
        true
    }

    fn let_passage_pass(&mut self, passage: &Passage<'_>) -> bool {
        self.let_pass(passage.body, Excused::Prose(passage.index))
    }

    /// Says which of them give no reason, and which were not needed.
    fn report(&self, document: &Document, findings: &mut Vec<Diagnostic>) {
        for (index, excuse) in self.all.iter().enumerate() {
            let finding = if excuse.reason.is_empty() {
                Diagnostic::new(Code::UnexplainedException, "an exception without a reason")
                    .at(&document.path, excuse.span.clone(), "")
                    .help("say why these words are right here: `<!-- voice: reason -->`")
            } else if !self.used.contains(&index) {
                let message = "an exception that nothing needs";
                Diagnostic::new(Code::UnusedException, message)
                    .at(&document.path, excuse.span.clone(), "excuses nothing")
                    .help(
                        "take it away, or put it at the end of the paragraph that it is meant for",
                    )
            } else {
                continue;
            };
            findings.push(finding);
        }
    }
}

/// The help of a finding that a comment may excuse.
fn or_excuse(help: &str) -> String {
    format!("{help}, or end the paragraph with `<!-- voice: why it is right here -->`")
}
