//! Who a work is by.
//!
//! To add a field that is names: a line in [`NAMES`].

use citationberg::json::{NameValue, Value};

use super::{Field, Mapping, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::works::names::{self, Word};

/// Fields that are names, each with its CSL variable.
const NAMES: &[(&str, &str)] = &[
    ("author", "author"),
    ("bookauthor", "container-author"),
    ("director", "director"),
    ("origauthor", "original-author"),
    ("translator", "translator"),
];

impl Mapping<'_> {
    pub(super) fn names(&mut self, path: &SourcePath, findings: &mut Vec<Diagnostic>) {
        for (name, variable) in NAMES {
            self.people(name, variable, path, findings);
        }
        for (field, kind) in [
            ("editor", "editortype"),
            ("editora", "editoratype"),
            ("editorb", "editorbtype"),
            ("editorc", "editorctype"),
        ] {
            let variable = match self.text_of(kind).as_str() {
                "compiler" => "compiler",
                "director" => "director",
                "producer" => "producer",
                "organizer" => "organizer",
                "illustrator" => "illustrator",
                "" if field != "editor" => continue,
                "" | "editor" => "editor",
                // Redactors, collaborators and the like, for whom CSL has no word of their own.
                _ if field != "editor" => "contributor",
                _ => "editor",
            };
            self.people(field, variable, path, findings);
        }
    }

    fn people(
        &mut self,
        name: &str,
        variable: &str,
        path: &SourcePath,
        findings: &mut Vec<Diagnostic>,
    ) {
        let Some(field) = self.field(name) else {
            return;
        };
        let written = tex::split(&field.tex, "and");
        let unclear = written.iter().filter_map(|name| unclear(name, field, path));
        findings.extend(unclear);
        let people: Vec<_> = written.into_iter().filter_map(person).collect();
        let span = field.span.clone();
        if !people.is_empty() && !self.work.has(variable) {
            self.work.set(variable, Value::Names(people), span);
        }
    }
}

/// What is wrong with a name that is taken for that of a person.
fn unclear(name: &str, field: &Field, path: &SourcePath) -> Option<Diagnostic> {
    let parts = tex::split(name, ",");
    let has_named_parts = parts.iter().all(|part| part.contains('='));
    if tex::braced(name).is_some() || has_named_parts {
        return None;
    }
    let text = tex::text(name);
    let mistake = names::mistake(&text, parts.len())?;
    // Where an abbreviation was put in, the value is not what is written.
    let is_as_written = field.tex.len() == field.span.len();
    let start = field.tex.find(name).filter(|_| is_as_written);
    let span = start.map_or_else(
        || field.span.clone(),
        |start| field.span.start + start..field.span.start + start + name.len(),
    );
    Some(
        Diagnostic::new(
            Code::UnclearName,
            format!("`{text}` is not the name of a person: {mistake}"),
        )
        .at(path, span, "")
        .help("write `Family, Given`, with `and` between people, and an organisation in braces: `{Example Group}`"),
    )
}

/// A name of a list: `{Organisation}`, `von Family, Given`, or `family=Family, given=Given`.
fn person(name: &str) -> Option<NameValue> {
    if name.is_empty() {
        return None;
    }
    if let Some(inner) = tex::braced(name) {
        return Some(names::literal(tex::text(inner)));
    }
    if name.eq_ignore_ascii_case("others") {
        return Some(names::literal("others"));
    }
    let parts = tex::split(name, ",");
    if parts.iter().all(|part| part.contains('=')) {
        return Some(named_parts(&parts));
    }
    let words = |part: &&str| tex::words(part).into_iter().map(word).collect();
    names::from_words(parts.iter().map(words).collect())
}

/// A word in braces counts as one with a capital, whatever it begins with.
fn word(written: &str) -> Word {
    let mut word = Word::plain(&tex::text(written));
    let is_braced = written.starts_with('{') && !written.starts_with("{\\");
    word.is_small &= !is_braced;
    word
}

fn named_parts(parts: &[&str]) -> NameValue {
    let value = |wanted: &str| {
        let mut values = parts.iter().filter_map(|part| part.split_once('='));
        values
            .find(|(name, _)| name.trim() == wanted)
            .map_or_else(String::new, |(_, value)| {
                tex::text(value.trim().trim_matches('"'))
            })
    };
    let (prefix, drops) = (value("prefix"), value("useprefix") == "false");
    let particle = if drops { "" } else { prefix.as_str() };
    let mut name = names::with_parts(
        &value("family"),
        &value("given"),
        particle,
        &value("suffix"),
    );
    if drops && !prefix.is_empty() {
        name.dropping_particle = Some(prefix);
    }
    NameValue::Item(name)
}
