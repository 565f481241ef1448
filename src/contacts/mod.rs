//! What a page contacts: what a browser loads by itself to show it, and which addresses it names.
//!
//! [`Contacts::of`] reads finished HTML, whoever wrote it: template, article or generator. From that
//! follow the page's content security policy ([`policy`]), the headers for hosts, and the page that
//! tells readers what can be contacted. What must not be there at all, because a policy keeps it out
//! or because another host would learn who reads the page, is a [`Breach`]. This room knows nothing
//! of sites, themes and files; [`tags`] is the little of HTML that it needs.
//!
//! To add an element that loads something: a line in `reader::Reader::element`.

mod address;
mod breach;
mod policy;
mod reader;
mod stylesheet;
pub mod tags;

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

pub use policy::{Kind, Loads};
pub use stylesheet::loads as loads_of_stylesheet;
use tags::Tags;

/// What a template writes for the policy. It depends on the finished page, and takes this one's place
/// when the page is there.
pub const PLACEHOLDER: &str = "policy-of-this-page";

/// What a page contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contacts {
    /// What it loads by itself, from its own host.
    pub loads: Loads,
    /// The hosts of the links out of it.
    pub links: BTreeSet<String>,
    /// The hosts that its forms send to.
    pub forms: BTreeSet<String>,
    /// The stylesheets that it needs before it can be shown, without the way to the root.
    pub stylesheets: BTreeSet<String>,
}

/// Something that must not be in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// A script inside the page.
    Script,
    /// A stylesheet inside the page.
    Style,
    /// An attribute that holds a script or a style, such as `onclick`.
    Attribute(String),
    /// A link that runs a script.
    ScriptLink,
    /// Something that is loaded from another host, by the element that loads it.
    Foreign {
        /// The element.
        element: String,
        /// The address.
        address: String,
    },
}

/// A finished page, read.
#[derive(Debug, Default)]
pub struct Read {
    /// What it contacts.
    pub contacts: Contacts,
    /// What must not be in it, and where.
    pub breaches: Vec<(Breach, Range<usize>)>,
    /// Where policies stand that are still to be filled in.
    placeholders: Vec<Range<usize>>,
}

/// The loads of stylesheets, by their addresses below the site's root.
pub type Stylesheets = FxHashMap<String, Loads>;

impl Contacts {
    /// Reads a finished page. `own` is the address where the site is served.
    pub fn of(html: &str, own: &str, stylesheets: &Stylesheets) -> Read {
        let mut reader = reader::Reader::new(own, stylesheets);
        let mut tags = Tags::new(html);
        while let Some(tag) = tags.next() {
            reader.element(&tag);
        }
        reader.into_read()
    }

    /// Adds what another page contacts.
    pub fn join(&mut self, other: &Self) {
        self.loads.join(&other.loads);
        self.links.extend(other.links.iter().cloned());
        self.forms.extend(other.forms.iter().cloned());
        self.stylesheets.extend(other.stylesheets.iter().cloned());
    }
}

impl Read {
    /// The page with its policy in place.
    pub fn with_policy(&self, mut html: String) -> String {
        let policy = self.contacts.loads.policy();
        for place in self.placeholders.iter().rev() {
            // A policy holds spaces, and quotation marks of the one kind.
            let filled = match html[..place.start].chars().next_back() {
                Some('"') => policy.clone(),
                Some('\'') => policy.replace('\'', "&#39;"),
                Some(_) | None => format!("\"{policy}\""),
            };
            html.replace_range(place.clone(), &filled);
        }
        html
    }
}
