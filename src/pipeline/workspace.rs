//! Opens a site folder again and again, and does each time only what has to be done again.
//!
//! Four steps, each a function of what the steps before it gave. When that is as it was, the result of
//! the last time still holds:
//!
//! 1. the files, read again where something has changed ([`Inputs::again`]);
//! 2. settings, theme and data files ([`Ground`]);
//! 3. the articles, each parsed anew when its own text has changed;
//! 4. the site, assembled anew, or taken over with other words ([`Site::edited`]).
//!
//! The law, held by `tests/suite/law.rs`: what comes out is what an empty start gives, byte for byte and
//! finding for finding.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::Loaded;
use super::ground::{self, Before, Ground};
use crate::config::{Config, Options};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, ParseOptions};
use crate::error::Error;
use crate::path::SourcePath;
use crate::records::wording;
use crate::render::Renderer;
use crate::site::{DEFAULTS, Parts, Site, is_verbatim, without_language};
use crate::source::{Again, Contents, Inputs};

/// With more articles changed at once than this, all are gone through, which is quicker then.
const FEW: usize = 64;

/// A site folder that may be opened again and again.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    options: Options,
    last: Option<Last>,
}

/// What the last opening gave.
#[derive(Debug)]
struct Last {
    inputs: Arc<Inputs>,
    options: Options,
    ground: Ground,
    documents: Arc<Vec<Arc<Document>>>,
    site: Arc<Site>,
    /// What assembling found.
    findings: Arc<Vec<Diagnostic>>,
}

/// What parsing an article depends on beside its file.
#[derive(Debug, PartialEq)]
struct Parsing<'a> {
    codes: &'a [String],
    smart_punctuation: bool,
    raw_html: bool,
    prose: bool,
}

impl Workspace {
    /// For a site folder. Reads nothing yet.
    pub fn new(root: &Path, options: Options) -> Self {
        Self {
            root: root.to_owned(),
            options,
            last: None,
        }
    }

    /// What the person at the keyboard chose.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// To choose something else; the next opening goes by it.
    pub fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// Opens the folder as it is now, with all checks done.
    pub fn load(&mut self) -> Result<Loaded, Error> {
        let opened = self.open(&[])?;
        Ok(opened.clone().checked(&|| true).unwrap_or(opened))
    }

    /// Opens the folder after changes to the files and folders of these names, relative to it; after any
    /// changes when there are none. What the checks of the whole site would find is left out, and nothing
    /// is decided yet about what was found: [`Loaded::checked`] does both.
    pub fn open(&mut self, names: &[String]) -> Result<Loaded, Error> {
        let last = self.last.take();
        let Again { inputs, changed } = match &last {
            Some(last) => last.inputs.again(names)?,
            None => Again {
                inputs: Inputs::read(&self.root)?,
                changed: Vec::new(),
            },
        };
        let inputs = Arc::new(inputs);
        let opened = self.step_by_step(&inputs, last.as_ref().map(|last| (last, &changed[..])));
        let mut diagnostics = inputs.findings().to_vec();
        diagnostics.extend(opened.ground.findings().cloned());
        diagnostics.extend(opened.findings.iter().cloned());
        let loaded = Loaded {
            inputs,
            renderer: Arc::new(Renderer::new(Arc::clone(&opened.site))),
            site: Arc::clone(&opened.site),
            diagnostics,
            excepted: Vec::new(),
            rulings: Arc::default(),
            changed,
        };
        self.last = Some(opened);
        Ok(loaded)
    }

    fn step_by_step(&self, inputs: &Arc<Inputs>, last: Option<(&Last, &[SourcePath])>) -> Last {
        let options = &self.options;
        let kept = last.filter(|(last, _)| {
            last.options.base_url == options.base_url
                // A file that cannot be read is told of, and what it tells may be about any file.
                && last.inputs.findings().is_empty()
                && inputs.findings().is_empty()
        });
        let before = kept.map(|(last, changed)| Before {
            ground: &last.ground,
            changed,
        });
        let config = ground::config(inputs, options, before);
        let documents = documents(inputs, &config.value, last);
        let picked = documents
            .iter()
            .filter_map(|document| document.picker_file());
        let ground = Ground::read(inputs, config, picked.collect(), before);
        let parts = Parts {
            config: &ground.config.value,
            theme: &ground.theme.value,
            inputs,
            records: &ground.records(),
            options,
        };
        let edited = kept.and_then(|(last, changed)| {
            let documents = rewritten(last, inputs, changed, &documents)?;
            let same_options = last.options == *options;
            let site = same_options.then(|| last.site.edited(&parts, &documents))??;
            Some((Arc::new(site), Arc::clone(&last.findings)))
        });
        let (site, findings) = edited.unwrap_or_else(|| {
            let mut findings = Vec::new();
            let before = kept.filter(|(last, _)| last.options == *options);
            let before = before.map(|(last, _)| &*last.site);
            let site = Site::assemble(&parts, &documents, before, &mut findings);
            (Arc::new(site), Arc::new(findings))
        });
        Last {
            inputs: Arc::clone(inputs),
            options: options.clone(),
            ground,
            documents,
            site,
            findings,
        }
    }
}

