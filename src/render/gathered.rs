//! What all pages contact together, for the headers that hosts send with every page.
//!
//! They depend on every page, so they are rendered after them. A build gathers while it renders; a
//! preview renders all pages when somebody asks for the headers. Either way it is the same.

use std::collections::BTreeSet;

use crate::contacts::{Contacts, Loads};

/// What all pages contact.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What they load.
    pub loads: Loads,
    /// The stylesheets that every one of them needs.
    pub stylesheets: BTreeSet<String>,
}

impl Gathered {
    /// Puts together what each page contacts, in whatever order.
    pub fn of<'a>(pages: impl IntoIterator<Item = &'a Contacts>) -> Self {
        let mut gathered = Self::default();
        let mut shared: Option<BTreeSet<String>> = None;
        for page in pages {
            gathered.loads.join(&page.loads);
            match &mut shared {
                Some(shared) => shared.retain(|sheet| page.stylesheets.contains(sheet)),
                None => shared = Some(page.stylesheets.clone()),
            }
        }
        gathered.stylesheets = shared.unwrap_or_default();
        gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::Stylesheets;

    #[test]
    fn loads_are_those_of_any_page_and_stylesheets_those_of_every_page() {
        let read = |html: &str| {
            Contacts::of(html, "https://own.example/", &Stylesheets::default()).contacts
        };
        let pages = [
            read(
                "<link rel=stylesheet href=a.css><link rel=stylesheet href=b.css><a href=https://x.example>x</a><a href=https://x.example/y>x</a>",
            ),
            read(
                "<link rel=stylesheet href=../a.css><link rel=stylesheet href=../p.css media=print><a href=https://x.example>x</a><form action=https://f.example>",
            ),
        ];
        let gathered = Gathered::of(&pages);
        assert_eq!(
            gathered.loads.policy(),
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action https://f.example"
        );
        assert_eq!(gathered.stylesheets, BTreeSet::from(["a.css".to_owned()]));
    }
}
