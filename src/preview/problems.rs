//! The problems of the site as HTML: the same diagnostics that the terminal shows, over the page
//! or on a page of their own.
//!
//! Over a page they stand in a shadow tree, so that neither the site's styles nor ours reach across.
//! Everything is readable without a script, by eye and by ear: a heading for each problem, its
//! place and its help in words, and the excerpt for those who see it.

use std::fmt::Write as _;

use crate::diagnostic::manual::Page;
use crate::diagnostic::{self, Code, Diagnostic, Label, Severity, Sources, line_column, terminal};
use crate::error::Error;
use crate::path::SourcePath;
use crate::pipeline::Loaded;

use super::answer::Failure;
use super::dress::OUR_FOLDER;
use super::open;
use super::snapshot::Snapshot;

/// Where the author's desk is.
const DESK: &str = "/_desk/";

/// What lies over a page while anything is wrong: a sheet with all errors, those of the page's own file
/// first; a small bar while there is nothing but warnings.
pub fn section(
    snapshot: &Snapshot,
    failure: Option<&Failure<'_>>,
    file: Option<&SourcePath>,
) -> Option<String> {
    let inside = match list(snapshot, failure, file) {
        Some((title, list)) => format!(
            "<section class=\"problems sheet\" aria-labelledby=\"title\"><details open>\
             <summary><h2 id=\"title\">{title}</h2><span class=\"fold\">fold away</span>\
             <span class=\"unfold\">show</span></summary>\
             <div class=\"inside\" tabindex=\"0\" role=\"group\" aria-labelledby=\"title\">\
             <p class=\"lead\">The page may be incomplete, or as it was before. Only the preview \
             shows this; it goes away by itself when the problems are mended.</p>{list}{}</div>\
             </details></section>",
            beside(snapshot)
        ),
        None if snapshot.diagnostics().is_empty() => return None,
        None => format!(
            "<section class=\"problems bar\" aria-label=\"Findings\">\
             <a href=\"{DESK}\">{}</a></section>",
            escape(&terminal::summary(snapshot.diagnostics()))
        ),
    };
    Some(shadow("problems", &inside))
}

/// Something of ours within a page, in a shadow tree of its own.
pub fn shadow(name: &str, inside: &str) -> String {
    format!(
        "<afterword-{name} lang=\"en\" dir=\"ltr\"><template shadowrootmode=\"open\">\
         <link rel=\"stylesheet\" href=\"{OUR_FOLDER}problems.css\">{inside}\
         </template></afterword-{name}>"
    )
}

/// What is said of the rest, below the errors.
fn beside(snapshot: &Snapshot) -> String {
    let all = snapshot.diagnostics();
    let others: Vec<_> = all.iter().filter(|it| !is_error(it)).cloned().collect();
    if others.is_empty() {
        return String::new();
    }
    format!(
        "<p>Beside these there is more to look at when there is time: <a href=\"{DESK}\">{}</a>.</p>",
        escape(&terminal::summary(&others))
    )
}

/// The policy of a page of ours: its stylesheet, its empty icon, its one form, and the script that
/// waits for the site.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page of its own, for when there is none to lay the problems over.
pub fn page(snapshot: &Snapshot, failure: Option<&Failure<'_>>) -> String {
    let (title, list) = list(snapshot, failure, None).unwrap_or_default();
    let lead =
        "This page cannot be shown yet. It comes back by itself when the problems are mended.";
    page_of_ours(&title, &format!("<p class=\"lead\">{lead}</p>{list}"))
}

/// A page that is not the site's. Title and contents are HTML.
pub fn page_of_ours(title: &str, inside: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{OUR_FOLDER}problems.css\">\
         <link rel=\"icon\" href=\"data:,\"></head><body>\
         <main class=\"problems alone\"><h1>{title}</h1>{inside}</main></body></html>"
    )
}

