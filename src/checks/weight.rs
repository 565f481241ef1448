//! What pages weigh: as many bytes as travel to a reader's device before the page is there.
//!
//! [`Scales`] compress a rendered page as a server does, add the stylesheets that a screen waits for,
//! and say what weighs when that is more than the budget of its kind. The weight of a part is what the
//! page loses without it, which is less than the part alone: its words and marks recur elsewhere.
//!
//! To tell another part apart: a variant of [`Part`], its words, and a line in [`parts`].

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::diagnostic::{Code, Diagnostic};
use crate::render::render_filter;
use crate::site::{PageId, Site};
use crate::theme::{Budget, Budgets};

/// What is needed to weigh the pages of a site.
#[derive(Debug)]
pub struct Scales<'a> {
    site: &'a Site,
    /// The stylesheets and scripts of the theme: where each is, relative to the root, and its weight.
    assets: Vec<(&'a str, usize)>,
}

impl<'a> Scales<'a> {
    /// Weighs what pages share.
    pub fn new(site: &'a Site) -> Self {
        let assets = site.theme.assets().values();
        let assets = assets
            .map(|asset| (asset.url.relative(), &asset.bytes))
            .filter(|(url, _)| url.ends_with(".css") || url.ends_with(".js"))
            .map(|(url, bytes)| (url, compressed(bytes, Compression::best())))
            .collect();
        Self { site, assets }
    }

    /// What is wrong with the weight of a page.
    pub fn weigh(&self, id: PageId, html: &[u8]) -> Vec<Diagnostic> {
        let page = self.site.page(id);
        let files = [&self.site.config.budgets].into_iter();
        let budget = Budgets::of(files.chain(self.site.theme.budgets()), page.kind);
        let Ok(html) = std::str::from_utf8(html) else {
            return Vec::new();
        };
        let mut linked = self.linked(html);
        if let Some(filter) = self.filter(id, html) {
            linked.stylesheets.push(("filter.css", filter));
        }
        let first_view = self.first_view(id, html, &linked, budget);
        let scripts = self.scripts(id, &linked, budget);
        first_view.into_iter().chain(scripts).collect()
    }

    fn first_view(
        &self,
        id: PageId,
        html: &str,
        linked: &Linked<'_>,
        budget: Budget,
    ) -> Option<Diagnostic> {
        let most = budget.first_view?;
        let sheets = sum(&linked.stylesheets);
        // Most pages are light. What is light even without care needs no careful look.
        if html.len() + sheets <= most
            || compressed(html.as_bytes(), Compression::fast()) + sheets <= most
        {
            return None;
        }
        let own = compressed(html.as_bytes(), Compression::best());
        if own + sheets <= most {
            return None;
        }
        let mut weights: Vec<_> = parts(html)
            .into_iter()
            .map(|(part, rest)| {
                let without = compressed(&rest, Compression::best());
                (own.saturating_sub(without), part.words())
            })
            .chain([(sheets, "stylesheets")])
            .filter(|(weight, _)| *weight > 0)
            .collect();
        weights.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let weights: Vec<_> = weights
            .into_iter()
            .map(|(weight, words)| format!("{words} {}", grouped(weight)))
            .collect();
        Some(self.finding(
            id,
            "first view",
            own + sheets,
            most,
            "first_view",
            &weights.join(", "),
        ))
    }

    fn scripts(&self, id: PageId, linked: &Linked<'_>, budget: Budget) -> Option<Diagnostic> {
        let most = budget.scripts?;
        let weight = sum(&linked.scripts);
        let weights: Vec<_> = linked
            .scripts
            .iter()
            .map(|(url, weight)| format!("`{url}` {}", grouped(*weight)))
            .collect();
        (weight > most)
            .then(|| self.finding(id, "scripts", weight, most, "scripts", &weights.join(", ")))
    }

