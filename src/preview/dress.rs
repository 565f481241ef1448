//! What the preview adds to a page, in the answer only: the script that reloads it and, while the
//! site has errors, the section that lists them.

use super::policy::{self, Need};
use crate::contacts::Contacts;

/// Where our own files are served. No page of a site can lie there: names that begin with `_` are
/// not pages.
pub const OUR_FOLDER: &str = "/_afterword/";

/// The page with the script for a version and, when there are any, the problems.
pub fn page(html: &str, version: &str, problems: Option<&str>) -> String {
    let mut html = policy::loosen(html, needs(problems));
    let script = format!("<script src=\"{OUR_FOLDER}reload.js?v={version}\" async></script>");
    let end = last_body_end(&html).unwrap_or(html.len());
    html.insert_str(end, &format!("{}{script}", problems.unwrap_or_default()));
    html
}

/// The policy that is sent with it: the page's own, and what is added here.
pub fn policy(contacts: &Contacts, problems: Option<&str>) -> String {
    policy::loosen_policy(&contacts.loads.policy(), needs(problems))
}

/// What is added to a page.
fn needs(problems: Option<&str>) -> &'static [Need] {
    match problems {
        Some(_) => &[Need::Script, Need::Connect, Need::Style],
        None => &[Need::Script, Need::Connect],
    }
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
        let script = "<script src=\"/_afterword/reload.js?v=7-1\" async></script>";
        let body = "<body><p>&lt;/body> é</p>";
        assert_eq!(
            page(&format!("{body}</BODY>"), "7-1", None),
            format!("{body}{script}</BODY>")
        );
        assert_eq!(
            page("<p>x", "7-1", Some("<b>!</b>")),
            format!("<p>x<b>!</b>{script}")
        );
    }
}
