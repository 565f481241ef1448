//! What a page cites: the marks in its text and its list of references.
//!
//! [`PageCitations::new`] takes the citations of a page in reading order ([`super::walk`]), has the citer of its language
//! print all citations at once, and keeps the mark of each until [`super::body`] asks for it. Each
//! mark is a link to the entry `#ref-...`; each entry knows the marks that lead to it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::views::Views;
use super::walk::{Noted, Walk};
use crate::citations::{self, Cluster, Form, Mark, Piece};
use crate::document::Document;
use crate::document::body::Body;
use crate::records::WorkId;
use crate::records::works::evidence::Strength;
use crate::site::{LanguageId, Page, PageId, PageKind, Site, cited};
use crate::theme::contract;
use crate::theme::shape::Html;

/// The citations of a page, printed.
#[derive(Debug, Default)]
pub struct PageCitations {
    /// The mark of each citation: by body, in the order of [`Document::bodies`], and its place there.
    /// `None` for `@name` that is no key.
    marks: Vec<Vec<Option<String>>>,
    /// The list of references.
    pub references: Vec<contract::Reference>,
    /// The works of that list, in its order.
    pub works: Vec<WorkId>,
    /// Every note of the page in order, when the style prints citations as notes; else none, and the
    /// footnotes are numbered by themselves.
    pub notes: Vec<Note>,
}

/// A note at the foot of a page, in a style that cites in notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A footnote that the author wrote: the place of its body, and its place there.
    Own(usize, usize),
    /// A citation: its text, and the id of its mark.
    Cited {
        /// The text as HTML.
        html: String,
        /// The id of the mark in the text.
        mark: String,
    },
}

/// A place where a work is cited.
#[derive(Debug, Clone)]
pub struct Place {
    /// The page.
    pub page: PageId,
    /// The `id` of its mark there.
    pub id: String,
    /// The sentence, as plain text; empty in headings and descriptions.
    pub sentence: String,
}

impl PageCitations {
    /// The citations of a document as they stand on a page.
    pub fn new(site: &Site, views: &Views, document: &Document, language: LanguageId) -> Self {
        let walk = Walk::of(site, document);
        if walk.clusters.is_empty() {
            return Self::default();
        }
        let citer = site.citer(language);
        let cited = citer.page(&walk.clusters);
        let mut marks: Vec<Vec<Option<String>>> = document
            .bodies()
            .map(|body| vec![None; body.citations.len()])
            .collect();
        let words = site.theme.words(site.language_code(language));
        let mut uses: FxHashMap<WorkId, Vec<contract::Use>> = FxHashMap::default();
        let mut notes = Notes::of(&walk, &cited.marks);
        for ((place, mark), ids) in walk.places.iter().zip(&cited.marks).zip(&walk.ids) {
            let cluster = &walk.clusters[place.cluster];
            for (item, id) in cluster.items.iter().zip(ids) {
                let of_work = uses.entry(item.work).or_default();
                of_work.push(contract::Use {
                    // A range such as 1–3 has no mark of its own for what lies between.
                    id: if prints(mark, item.work) {
                        id.clone()
                    } else {
                        ids[0].clone()
                    },
                    number: of_work.len() + 1,
                });
            }
            let label = |mark: &str, work: WorkId| {
                let short = citer.short(work);
                if mark.len() >= 4 && short.contains(mark) {
                    return short; // `2014`, where the sentence names the author.
                }
                words.fill("cite_label", &[("mark", mark), ("source", &short)])
            };
            let number = notes.number(place.cluster);
            let mark = &match number {
                None if mark.is_note => without_stop(mark),
                Some(_) | None => mark.clone(),
            };
            let html = mark_html(site, mark, cluster, ids, label);
            let html = match number {
                Some(number) => {
                    let named = &mark.named;
                    let label = words.fill("footnote_ref", &[("number", &number.to_string())]);
                    let begin = notes.add(number, html, ids);
                    let label = super::escaped(&label);
                    format!("{named}{begin} aria-label=\"{label}\">{number}</a></sup>")
                }
                // A note inside a footnote names its author by itself.
                None if mark.is_note => html,
                None => mark.named.clone() + &html,
            };
            marks[place.body][place.citation] = Some(html);
        }
        let works = cited.entries.iter().map(|entry| entry.work).collect();
        let references = cited
            .entries
            .into_iter()
            .map(|entry| contract::Reference {
                id: entry_id(site, entry.work),
                label: entry.label,
                entry: Html(entry.html),
                uses: uses.remove(&entry.work).unwrap_or_default(),
                source: views.source(language, entry.work),
            })
            .collect();
        Self {
            marks,
            references,
            works,
            notes: notes.notes,
        }
    }

