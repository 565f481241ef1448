//! What the engine printed for a work, taken apart as pages need it.

use citationberg::{IndependentStyle, SubsequentAuthorSubstituteRule as Rule};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

use super::html::{self, Links};
use super::{Locator, locator};

/// The citation of a work, without brackets. Numbers are left open, see [`html::NUMBER`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedCite {
    /// All of it: "Doe, 2010, p. 3".
    pub html: String,
    /// The names, or the title that stands for them: "Doe". Empty when the style prints none.
    pub names: String,
    /// Tells who is named, also those whom "et al." stands for. Empty when nobody is.
    pub who: String,
    /// All of it but the names: "2010, p. 3".
    pub rest: String,
}

/// The entry of a work in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedEntry {
    /// The number or label before it, when the style sets one apart.
    pub label: String,
    /// The entry.
    pub html: String,
    /// Tells who is named first.
    pub who: String,
    /// The entry as it reads below another one of the same people, when the style then leaves the
    /// names out.
    pub below_same: Option<String>,
}

impl PrintedCite {
    pub(super) fn new(tree: &ElemChildren) -> Self {
        let html = html::of_tree(tree, Links::Dropped);
        let Some(names) = tree.find_names() else {
            return Self {
                rest: html.clone(),
                html,
                names: String::new(),
                who: String::new(),
            };
        };
        let names_html = html::of_tree(&names.children, Links::Dropped);
        let who = who(names, &names_html);
        let mut without = tree.clone();
        if let Some(names) = without.find_names_mut() {
            names.children.0.clear();
        }
        let rest = html::of_tree(&without, Links::Dropped);
        Self {
            html,
            names: names_html,
            who,
            rest: without_delimiter(&rest).to_owned(),
        }
    }
}

impl PrintedCite {
    /// The same with other names.
    pub(super) fn put_names(&mut self, names: &str) {
        if !self.names.is_empty() {
            self.html = self.html.replacen(&self.names, names, 1);
            self.names = names.to_owned();
        }
    }

    /// The same with the part of the work in the place of the number that stands for it.
    pub(super) fn with_locator(mut self, part: Option<&Locator>, style: &IndependentStyle) -> Self {
        if let Some(part) = part {
            self.html = locator::put_back(&self.html, part, style);
            self.rest = locator::put_back(&self.rest, part, style);
        }
        self
    }
}

impl PrintedEntry {
    pub(super) fn new(
        label: Option<&ElemChildren>,
        tree: &ElemChildren,
        substitute: Option<&str>,
        rule: Rule,
    ) -> Self {
        let label = label.map(|label| html::of_tree(label, Links::Dropped));
        let names = tree.find_names();
        let who = names.map_or_else(String::new, |names| {
            who(names, &html::of_tree(&names.children, Links::Dropped))
        });
        let below_same = substitute.filter(|_| names.is_some()).map(|substitute| {
            let mut tree = tree.clone();
            if let Some(names) = tree.find_names_mut() {
                substitute_names(names, substitute, rule);
            }
            html::of_tree(&tree, Links::Kept).trim().to_owned()
        });
        Self {
            label: label.unwrap_or_default().trim().to_owned(),
            html: html::of_tree(tree, Links::Kept).trim().to_owned(),
            who,
            below_same,
        }
    }
}

/// Everybody whom names name, "et al." included; else what stands for them, such as a title.
fn who(names: &Elem, html: &str) -> String {
    let mut people = String::new();
    gather(names, &mut people);
    if people.is_empty() {
        people.push_str(html);
    }
    people
}

/// Names may substitute for others, and then stand within these.
fn gather(elem: &Elem, people: &mut String) {
    if let Some(ElemMeta::Names(names)) = &elem.meta {
        for (names, _) in names {
            for person in names {
                people.push_str(&format!("{person:?}"));
            }
        }
    }
    for child in &elem.children.0 {
        match child {
            ElemChild::Elem(elem) => gather(elem, people),
            ElemChild::Text(_)
            | ElemChild::Markup(_)
            | ElemChild::Link { .. }
            | ElemChild::Transparent { .. } => {}
        }
    }
}

/// What follows names that were left out, without the comma or space that kept it from them.
fn without_delimiter(html: &str) -> &str {
    html.trim_start_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '.')
    })
}

/// Puts dashes or the like in the place of names; what stands behind them, such as ", et al." or
/// "(eds.)", stays.
fn substitute_names(names: &mut Elem, substitute: &str, rule: Rule) {
    let text = || {
        ElemChild::Text(Formatted {
            text: substitute.to_owned(),
            formatting: Formatting::default(),
        })
    };
    let is_name = |child: &ElemChild| matches!(child, ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Name(..))));
    let children = &mut names.children.0;
    match rule {
        Rule::CompleteAll | Rule::PartialFirst | Rule::PartialEach => {
            let last = children.iter().rposition(is_name);
            let end = last.map_or(children.len(), |last| last + 1);
            children.splice(..end, [text()]);
        }
        Rule::CompleteEach => {
            for child in children.iter_mut().filter(|child| is_name(child)) {
                *child = text();
            }
        }
    }
}
