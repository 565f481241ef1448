//! `afterword reading`.

use std::sync::Arc;

use afterword::diagnostic::line_column;
use afterword::document::{Document, ParseOptions};
use afterword::reading::{Counts, Measured, Method};
use afterword::records::reviews::shown;
use afterword::site::Site;
use rayon::prelude::*;

use super::args::{Format, ReadingAges};
use super::{End, Failure, left_to_the_system, print, words, workspace};

/// What a page is measured to be.
struct Row {
    page: String,
    address: String,
    method: Method,
    counts: Counts,
    over: usize,
    longest: usize,
    ages: Option<[f64; 2]>,
    /// The line of the paragraph that is hardest to read, and its age.
    hardest: Option<(usize, Option<f64>)>,
}

/// Lists every page with how hard it is to read, the hardest first.
pub fn run(command: &ReadingAges) -> Result<End, Failure> {
    let mut workspace = left_to_the_system(workspace(&command.reading, None)?);
    let loaded = left_to_the_system(workspace.load()?);
    let site = &*loaded.site;
    let limit = site
        .config
        .voice
        .as_ref()
        .and_then(|voice| voice.sentence_words);
    let limit = limit.unwrap_or(LONG_SENTENCE);
    let rows = rows(site, limit);
    match command.format {
        Format::Json => print::result(&json(&rows)),
        Format::Human => print::result(&table(&rows, limit)),
    }
    Ok(End::Done)
}

/// A sentence is long beyond so many words, where `site.toml` does not say it.
const LONG_SENTENCE: usize = 20;

/// The pages that somebody wrote: first those that are hardest to read, last those without an age.
fn rows(site: &Site, limit: usize) -> Vec<Row> {
    let ids: Vec<_> = site
        .ids()
        .filter(|id| !site.page(*id).is_fallback())
        .collect();
    let rows = ids.par_iter().filter_map(|id| {
        let page = site.page(*id);
        let document = page.document.as_ref()?;
        // Texts are only kept for measuring where `site.toml` asks for it.
        let document = if document.options.prose {
            Arc::clone(document)
        } else {
            let options = ParseOptions {
                prose: true,
                ..document.options.clone()
            };
            Arc::new(Document::parse(&document.path, &document.source, &options))
        };
        Some(row(site, &document, page.url.as_str(), limit))
    });
    let mut rows: Vec<_> = rows.collect();
    let age = |row: &Row| row.ages.map_or(0.0, |[one, other]| one.max(other));
    rows.sort_by(|a, b| age(b).total_cmp(&age(a)).then_with(|| a.page.cmp(&b.page)));
    rows
}

fn row(site: &Site, document: &Document, address: &str, limit: usize) -> Row {
    let measured = Measured::new(site, document);
    let hardest = measured.hardest().map(|(it, age)| {
        let place = it.passage.span(it.sentences[0].range.clone()).start;
        (line_column(&document.source, place).line, age)
    });
    let longest = measured.longest();
    Row {
        page: shown(&document.path).to_owned(),
        address: address.to_owned(),
        method: measured.method,
        counts: measured.counts(),
        over: measured.longer_than(limit),
        longest: longest.map_or(0, |(_, sentence)| sentence.counts.words),
        ages: measured.ages(),
        hardest,
    }
}

fn table(rows: &[Row], limit: usize) -> String {
    if rows.is_empty() {
        return "There are no pages.\n".to_owned();
    }
    let width = rows.iter().map(|row| row.page.chars().count()).max();
    let width = width.unwrap_or_default();
    let over = format!("over {limit}");
    let mut text = format!(
        "{:<width$}  {:>6}  {:>9}  {:>5}  {over:>8}  {:>7}  {:>10}  hardest\n",
        "page", "words", "sentences", "mean", "longest", "ages",
    );
    for row in rows {
        let ages = row.ages.map_or_else(|| "-".to_owned(), both);
        let hardest = row.hardest.map_or_else(
            || "-".to_owned(),
            |(line, age)| match age {
                Some(age) => format!("line {line} ({age:.1})"),
                None => format!("line {line}"),
            },
        );
        text.push_str(&format!(
            "{:<width$}  {:>6}  {:>9}  {:>5.1}  {:>8}  {:>7}  {ages:>10}  {hardest}\n",
            row.page,
            words::grouped(row.counts.words),
            row.counts.sentences,
            mean(row),
            row.over,
            row.longest,
        ));
    }
    text.push_str(&format!("\n{}", words::count(rows.len(), "page")));
    for method in [Method::English, Method::Spanish] {
        let ages = median_ages(rows, method);
        if let (Some(ages), Some([one, other])) = (ages, method.names()) {
            text.push_str(&format!("; median ages {} ({one}, {other})", both(ages)));
        }
    }
    text.push('\n');
    text
}

fn both([one, other]: [f64; 2]) -> String {
    format!("{one:.1} {other:.1}")
}

fn mean(row: &Row) -> f64 {
    row.counts.words as f64 / row.counts.sentences.max(1) as f64
}

/// The age in the middle of all pages of a language, by each of its formulas.
fn median_ages(rows: &[Row], method: Method) -> Option<[f64; 2]> {
    let of_method = rows.iter().filter(|row| row.method == method);
    let ages: Vec<_> = of_method.filter_map(|row| row.ages).collect();
    let median = |index: usize| {
        let mut ages: Vec<_> = ages.iter().map(|ages| ages[index]).collect();
        ages.sort_by(f64::total_cmp);
        let middle = ages.len() / 2;
        if ages.len() % 2 == 1 {
            ages[middle]
        } else {
            f64::midpoint(ages[middle - 1], ages[middle])
        }
    };
    (!ages.is_empty()).then(|| [median(0), median(1)])
}

fn json(rows: &[Row]) -> String {
    let tenths = |number: f64| (number * 10.0).round() / 10.0;
    let lines = rows.iter().map(|row| {
        let ages = row.ages.zip(row.method.names()).map(|(ages, names)| {
            let pairs = names.into_iter().zip(ages);
            let pairs = pairs.map(|(name, age)| (name.to_owned(), tenths(age).into()));
            serde_json::Value::Object(pairs.collect())
        });
        let line = serde_json::json!({
            "page": row.page,
            "address": row.address,
            "words": row.counts.words,
            "sentences": row.counts.sentences,
            "mean": tenths(mean(row)),
            "over": row.over,
            "longest": row.longest,
            "ages": ages,
            "hardest": row.hardest.map(|(line, age)| serde_json::json!({
                "line": line,
                "age": age.map(tenths),
            })),
        });
        format!("{line}\n")
    });
    lines.collect()
}