    /// The number of a footnote that the author wrote.
    pub fn footnote_number(&self, body: usize, note: usize) -> usize {
        let own = Note::Own(body, note);
        let mut notes = self.notes.iter();
        notes.position(|known| *known == own).unwrap_or(note) + 1
    }

    /// The mark of a citation; `None` when it is shown as it is written.
    pub fn mark(&self, body: usize, citation: u32) -> Option<&str> {
        self.marks.get(body)?.get(citation as usize)?.as_deref()
    }
}

/// The notes of a page in a style that cites in notes.
#[derive(Debug, Default)]
struct Notes {
    notes: Vec<Note>,
    /// The number of each citation that is a note, by its place among the clusters.
    numbers: FxHashMap<usize, usize>,
}

impl Notes {
    fn of(walk: &Walk, marks: &[Mark]) -> Self {
        let mut notes = Self::default();
        if !marks.iter().any(|mark| mark.is_note) {
            return notes;
        }
        for noted in &walk.noted {
            match noted {
                Noted::Footnote(body, note) => notes.notes.push(Note::Own(*body, *note)),
                Noted::Citation(cluster) => {
                    notes.notes.push(Note::Cited {
                        html: String::new(),
                        mark: String::new(),
                    });
                    notes.numbers.insert(*cluster, notes.notes.len());
                }
            }
        }
        notes
    }

    fn number(&self, cluster: usize) -> Option<usize> {
        self.numbers.get(&cluster).copied()
    }

    /// Keeps the text of a note, and gives the beginning of its mark.
    fn add(&mut self, number: usize, html: String, ids: &[String]) -> String {
        // The works of the note are links with the ids; the mark needs one of its own.
        let mark = format!("{}-mark", ids[0]);
        let begin = format!(
            "<sup class=\"footnote-ref\" id=\"{mark}\"><a href=\"#fn-{number}\" role=\"doc-noteref\""
        );
        self.notes[number - 1] = Note::Cited { html, mark };
        begin
    }
}

/// A citation that stands inside a footnote of the author's does not end the sentence.
fn without_stop(mark: &Mark) -> Mark {
    let mut mark = mark.clone();
    if let Some(Piece::Between(last)) = mark.pieces.last_mut()
        && last.ends_with('.')
    {
        last.pop();
    }
    mark
}

fn prints(mark: &Mark, work: WorkId) -> bool {
    mark.pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Work { work: printed, .. } if *printed == work))
}

fn mark_html(
    site: &Site,
    mark: &Mark,
    cluster: &Cluster,
    ids: &[String],
    label: impl Fn(&str, WorkId) -> String,
) -> String {
    let element = if mark.is_raised { "sup" } else { "span" };
    let mut html = format!("<{element} class=\"cites\">");
    let mut used = vec![false; ids.len()];
    for piece in &mark.pieces {
        match piece {
            Piece::Between(between) => html.push_str(between),
            Piece::Work { work, html: words } => {
                let items = cluster.items.iter().zip(ids).zip(&mut used);
                let own = items
                    .filter(|((item, _), is_used)| item.work == *work && !**is_used)
                    .map(|((_, id), is_used)| {
                        *is_used = true;
                        id
                    })
                    .next();
                html.push_str("<a class=\"cite\"");
                if let Some(id) = own {
                    html.push_str(" id=\"");
                    html.push_str(id);
                    html.push('"');
                }
                html.push_str(" href=\"#ref-");
                html.push_str(&site.works.work(*work).slug);
                html.push_str("\" role=\"doc-biblioref\"");
                let text = citations::to_text(words);
                if !text.contains(char::is_alphabetic) {
                    // A bare number says nothing to somebody who hears it.
                    html.push_str(" aria-label=\"");
                    html.push_str(&super::escaped(&label(&text, *work)));
                    html.push('"');
                }
                html.push('>');
                html.push_str(words);
                html.push_str("</a>");
            }
        }
    }
    html.push_str("</");
    html.push_str(element);
    html.push('>');
    html
}

