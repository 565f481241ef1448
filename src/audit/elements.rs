//! The elements of HTML: which there are, what each may hold, and where it may stand.
//!
//! After the HTML standard as it was in 2026, as far as [`super::structure`] asks. Drawings (`svg`) and
//! formulas (`math`) have names of their own, and only their nesting is looked at.
//!
//! To add an element: a line in [`ELEMENTS`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What an element may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Whatever may stand in a text: paragraphs, lists, words.
    Flow,
    /// Words and what stands within a sentence.
    Phrasing,
    /// What the element around it may hold.
    AsAround,
    /// Words alone.
    Words,
    /// Nothing: it has no end tag.
    Nothing,
    /// These elements and no words.
    Only(&'static [&'static str]),
    /// Whatever there is.
    Anything,
}

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Between paragraphs.
    Flow,
    /// Within a sentence, and so between paragraphs too.
    Phrasing,
    /// In these elements only.
    In(&'static [&'static str]),
    /// In the head of a page.
    Head,
    /// In the head, or wherever a sentence may stand.
    HeadOrPhrasing,
    /// Nowhere any more.
    Nowhere,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// Where it may stand.
    pub stands: Stands,
    /// What it may hold.
    pub holds: Holds,
}

impl Element {
    /// The element of a name, in small letters.
    pub fn named(name: &str) -> Option<&'static Self> {
        BY_NAME.get(name).copied()
    }

    /// True for one that has no end tag.
    pub fn is_void(&self) -> bool {
        self.holds == Holds::Nothing
    }

    /// True for one that ends a paragraph which is still open.
    pub fn ends_paragraphs(&self) -> bool {
        ENDS_PARAGRAPHS.contains(&self.name)
    }

    /// True for one whose end tag may be left out, and is then taken for given.
    pub fn may_stay_open(&self) -> bool {
        MAY_STAY_OPEN.contains(&self.name)
    }
}

use Holds::{Anything, AsAround, Flow, Nothing, Only, Phrasing, Words};
use Stands::{Flow as F, Head, HeadOrPhrasing, In, Nowhere, Phrasing as P};

/// All of them; those that are gone stand at the end.
const ELEMENTS: &[(&str, Stands, Holds)] = &[
    ("html", In(&[""]), Only(&["head", "body"])),
    ("head", In(&["html"]), Only(HEAD)),
    ("body", In(&["html"]), Flow),
    ("title", Head, Words),
    ("base", Head, Nothing),
    ("link", HeadOrPhrasing, Nothing),
    ("meta", HeadOrPhrasing, Nothing),
    ("style", Head, Words),
    ("script", HeadOrPhrasing, Words),
    ("noscript", HeadOrPhrasing, AsAround),
    ("template", HeadOrPhrasing, Anything),
    ("article", F, Flow),
    ("section", F, Flow),
    ("nav", F, Flow),
    ("aside", F, Flow),
    ("header", F, Flow),
    ("footer", F, Flow),
    ("main", F, Flow),
    ("search", F, Flow),
    ("address", F, Flow),
    ("h1", F, Phrasing),
    ("h2", F, Phrasing),
    ("h3", F, Phrasing),
    ("h4", F, Phrasing),
    ("h5", F, Phrasing),
    ("h6", F, Phrasing),
    (
        "hgroup",
        F,
        Only(&["h1", "h2", "h3", "h4", "h5", "h6", "p"]),
    ),
    ("p", F, Phrasing),
    ("hr", F, Nothing),
    ("pre", F, Phrasing),
    ("blockquote", F, Flow),
    ("ol", F, Only(&["li"])),
    ("ul", F, Only(&["li"])),
    ("menu", F, Only(&["li"])),
    ("li", In(&["ol", "ul", "menu", "dir"]), Flow),
    ("dl", F, Only(&["dt", "dd", "div"])),
    ("dt", In(&["dl", "div"]), Flow),
    ("dd", In(&["dl", "div"]), Flow),
    ("figure", F, Flow),
    ("figcaption", In(&["figure"]), Flow),
    ("div", F, Flow),
    ("details", F, Flow),
    ("summary", In(&["details"]), Phrasing),
    ("dialog", F, Flow),
    ("fieldset", F, Flow),
    ("legend", In(&["fieldset", "optgroup"]), Phrasing),
    ("form", F, Flow),
    (
        "table",
        F,
        Only(&["caption", "colgroup", "thead", "tbody", "tfoot", "tr"]),
    ),
    ("caption", In(&["table"]), Flow),
    ("colgroup", In(&["table"]), Only(&["col"])),
    ("col", In(&["colgroup", "table"]), Nothing),
    ("thead", In(&["table"]), Only(&["tr"])),
    ("tbody", In(&["table"]), Only(&["tr"])),
    ("tfoot", In(&["table"]), Only(&["tr"])),
    (
        "tr",
        In(&["table", "thead", "tbody", "tfoot"]),
        Only(&["td", "th"]),
    ),
    ("td", In(&["tr"]), Flow),
    ("th", In(&["tr"]), Flow),
    ("a", P, AsAround),
    ("abbr", P, Phrasing),
    ("area", P, Nothing),
    ("audio", P, AsAround),
    ("b", P, Phrasing),
    ("bdi", P, Phrasing),
    ("bdo", P, Phrasing),
    ("br", P, Nothing),
    ("button", P, Phrasing),
    ("canvas", P, AsAround),
    ("cite", P, Phrasing),
    ("code", P, Phrasing),
    ("data", P, Phrasing),
    ("datalist", P, Phrasing),
    ("del", P, AsAround),
    ("dfn", P, Phrasing),
    ("em", P, Phrasing),
    ("embed", P, Nothing),
    ("i", P, Phrasing),
    ("iframe", P, Words),
    ("img", P, Nothing),
    ("input", P, Nothing),
    ("ins", P, AsAround),
    ("kbd", P, Phrasing),
    ("label", P, Phrasing),
    ("map", P, AsAround),
    ("mark", P, Phrasing),
    ("math", P, Anything),
    ("meter", P, Phrasing),
    ("object", P, AsAround),
    ("output", P, Phrasing),
    ("picture", P, Only(&["source", "img"])),
    ("progress", P, Phrasing),
    ("q", P, Phrasing),
    ("ruby", P, Phrasing),
    ("rt", In(&["ruby"]), Phrasing),
    ("rp", In(&["ruby"]), Phrasing),
    ("s", P, Phrasing),
    ("samp", P, Phrasing),
    ("select", P, Only(&["option", "optgroup", "hr", "button"])),
    ("selectedcontent", In(&["button"]), Nothing),
    ("optgroup", In(&["select"]), Only(&["option", "legend"])),
    ("option", In(&["select", "optgroup", "datalist"]), Phrasing),
    ("slot", P, AsAround),
    ("small", P, Phrasing),
    ("source", In(&["picture", "audio", "video"]), Nothing),
    ("span", P, Phrasing),
    ("strong", P, Phrasing),
    ("sub", P, Phrasing),
    ("sup", P, Phrasing),
    ("svg", P, Anything),
    ("textarea", P, Words),
    ("time", P, Phrasing),
    ("track", In(&["audio", "video"]), Nothing),
    ("u", P, Phrasing),
    ("var", P, Phrasing),
    ("video", P, AsAround),
    ("wbr", P, Nothing),
    ("acronym", Nowhere, Phrasing),
    ("applet", Nowhere, AsAround),
    ("basefont", Nowhere, Nothing),
    ("bgsound", Nowhere, Nothing),
    ("big", Nowhere, Phrasing),
    ("blink", Nowhere, Phrasing),
    ("center", Nowhere, Flow),
    ("dir", Nowhere, Only(&["li"])),
    ("font", Nowhere, AsAround),
    ("frame", Nowhere, Nothing),
    ("frameset", Nowhere, Anything),
    ("keygen", Nowhere, Nothing),
    ("marquee", Nowhere, AsAround),
    ("nobr", Nowhere, Phrasing),
    ("noembed", Nowhere, Words),
    ("noframes", Nowhere, Words),
    ("param", Nowhere, Nothing),
    ("plaintext", Nowhere, Words),
    ("rb", Nowhere, Phrasing),
    ("rtc", Nowhere, Phrasing),
    ("strike", Nowhere, Phrasing),
    ("tt", Nowhere, Phrasing),
    ("xmp", Nowhere, Words),
];