/// Whether a file is an article, and nothing else reads it.
fn is_article(path: &SourcePath) -> bool {
    path.as_str().starts_with("content/") && path.extension() == "md" && !is_verbatim(path)
}

/// The articles that hold other words now. `None` when one has come or gone, or when something that was
/// found in putting the site together points into a file that has changed: its place may be another now.
fn rewritten(
    last: &Last,
    inputs: &Inputs,
    changed: &[SourcePath],
    documents: &[Arc<Document>],
) -> Option<Vec<Arc<Document>>> {
    if last.documents.len() != documents.len() {
        return None;
    }
    let labels = last.findings.iter().flat_map(|finding| &finding.labels);
    let pointed_at: BTreeSet<&SourcePath> = labels.map(|label| &label.path).collect();
    let is_kept = |path: &SourcePath| {
        !pointed_at.contains(path)
            // Which files there are decides which are published.
            && (!path.as_str().starts_with("content/")
                || (last.inputs.file(path).is_some() && inputs.file(path).is_some()))
            && path.file_name() != DEFAULTS
    };
    if !changed.iter().all(is_kept) {
        return None;
    }
    // Not by what has changed on the disk: settings may let all articles be parsed anew.
    let pairs = last.documents.iter().zip(documents);
    let pairs = pairs.filter(|(old, new)| !Arc::ptr_eq(old, new));
    pairs
        .map(|(old, new)| (old.path == new.path).then(|| Arc::clone(new)))
        .collect()
}

fn find(documents: &[Arc<Document>], path: &SourcePath) -> Result<usize, usize> {
    documents.binary_search_by(|document| document.path.cmp(path))
}

/// Parses the articles, in the order of their paths; those that are as they were excepted.
fn documents(
    inputs: &Inputs,
    config: &Config,
    last: Option<(&Last, &[SourcePath])>,
) -> Arc<Vec<Arc<Document>>> {
    let parsing = Parsing::of(inputs, config);
    let few = last.filter(|(last, changed)| {
        changed.len() <= FEW && Parsing::of(&last.inputs, &last.ground.config.value) == parsing
    });
    let Some((last, changed)) = few else {
        return Arc::new(all_documents(inputs, &parsing, last.map(|(last, _)| last)));
    };
    let articles: Vec<_> = changed.iter().filter(|path| is_article(path)).collect();
    if articles.is_empty() {
        return Arc::clone(&last.documents);
    }
    let parsed: Vec<_> = articles
        .par_iter()
        .map(|path| (*path, parsing.parse(inputs, path)))
        .collect();
    let mut documents = last.documents.to_vec();
    for (path, parsed) in parsed {
        match (find(&documents, path), parsed) {
            (Ok(place), Some(document)) => documents[place] = document,
            (Ok(place), None) => drop(documents.remove(place)),
            (Err(place), Some(document)) => documents.insert(place, document),
            (Err(_), None) => {}
        }
    }
    Arc::new(documents)
}

fn all_documents(
    inputs: &Inputs,
    parsing: &Parsing<'_>,
    last: Option<&Last>,
) -> Vec<Arc<Document>> {
    let articles: Vec<_> = inputs
        .below("content")
        .filter(|(path, _)| is_article(path))
        .collect();
    articles
        .par_iter()
        .filter_map(|(path, file)| {
            let same = last.and_then(|last| {
                let known = &last.documents[find(&last.documents, path).ok()?];
                let Contents::Text(text) = &file.contents else {
                    return None;
                };
                let is_same = known.source == *text && known.options == parsing.options(path);
                is_same.then(|| Arc::clone(known))
            });
            same.or_else(|| parsing.parse(inputs, path))
        })
        .collect()
}

impl<'a> Parsing<'a> {
    fn of(inputs: &Inputs, config: &'a Config) -> Self {
        Self {
            codes: config.language_codes(),
            smart_punctuation: config.features.smart_punctuation,
            raw_html: config.features.raw_html,
            // The words of articles are kept where the site measures them, or looks for words in them.
            prose: config.voice.is_some() || config.spelling.is_some() || wording::is_there(inputs),
        }
    }

    fn options(&self, path: &SourcePath) -> ParseOptions {
        ParseOptions {
            language: self.codes[without_language(path, self.codes).1].clone(),
            smart_punctuation: self.smart_punctuation,
            raw_html: self.raw_html,
            prose: self.prose,
        }
    }

    /// `None` when the file is gone or is not text.
    fn parse(&self, inputs: &Inputs, path: &SourcePath) -> Option<Arc<Document>> {
        let text = inputs.text_of(path)?;
        Some(Arc::new(Document::parse(path, text, &self.options(path))))
    }
}
