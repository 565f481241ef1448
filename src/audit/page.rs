//! A finished page, read once: every rule of this room looks at each of its pieces.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use super::addresses::{Addresses, Leads};
use super::attributes;
use super::fault::Fault;
use super::ids::Ids;
use super::landmarks::Landmarks;
use super::names::Names;
use super::reader::{Piece, Reader};
use super::structure::Structure;
use super::structured_data::{self, Shown};
use super::tables::Tables;
use super::tag::Tag;
use crate::diagnostic::Code;

/// What is known of a page once it is read.
#[derive(Debug, Default)]
pub struct PageRead {
    /// Its mistakes.
    pub faults: Vec<Fault>,
    /// Its ids, as [`hash_of`] them, sorted.
    pub ids: Vec<u64>,
    /// Its links to anchors of other pages.
    pub anchors: Vec<Anchor>,
}

/// A link to an anchor of another page.
#[derive(Debug)]
pub struct Anchor {
    /// The other page.
    pub page: u32,
    /// The hash of the id.
    pub id: u64,
    /// What it is when the page has no such id.
    pub fault: Fault,
}

/// The number by which an id is known.
pub fn hash_of(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Reads a page; `file` is its path below the output folder.
pub fn read(html: &str, file: &str, addresses: &Addresses) -> PageRead {
    let mut page = Page {
        html,
        file,
        addresses,
        read: PageRead::default(),
        structure: Structure::default(),
        tables: Tables::default(),
        ids: Ids::default(),
        landmarks: Landmarks::default(),
        names: Names::default(),
        own_anchors: Vec::new(),
        shown: Shown::default(),
        words_of: None,
    };
    let mut reader = Reader::new(html);
    while let Some(piece) = reader.next() {
        match piece {
            Piece::Start {
                name,
                span,
                closes_itself,
            } => page.start(&Tag::new(
                &html[name],
                reader.attributes(),
                span,
                closes_itself,
            )),
            Piece::End { name, span } => page.end(&html[name], &span),
            Piece::Words(span) => page.words(&span),
            Piece::Doctype => page.landmarks.doctype(),
        }
    }
    page.finish()
}

/// A page while it is read.
struct Page<'p, 'h> {
    html: &'h str,
    file: &'p str,
    addresses: &'p Addresses,
    read: PageRead,
    structure: Structure<'h>,
    tables: Tables,
    ids: Ids<'h>,
    landmarks: Landmarks,
    names: Names<'h>,
    /// Links to anchors of the page itself.
    own_anchors: Vec<(Cow<'h, str>, Range<usize>)>,
    shown: Shown<'h>,
    /// The element whose words come next, when the data of a page are compared with it.
    words_of: Option<&'static str>,
}

impl<'h> Page<'_, 'h> {
    fn start(&mut self, tag: &Tag<'_, 'h>) {
        let faults = &mut self.read.faults;
        let is_in_drawing = self.structure.is_in_drawing();
        let before = self.structure.depth();
        self.structure.start(tag, faults);
        let depth = self.structure.depth();
        let stays_open = depth > 0
            && (depth > before || tag.element.is_some_and(|element| !element.is_void()))
            && !tag.closes_itself;
        let around = if stays_open { depth - 1 } else { depth };
        self.tables.ended(around, faults);
        self.names.ended(around, faults);
        attributes::check(tag, is_in_drawing, faults);
        // What waits in a template gets its ids and its names from the script that takes it out.
        if !self.structure.is_in_template() {
            self.ids.start(tag, faults);
            self.names.start(tag, depth, is_in_drawing, faults);
            if !is_in_drawing {
                self.tables.start(tag, depth, faults);
                self.landmarks.start(tag, faults);
                self.words_of = self.shown.start(tag);
            }
        }
        self.follow(tag);
    }

    fn words(&mut self, span: &Range<usize>) {
        let words = &self.html[span.clone()];
        if let Some(name) = self.words_of.take() {
            match name {
                "script" => self.shown.data(words),
                _ => self.shown.title(words),
            }
        }
        if words.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return;
        }
        self.structure.words(words, span, &mut self.read.faults);
        if !self.structure.is_in_template() {
            self.names.words();
            self.shown.text(words);
            if !self.structure.is_in_drawing() && self.structure.is_in("title") {
                self.landmarks.words_of_title();
            }
        }
    }

    fn end(&mut self, name: &'h str, span: &Range<usize>) {
        self.words_of = None;
        self.structure.end(name, span, &mut self.read.faults);
        self.shown.ended(name);
        let depth = self.structure.depth();
        self.tables.ended(depth, &mut self.read.faults);
        self.names.ended(depth, &mut self.read.faults);
    }

    /// Looks where the addresses of a tag lead.
    fn follow(&mut self, tag: &Tag<'_, 'h>) {
        for (name, written) in tag.attributes.all() {
            match name {
                "href" | "src" | "poster" | "xlink:href" => self.address(tag, written),
                "data" if tag.name == "object" => self.address(tag, written),
                "srcset" | "imagesrcset" => {
                    for entry in written.split(", ") {
                        let address = entry.trim().split(' ').next().unwrap_or_default();
                        self.address(tag, address);
                    }
                }
                "content" if tag.name == "meta" => self.meta(tag, written),
                _ => {}
            }
        }
    }

    fn meta(&mut self, tag: &Tag<'_, 'h>, written: &'h str) {
        let attributes = &tag.attributes;
        if attributes
            .get("http-equiv")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
        {
            if let Some((_, address)) = written.split_once("url=") {
                self.address(tag, address.trim_matches(['\'', '"']));
            }
        } else if self.addresses.is_own(written) {
            self.address(tag, written);
        }
    }

    fn address(&mut self, tag: &Tag<'_, 'h>, written: &'h str) {
        let address = plain(written);
        if address.trim().is_empty() {
            if tag.name == "a" {
                let fault = dead(format!("a link of `<{}>` has no address", tag.name), tag);
                self.read.faults.push(fault.help("say where it leads"));
            }
            return;
        }
        match self.addresses.follow(self.file, &address) {
            Leads::Out => {}
            Leads::Here(id) => {
                if is_anchor(&id) && id != "top" {
                    self.own_anchors
                        .push((Cow::Owned(id.into_owned()), tag.span.clone()));
                }
            }
            Leads::To(place, id) => {
                if is_anchor(&id) && self.addresses.is_page(place) {
                    let message = format!("`{}` leads to no id of that page", address.trim());
                    self.read.anchors.push(Anchor {
                        page: place,
                        id: hash_of(&id),
                        fault: Fault::new(Code::DeadAnchorInOutput, message, &tag.span)
                            .words(id.into_owned()),
                    });
                }
            }
            Leads::Nowhere(why) => {
                let fault = dead(format!("`{}` {why}", address.trim()), tag);
                let rest = address.trim_start_matches('/');
                let near = self.addresses.near(&address);
                let help = near.filter(|near| near.trim_matches('/') != rest.trim_matches('/'));
                let help = help.map_or_else(
                    || "lead to a page or a file of the site; in a template, begin with `{{ root }}`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.read.faults.push(fault.help(help));
            }
        }
    }

    fn finish(mut self) -> PageRead {
        let faults = &mut self.read.faults;
        self.structure.finish(faults);
        self.tables.ended(0, faults);
        self.names.finish(faults);
        self.ids.finish(faults);
        self.landmarks.finish(&self.ids, faults);
        for (id, span) in &self.own_anchors {
            if !self.ids.has(id) {
                let message = format!("`#{id}` leads to no id of the page");
                faults.push(
                    Fault::new(Code::DeadAnchorInOutput, message, span)
                        .help(format!(
                            "write `id=\"{id}\"` on what is meant, or mend the link"
                        ))
                        .words(id.as_ref()),
                );
            }
        }
        structured_data::check(&self.shown, self.file, self.addresses, faults);
        self.read.ids = self.ids.all().map(hash_of).collect();
        self.read.ids.sort_unstable();
        self.read
    }
}

fn is_anchor(id: &str) -> bool {
    !id.is_empty() && !id.starts_with(":~:")
}

fn dead(message: String, tag: &Tag<'_, '_>) -> Fault {
    Fault::new(Code::DeadLinkInOutput, message, &tag.span)
}

fn plain(written: &str) -> Cow<'_, str> {
    crate::contacts::tags::unescaped(written)
}