const HEAD: &[&str] = &[
    "title", "base", "link", "meta", "style", "script", "noscript", "template",
];

/// Their start ends a paragraph that is still open.
const ENDS_PARAGRAPHS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "table",
    "ul",
];

/// Elements whose end tag may be left out.
const MAY_STAY_OPEN: &[&str] = &[
    "html", "head", "body", "li", "dt", "dd", "p", "rt", "rp", "optgroup", "option", "colgroup",
    "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
];

static ALL: LazyLock<Vec<Element>> = LazyLock::new(|| {
    let all = ELEMENTS.iter();
    all.map(|&(name, stands, holds)| Element {
        name,
        stands,
        holds,
    })
    .collect()
});

static BY_NAME: LazyLock<FxHashMap<&'static str, &'static Element>> =
    LazyLock::new(|| ALL.iter().map(|element| (element.name, element)).collect());

/// Where the start of an element ends another that is still open: `li` ends `li`. With the elements
/// beyond which nothing is looked for.
pub fn ends(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "option" => (&["option"], &["select", "datalist"]),
        "optgroup" => (&["option", "optgroup"], &["select"]),
        "td" | "th" => (&["td", "th"], &["tr"]),
        "tr" => (&["td", "th", "tr"], &["table"]),
        "thead" | "tbody" | "tfoot" => (
            &[
                "td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup",
            ],
            &["table"],
        ),
        "body" => (&["head"], &["html"]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_element_may_hold_is_an_element_and_may_stand_in_it() {
        for element in ALL.iter() {
            let Holds::Only(children) = element.holds else {
                continue;
            };
            for child in children {
                let child = Element::named(child).expect("in the table");
                match child.stands {
                    Stands::In(parents) => {
                        assert!(
                            parents.contains(&element.name),
                            "{} in {}",
                            child.name,
                            element.name
                        );
                    }
                    Stands::Head | Stands::HeadOrPhrasing => assert_eq!(element.name, "head"),
                    Stands::Flow | Stands::Phrasing => {}
                    Stands::Nowhere => panic!("{} is gone", child.name),
                }
            }
        }
        for name in ENDS_PARAGRAPHS.iter().chain(MAY_STAY_OPEN) {
            assert!(Element::named(name).is_some(), "{name}");
        }
    }
}
