//! How the elements of a page stand in each other: what is open, what ends where, what may not be
//! where it is.
//!
//! It goes by [`super::elements`], and by the rules of HTML about end tags that may be left out, so
//! that a page which browsers and the standard read alike has no faults. A browser repairs all others,
//! each in its way, and what it makes of them is not what was written.

use std::ops::Range;

use super::elements::{Element, Holds, Stands, ends};
use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::Code;

/// An element that is open.
#[derive(Debug)]
struct Open<'h> {
    name: &'h str,
    element: Option<&'static Element>,
    span: Range<usize>,
    /// For `a` with an address and for `button`: nothing in it can be pressed.
    is_pressed: bool,
}

/// The elements that are open.
#[derive(Debug, Default)]
pub struct Structure<'h> {
    open: Vec<Open<'h>>,
    /// How many of them are drawings or formulas.
    drawings: usize,
    /// How many of them are templates.
    templates: usize,
    /// What ended a paragraph that had no end tag yet, by its name.
    ended_paragraph: Option<(&'static str, Range<usize>)>,
}

impl<'h> Structure<'h> {
    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether what is read is part of a drawing or a formula.
    pub fn is_in_drawing(&self) -> bool {
        self.drawings > 0
    }

    /// Whether what is read waits in a `template`.
    pub fn is_in_template(&self) -> bool {
        self.templates > 0
    }

    /// Whether an element of this name is open.
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    /// Begins an element. What it ends without an end tag is not open any more.
    pub fn start(&mut self, tag: &Tag<'_, 'h>, faults: &mut Vec<Fault>) {
        if self.drawings > 0 {
            if !tag.closes_itself {
                self.push(tag, None);
            }
            return;
        }
        let Some(element) = tag.element else {
            if !tag.name.contains('-') {
                let message = format!("there is no element `<{}>` in HTML", tag.name);
                faults.push(broken(message, &tag.span).help("use an element that browsers know"));
            }
            self.push(tag, None);
            return;
        };
        self.end_what_it_ends(element, tag, faults);
        if let Some(message) = self.misplaced(element, tag) {
            let help = if element.stands == Stands::Nowhere {
                "it is no part of HTML any more; use an element that says what is meant, and a stylesheet for how it looks"
            } else {
                "browsers put such a thing where they think fit; move it, or use another element"
            };
            faults.push(broken(message, &tag.span).help(help));
        }
        if tag.closes_itself
            && !element.is_void()
            && element.name != "svg"
            && element.name != "math"
        {
            let message = format!("`<{0} />` does not end `{0}`", element.name);
            let help = format!(
                "write `<{0}></{0}>`: browsers pass over the slash",
                element.name
            );
            faults.push(broken(message, &tag.span).help(help));
        }
        let is_whole = tag.closes_itself && element.holds == Holds::Anything;
        if !(element.is_void() || is_whole) {
            self.push(tag, Some(element));
        }
    }

    fn push(&mut self, tag: &Tag<'_, 'h>, element: Option<&'static Element>) {
        match tag.name {
            "svg" | "math" => self.drawings += 1,
            "template" if self.drawings == 0 => self.templates += 1,
            _ => {}
        }
        let is_pressed = match tag.name {
            "a" => self.drawings == 0 && tag.attributes.has("href"),
            "button" => true,
            _ => false,
        };
        self.open.push(Open {
            name: tag.name,
            element,
            span: tag.span.clone(),
            is_pressed,
        });
    }

    fn pop(&mut self) {
        match self.open.pop().map(|open| open.name) {
            Some("svg" | "math") => self.drawings = self.drawings.saturating_sub(1),
            Some("template") if self.drawings == 0 => {
                self.templates = self.templates.saturating_sub(1);
            }
            Some(_) | None => {}
        }
    }

