//! The problems of the site as HTML: the same diagnostics that the terminal shows, over the page
//! or on a page of their own.
//!
//! Over a page they stand in a shadow tree, so that neither the site's styles nor ours reach across.
//! Everything is readable without a script, by eye and by ear: a heading for each problem, its
//! place and its help in words, and the excerpt for those who see it.

use std::fmt::Write as _;

use crate::diagnostic::{self, Diagnostic, Severity, Sources, line_column, terminal};
use crate::error::Error;

use super::answer::Failure;
use super::dress::OUR_FOLDER;
use super::snapshot::Snapshot;

/// The problems to lay over a page, or `None` while the site has no errors and the page none.
pub fn section(snapshot: &Snapshot, failure: Option<&Failure<'_>>) -> Option<String> {
    let (title, list) = list(snapshot, failure)?;
    Some(format!(
        "<afterword-problems lang=\"en\" dir=\"ltr\"><template shadowrootmode=\"open\">\
         <link rel=\"stylesheet\" href=\"{OUR_FOLDER}problems.css\">\
         <section class=\"problems sheet\" aria-labelledby=\"title\" tabindex=\"0\"><details open>\
         <summary><h2 id=\"title\">{title}</h2></summary>\
         <p>The page may be incomplete, or as it was before. Only the preview shows this note; it \
         goes away when the problems are mended.</p>{list}</details></section>\
         </template></afterword-problems>"
    ))
}

/// The policy of that page: its stylesheet, its empty icon, and the script that reloads.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

/// A page of its own, for when there is none to lay the problems over.
pub fn page(snapshot: &Snapshot, failure: Option<&Failure<'_>>) -> String {
    let (title, list) = list(snapshot, failure).unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{OUR_FOLDER}problems.css\">\
         <link rel=\"icon\" href=\"data:,\"></head><body>\
         <main class=\"problems alone\"><h1>{title}</h1>\
         <p>This page cannot be shown yet. It comes back by itself when the problems are \
         mended.</p>{list}</main></body></html>"
    )
}

/// A heading and a list, or `None` when there is nothing to say.
fn list(snapshot: &Snapshot, failure: Option<&Failure<'_>>) -> Option<(String, String)> {
    let mut title = Vec::new();
    let mut items = String::new();
    match snapshot.loaded() {
        Err(error) => {
            title.push("The site cannot be read".to_owned());
            items.push_str(&denied(error));
        }
        Ok(loaded) if loaded.has_errors() => {
            title.push(terminal::summary(&loaded.diagnostics));
            add(&mut items, &loaded.diagnostics, &*loaded.inputs);
        }
        Ok(_) => {}
    }
    if let Some(Failure {
        loaded,
        diagnostics,
    }) = failure
    {
        title.push(format!("{} in this page", terminal::summary(diagnostics)));
        add(&mut items, diagnostics, &*loaded.inputs);
    }
    (!title.is_empty()).then(|| (escape(&title.join("; ")), format!("<ol>{items}</ol>")))
}

fn add(items: &mut String, diagnostics: &[Diagnostic], sources: &dyn Sources) {
    for diagnostic in diagnostics.iter().take(terminal::SHOWN) {
        items.push_str(&item(diagnostic, sources));
    }
    let hidden = diagnostics.len().saturating_sub(terminal::SHOWN);
    if hidden > 0 {
        let _ = write!(items, "<li>... and {hidden} more, not shown</li>");
    }
}

fn item(diagnostic: &Diagnostic, sources: &dyn Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut html = format!(
        "<li><h3><span class=\"{severity}\">{severity}</span>: {}</h3>",
        words(&diagnostic.message)
    );
    for label in &diagnostic.labels {
        let place = match sources.text(&label.path) {
            Some(text) => {
                let at = line_column(text, label.span.0);
                format!("{}:{}:{}", label.path, at.line, at.column)
            }
            None => label.path.to_string(),
        };
        let text = if label.text.is_empty() {
            String::new()
        } else {
            format!(": {}", words(&label.text))
        };
        let _ = write!(
            html,
            "<p><span class=\"place\">{}</span>{text}</p>",
            escape(&place)
        );
    }
    let excerpt = diagnostic::terminal::excerpt(diagnostic, sources);
    if !excerpt.is_empty() {
        // The marks say nothing to a listener; the places above say it in words.
        let _ = write!(html, "<pre aria-hidden=\"true\">{}</pre>", escape(&excerpt));
    }
    if !diagnostic.help.is_empty() {
        let _ = write!(html, "<p>Help: {}</p>", words(&diagnostic.help));
    }
    let _ = write!(html, "<p>Code: <code>{}</code></p></li>", diagnostic.code);
    html
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
fn words(text: &str) -> String {
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

fn escape(text: &str) -> String {
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