    fn finding(
        &self,
        id: PageId,
        what: &str,
        weight: usize,
        most: usize,
        key: &str,
        weights: &str,
    ) -> Diagnostic {
        let page = self.site.page(id);
        let finding = Diagnostic::new(
            Code::OverBudget,
            format!(
                "{what} of `{}`: {} bytes compressed, where {} are planned",
                page.url.as_str(),
                grouped(weight),
                grouped(most),
            ),
        );
        let finding = match &page.document {
            Some(document) => finding.at(&document.path, 0..0, ""),
            None => finding,
        };
        finding.help(format!(
            "what weighs: {weights}; make the first of these smaller, or allow more with \
             `{key} = {}` below `[budget.{}]` in `site.toml`",
            weight.div_ceil(1000) * 1000,
            page.kind.name(),
        ))
    }

    /// The assets of the theme that a page makes a browser load.
    fn linked(&self, html: &str) -> Linked<'a> {
        let mut linked = Linked::default();
        let html = &outside_templates(html);
        for tag in tags(html, "<link ") {
            let is_sheet = attribute(tag, "rel").is_some_and(|rel| rel == "stylesheet");
            if is_sheet && attribute(tag, "media") != Some("print") {
                linked
                    .stylesheets
                    .extend(self.asset(attribute(tag, "href")));
            }
        }
        for tag in tags(html, "<script ") {
            linked.scripts.extend(self.asset(attribute(tag, "src")));
        }
        linked
    }

    /// What the stylesheet of a picker's page weighs, when the page links it.
    fn filter(&self, id: PageId, html: &str) -> Option<usize> {
        let page = self.site.page(id);
        let links_it = page.picks.is_some() && html.contains("filter.css\"");
        let sheet = links_it.then(|| render_filter(self.site, id))?;
        Some(compressed(sheet.as_bytes(), Compression::best()))
    }

    fn asset(&self, url: Option<&str>) -> Option<(&'a str, usize)> {
        // The fingerprint in its name makes its end tell enough.
        let url = url?;
        self.assets
            .iter()
            .find(|(known, _)| url.ends_with(known))
            .copied()
    }
}

/// What a page makes a browser load, each with its weight.
#[derive(Debug, Default)]
struct Linked<'a> {
    stylesheets: Vec<(&'a str, usize)>,
    scripts: Vec<(&'a str, usize)>,
}

fn sum(assets: &[(&str, usize)]) -> usize {
    assets.iter().map(|(_, weight)| weight).sum()
}

/// How many bytes travel.
fn compressed(bytes: &[u8], level: Compression) -> usize {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    // Writing to memory never fails.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(bytes.len(), |packed| packed.len())
}

/// `14320` as `14,320`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The top and the foot of every page.
    Frame,
    Head,
    Text,
    References,
    Drawings,
    ForSearchEngines,
}

impl Part {
    const ALL: [Part; 6] = [
        Part::Frame,
        Part::Head,
        Part::Text,
        Part::References,
        Part::Drawings,
        Part::ForSearchEngines,
    ];

    const fn words(self) -> &'static str {
        match self {
            Part::Frame => "menus and foot",
            Part::Head => "head",
            Part::Text => "text",
            Part::References => "list of references",
            Part::Drawings => "drawings",
            Part::ForSearchEngines => "data for search engines",
        }
    }
}

/// Each part of a page, and the page without it.
fn parts(html: &str) -> Vec<(Part, Vec<u8>)> {
    let mut of = vec![Part::Frame; html.len()];
    // What stands later in this table goes before what stands earlier.
    let begins = [
        ("<head>", Part::Head),
        ("<main", Part::Text),
        ("<li id=\"ref-", Part::References),
        ("<svg", Part::Drawings),
        (
            "<script type=\"application/ld+json\"",
            Part::ForSearchEngines,
        ),
    ];
    for (begin, part) in begins {
        let mut from = 0;
        while let Some(found) = html[from..].find(begin) {
            let start = from + found;
            let end = element_end(html, start);
            of[start..end].fill(part);
            from = end;
        }
    }
    Part::ALL
        .into_iter()
        .map(|part| {
            let bytes = html.bytes().zip(&of);
            let rest = bytes.filter(|(_, of)| **of != part).map(|(byte, _)| byte);
            (part, rest.collect())
        })
        .collect()
}

