//! The ids of a page: each there once, and what names one names one that is there.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::{Code, nearest};

/// Attributes that name ids of the page, one or several.
const NAMES_IDS: &[&str] = &[
    "for",
    "headers",
    "list",
    "form",
    "popovertarget",
    "commandfor",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
];

/// The ids of a page, and who names them.
#[derive(Debug, Default)]
pub struct Ids<'h> {
    known: FxHashMap<Cow<'h, str>, ()>,
    named: Vec<(&'static str, Cow<'h, str>, Range<usize>)>,
}

impl<'h> Ids<'h> {
    /// A tag.
    pub fn start(&mut self, tag: &Tag<'_, 'h>, faults: &mut Vec<Fault>) {
        let mut has_id = false;
        for (name, _) in tag.attributes.all() {
            match name {
                // A second one on the same tag is told as that.
                "id" if has_id => {}
                "id" => {
                    has_id = true;
                    self.add(tag, faults);
                }
                "class" | "href" | "d" => {}
                _ => {
                    if let Some(known) = NAMES_IDS
                        .iter()
                        .find(|known| name.eq_ignore_ascii_case(known))
                    {
                        self.name(tag, known);
                    }
                }
            }
        }
    }

    fn add(&mut self, tag: &Tag<'_, 'h>, faults: &mut Vec<Fault>) {
        let Some(id) = tag.attributes.get("id").filter(|id| !id.is_empty()) else {
            return;
        };
        if self.known.contains_key(&id) {
            faults.push(
                Fault::new(
                    Code::DuplicateId,
                    format!("the id `{id}` is there twice"),
                    &tag.span,
                )
                .help("give one of the two another id: links and labels only find the first")
                .words(id.as_ref()),
            );
        }
        self.known.insert(id, ());
    }

    fn name(&mut self, tag: &Tag<'_, 'h>, attribute: &'static str) {
        let Some(value) = tag.attributes.get(attribute) else {
            return;
        };
        for id in value.split_ascii_whitespace() {
            self.named
                .push((attribute, Cow::Owned(id.to_owned()), tag.span.clone()));
        }
    }

    /// Whether an id is there.
    pub fn has(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(AsRef::as_ref)
    }

    /// The page is over: what is named has to be there.
    pub fn finish(&self, faults: &mut Vec<Fault>) {
        for (attribute, id, span) in &self.named {
            if !self.has(id) {
                let message = format!("`{attribute}` names `{id}`, and the page has no such id");
                let help = nearest(id, self.all()).map_or_else(
                    || format!("write `id=\"{id}\"` on what is meant"),
                    |near| format!("did you mean `{near}`?"),
                );
                faults.push(
                    Fault::new(Code::MissingId, message, span)
                        .help(help)
                        .words(id.as_ref()),
                );
            }
        }
    }
}
