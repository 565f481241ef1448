//! What all pages contact together, for the headers that hosts send with every page and for the page
//! that tells readers which other addresses there are.
//!
//! Both depend on every page, so they are rendered after them. A build gathers while it renders; a
//! preview renders all pages when somebody asks for one of the two. Either way it is the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::contacts::{Contacts, Loads};
use crate::theme::contract::Address;

/// What all pages contact.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What they load.
    pub loads: Loads,
    /// The stylesheets that every one of them needs.
    pub stylesheets: BTreeSet<String>,
    /// The hosts that they name, in lower case.
    hosts: BTreeMap<String, Named>,
}

/// How a host is named.
#[derive(Debug, Default)]
struct Named {
    /// On how many pages.
    pages: usize,
    /// True when a form sends to it.
    is_form: bool,
}

impl Gathered {
    /// Puts together what each page contacts, in whatever order.
    pub fn of<'a>(pages: impl IntoIterator<Item = &'a Contacts>) -> Self {
        let mut gathered = Self::default();
        let mut shared: Option<BTreeSet<String>> = None;
        for page in pages {
            gathered.loads.join(&page.loads);
            let hosts = page.links.union(&page.forms);
            let hosts: BTreeSet<_> = hosts.map(|host| host.to_ascii_lowercase()).collect();
            for host in hosts {
                let is_form = page.forms.iter().any(|it| it.eq_ignore_ascii_case(&host));
                let named = gathered.hosts.entry(host).or_default();
                named.pages += 1;
                named.is_form |= is_form;
            }
            match &mut shared {
                Some(shared) => shared.retain(|sheet| page.stylesheets.contains(sheet)),
                None => shared = Some(page.stylesheets.clone()),
            }
        }
        gathered.stylesheets = shared.unwrap_or_default();
        gathered
    }

    /// The hosts that pages name, in the order of the alphabet, as templates see them.
    pub fn addresses(&self) -> Vec<Address> {
        let hosts = self.hosts.iter();
        hosts
            .map(|(host, named)| Address {
                host: host.clone(),
                pages: named.pages,
                is_form: named.is_form,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::Stylesheets;

    #[test]
    fn loads_and_hosts_are_those_of_any_page_and_stylesheets_those_of_every_page() {
        let read = |html: &str| {
            Contacts::of(html, "https://own.example/", &Stylesheets::default()).contacts
        };
        let pages = [
            read(
                "<link rel=stylesheet href=a.css><link rel=stylesheet href=b.css><a href=https://x.example>x</a><a href=https://X.example/y>x</a>",
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
        let addresses = gathered.addresses();
        let told: Vec<_> = addresses
            .iter()
            .map(|it| (it.host.as_str(), it.pages, it.is_form))
            .collect();
        assert_eq!(told, [("f.example", 1, true), ("x.example", 2, false)]);
    }
}
