//! Where a work can be found: its DOI, its address, and what archives call it.
//!
//! To add an archive of e-prints: a line in [`ARCHIVES`].

use std::ops::Range;

use super::{Mapping, tex};
use crate::records::works::doi;

/// Fields with addresses of e-prints by their id, each by the name of the archive.
const ARCHIVES: &[(&str, &str, &str)] = &[
    ("arxiv", "arXiv", "https://arxiv.org/abs/"),
    ("hdl", "", "https://hdl.handle.net/"),
    ("jstor", "", "https://www.jstor.org/stable/"),
    ("osf", "OSF", "https://osf.io/"),
    ("psyarxiv", "PsyArXiv", "https://osf.io/preprints/psyarxiv/"),
    ("socarxiv", "SocArXiv", "https://osf.io/preprints/socarxiv/"),
    ("medrxiv", "medRxiv", ""),
    ("biorxiv", "bioRxiv", ""),
];

impl Mapping<'_> {
    pub(super) fn addresses(&mut self) {
        if let Some(field) = self.field("doi") {
            let written = tex::verbatim(&field.tex);
            let (text, span) = (doi::normal(&written).to_owned(), field.span.clone());
            self.set("DOI", text, span);
        }
        if let Some(field) = self.field("url") {
            let (text, span) = (tex::verbatim(&field.tex), field.span.clone());
            self.set("URL", text, span);
        }
        if let Some(field) = self.field("howpublished")
            && let Some(text) = address_in(&field.tex)
        {
            let span = field.span.clone();
            self.set("URL", text, span);
        }
        if let Some(field) = self.field("eprint") {
            let (id, span) = (tex::verbatim(&field.tex), field.span.clone());
            self.eprint(&id, span);
        }
    }

    fn eprint(&mut self, id: &str, span: Range<usize>) {
        let archive = self
            .first_of(&["eprinttype", "archiveprefix"])
            .map_or_else(String::new, |field| tex::text(&field.tex));
        let lower = archive.to_lowercase();
        let is_preprint = self.work.text("type") == "article";
        match lower.as_str() {
            "pubmed" | "pmid" => self.set("PMID", id.to_owned(), span.clone()),
            "pmc" | "pmcid" => self.set("PMCID", id.to_owned(), span.clone()),
            _ => {}
        }
        if id.starts_with("10.") {
            self.set("DOI", doi::normal(id).to_owned(), span.clone());
        } else if id.starts_with("https://") || id.starts_with("http://") {
            self.set("URL", id.to_owned(), span.clone());
        }
        let known = ARCHIVES.iter().find(|(name, ..)| *name == lower);
        if let Some((_, _, address)) = known
            && !address.is_empty()
            && !id.starts_with("10.")
        {
            let id = id.strip_prefix("arXiv:").unwrap_or(id);
            self.set("URL", format!("{address}{id}"), span.clone());
        }
        if is_preprint {
            let name = known.map_or(archive.as_str(), |(_, name, _)| *name);
            self.set("publisher", name.to_owned(), span);
        }
    }
}

/// The address in `howpublished = {\url{https://example.org}}`.
pub fn address_in(tex: &str) -> Option<String> {
    let start = tex.find("https://").or_else(|| tex.find("http://"))?;
    let address = tex[start..]
        .split(|c: char| c.is_whitespace() || c == '}')
        .next()?;
    Some(
        tex::verbatim(address)
            .trim_end_matches(['.', ','])
            .to_owned(),
    )
}
