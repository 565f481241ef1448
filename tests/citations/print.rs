//! Prints the works and forms of this folder in a style, as JSON for `compare.py`.
//!
//! `cargo run --release --example citations -- STYLE` prints paragraphs and entries;
//! `cargo run --release --example citations -- --csl STYLE` prints the bundled style itself.
//!
//! `forms.md` goes the way of an article: through [`Document::parse`], by the grammar that authors
//! write in. Only what the theme puts around citations, such as links and cards, is left out.

use std::path::Path;
use std::sync::Arc;

use afterword::citations::{Citer, Cluster, Mark, Piece, Style};
use afterword::data::Spanned;
use afterword::document::body::{Body, Node};
use afterword::document::{Document, ParseOptions};
use afterword::path::SourcePath;
use afterword::records::works::{Bibliography, Evidence, Work};
use afterword::source::Inputs;
use citationberg::json::Item;
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_else(|| "apa".to_owned());
    if first == "--csl" {
        let name = arguments.next().unwrap_or_else(|| "apa".to_owned());
        println!("{}", csl(&name));
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citations");
    println!("{:#}", printed(&folder, &first));
}

/// The text of a bundled style.
fn csl(name: &str) -> String {
    let style = hayagriva::archive::ArchivedStyle::by_name(name).expect("a bundled style");
    style.get().to_xml().expect("a style that can be written")
}

/// The page of all forms in a style.
pub fn printed(folder: &Path, style: &str) -> Value {
    let inputs = Inputs::read(folder).expect("the folder of this file");
    let mut findings = Vec::new();
    let name = Spanned::new(style.to_owned(), 0..0);
    let style = Style::load(&name, &inputs, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    let works = Arc::new(Bibliography::new(works(&folder.join("works.json"))));
    let document = document(&folder.join("forms.md"));
    let mut page = Page {
        body: &document.body,
        works: &works,
        places: Vec::new(),
        clusters: Vec::new(),
    };
    page.read(&document.body.nodes);
    let citer = Citer::new(Arc::clone(&works), Arc::new(style), "en");
    let cited = citer.page(&page.clusters);
    let html = page.html(&cited.marks);
    let entries = cited.entries.iter().map(|entry| {
        let key = &works.work(entry.work).key.value;
        json!({"work": key, "label": entry.label, "html": entry.html})
    });
    json!({
        "paragraphs": paragraphs(&html),
        "entries": entries.collect::<Vec<_>>(),
        "short": works.ids().map(|work| citer.short(work)).collect::<Vec<_>>(),
    })
}

fn document(path: &Path) -> Document {
    let options = ParseOptions {
        language: "en".to_owned(),
        smart_punctuation: true,
        raw_html: false,
        prose: false,
    };
    let place = SourcePath::new("content/forms.md").expect("a sound path");
    Document::parse(&place, &read(path).into(), &options)
}

/// What stands in each paragraph, those of footnotes last.
fn paragraphs(html: &str) -> Vec<&str> {
    let starts = html.split("<p>").skip(1);
    starts
        .map(|rest| rest.split("</p>").next().unwrap_or(rest))
        .collect()
}

/// A page of forms with the citations that were met on it, in reading order.
struct Page<'a> {
    body: &'a Body,
    works: &'a Bibliography,
    /// Index into [`Body::citations`] for each cluster.
    places: Vec<usize>,
    clusters: Vec<Cluster>,
}

impl Page<'_> {
    /// Gathers citations; what is cited in a footnote is read where its mark stands.
    fn read(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Citation(index) => self.cite(*index as usize),
                Node::FootnoteMark(note, 0) => {
                    self.read(&self.body.footnotes[*note as usize].nodes);
                }
                Node::Html(_)
                | Node::Href(_)
                | Node::Rel(_)
                | Node::Image(_)
                | Node::Directive(_)
                | Node::HeadingStart(_)
                | Node::HeadingEnd(_)
                | Node::TermStart(_)
                | Node::MeaningStart(_)
                | Node::MeaningEnd(_)
                | Node::FootnoteMark(..)
                | Node::Word(_) => {}
            }
        }
    }

    fn cite(&mut self, index: usize) {
        if let Some(cluster) = self.body.citations[index].cluster(self.works) {
            self.places.push(index);
            self.clusters.push(cluster);
        }
    }

    fn html(&self, marks: &[Mark]) -> String {
        let mut html = self.html_of(&self.body.nodes, marks);
        for note in &self.body.footnotes {
            html.push_str(&self.html_of(&note.nodes, marks));
        }
        html
    }

    fn html_of(&self, nodes: &[Node], marks: &[Mark]) -> String {
        let written = |node: &Node| match node {
            Node::Html(range) => {
                self.body.html[range.start as usize..range.end as usize].to_owned()
            }
            Node::Citation(index) => {
                let place = self.places.iter().position(|at| at == &(*index as usize));
                place.map_or_else(
                    || self.body.citations[*index as usize].written.clone(),
                    |place| mark(&marks[place]),
                )
            }
            Node::FootnoteMark(note, _) => format!("<sup>{}</sup>", note + 1),
            Node::TermStart(_) => "<dt>".to_owned(),
            Node::Href(_)
            | Node::Rel(_)
            | Node::Image(_)
            | Node::Directive(_)
            | Node::HeadingStart(_)
            | Node::HeadingEnd(_)
            | Node::MeaningStart(_)
            | Node::MeaningEnd(_)
            | Node::Word(_) => String::new(),
        };
        nodes.iter().map(written).collect()
    }
}

/// A mark as one piece of HTML; notes in double brackets.
fn mark(mark: &Mark) -> String {
    let pieces = mark.pieces.iter().map(|piece| match piece {
        Piece::Between(html) | Piece::Work { html, .. } => html.as_str(),
    });
    let pieces: String = pieces.collect();
    match (mark.is_raised, mark.is_note) {
        (true, _) => format!("{}<sup>{pieces}</sup>", mark.named),
        (false, true) => format!("{}[[{pieces}]]", mark.named),
        (false, false) => format!("{}{pieces}", mark.named),
    }
}

fn works(path: &Path) -> Vec<Work> {
    let items: Vec<Item> = serde_json::from_str(&read(path)).expect("CSL-JSON");
    let file = SourcePath::new("content/references.json").expect("a sound path");
    items
        .into_iter()
        .map(|item| {
            let key = item.id().expect("an id").into_owned();
            Work {
                slug: key.clone(),
                key: Spanned::new(key, 0..0),
                file: file.clone(),
                item,
                fields: Vec::new(),
                evidence: Evidence::default(),
            }
        })
        .collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of the folder")
}
