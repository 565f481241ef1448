//! What the preview says above the site's own page for an address that leads nowhere: what is there but
//! not published, what is near, and which file would make the address.
//!
//! To know more of an address: a function that gives a paragraph, and a line in [`section`].

use std::fmt::Write as _;

use super::problems::{escape, shadow, words};
use crate::path::SourcePath;
use crate::site::{Hidden, Site};

/// How many addresses are named.
const NAMED: usize = 5;
/// How near an address has to be, of 1.
const NEAR: f64 = 0.5;

/// What is said of an address.
pub fn section(site: &Site, path: &str) -> String {
    let near = nearest(site, path);
    let mut html = format!(
        "<section class=\"problems alone missing\" aria-labelledby=\"title\">\
         <h2 id=\"title\">There is no page at <code>{}</code></h2>",
        escape(path)
    );
    html.push_str(&hidden(site, path));
    if !near.is_empty() {
        html.push_str("<p>Near it there is:</p><ul>");
        for Near { url, title, .. } in &near {
            let (url, title) = (escape(url), escape(title));
            let _ = write!(
                html,
                "<li><a href=\"{url}\">{title}</a> <code>{url}</code></li>"
            );
        }
        html.push_str("</ul>");
    }
    html.push_str(&would_make(site, path));
    html.push_str(
        "<p class=\"code\">Only the preview says this. As soon as there is such a page, it shows \
         here.</p></section>",
    );
    shadow("missing", &html)
}

/// A page that is there for its author only.
fn hidden(site: &Site, path: &str) -> String {
    let Some((file, why)) = hidden_at(site, path) else {
        return String::new();
    };
    let said = format!(
        "`{file}` would be here, but it is not published: it {}.",
        why.reason()
    );
    format!(
        "<p class=\"lead\">{} Start the preview with <code>--drafts</code>, or \
         <a href=\"/_desk/\">show drafts at the author's desk</a>, to see it.</p>",
        words(&said)
    )
}

/// The text that would be at an address, and why it is not published.
fn hidden_at(site: &Site, path: &str) -> Option<(SourcePath, Hidden)> {
    let (address, code) = without_language(site, path.trim_matches('/'));
    let topic = site.topics().find(|topic| *topic.address == *address)?;
    let written = topic.documents.iter().flatten();
    let mut hidden = written.filter_map(|it| Some((it.document.path.clone(), it.hidden?)));
    let ending = format!("{code}.md");
    let own = hidden
        .clone()
        .find(|(path, _)| path.as_str().ends_with(&ending));
    own.or_else(|| hidden.next())
}

/// The file to write.
fn would_make(site: &Site, path: &str) -> String {
    let inner = path.trim_matches('/');
    if inner.is_empty() {
        return String::new();
    }
    let last = inner.rsplit('/').next().unwrap_or(inner);
    let said = if !path.ends_with('/') && last.contains('.') {
        format!("To make this address, put the file at `content/{inner}`.")
    } else {
        let (inner, ending) = without_language(site, inner);
        format!("To make this address, write `content/{inner}{ending}.md`.")
    };
    format!("<p>{}</p>", words(&said))
}

/// The address in the first language, and what names the language in a file's name.
fn without_language<'a>(site: &Site, inner: &'a str) -> (&'a str, String) {
    if let Some((code, rest)) = inner.split_once('/')
        && site
            .languages()
            .skip(1)
            .any(|language| site.language_code(language) == code)
    {
        return (rest, format!(".{code}"));
    }
    (inner, String::new())
}

/// An address, and how near it is.
struct Near {
    nearness: f64,
    url: String,
    title: String,
}

/// The nearest addresses of pages, old addresses and files, the nearest first.
fn nearest(site: &Site, path: &str) -> Vec<Near> {
    let pages = site
        .pages()
        .map(|page| (page.url.as_str(), page.url.as_str(), &*page.title));
    let moved = site.redirects.iter().map(|redirect| {
        let to = site.page(redirect.to);
        (redirect.from.as_str(), to.url.as_str(), &*to.title)
    });
    let files = site
        .files
        .values()
        .map(|url| (url.as_str(), url.as_str(), "a file"));
    let mut near: Vec<Near> = Vec::new();
    for (at, url, title) in pages.chain(moved).chain(files) {
        let nearness = nearness(path, at);
        if nearness < NEAR {
            continue;
        }
        match near.iter_mut().find(|known| known.url == url) {
            Some(known) => known.nearness = known.nearness.max(nearness),
            None => near.push(Near {
                nearness,
                url: url.to_owned(),
                title: title.to_owned(),
            }),
        }
    }
    near.sort_by(|a, b| {
        let order = b.nearness.total_cmp(&a.nearness);
        order.then_with(|| a.url.cmp(&b.url))
    });
    near.truncate(NAMED);
    near
}

/// How near two addresses are, from 0 to 1. What counts most is the last part: a page that has moved
/// keeps its own name, and a slip of the keyboard is mostly there. Then the words of it, in any order.
fn nearness(written: &str, known: &str) -> f64 {
    let (written, known) = (written.trim_matches('/'), known.trim_matches('/'));
    if written.is_empty() || known.is_empty() {
        return 0.0;
    }
    let split = |path| match str::rsplit_once(path, '/') {
        Some((folder, last)) => (folder, last),
        None => ("", path),
    };
    let ((folder, last), (known_folder, known_last)) = (split(written), split(known));
    let letters = strsim::normalized_damerau_levenshtein(last, known_last);
    let of_last = letters.max(0.95 * shared_words(last, known_last));
    let same_folder = if folder == known_folder { 0.1 } else { 0.0 };
    let whole = strsim::normalized_damerau_levenshtein(written, known);
    (0.9 * of_last + same_folder).max(0.8 * whole)
}

/// Which part of the words of two names is in both.
fn shared_words(a: &str, b: &str) -> f64 {
    let of = |name: &str| -> std::collections::BTreeSet<String> {
        let words = name.split(['-', '_', '.', ' ']);
        words
            .filter(|word| word.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (of(a), of(b));
    let all = a.union(&b).count();
    if all == 0 {
        return 0.0;
    }
    a.intersection(&b).count() as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_words_in_another_order_and_pages_that_have_moved_are_near() {
        for (written, known) in [
            ("/caring/low-moods/", "/caring/low-mood/"),
            ("/low-mood/", "/caring/low-mood/"),
            ("/caring/mood-low/", "/caring/low-mood/"),
            ("/carring/", "/caring/"),
        ] {
            assert!(nearness(written, known) > NEAR, "{written} {known}");
        }
        for (written, known) in [
            ("/caring/low-mood/", "/caring/first-times/"),
            ("/x/", "/"),
            ("/questions/", "/about/"),
        ] {
            assert!(nearness(written, known) < NEAR, "{written} {known}");
        }
        let (moved, other) = ("/b/low-mood/", "/a/high-mood/");
        assert!(nearness("/a/low-mood/", moved) > nearness("/a/low-mood/", other));
    }
}
