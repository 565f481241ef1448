//! What is wrong with the tags of a `.csl` file, and where.
//!
//! The library that reads styles says what it missed, but not where; for a macro that is not there it
//! prints nothing, and with one that calls itself it never ends. So the tags are looked at before. Only
//! tags and macros are known here, and no other rule of CSL.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// What is wrong with the tags and macros of a style.
pub(super) fn faults(path: &SourcePath, text: &str) -> Vec<Diagnostic> {
    match Tags::read(path, text) {
        Ok(tags) => tags.faults(path),
        Err(fault) => vec![*fault],
    }
}

/// The macros of a style.
#[derive(Debug, Default)]
struct Tags {
    macros: Vec<String>,
    calls: Vec<Call>,
}

/// A place where a macro is called.
#[derive(Debug)]
struct Call {
    name: String,
    place: Range<usize>,
    /// The macro that calls.
    within: Option<String>,
}

/// A tag that is not closed yet.
#[derive(Debug)]
struct Open {
    name: String,
    place: Range<usize>,
    /// Its name, if it is a macro.
    of_macro: Option<String>,
}

impl Tags {
    fn read(path: &SourcePath, text: &str) -> Result<Self, Box<Diagnostic>> {
        // The reader does not count a byte order mark.
        let begin = text.len() - text.trim_start_matches('\u{feff}').len();
        let at = |offset: u64| usize::try_from(offset).map_or(text.len(), |offset| begin + offset);
        let mut reader = Reader::from_str(&text[begin..]);
        // Which tag closes which is looked at here, so that both can be shown.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut tags = Self::default();
        let mut open: Vec<Open> = Vec::new();
        loop {
            let start = at(reader.buffer_position());
            let event = reader.read_event().map_err(|error| {
                let place = at(reader.error_position());
                unreadable(path, place..place, &error.to_string())
            })?;
            let place = start..at(reader.buffer_position());
            match event {
                Event::Start(tag) => {
                    let name = lossy(tag.name().as_ref());
                    let of_macro = tags.note(&tag, text, &place, &open);
                    open.push(Open {
                        name,
                        place,
                        of_macro,
                    });
                }
                Event::Empty(tag) => {
                    tags.note(&tag, text, &place, &open);
                }
                Event::End(tag) => close(path, &mut open, &lossy(tag.name().as_ref()), place)?,
                Event::Eof => break,
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
        match open.pop() {
            Some(last) => Err(unclosed(path, &last)),
            None => Ok(tags),
        }
    }

    /// Notes what a tag calls; gives its name if it is a macro.
    fn note(
        &mut self,
        tag: &BytesStart,
        text: &str,
        place: &Range<usize>,
        open: &[Open],
    ) -> Option<String> {
        if let Some(name) = attribute(tag, "macro") {
            let within = open.iter().rev().find_map(|tag| tag.of_macro.clone());
            self.calls.push(Call {
                place: place_of_value(text, place, &name),
                name,
                within,
            });
        }
        let of_macro = (tag.name().as_ref() == b"macro")
            .then(|| attribute(tag, "name"))
            .flatten();
        self.macros.extend(of_macro.clone());
        of_macro
    }

    fn faults(&self, path: &SourcePath) -> Vec<Diagnostic> {
        let faults = self.calls.iter().filter_map(|call| {
            let place = call.place.clone();
            if !self.macros.contains(&call.name) {
                let message = format!("this style has no macro `{}`", call.name);
                let macros = self.macros.iter().map(String::as_str);
                let fault = Diagnostic::new(Code::UnreadableStyle, message)
                    .at(path, place, "called here")
                    .suggest(
                        &call.name,
                        macros,
                        format!(
                            "add `<macro name=\"{}\">`, or take out the tag that calls it",
                            call.name
                        ),
                    );
                return Some(fault);
            }
            let within = call.within.as_deref()?;
            self.leads(&call.name, within).then(|| {
                let message = format!("the macro `{within}` calls itself");
                Diagnostic::new(Code::UnreadableStyle, message)
                    .at(path, place, "by what is called here")
                    .help("take out one of the tags by which it comes back to itself")
            })
        });
        faults.collect()
    }

    /// True when one macro is another, or calls it in the end.
    fn leads(&self, from: &str, to: &str) -> bool {
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(name) = reached.get(next).copied() {
            if name == to {
                return true;
            }
            for call in &self.calls {
                if call.within.as_deref() == Some(name) && !reached.contains(&call.name.as_str()) {
                    reached.push(&call.name);
                }
            }
            next += 1;
        }
        false
    }
}

/// Closes the tag that was opened last.
fn close(
    path: &SourcePath,
    open: &mut Vec<Open>,
    name: &str,
    place: Range<usize>,
) -> Result<(), Box<Diagnostic>> {
    match open.pop() {
        Some(last) if last.name == name => Ok(()),
        Some(last) if open.iter().any(|tag| tag.name == name) => {
            let fault = *unclosed(path, &last);
            Err(Box::new(fault.at(
                path,
                place,
                "the tag around it is closed here",
            )))
        }
        Some(last) => {
            let fault = nothing_closed(path, name, place);
            let help = format!("`</{}>` would close the tag above", last.name);
            Err(Box::new(
                fault.at(path, last.place, "opened here").help(help),
            ))
        }
        None => {
            let fault = nothing_closed(path, name, place);
            Err(Box::new(fault.help("take it out")))
        }
    }
}

fn nothing_closed(path: &SourcePath, name: &str, place: Range<usize>) -> Diagnostic {
    let message = format!("`</{name}>` closes no tag of this style");
    Diagnostic::new(Code::UnreadableStyle, message).at(path, place, "")
}

fn unclosed(path: &SourcePath, tag: &Open) -> Box<Diagnostic> {
    let message = format!("`<{}>` is not closed in this style", tag.name);
    Box::new(
        Diagnostic::new(Code::UnreadableStyle, message)
            .at(path, tag.place.clone(), "opened here")
            .help(format!("write `</{}>` where it ends", tag.name)),
    )
}

/// A file that is no style, in the words of who tried to read it.
pub(super) fn unreadable(path: &SourcePath, place: Range<usize>, words: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(Code::UnreadableStyle, "this file is not a CSL style")
            .at(path, place, format!("the reader says: {words}"))
            .help("get the file anew, for example from https://www.zotero.org/styles"),
    )
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    Some(lossy(&attribute.value))
}

/// Where a tag says a value; all of the tag when it cannot be found.
fn place_of_value(text: &str, tag: &Range<usize>, value: &str) -> Range<usize> {
    let written = text.get(tag.clone()).unwrap_or_default();
    let mut places = written.match_indices(value).map(|(at, _)| at);
    places
        .find(|at| written[..*at].ends_with(['"', '\'']))
        .map_or(tag.clone(), |at| {
            let start = tag.start + at;
            start..start + value.len()
        })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use hayagriva::archive::ArchivedStyle;

    use super::*;

    fn found(text: &str) -> Vec<Diagnostic> {
        faults(&SourcePath::new("content/mine.csl").unwrap(), text)
    }

    /// What is wrong, and the words that it is about.
    fn check(text: &str, message: &str, words: &str) {
        let faults = found(text);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].message, message);
        let (start, end) = faults[0].labels[0].span;
        assert_eq!(&text[start..end], words);
        assert!(!faults[0].help.is_empty());
    }

    #[test]
    fn tags_that_do_not_fit_are_shown() {
        check(
            "<style><group></style>",
            "`<group>` is not closed in this style",
            "<group>",
        );
        check(
            "\u{feff}<style>",
            "`<style>` is not closed in this style",
            "<style>",
        );
        check(
            "<style><group></grup></style>",
            "`</grup>` closes no tag of this style",
            "</grup>",
        );
        check(
            "<style/></style>",
            "`</style>` closes no tag of this style",
            "</style>",
        );
        check("<style><", "this file is not a CSL style", "");
    }

    #[test]
    fn a_macro_that_is_called_is_there() {
        check(
            "<style><macro name='author'/><text value='' macro='autor'/></style>",
            "this style has no macro `autor`",
            "autor",
        );
        let help = &found("<style><macro name='author'/><key macro='autor'/></style>")[0].help;
        assert!(help.contains("`author`"), "{help}");
        assert_eq!(found("<a><text macro='b'/><text macro='c'/></a>").len(), 2);
    }

    #[test]
    fn a_macro_does_not_call_itself() {
        check(
            "<style><macro name='a'><group><text macro='a'/></group></macro></style>",
            "the macro `a` calls itself",
            "a",
        );
        let around = "<a><macro name='b'><text macro='c'/></macro>\
            <macro name='c'><text macro='b'/></macro></a>";
        assert_eq!(found(around).len(), 2);
        let twice = "<a><macro name='b'/><macro name='c'><text macro='b'/><text macro='b'/></macro>\
            <text macro='c'/></a>";
        assert_eq!(found(twice), []);
    }

    #[test]
    fn nothing_is_wrong_with_styles_of_the_archive() {
        for name in crate::citations::Style::USUAL {
            let archived = match name {
                "harvard" => "harvard-cite-them-right",
                "chicago" => "chicago-author-date",
                other => other,
            };
            let style = ArchivedStyle::by_name(archived).unwrap();
            assert_eq!(found(&style.get().to_xml().unwrap()), [], "{name}");
        }
    }
}