/// Where the element ends that begins here; the end of the page when it does not.
fn element_end(html: &str, start: usize) -> usize {
    let name_end = html[start + 1..].find(|c: char| !c.is_ascii_alphanumeric());
    let name = &html[start + 1..start + 1 + name_end.unwrap_or(0)];
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    let mut at = start;
    loop {
        let next_close = html[at..].find(&close).map(|found| at + found);
        let next_open = html[at..].find(&open).map(|found| at + found);
        match (next_open, next_close) {
            (Some(opens), Some(closes)) if opens < closes => {
                let after = opens + open.len();
                // `<link` does not open a `<li`.
                let is_same = !html[after..].starts_with(|c: char| c.is_ascii_alphanumeric());
                depth += usize::from(is_same);
                at = after;
            }
            (_, Some(closes)) => {
                at = closes + close.len();
                if depth <= 1 {
                    return at;
                }
                depth -= 1;
            }
            (_, None) => return html.len(),
        }
    }
}

/// A page without what stands in `template`, of which a browser loads nothing until a script asks.
fn outside_templates(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<template") {
        kept.push_str(&rest[..start]);
        rest = &rest[element_end(rest, start)..];
    }
    kept.push_str(rest);
    kept
}

/// The tags that begin with these words.
fn tags<'h>(html: &'h str, begin: &'static str) -> impl Iterator<Item = &'h str> {
    html.match_indices(begin).map(move |(start, _)| {
        let end = html[start..]
            .find('>')
            .map_or(html.len(), |end| start + end);
        &html[start..end]
    })
}

/// An attribute of a tag, as templates write it.
fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let begin = format!(" {name}=\"");
    let start = tag.find(&begin)? + begin.len();
    let length = tag[start..].find('"')?;
    Some(&tag[start..start + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_where_it_is_closed_and_not_where_one_inside_it_is() {
        let html = "<ul><li id=\"ref-a\"><link><ul><li>b</li></ul>c</li><li>d</li></ul>";
        let start = html.find("<li").expect("there");
        let end = element_end(html, start);
        assert!(html[..end].ends_with("c</li>"), "{}", &html[..end]);
        assert_eq!(element_end("<svg><path/>", 0), 12);
    }

    #[test]
    fn what_waits_in_a_template_is_not_loaded() {
        let html = "<p>a</p><template id=\"t\"><link href=\"b.css\"></template><p>c</p>";
        assert_eq!(outside_templates(html), "<p>a</p><p>c</p>");
    }

    #[test]
    fn each_byte_of_a_page_belongs_to_one_part() {
        let html = "<html><head><title>T</title><script type=\"application/ld+json\">{}</script></head>\
                    <body>top<main>text<svg>x</svg><ol><li id=\"ref-a\">A</li></ol></main>foot</body>";
        let all = parts(html);
        let taken: usize = all.iter().map(|(_, rest)| html.len() - rest.len()).sum();
        assert_eq!(taken, html.len());
        let without = |part: Part| {
            let (_, rest) = all.iter().find(|(known, _)| *known == part).expect("there");
            String::from_utf8(rest.clone()).expect("text")
        };
        assert!(!without(Part::ForSearchEngines).contains("{}"));
        assert!(without(Part::Head).contains("{}"));
        assert!(!without(Part::References).contains("ref-a"));
        assert!(without(Part::Text).contains("ref-a"));
        assert!(!without(Part::Drawings).contains("svg"));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, expected) in [(0, "0"), (999, "999"), (14_320, "14,320")] {
            assert_eq!(grouped(number), expected);
        }
    }
}
