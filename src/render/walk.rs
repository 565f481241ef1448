//! The citations of a page in the order in which a reader meets them.
//!
//! A footnote is read where its first mark stands, so that sources are numbered as a reader meets
//! them.

use crate::citations::Cluster;
use crate::document::Document;
use crate::document::body::{Body, Node};
use crate::site::Site;

/// The citations of a document in reading order.
#[derive(Debug, Default)]
pub struct Walk {
    /// What is cited at each place.
    pub clusters: Vec<Cluster>,
    /// Where that is.
    pub places: Vec<WalkPlace>,
    /// The ids of the marks, for each work of each cluster.
    pub ids: Vec<Vec<String>>,
    marks: usize,
    /// Footnotes, and citations outside of them, in order.
    pub noted: Vec<Noted>,
    in_note: bool,
}

/// Something that may be a note at the foot of the page.
#[derive(Debug)]
pub enum Noted {
    /// A footnote: the place of its body, and its place there.
    Footnote(usize, usize),
    /// A citation, by its place among the clusters.
    Citation(usize),
}

/// Where a citation stands.
#[derive(Debug)]
pub struct WalkPlace {
    /// The body, in the order of [`Document::bodies`].
    pub body: usize,
    /// The citation, by its place in the body.
    pub citation: usize,
    /// What is cited, by its place in [`Walk::clusters`].
    pub cluster: usize,
}

impl Walk {
    /// The citations of a document.
    pub fn of(site: &Site, document: &Document) -> Self {
        let mut walk = Self::default();
        for (index, body) in document.bodies().enumerate() {
            if body.citations.is_empty() {
                continue;
            }
            let mut read_notes = vec![false; body.footnotes.len()];
            walk.nodes(site, index, body, &body.nodes, &mut read_notes);
            // Notes that only other notes mention.
            for note in 0..read_notes.len() {
                walk.note(site, index, body, note, &mut read_notes);
            }
        }
        walk
    }

    fn nodes(
        &mut self,
        site: &Site,
        index: usize,
        body: &Body,
        nodes: &[Node],
        read_notes: &mut [bool],
    ) {
        for node in nodes {
            match node {
                Node::Citation(citation) => self.citation(site, index, body, *citation as usize),
                Node::Directive(directive) => {
                    let nodes = &body.directives[*directive as usize].nodes;
                    self.nodes(site, index, body, nodes, read_notes);
                }
                Node::FootnoteMark(note, _) => {
                    self.note(site, index, body, *note as usize, read_notes);
                }
                Node::Html(_)
                | Node::Href(_)
                | Node::Rel(_)
                | Node::Image(_)
                | Node::HeadingStart(_)
                | Node::HeadingEnd(_)
                | Node::TermStart(_)
                | Node::MeaningStart(_)
                | Node::MeaningEnd(_)
                | Node::Word(_) => {}
            }
        }
    }

    fn note(
        &mut self,
        site: &Site,
        index: usize,
        body: &Body,
        note: usize,
        read_notes: &mut [bool],
    ) {
        if !std::mem::replace(&mut read_notes[note], true) {
            self.noted.push(Noted::Footnote(index, note));
            let was_in_note = std::mem::replace(&mut self.in_note, true);
            self.nodes(site, index, body, &body.footnotes[note].nodes, read_notes);
            self.in_note = was_in_note;
        }
    }

    fn citation(&mut self, site: &Site, index: usize, body: &Body, citation: usize) {
        let Some(cluster) = body.citations[citation].cluster(&site.works) else {
            return;
        };
        let ids = cluster.items.iter().map(|_| {
            self.marks += 1;
            format!("cite-{}", self.marks)
        });
        self.ids.push(ids.collect());
        if !self.in_note {
            self.noted.push(Noted::Citation(self.clusters.len()));
        }
        self.places.push(WalkPlace {
            body: index,
            citation,
            cluster: self.clusters.len(),
        });
        self.clusters.push(cluster);
    }
}
