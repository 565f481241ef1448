//! What kind of work an entry is.
//!
//! To add a kind of entry: a line in [`KINDS`].

use super::addresses::address_in;
use super::{Mapping, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::works::variables;

/// Kinds of entries, each with the CSL type of such a work.
const KINDS: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("artwork", "graphic"),
    ("audio", "song"),
    ("book", "book"),
    ("bookinbook", "chapter"),
    ("booklet", "pamphlet"),
    ("collection", "book"),
    ("commentary", "book"),
    ("conference", "paper-conference"),
    ("dataset", "dataset"),
    ("data", "dataset"),
    ("electronic", "webpage"),
    ("image", "graphic"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("inproceedings", "paper-conference"),
    ("inreference", "entry-encyclopedia"),
    ("jurisdiction", "legal_case"),
    ("legal", "legislation"),
    ("legislation", "legislation"),
    ("letter", "personal_communication"),
    ("manual", "book"),
    ("mastersthesis", "thesis"),
    ("misc", "document"),
    ("movie", "motion_picture"),
    ("music", "song"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("mvproceedings", "book"),
    ("mvreference", "book"),
    ("online", "webpage"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("report", "report"),
    ("review", "review"),
    ("software", "software"),
    ("standard", "standard"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("suppperiodical", "article-journal"),
    ("techreport", "report"),
    ("thesis", "thesis"),
    ("unpublished", "manuscript"),
    ("video", "motion_picture"),
    ("www", "webpage"),
];

impl Mapping<'_> {
    pub(super) fn kind(&mut self, path: &SourcePath, findings: &mut Vec<Diagnostic>) {
        let kind = &self.entry.kind;
        let known = KINDS.iter().find(|(name, _)| *name == kind.value);
        if known.is_none() {
            let names = KINDS.iter().map(|(name, _)| *name);
            findings.push(
                Diagnostic::new(
                    Code::UnknownEntryType,
                    format!("no kind of entry is called `{}`", kind.value),
                )
                .at(path, kind.span.clone(), "taken for `misc`")
                .suggest(
                    &kind.value,
                    names,
                    "usual kinds are `article`, `book`, `incollection`, `online`, `report`, `thesis` and `misc`",
                ),
            );
        }
        let named = self.text_of("entrysubtype").to_lowercase();
        let is_preprint = self.first_of(&["eprint"]).is_some()
            && self.first_of(&["journal", "journaltitle"]).is_none();
        let has_address = self.field("url").is_some()
            || self
                .field("howpublished")
                .is_some_and(|field| address_in(&field.tex).is_some());
        let mut csl = known.map_or("document", |(_, csl)| *csl);
        if let Some(name) = variables::KINDS.iter().find(|name| **name == named) {
            csl = name;
        } else if csl == "article-journal" && named.contains("magazine") {
            csl = "article-magazine";
        } else if csl == "article-journal" && named.contains("newspaper") {
            csl = "article-newspaper";
        } else if is_preprint && matches!(csl, "article-journal" | "document" | "webpage") {
            csl = "article";
        } else if csl == "document" && has_address {
            csl = "webpage";
        } else if csl == "manuscript" && self.field("eventtitle").is_some() {
            csl = "speech";
        }
        let span = self.entry.kind.span.clone();
        self.work.set_text("type", csl, span.clone());
        let written = self
            .field("type")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        let (genre, span) = match (written, kind.value.as_str()) {
            (Some(written), _) => written,
            (None, "phdthesis") => ("phdthesis".to_owned(), span),
            (None, "mastersthesis") => ("mathesis".to_owned(), span),
            (None, "techreport") => ("techreport".to_owned(), span),
            (None, _) => return,
        };
        let genre = match genre.as_str() {
            "phdthesis" => "PhD thesis",
            "mathesis" => "Master’s thesis",
            "bathesis" => "Bachelor’s thesis",
            "candthesis" => "Candidate thesis",
            "techreport" => "Technical report",
            "resreport" => "Research report",
            _ => &genre,
        };
        self.work.set_text("genre", genre, span);
    }
}