    /// Ends what an element ends by beginning.
    fn end_what_it_ends(
        &mut self,
        element: &'static Element,
        tag: &Tag<'_, 'h>,
        faults: &mut Vec<Fault>,
    ) {
        if element.ends_paragraphs()
            && let Some(place) = self.open_paragraph()
        {
            for open in self.open[place + 1..].iter().rev() {
                if open.element.is_none_or(|element| !element.may_stay_open()) {
                    faults.push(not_ended(
                        open.name,
                        &open.span,
                        &format!("<{}>", element.name),
                    ));
                }
            }
            self.ended_paragraph = Some((element.name, tag.span.clone()));
            while self.open.len() > place {
                self.pop();
            }
        }
        if let Some((these, beyond)) = ends(element.name) {
            let mut keep = self.open.len();
            for (place, open) in self.open.iter().enumerate().rev() {
                let stays = open.element.is_none_or(|element| !element.may_stay_open());
                if stays || beyond.contains(&open.name) {
                    break;
                }
                if these.contains(&open.name) {
                    keep = place;
                }
            }
            while self.open.len() > keep {
                self.pop();
            }
        }
    }

    /// The paragraph that a block would end.
    fn open_paragraph(&self) -> Option<usize> {
        const BEYOND: [&str; 9] = [
            "button", "caption", "html", "marquee", "object", "table", "td", "template", "th",
        ];
        for (place, open) in self.open.iter().enumerate().rev() {
            if open.name == "p" {
                return Some(place);
            }
            if BEYOND.contains(&open.name) {
                return None;
            }
        }
        None
    }

    /// Why an element may not begin here.
    fn misplaced(&self, element: &Element, tag: &Tag<'_, 'h>) -> Option<String> {
        let name = element.name;
        let Some(parent) = self.open.last() else {
            return (name != "html" && element.stands != Stands::Nowhere)
                .then(|| format!("`<{name}>` stands outside of the page"));
        };
        if parent
            .element
            .is_none_or(|parent| parent.holds == Holds::Anything)
        {
            return None;
        }
        let above = self
            .open
            .len()
            .checked_sub(2)
            .map_or("", |above| self.open[above].name);
        let is_group = parent.name == "div" && above == "dl";
        let wrong = format!("`<{name}>` may not stand in `<{}>`", parent.name);
        match element.stands {
            Stands::Nowhere => return Some(format!("`<{name}>` is obsolete")),
            Stands::In(parents) => {
                let is_right = parents.contains(&parent.name) && (parent.name != "div" || is_group);
                return (!is_right).then_some(wrong);
            }
            Stands::Head => {
                return (!matches!(parent.name, "head" | "noscript")).then_some(wrong);
            }
            Stands::Flow | Stands::Phrasing | Stands::HeadOrPhrasing => {}
        }
        if is_group && !matches!(name, "script" | "template") {
            return Some(format!(
                "`<{name}>` may not stand in a `<div>` of a `<dl>`, which holds `<dt>` and `<dd>`"
            ));
        }
        if !self.holds(element) {
            return Some(wrong);
        }
        self.forbidden(element, tag)
    }

    /// Whether what is open may hold an element.
    fn holds(&self, element: &Element) -> bool {
        let is_phrase = matches!(element.stands, Stands::Phrasing | Stands::HeadOrPhrasing);
        let is_heading =
            matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']) || element.name == "hgroup";
        for open in self.open.iter().rev() {
            let Some(around) = open.element else {
                return true;
            };
            return match around.holds {
                Holds::Flow | Holds::Anything => true,
                Holds::Phrasing => {
                    is_phrase || (is_heading && matches!(around.name, "legend" | "summary"))
                }
                Holds::Only(names) => {
                    names.contains(&element.name) || matches!(element.name, "script" | "template")
                }
                Holds::Words | Holds::Nothing => false,
                Holds::AsAround => continue,
            };
        }
        true
    }

