//! What the preview adds to a page, in the answer only: the script that keeps it the newest, what that
//! script has to know, and the problems of the site while it has any.

use super::policy::{self, Need};
use super::problems;
use super::snapshot::Snapshot;
use crate::contacts::Contacts;
use crate::contacts::tags::Tags;

/// Where our own files are served. No page of a site can lie there: names that begin with `_` are
/// not pages.
pub const OUR_FOLDER: &str = "/_afterword/";

/// What is told with a page, for the script that changes it in place.
pub struct Told<'a> {
    /// The state of the site that is shown.
    pub snapshot: &'a Snapshot,
    /// The status of the answer.
    pub status: u16,
    /// Whose page it is.
    pub whose: Whose,
    /// What lies over the page when anything is wrong.
    pub problems: Option<String>,
    /// What stands above the page when there is none at its address.
    pub missing: Option<String>,
}

/// Whose page it is. One of another kind is never changed into in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The site's.
    Site,
    /// Ours, because there is none of the site to show.
    Ours,
}

/// How many pages may be saved at once before it is nobody's edit.
const AT_ONCE: usize = 8;

/// The page with what is told, and the script that listens for more.
pub fn page(html: &str, told: &Told<'_>) -> String {
    let mut html = policy::loosen(html, needs(told));
    let end = last_body_end(&html).unwrap_or(html.len());
    let problems = told.problems.as_deref().unwrap_or_default();
    html.insert_str(end, &format!("{problems}{}", script(told)));
    if let Some(missing) = &told.missing {
        let start = main_start(&html);
        html.insert_str(start, missing);
    }
    html
}

/// The policy that is sent with it: the page's own, and what is added here. That nobody may put the
/// page into a frame can be said nowhere else.
pub fn policy(contacts: &Contacts, told: &Told<'_>) -> String {
    let policy = policy::loosen_policy(&contacts.loads.policy(), needs(told));
    format!("{policy}; {NO_FRAMES}")
}

/// Sent with every page.
pub const NO_FRAMES: &str = "frame-ancestors 'none'";

/// The script runs when the page is whole and before the page's own do, so that it sees the page as it
/// came: that is why it is not `async`.
fn script(told: &Told<'_>) -> String {
    let version = told.snapshot.version();
    let whose = match told.whose {
        Whose::Site => "site",
        Whose::Ours => "ours",
    };
    let checked = if told.snapshot.is_checked() {
        "yes"
    } else {
        "no"
    };
    let changed = json(&changed(told.snapshot));
    let edited = json(&edited(told.snapshot));
    format!(
        "<script src=\"{OUR_FOLDER}reload.js?v={version}\" data-version=\"{version}\" \
         data-status=\"{}\" data-page=\"{whose}\" data-checked=\"{checked}\" \
         data-changed=\"{changed}\" data-edited=\"{edited}\"></script>",
        told.status
    )
}

/// The files that were saved last.
fn changed(snapshot: &Snapshot) -> Vec<&str> {
    let files = snapshot.changed().iter();
    files.map(|file| file.as_str()).collect()
}

/// The pages whose texts were saved last, with their titles.
fn edited(snapshot: &Snapshot) -> Vec<(&str, &str)> {
    let changed = changed(snapshot);
    let Ok(loaded) = snapshot.loaded() else {
        return Vec::new();
    };
    if changed.len() > AT_ONCE || !changed.iter().any(|name| name.ends_with(".md")) {
        return Vec::new();
    }
    let site = &loaded.site;
    let files = snapshot.changed().iter();
    let mut pages: Vec<_> = files.filter_map(|file| site.page_made_of(file)).collect();
    pages.sort_by_key(|id| site.rank(*id));
    let pages = pages.into_iter().map(|id| site.page(id));
    pages
        .map(|page| (page.url.as_str(), &*page.title))
        .collect()
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> String {
    // Lists of texts can always be written.
    problems::escape(&serde_json::to_string(value).unwrap_or_default())
}

/// What is added to a page.
fn needs(told: &Told<'_>) -> &'static [Need] {
    if told.problems.is_some() || told.missing.is_some() {
        &[Need::Script, Need::Connect, Need::Style]
    } else {
        &[Need::Script, Need::Connect]
    }
}

/// Behind the tag that opens the main part; where there is none, the body.
fn main_start(html: &str) -> usize {
    let mut start = 0;
    let mut tags = Tags::new(html);
    while let Some(tag) = tags.next() {
        if tag.name().eq_ignore_ascii_case("main") {
            return tag.span().end;
        }
        if tag.name().eq_ignore_ascii_case("body") {
            start = tag.span().end;
        }
    }
    start
}

fn last_body_end(html: &str) -> Option<usize> {
    const END: &str = "</body";
    let windows = html.as_bytes().windows(END.len());
    windows
        .into_iter()
        .rposition(|window| window.eq_ignore_ascii_case(END.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let html = "<html><body class=x><p>&lt;/body> é</p></BODY>";
        let end = last_body_end(html).expect("an end");
        assert_eq!(&html[end..], "</BODY>");
        assert_eq!(&html[main_start(html)..end], "<p>&lt;/body> é</p>");
        let html = "<body><a></a><main id=x>";
        assert_eq!(main_start(html), html.len());
        assert_eq!(last_body_end("<p>x"), None);
    }
}
