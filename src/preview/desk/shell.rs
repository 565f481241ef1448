//! What stands around every room: head, menu, how the site is shown, and the few pieces of HTML that
//! rooms share.

use std::fmt::Write as _;

use super::{Room, Visit, looking};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::path::SourcePath;
use crate::preview::problems::{escape, words};
use crate::preview::snapshot::Snapshot;

use super::overview::Tally;
use super::query::encoded;

/// What a room shows.
pub struct Content {
    /// The title.
    pub title: String,
    /// What stands below it, as HTML.
    pub html: String,
    /// The address of the room as it is shown, to come back to.
    pub address: String,
}

/// A whole page of the desk.
pub fn page(visit: &Visit<'_>, room: Room, content: &Content) -> String {
    let tally = Tally::new(visit.problems());
    let mut menu = String::new();
    for (it, address, name) in Room::ALL {
        let current = if it == room {
            " aria-current=\"page\""
        } else {
            ""
        };
        let count = if it == Room::Problems {
            tally_marks(&tally)
        } else {
            String::new()
        };
        let _ = write!(
            menu,
            "<li><a href=\"{address}\"{current}>{name}{count}</a></li>"
        );
    }
    let running = if visit.snapshot.is_checked() {
        ""
    } else {
        "Checks are still running; problems and counts may be those of a moment ago."
    };
    let body = format!(
        "<a class=\"skip\" href=\"#main\">Skip to the content</a>\
         <header class=\"top\"><p class=\"name\"><a href=\"/\">{site}</a> <span>desk</span></p>\
         <nav aria-label=\"Desk\" id=\"menu\" data-live><ul>{menu}</ul></nav></header>\
         <p id=\"running\" class=\"running\" role=\"status\" data-live>{running}</p>\
         {switches}\
         <main id=\"main\" tabindex=\"-1\"><h1>{title}</h1>{html}</main>\
         <footer><p>Only the preview shows this desk. It is never published.</p></footer>",
        site = escape(&visit.site().config.title),
        switches = looking::switches(visit, &content.address),
        title = escape(&content.title),
        html = content.html,
    );
    let title = format!("{} · desk of {}", content.title, visit.site().config.title);
    document(visit.snapshot, &title, &body)
}

/// A page while the site cannot be read.
pub fn closed(snapshot: &Snapshot, error: &Error) -> String {
    let help = if error.help.is_empty() {
        String::new()
    } else {
        format!("<p>{}</p>", words(&error.help))
    };
    let body = format!(
        "<main id=\"main\" data-live><h1>The site cannot be read</h1><p>{}</p>{help}\
         <p>The desk comes back by itself when that is mended.</p></main>",
        words(&error.to_string())
    );
    document(snapshot, "The site cannot be read", &body)
}

/// A page that says what is wrong with a request.
pub fn sorry(title: &str, html: &str) -> String {
    let body = format!(
        "<main id=\"main\"><h1>{title}</h1><p>{html}</p><p><a href=\"/_desk/\">Back to the desk</a></p></main>"
    );
    around("", title, &body)
}

fn document(snapshot: &Snapshot, title: &str, body: &str) -> String {
    let state = if snapshot.is_checked() {
        "checked"
    } else {
        "running"
    };
    let marks = format!(
        " data-version=\"{}\" data-checks=\"{state}\"",
        snapshot.version()
    );
    around(&marks, title, body)
}

/// A page that tells nobody where one comes from has forms that do not say so either, and those would be
/// taken for the forms of another site; hence the policy on referrers.
fn around(marks: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"{marks}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"same-origin\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/_desk/desk.css\">\
         <link rel=\"icon\" href=\"data:,\"><script src=\"/_desk/desk.js\" defer></script></head>\
         <body>{body}</body></html>\n",
        escape(title)
    )
}

/// The name of a weight, of one and of several, and its class.
pub fn weight(severity: Severity) -> (&'static str, &'static str) {
    // Not a match: a third weight would only need its words here.
    if severity == Severity::Error {
        ("error", "errors")
    } else if severity == Severity::Warning {
        ("warning", "warnings")
    } else {
        ("note", "notes")
    }
}

/// `2 errors, 1 warning`, each marked by its weight; nothing for none.
pub fn tally(tally: &Tally) -> String {
    let parts: Vec<_> = tally
        .0
        .iter()
        .map(|(severity, number)| {
            let (one, several) = weight(*severity);
            let name = if *number == 1 { one } else { several };
            format!("<span class=\"{one}\">{} {name}</span>", grouped(*number))
        })
        .collect();
    parts.join(", ")
}

fn tally_marks(of: &Tally) -> String {
    if of.all() == 0 {
        return String::new();
    }
    format!(" <span class=\"count\">{}</span>", tally(of))
}

/// `no pages`, `1 page`, `1,234 pages`.
pub fn count(number: usize, one: &str) -> String {
    match number {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", grouped(number)),
    }
}

/// A number with its thousands apart.
pub fn grouped(number: usize) -> String {
    crate::checks::weight::grouped(number)
}

/// A link to a text's own page of the desk.
pub fn page_link(file: &SourcePath, title: &str, language: &str) -> String {
    let lang = if language == "en" {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(language))
    };
    format!(
        "<a href=\"{}\"{lang}>{}</a>",
        address_of(file),
        escape(title)
    )
}

/// The address of a text's own page of the desk.
pub fn address_of(file: &SourcePath) -> String {
    format!("/_desk/page/?file={}", encoded(file.as_str()))
}

/// A button that opens a file in the editor, named after what it opens.
pub fn edit(file: &SourcePath, line: usize, column: usize, title: &str) -> String {
    let words = format!("Edit<span class=\"unseen\"> {}</span>", escape(title));
    opening(file, line, column, "plain", &words)
}

/// A button that opens a place in the editor.
pub fn opening(file: &SourcePath, line: usize, column: usize, class: &str, words: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/_afterword/open\" class=\"one\">\
         <input type=\"hidden\" name=\"file\" value=\"{}\">\
         <input type=\"hidden\" name=\"line\" value=\"{line}\">\
         <input type=\"hidden\" name=\"column\" value=\"{column}\">\
         <button type=\"submit\" class=\"{class}\" title=\"Open in your editor\">{words}</button></form>",
        escape(file.as_str()),
    )
}
