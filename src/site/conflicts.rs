//! Old addresses, and two things at one address.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::{PageId, Redirect, Site};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::path::{SourcePath, UrlPath};

/// Gathers the `aliases` of all pages.
pub fn add_redirects(site: &mut Site, findings: &mut Vec<Diagnostic>) {
    let redirects = site
        .ids()
        .flat_map(|id| redirects_to(site, id, findings))
        .collect();
    site.redirects = std::sync::Arc::new(redirects);
}

/// The old addresses of a page, in the order in which they are written.
pub fn redirects_to(site: &Site, id: PageId, findings: &mut Vec<Diagnostic>) -> Vec<Redirect> {
    let page = site.page(id);
    let mut redirects = Vec::new();
    let Some(document) = page.document.as_ref().filter(|_| !page.is_fallback()) else {
        return redirects;
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
    redirects
}

/// Whether it can be told without comparing all addresses that nothing else claims this one.
pub fn is_surely_free(site: &Site, url: &UrlPath) -> bool {
    // Letters that are not small, and names that stand for a folder, need a closer look.
    let is_plain = |url: &UrlPath| {
        matches!(in_small(url.as_str()), Cow::Borrowed(_)) && place(url) == url.as_str()
    };
    let codes = site.config.language_codes();
    is_plain(url)
        && codes
            .iter()
            .all(|code| matches!(in_small(code), Cow::Borrowed(_)))
        && site.page_at(url).is_none()
        && !site
            .redirects
            .iter()
            .any(|redirect| in_small(place(&redirect.from)) == url.as_str())
        && !site
            .files
            .values()
            .any(|file| in_small(place(file)) == url.as_str())
}

/// Something that is written to an address.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Page(PageId),
    Redirect(&'a Redirect),
    File(&'a SourcePath),
}

/// Reports every address that two things claim.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    // Fallback pages are left out: their conflicts are those of the pages that they repeat.
    let pages = site
        .ids()
        .filter(|id| !site.page(*id).is_fallback())
        .map(|id| (&site.page(id).url, Owner::Page(id)));
    let redirects = site
        .redirects
        .iter()
        .map(|redirect| (&redirect.from, Owner::Redirect(redirect)));
    let files = site
        .files
        .iter()
        .map(|(path, url)| (url, Owner::File(path)));
    let mut claims: Vec<_> = pages.chain(redirects).chain(files).collect();
    // Many hosts take `A` and `a` for one file.
    let mut seen = FxHashSet::default();
    if claims
        .iter()
        .all(|(url, _)| seen.insert(in_small(place(url))))
    {
        return;
    }
    claims.sort_by_cached_key(|(url, _)| place(url).to_lowercase());
    for group in claims.chunk_by(|(a, _), (b, _)| place(a).eq_ignore_ascii_case(place(b))) {
        if let [(url, _), _, ..] = group {
            let owners: Vec<_> = group.iter().map(|(_, owner)| *owner).collect();
            findings.push(conflict(site, url.output().as_str(), &owners));
        }
    }
}

/// An address in small letters.
fn in_small(address: &str) -> Cow<'_, str> {
    if address.is_ascii() && !address.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(address.to_lowercase())
    }
}

/// An address without the file name that every page's address stands for.
fn place(url: &UrlPath) -> &str {
    let url = url.as_str();
    url.strip_suffix("index.html")
        .filter(|folder| folder.ends_with('/'))
        .unwrap_or(url)
}

fn conflict(site: &Site, output: &str, owners: &[Owner<'_>]) -> Diagnostic {
    let names: Vec<_> = owners.iter().map(|owner| name(site, *owner)).collect();
    let mut finding = Diagnostic::new(
        Code::DuplicateUrl,
        format!("{} would be written to `{output}`", names.join(" and ")),
    )
    .help("rename one of the files, or take the old address away");
    // An old address is what can be taken away, so that it is the place of the finding.
    let mut owners = owners.to_vec();
    owners.sort_by_key(|owner| !matches!(owner, Owner::Redirect(_)));
    finding
        .labels
        .extend(owners.into_iter().filter_map(|owner| label(site, owner)));
    finding
}

fn name(site: &Site, owner: Owner<'_>) -> String {
    match owner {
        Owner::Page(id) => match &site.page(id).document {
            Some(document) => format!("`{}`", document.path),
            None => format!("the page `{}` that Afterword makes", site.page(id).url),
        },
        Owner::Redirect(redirect) => format!("an old address of `{}`", site.page(redirect.to).url),
        Owner::File(path) => format!("`{path}`"),
    }
}

fn label(site: &Site, owner: Owner<'_>) -> Option<Label> {
    match owner {
        Owner::Page(id) => {
            let document = site.page(id).document.as_ref()?;
            Some(Label::new(
                &document.path,
                document.title_span(),
                "this page",
            ))
        }
        Owner::Redirect(redirect) => {
            let page = site.page(redirect.to);
            let alias = page.keys.aliases.iter().flatten().find(|alias| {
                redirect.from.as_str().trim_matches('/') == alias.value.trim().trim_matches('/')
            })?;
            let document = page.document.as_ref()?;
            Some(Label::new(
                &document.path,
                alias.span.clone(),
                "this old address",
            ))
        }
        Owner::File(path) => Some(Label::new(path, 0..0, "this file")),
    }
}
