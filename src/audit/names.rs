//! Whether what can be pressed, filled in or seen has a name for those who do not see it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::Code;

/// An element that needs words, while it is open.
#[derive(Debug)]
struct Needing<'h> {
    name: &'h str,
    depth: usize,
    span: Range<usize>,
    has_words: bool,
}

/// Who has a name.
#[derive(Debug, Default)]
pub struct Names<'h> {
    needing: Vec<Needing<'h>>,
    /// From this depth on, nothing is read aloud.
    silent: Option<usize>,
    /// The depths of labels that are open.
    labels: Vec<usize>,
    labelled: FxHashSet<String>,
    /// Controls with an id that a label may still name.
    controls: Vec<(&'h str, String, Range<usize>)>,
}

impl<'h> Names<'h> {
    /// A tag outside of templates; `depth` is how many elements are open with it, when it stays open.
    pub fn start(
        &mut self,
        tag: &Tag<'_, 'h>,
        depth: usize,
        is_in_drawing: bool,
        faults: &mut Vec<Fault>,
    ) {
        let attributes = &tag.attributes;
        if attributes
            .get("aria-hidden")
            .is_some_and(|value| value.trim() == "true")
            && tag.element.is_none_or(|element| !element.is_void())
            && !tag.closes_itself
            && self.silent.is_none()
        {
            self.silent = Some(depth);
        }
        if self.silent.is_none()
            && (attributes.says("aria-label")
                || attributes.says("alt")
                || attributes.says("aria-labelledby"))
        {
            self.words();
        }
        if needs_words(tag, is_in_drawing) && !tag.closes_itself && self.silent.is_none() {
            self.needing.push(Needing {
                name: tag.name,
                depth,
                span: tag.span.clone(),
                has_words: has_name(tag),
            });
        }
        if is_in_drawing {
            return;
        }
        match tag.name {
            "label" => {
                self.labels.push(depth);
                if let Some(id) = attributes.get("for") {
                    self.labelled.insert(id.into_owned());
                }
            }
            "img" if !attributes.has("alt") && !has_name(tag) => {
                faults.push(
                    nameless("a picture has no `alt`".to_owned(), &tag.span).help(
                        "describe it in `alt`, or write `alt=\"\"` when it only adorns the page",
                    ),
                );
            }
            "iframe" if !has_name(tag) => {
                faults.push(
                    nameless("an `<iframe>` has no name".to_owned(), &tag.span)
                        .help("say in `title` what it shows"),
                );
            }
            "input" | "select" | "textarea" => self.control(tag, faults),
            _ => {}
        }
    }

    fn control(&mut self, tag: &Tag<'_, 'h>, faults: &mut Vec<Fault>) {
        let attributes = &tag.attributes;
        let kind = attributes
            .get("type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_named = match kind.as_str() {
            _ if tag.name != "input" => false,
            "hidden" | "submit" | "reset" => true,
            "button" => attributes.says("value"),
            "image" => attributes.says("alt"),
            _ => false,
        };
        if is_named || has_name(tag) || !self.labels.is_empty() {
            return;
        }
        match attributes.get("id") {
            Some(id) if !id.is_empty() => {
                self.controls
                    .push((tag.name, id.into_owned(), tag.span.clone()));
            }
            Some(_) | None => faults.push(unlabelled(tag.name, &tag.span)),
        }
    }

    /// Words that are read aloud.
    pub fn words(&mut self) {
        if self.silent.is_none() {
            for needing in &mut self.needing {
                needing.has_words = true;
            }
        }
    }

    /// Only so many elements are open any more.
    pub fn ended(&mut self, depth: usize, faults: &mut Vec<Fault>) {
        if self.silent.is_some_and(|silent| silent > depth) {
            self.silent = None;
        }
        while self.labels.last().is_some_and(|label| *label > depth) {
            self.labels.pop();
        }
        while let Some(needing) = self.needing.pop_if(|needing| needing.depth > depth) {
            if !needing.has_words {
                let what = match needing.name {
                    "a" => "a link has no words",
                    "button" => "a button has no words",
                    "svg" => "a drawing with the role `img` has no name",
                    "summary" => "a `<summary>` has no words",
                    _ => "a heading has no words",
                };
                faults.push(nameless(what.to_owned(), &needing.span).help("write what it is, or say it with `aria-label`: screen readers have nothing else to read"));
            }
        }
    }

    /// The page is over.
    pub fn finish(&mut self, faults: &mut Vec<Fault>) {
        self.ended(0, faults);
        for (name, id, span) in &self.controls {
            if !self.labelled.contains(id) {
                faults.push(unlabelled(name, span).words(id.as_str()));
            }
        }
    }
}

/// Whether an element is nothing without words.
fn needs_words(tag: &Tag<'_, '_>, is_in_drawing: bool) -> bool {
    let attributes = &tag.attributes;
    match tag.name {
        "a" => attributes.has("href"),
        "svg" => attributes
            .get("role")
            .is_some_and(|role| role.trim() == "img"),
        "button" | "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => !is_in_drawing,
        _ => false,
    }
}

fn has_name(tag: &Tag<'_, '_>) -> bool {
    ["aria-label", "aria-labelledby", "title"]
        .iter()
        .any(|name| tag.attributes.says(name))
}

fn unlabelled(name: &str, span: &Range<usize>) -> Fault {
    nameless(format!("an `<{name}>` has no label"), span).help(
        "write a `<label>` whose `for` is its id, or say with `aria-label` what is to be filled in",
    )
}

fn nameless(message: String, span: &Range<usize>) -> Fault {
    Fault::new(Code::NamelessElement, message, span)
}
