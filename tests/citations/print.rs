//! Prints the works and forms of this folder in a style, as JSON for `compare.py`.
//!
//! `cargo run --release --example citations -- STYLE` prints marks and entries;
//! `cargo run --release --example citations -- --csl STYLE` prints the bundled style itself.

use std::path::Path;
use std::sync::Arc;

use afterword::citations::{Citer, Cluster, ClusterItem, Form, Locator, Mark, Piece, Style};
use afterword::data::Spanned;
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

/// All forms of the folder on one page, in a style.
pub fn printed(folder: &Path, style: &str) -> Value {
    let inputs = Inputs::read(folder).expect("the folder of this file");
    let mut findings = Vec::new();
    let name = Spanned::new(style.to_owned(), 0..0);
    let style = Style::load(&name, &inputs, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    let works = Arc::new(Bibliography::new(works(&folder.join("works.json"))));
    let clusters = clusters(&folder.join("forms.json"), &works);
    let citer = Citer::new(Arc::clone(&works), Arc::new(style), "en");
    let cited = citer.page(&clusters);
    let entries = cited.entries.iter().map(|entry| {
        let key = &works.work(entry.work).key.value;
        json!({"work": key, "label": entry.label, "html": entry.html})
    });
    json!({
        "marks": cited.marks.iter().map(html).collect::<Vec<_>>(),
        "entries": entries.collect::<Vec<_>>(),
        "short": works.ids().map(|work| citer.short(work)).collect::<Vec<_>>(),
    })
}

/// A mark as one piece of HTML; notes in double brackets.
fn html(mark: &Mark) -> String {
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

fn clusters(path: &Path, works: &Bibliography) -> Vec<Cluster> {
    let forms: Vec<Value> = serde_json::from_str(&read(path)).expect("a list of forms");
    forms.iter().map(|form| cluster(form, works)).collect()
}

fn cluster(form: &Value, works: &Bibliography) -> Cluster {
    let items = form["items"].as_array().into_iter().flatten();
    Cluster {
        form: match form["form"].as_str() {
            Some("in-text") => Form::InText,
            _ => Form::Bracketed,
        },
        items: items
            .map(|item| ClusterItem {
                work: works
                    .find(&text(&item["work"]))
                    .expect("a work of the file"),
                locator: item.get("locator").map(|locator| Locator {
                    label: label(&text(&locator["label"])),
                    value: text(&locator["value"]),
                }),
                prefix: text(&item["prefix"]),
                suffix: text(&item["suffix"]),
                is_author_suppressed: item["suppressed"] == true,
            })
            .collect(),
    }
}

fn label(name: &str) -> &'static str {
    const LABELS: [&str; 6] = [
        "page",
        "chapter",
        "section",
        "figure",
        "paragraph",
        "volume",
    ];
    let mut labels = LABELS.into_iter();
    labels.find(|label| *label == name).expect("a known label")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of the folder")
}