    /// Why an element may not stand anywhere below one of those that are open.
    fn forbidden(&self, element: &Element, tag: &Tag<'_, 'h>) -> Option<String> {
        let name = element.name;
        let can_be_pressed = can_be_pressed(tag);
        let is_heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        let is_section = matches!(name, "article" | "aside" | "nav" | "section");
        let ends = matches!(name, "header" | "footer");
        if !(can_be_pressed
            || is_heading
            || is_section
            || ends
            || matches!(
                name,
                "main" | "form" | "address" | "table" | "dfn" | "progress" | "meter"
            ))
        {
            return None;
        }
        for open in self.open.iter().rev() {
            let may_not = match open.name {
                _ if open.is_pressed && can_be_pressed => true,
                "label" => name == "label",
                "form" | "dfn" | "progress" | "meter" => name == open.name,
                "header" | "footer" => ends || name == "main",
                "article" | "aside" | "nav" => name == "main",
                "address" => is_heading || is_section || ends || name == "address",
                "dt" | "th" => is_heading || is_section || ends,
                "caption" => name == "table",
                // What stands in a section of its own is not below the header any more.
                _ => false,
            };
            if may_not {
                return Some(format!(
                    "`<{name}>` may not stand anywhere in `<{}>`",
                    open.name
                ));
            }
            if matches!(open.name, "template")
                || (ends && (matches!(open.name, "article" | "aside" | "nav" | "section")))
            {
                return None;
            }
        }
        None
    }

    /// Words of the page.
    pub fn words(&mut self, words: &str, span: &Range<usize>, faults: &mut Vec<Fault>) {
        let Some(parent) = self.open.last() else {
            return;
        };
        let Some(element) = parent.element else {
            return;
        };
        if matches!(element.holds, Holds::Only(_)) && !words.trim().is_empty() {
            let message = format!("words stand in `<{}>` itself", element.name);
            faults.push(
                broken(message, span)
                    .help("put them into an element that it may hold, such as `<li>` in a list"),
            );
        }
    }

    /// Ends an element.
    pub fn end(&mut self, name: &str, span: &Range<usize>, faults: &mut Vec<Fault>) {
        let name = Element::named(&name.to_ascii_lowercase()).map_or(name, |element| element.name);
        let place = self
            .open
            .iter()
            .rposition(|open| open.name.eq_ignore_ascii_case(name));
        let Some(place) = place else {
            faults.push(self.stray(name, span));
            return;
        };
        for open in self.open[place + 1..].iter().rev() {
            if open.element.is_none_or(|element| !element.may_stay_open()) {
                faults.push(not_ended(open.name, &open.span, &format!("</{name}>")));
            }
        }
        while self.open.len() > place {
            self.pop();
        }
    }

    fn stray(&mut self, name: &str, span: &Range<usize>) -> Fault {
        if name == "p"
            && let Some((block, place)) = self.ended_paragraph.take()
        {
            return broken(format!("`<{block}>` stands in a paragraph"), &place).help(
                "browsers end the paragraph before it, and what follows is in none; use `<div>` in place of `<p>`",
            );
        }
        let message = if Element::named(name).is_some_and(Element::is_void) {
            format!("`<{name}>` has no end tag")
        } else {
            format!("`</{name}>` ends nothing")
        };
        broken(message, span).help("take it away, or look for the start tag that is missing")
    }

    /// The page is over.
    pub fn finish(&self, faults: &mut Vec<Fault>) {
        for open in self.open.iter().rev() {
            if open.element.is_none_or(|element| !element.may_stay_open()) {
                faults.push(not_ended(open.name, &open.span, "the end of the page"));
            }
        }
    }
}

/// True for what a reader presses, and that so may not stand in something else that is pressed.
fn can_be_pressed(tag: &Tag<'_, '_>) -> bool {
    let attributes = &tag.attributes;
    match tag.name {
        "a" | "label" | "button" | "details" | "embed" | "iframe" | "select" | "textarea" => true,
        "input" => !attributes
            .get("type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")),
        "audio" | "video" => attributes.has("controls"),
        "img" => attributes.has("usemap"),
        _ => attributes.has("tabindex"),
    }
}

fn broken(message: String, span: &Range<usize>) -> Fault {
    Fault::new(Code::BrokenHtml, message, span)
}

fn not_ended(name: &str, span: &Range<usize>, by: &str) -> Fault {
    broken(format!("`<{name}>` is not ended before `{by}`"), span).help(format!(
        "write `</{name}>` where it ends, inside of what it begins in"
    ))
}
