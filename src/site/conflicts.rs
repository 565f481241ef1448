//! Old addresses, and two things at one address.

use std::collections::BTreeMap;

use super::{PageId, Redirect, Site};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::path::UrlPath;

/// Gathers the `aliases` of all pages.
pub fn add_redirects(site: &mut Site, findings: &mut Vec<Diagnostic>) {
    let mut redirects = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        let Some(document) = page.document.as_ref().filter(|_| !page.is_fallback()) else {
            continue;
        };
        for alias in page.keys.aliases.iter().flatten() {
            let mut address = alias.value.trim().to_owned();
            let is_file = address
                .rsplit('/')
                .next()
                .is_some_and(|name| name.contains('.'));
            if !is_file && !address.ends_with('/') {
                address.push('/');
            }
            match UrlPath::new(&address).filter(|url| *url != UrlPath::root()) {
                Some(from) => redirects.push(Redirect { from, to: id }),
                None => findings.push(
                    Diagnostic::new(
                        Code::UnknownValue,
                        format!("`{}` is not an address", alias.value),
                    )
                    .at(&document.path, alias.span.clone(), "")
                    .help("write the old path on this site, such as `/old/place/`"),
                ),
            }
        }
    }
    site.redirects = redirects;
}

/// What is at an address, for the message.
struct Owner {
    label: Option<Label>,
    name: String,
}

/// Reports every address that two things claim.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, Vec<Owner>> = BTreeMap::new();
    let mut claim = |url: &UrlPath, owner: Owner| {
        // Many hosts take `A` and `a` for one file.
        owners
            .entry(url.output().as_str().to_lowercase())
            .or_default()
            .push(owner);
    };
    for id in site.ids() {
        let page = site.page(id);
        if page.is_fallback() {
            continue; // Its conflicts are those of the page that it repeats.
        }
        claim(&page.url, owner(site, id, "this page"));
    }
    for redirect in &site.redirects {
        let page = site.page(redirect.to);
        let alias = page.keys.aliases.iter().flatten().find(|alias| {
            redirect.from.as_str().trim_matches('/') == alias.value.trim().trim_matches('/')
        });
        let label = alias.zip(page.document.as_ref()).map(|(alias, document)| {
            Label::new(&document.path, alias.span.clone(), "this old address")
        });
        claim(
            &redirect.from,
            Owner {
                label,
                name: format!("an old address of `{}`", page.url),
            },
        );
    }
    for (path, url) in &site.files {
        let label = Label::new(path, 0..0, "this file");
        claim(
            url,
            Owner {
                label: Some(label),
                name: format!("`{path}`"),
            },
        );
    }
    for (output, owners) in owners {
        if owners.len() > 1 {
            findings.push(conflict(&output, owners));
        }
    }
}

fn owner(site: &Site, id: PageId, text: &str) -> Owner {
    let page = site.page(id);
    match &page.document {
        Some(document) => Owner {
            label: Some(Label::new(&document.path, document.title_span(), text)),
            name: format!("`{}`", document.path),
        },
        None => Owner {
            label: None,
            name: format!("the page `{}` that Afterword makes", page.url),
        },
    }
}

fn conflict(output: &str, owners: Vec<Owner>) -> Diagnostic {
    let names: Vec<_> = owners.iter().map(|owner| owner.name.clone()).collect();
    let mut finding = Diagnostic::new(
        Code::DuplicateUrl,
        format!("{} would be written to `{output}`", names.join(" and ")),
    )
    .help("rename one of the files, or take the old address away");
    finding
        .labels
        .extend(owners.into_iter().filter_map(|owner| owner.label));
    finding
}