/// A heading and a list of the errors, or `None` when there are none.
fn list(
    snapshot: &Snapshot,
    failure: Option<&Failure<'_>>,
    file: Option<&SourcePath>,
) -> Option<(String, String)> {
    let mut title = Vec::new();
    let mut items = String::new();
    if let Some(Failure {
        loaded,
        diagnostics,
    }) = failure
    {
        title.push(format!("{} in this page", terminal::summary(diagnostics)));
        add(&mut items, diagnostics.iter().collect(), loaded, file);
    }
    match snapshot.loaded() {
        Err(error) => {
            title.push("The site cannot be read".to_owned());
            items.push_str(&denied(error));
        }
        Ok(loaded) => {
            let errors: Vec<_> = snapshot
                .diagnostics()
                .iter()
                .filter(|it| is_error(it))
                .collect();
            if !errors.is_empty() {
                let errors: Vec<_> = errors.iter().copied().cloned().collect();
                title.push(terminal::summary(&errors));
            }
            add(&mut items, errors, loaded, file);
        }
    }
    (!title.is_empty()).then(|| (escape(&title.join("; ")), format!("<ol>{items}</ol>")))
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Adds the items, those of a file first.
fn add(
    items: &mut String,
    mut diagnostics: Vec<&Diagnostic>,
    loaded: &Loaded,
    file: Option<&SourcePath>,
) {
    let is_of_the_file = |diagnostic: &Diagnostic| {
        let first = diagnostic.labels.first();
        first.is_some_and(|label| Some(&label.path) == file)
    };
    diagnostics.sort_by_key(|diagnostic| !is_of_the_file(diagnostic));
    for diagnostic in diagnostics.iter().take(terminal::SHOWN) {
        items.push_str(&item(diagnostic, &*loaded.inputs));
    }
    let hidden = diagnostics.len().saturating_sub(terminal::SHOWN);
    if hidden > 0 {
        let _ = write!(items, "<li>... and {hidden} more, not shown</li>");
    }
}

/// One problem, as an item of a list.
pub fn item(diagnostic: &Diagnostic, sources: &dyn Sources) -> String {
    let severity = diagnostic.severity;
    let mut html = format!(
        "<li><h3><span class=\"{severity}\">{severity}</span>: {}</h3>",
        words(&diagnostic.message)
    );
    for label in &diagnostic.labels {
        let text = if label.text.is_empty() {
            String::new()
        } else {
            format!(": {}", words(&label.text))
        };
        let _ = write!(html, "<p>{}{text}</p>", place(label, sources));
    }
    let excerpt = diagnostic::terminal::excerpt(diagnostic, sources);
    if !excerpt.is_empty() {
        // The marks say nothing to a listener; the places above say it in words.
        // The first line names the place once more.
        let (first, rest) = excerpt.split_once('\n').unwrap_or(("", &excerpt));
        let is_place = first.trim_start().starts_with("-->");
        let lines = if is_place { rest } else { &excerpt };
        let _ = write!(html, "<pre aria-hidden=\"true\">{}</pre>", escape(lines));
    }
    if !diagnostic.help.is_empty() {
        let _ = write!(html, "<p>Help: {}</p>", words(&diagnostic.help));
    }
    html.push_str(&explained(diagnostic.code));
    html.push_str("</li>");
    html
}

/// The name of a kind of finding, and what the manual says of it, to be unfolded.
fn explained(code: Code) -> String {
    let page = Page::of(code);
    let mut html = format!(
        "<details class=\"why\"><summary>What this means, and how to mend it: \
         <code>{code}</code></summary><p>{}</p>",
        words(page.sentence)
    );
    for part in [page.why, page.mend, page.silence] {
        told(part, &mut html);
    }
    html.push_str("</details>");
    html
}

/// A part of a page of the manual: paragraphs, and files in fences.
fn told(part: &str, html: &mut String) {
    for (index, piece) in part.split("```").enumerate() {
        if index % 2 == 1 {
            // The first line names the file.
            let (_, file) = piece.split_once('\n').unwrap_or_default();
            let _ = write!(html, "<pre>{}</pre>", escape(file.trim_end()));
            continue;
        }
        let paragraphs = piece.split("\n\n").map(str::trim);
        for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
            let _ = write!(html, "<p>{}</p>", words(paragraph));
        }
    }
}

/// Where something is, as a link that opens the place in the author's editor.
fn place(label: &Label, sources: &dyn Sources) -> String {
    let path = escape(label.path.as_str());
    let Some(text) = sources.text(&label.path) else {
        return format!("<span class=\"place\">{path}</span>");
    };
    let at = line_column(text, label.span.0);
    let (line, column) = (at.line, at.column);
    let file = open::encode(label.path.as_str());
    format!(
        "<a class=\"place\" title=\"Open in your editor\" \
         href=\"{OUR_FOLDER}open?file={file}&amp;line={line}&amp;column={column}\">\
         {path}:{line}:{column}</a>"
    )
}

fn denied(error: &Error) -> String {
    let help = if error.help.is_empty() {
        String::new()
    } else {
        format!("<p>Help: {}</p>", words(&error.help))
    };
    let message = words(&error.to_string());
    format!("<li><h3><span class=\"error\">error</span>: {message}</h3>{help}</li>")
}

/// Escaped text, with what stands in backticks as code.
pub fn words(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut pieces = text.split('`').peekable();
    let mut is_code = false;
    while let Some(piece) = pieces.next() {
        // A backtick that is never closed stays what it is.
        let is_last = pieces.peek().is_none();
        match (is_code, is_last) {
            (true, false) => {
                let _ = write!(html, "<code>{}</code>", escape(piece));
            }
            (true, true) => {
                let _ = write!(html, "`{}", escape(piece));
            }
            (false, _) => html.push_str(&escape(piece)),
        }
        is_code = !is_code;
    }
    html
}

/// Text, such as an author's, within HTML or the value of an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_wrote_is_text_and_never_markup() {
        let written = "no page at `<script>alert(1)</script>`, \"really\" & `open";
        assert_eq!(
            words(written),
            "no page at <code>&lt;script&gt;alert(1)&lt;/script&gt;</code>, &quot;really&quot; &amp; `open"
        );
    }
}
