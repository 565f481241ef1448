//! From an entry and its parents to a work, which in CSL has none.

use std::ops::Range;

use citationberg::json::Value as Csl;

use super::Entry;
use super::kind::csl_type;
use crate::data::Spanned;
use crate::path::SourcePath;
use crate::records::works::Work;

impl Entry {
    pub(super) fn into_work(self, key: &Spanned<String>, path: &SourcePath) -> Work {
        let mut work = Work::new(key.clone(), path);
        work.set_text("type", csl_type(&self), self.kind.span.clone());
        for (variable, value, span) in &self.values {
            add(&mut work, variable, value, span);
        }
        if let Some(serial) = &self.serial {
            let csl = Csl::String(serial.value.clone());
            add(&mut work, "number", &csl, &serial.span);
        }
        let is_event = matches!(self.kind.value, "conference" | "exhibition" | "performance");
        let place = if is_event {
            "event-place"
        } else {
            "publisher-place"
        };
        add_spanned(&mut work, "publisher", self.organization.as_ref());
        add_spanned(&mut work, place, self.location.as_ref());
        for parent in &self.parents {
            parent.hand_down(&mut work, self.kind.value, 0);
        }
        work
    }

    /// Gives a work what it has from its parent, and from the parent of that.
    fn hand_down(&self, work: &mut Work, child: &str, generation: usize) {
        let kind = self.kind.value;
        let is_series = generation > 0
            || matches!(
                child,
                "book" | "anthology" | "report" | "proceedings" | "thesis" | "reference"
            );
        for (variable, value, span) in &self.values {
            let renamed = match (*variable, kind) {
                ("title", "conference" | "exhibition") => "event-title",
                ("issued", "conference" | "exhibition") => "event-date",
                ("title", "original") => "original-title",
                ("issued", "original") => "original-date",
                ("author", "original") => "original-author",
                ("title", "repository") if child == "article" => "publisher",
                ("title", _) if is_series => "collection-title",
                ("title", _) => "container-title",
                ("title-short", _) if !is_series => "container-title-short",
                ("volume" | "issue", _) if is_series => "collection-number",
                ("author", _) if is_series => continue,
                ("author", _) => "container-author",
                ("editor", _) if is_series => "collection-editor",
                ("title-short" | "genre" | "abstract" | "note" | "dimensions" | "DOI", _) => {
                    continue;
                }
                (other, _) => other,
            };
            add(work, renamed, value, span);
        }
        let is_event = matches!(kind, "conference" | "exhibition");
        let place = if is_event {
            "event-place"
        } else {
            "publisher-place"
        };
        if generation == 0 {
            if !is_event {
                add_spanned(work, "publisher", self.organization.as_ref());
            }
            add_spanned(work, place, self.location.as_ref());
        }
        for parent in &self.parents {
            parent.hand_down(work, kind, generation + 1);
        }
    }
}

/// Sets what is not set yet: a work's own value stands before that of its parent.
fn add(work: &mut Work, variable: &str, value: &Csl, span: &Range<usize>) {
    if !work.has(variable) {
        work.set(variable, value.clone(), span.clone());
    }
}

fn add_spanned(work: &mut Work, variable: &str, text: Option<&Spanned<String>>) {
    if let Some(text) = text {
        add(work, variable, &Csl::String(text.value.clone()), &text.span);
    }
}