/// The `id` of a work's entry in the list of references.
pub fn entry_id(site: &Site, work: WorkId) -> String {
    format!("ref-{}", site.works.work(work).slug)
}

/// The works that a document cites, each once, in reading order.
pub fn cited_works(site: &Site, document: &Document) -> Vec<WorkId> {
    let mut works = Vec::new();
    for cluster in Walk::of(site, document).clusters {
        for item in cluster.items {
            if !works.contains(&item.work) {
                works.push(item.work);
            }
        }
    }
    works
}

/// Where a page cites what, in reading order.
pub fn places(site: &Site, page: PageId, document: &Document) -> Vec<(WorkId, Place)> {
    let walk = Walk::of(site, document);
    let bodies: Vec<_> = document.bodies().collect();
    let mut places = Vec::new();
    for (place, ids) in walk.places.iter().zip(&walk.ids) {
        let body = bodies[place.body];
        let sentence = sentence(site, site.page(page).language, body, place.citation);
        for (item, id) in walk.clusters[place.cluster].items.iter().zip(ids) {
            let place = Place {
                page,
                id: id.clone(),
                sentence: sentence.clone(),
            };
            places.push((item.work, place));
        }
    }
    places
}

/// The sentence of a citation, with `@key` as readers see it.
fn sentence(site: &Site, language: LanguageId, body: &Body, citation: usize) -> String {
    let place = &body.citations[citation].sentence;
    let mut sentence = body.sentences[place.start as usize..place.end as usize].to_owned();
    let same = body
        .citations
        .iter()
        .filter(|other| other.sentence == *place);
    for other in same.filter(|other| other.form == Form::InText) {
        let Some(item) = other.items.first() else {
            continue;
        };
        if let Some(work) = site.works.find(&item.key.value) {
            let named = site.citer(language).short_in_text(work);
            sentence = sentence
                .replace(&format!("@{}", item.key.value), &named)
                .replace(&format!("@{{{}}}", item.key.value), &named);
        }
    }
    sentence
}

/// How much the sources of a page carry; `None` when none of them has a grade. A grade that was given
/// to a work before its publisher had doubts says nothing.
pub fn certainty(site: &Site, works: &[WorkId]) -> Option<contract::Certainty> {
    let evidence = || works.iter().map(|work| &site.works.work(*work).evidence);
    let count = |strength| {
        evidence()
            .filter(|evidence| evidence.strength == Some(strength) && evidence.stands())
            .count()
    };
    let [a, b, c, d] = Strength::NAMES.map(|(_, strength)| count(strength));
    let graded = a + b + c + d;
    if graded == 0 {
        return None;
    }
    let is_half = |number: usize| number * 2 >= works.len();
    let level = if is_half(a) {
        "strong"
    } else if is_half(a + b) {
        "fair"
    } else if is_half(a + b + c) {
        "limited"
    } else if is_half(graded) {
        "untested"
    } else {
        "ungraded"
    };
    Some(contract::Certainty {
        level: level.to_owned(),
        sources: works.len(),
        a,
        b,
        c,
        d,
        ungraded: works.len() - graded,
        unverified: evidence()
            .filter(|evidence| evidence.verified.is_none())
            .count(),
    })
}

/// True when a page offers its sources to other programs.
pub fn has_exports(site: &Site, page: &Page) -> bool {
    let is_library = page.kind == PageKind::Sources;
    let cites = |document: &Arc<Document>| cited::by(document, &site.works).next().is_some();
    is_library || !page.is_fallback() && page.document.as_ref().is_some_and(cites)
}
