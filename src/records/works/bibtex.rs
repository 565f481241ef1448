//! `content/references.bib`: BibTeX and biblatex, as Zotero and JabRef export them.
//!
//! The file is cut into its entries first, and each is parsed alone, so that a brace that is missing
//! in one does not hide the others; an entry that cannot be parsed keeps its key, so that articles
//! that cite it are not reported as well. [`tex`] makes text of TeX, and [`fields`] a work of an entry.
//!
//! This file knows the syntax, and no field by its name.

mod fields;
mod quotes;
mod syntax;
pub mod tex;

use std::borrow::Cow;
use std::ops::Range;

use biblatex::{RawBibliography, RawChunk};
use rustc_hash::FxHashMap;

use super::Work;
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// An entry of the file.
#[derive(Debug)]
struct Entry {
    /// `article`, in small letters.
    kind: Spanned<String>,
    key: Spanned<String>,
    fields: Vec<Field>,
    /// False when it could not be parsed.
    is_sound: bool,
}

/// A field of an entry.
#[derive(Debug, Clone)]
struct Field {
    /// Its name in small letters.
    name: Spanned<String>,
    /// Its value as it is written, still TeX, with the abbreviations put in.
    tex: String,
    /// Where the value is written, without its braces.
    span: Range<usize>,
}

/// Reads the file.
pub fn read(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let mut abbreviations = FxHashMap::default();
    let mut entries = Vec::new();
    for piece in syntax::pieces(text) {
        if let Some(finding) = piece.finding(path, text) {
            findings.push(finding);
        }
        match piece.kind(text).as_str() {
            "comment" | "preamble" => {}
            "string" => add_abbreviations(&piece, path, text, &mut abbreviations, findings),
            kind => entries.extend(entry(kind, &piece, path, text, &abbreviations, findings)),
        }
    }
    fields::works(entries, path, findings)
}

/// An entry, parsed. `None` when not even its key can be told.
fn entry(
    kind: &str,
    piece: &syntax::Piece,
    path: &SourcePath,
    text: &str,
    abbreviations: &FxHashMap<String, String>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let key = piece.key(text);
    if key.value.is_empty() {
        findings.push(
            Diagnostic::new(Code::MalformedBibliography, "an entry has no key")
                .at(path, piece.kind.clone(), "")
                .help(format!(
                    "write a short name and a comma after the brace: `@{kind}{{muise2014,`"
                )),
        );
        return None;
    }
    let mut entry = Entry {
        kind: Spanned::new(kind.to_owned(), piece.kind.clone()),
        key,
        fields: Vec::new(),
        is_sound: false,
    };
    if !piece.is_closed {
        return Some(entry);
    }
    if let Some(finding) = piece.missing(path, text) {
        findings.push(finding);
        return Some(entry);
    }
    let source = piece.source(text);
    let parsed = match RawBibliography::parse(&source) {
        Ok(parsed) => parsed,
        Err(error) => {
            findings.push(syntax::finding(&error, piece, path, text));
            return Some(entry);
        }
    };
    let start = piece.span.start;
    for field in parsed.entries.into_iter().flat_map(|entry| entry.v.fields) {
        let name = Spanned::new(
            field.key.v.to_ascii_lowercase(),
            field.key.span.start + start..field.key.span.end + start,
        );
        let tex = joined(&field.value.v, start, path, abbreviations, findings);
        let chunks = &field.value.v;
        let span = match (chunks.first(), chunks.last()) {
            (Some(first), Some(last)) => first.span.start + start..last.span.end + start,
            _ => name.span.clone(),
        };
        if let Some(first) = entry
            .fields
            .iter()
            .find(|known| known.name.value == name.value)
        {
            findings.push(
                Diagnostic::new(Code::Duplicate, format!("`{}` is there twice", name.value))
                    .at(path, name.span, "the second time")
                    .at(path, first.name.span.clone(), "the first time")
                    .help("keep one of the two lines"),
            );
            continue;
        }
        entry.fields.push(Field { name, tex, span });
    }
    entry.is_sound = true;
    Some(entry)
}

/// `@string{jsm = "Journal of Examples"}`.
fn add_abbreviations(
    piece: &syntax::Piece,
    path: &SourcePath,
    text: &str,
    abbreviations: &mut FxHashMap<String, String>,
    findings: &mut Vec<Diagnostic>,
) {
    if !piece.is_closed {
        return;
    }
    let source: Cow<'_, str> = piece.source(text);
    match RawBibliography::parse(&source) {
        Ok(parsed) => {
            for pair in parsed.abbreviations {
                let start = piece.span.start;
                let tex = joined(&pair.value.v, start, path, abbreviations, findings);
                abbreviations.insert(pair.key.v.to_ascii_lowercase(), tex);
            }
        }
        Err(error) => findings.push(syntax::finding(&error, piece, path, text)),
    }
}

/// The pieces of a value that `#` joins, as one.
fn joined(
    chunks: &[biblatex::Spanned<RawChunk<'_>>],
    start: usize,
    path: &SourcePath,
    abbreviations: &FxHashMap<String, String>,
    findings: &mut Vec<Diagnostic>,
) -> String {
    let mut tex = String::new();
    for chunk in chunks {
        match chunk.v {
            RawChunk::Normal(written) => tex.push_str(written),
            RawChunk::Abbreviation(name) => {
                let lower = name.to_ascii_lowercase();
                if let Some(long) = abbreviations.get(&lower) {
                    tex.push_str(long);
                } else if is_month(&lower) {
                    tex.push_str(&lower);
                } else {
                    let known = abbreviations.keys().map(String::as_str);
                    let span = chunk.span.start + start..chunk.span.end + start;
                    findings.push(
                        Diagnostic::new(
                            Code::MalformedBibliography,
                            format!("no `@string` is called `{name}`"),
                        )
                        .at(path, span, "taken for an abbreviation")
                        .suggest(
                            name,
                            known,
                            format!("put words in braces: `{{{name}}}`"),
                        ),
                    );
                }
            }
        }
    }
    tex
}

/// The abbreviations that BibTeX itself knows.
fn is_month(name: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    MONTHS.contains(&name)
}

#[cfg(test)]
mod tests;
