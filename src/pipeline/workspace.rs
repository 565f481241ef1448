//! Opens a site folder again and again, and does each time only what has to be done again.
//!
//! Four steps, each a function of what the steps before it gave. When that is as it was, the result of
//! the last time still holds:
//!
//! 1. the files, read again where something has changed ([`Inputs::again`]);
//! 2. settings, theme and data files ([`Ground`]);
//! 3. the articles, each parsed anew when its own text has changed;
//! 4. the site, taken over with what the edit changes ([`Site::edited`]), or assembled anew.
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
use crate::site::{DEFAULTS, Parts, Site, Swap, is_verbatim, without_language};
use crate::source::{Again, Contents, Inputs};

/// With more articles changed at once than this, all are gone through, which is quicker then.
const FEW: usize = 64;

/// The articles by path. A copy shares what is the same.
type Documents = imbl::OrdMap<SourcePath, Arc<Document>>;

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
    documents: Documents,
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
        diagnostics.extend(opened.site.file_findings().cloned());
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
        let Articles { documents, swaps } = articles(inputs, &config.value, last);
        let picked = picked(&documents, last.map(|(last, _)| last), swaps.as_deref());
        let ground = Ground::read(inputs, config, &picked, before);
        let parts = Parts {
            config: &ground.config.value,
            theme: &ground.theme.value,
            inputs,
            records: &ground.records(),
            options,
        };
        let same_options = kept.filter(|(last, _)| last.options == *options);
        let edited = same_options.and_then(|(last, changed)| {
            let swaps = swaps.as_deref()?;
            is_about_the_same(last, changed).then_some(())?;
            let moves = last.findings.is_empty();
            let site = last.site.edited(&parts, swaps, changed, moves)?;
            Some((Arc::new(site), Arc::clone(&last.findings)))
        });
        let (site, findings) = edited.unwrap_or_else(|| {
            let mut findings = Vec::new();
            let before = same_options.map(|(last, _)| &*last.site);
            let all: Vec<_> = documents.values().cloned().collect();
            let site = Site::assemble(&parts, &all, before, &mut findings);
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

/// Whether nothing that was found in putting the site together points into a file that has changed: its
/// place may be another now.
fn is_about_the_same(last: &Last, changed: &[SourcePath]) -> bool {
    let labels = last.findings.iter().flat_map(|finding| &finding.labels);
    let pointed_at: BTreeSet<&SourcePath> = labels.map(|label| &label.path).collect();
    let is_kept = |path: &SourcePath| !pointed_at.contains(path) && path.file_name() != DEFAULTS;
    changed.iter().all(is_kept)
}

/// The articles as they are now.
struct Articles {
    documents: Documents,
    /// What has come in place of what; `None` when nothing is known of before.
    swaps: Option<Vec<Swap>>,
}

/// Parses the articles; those that are as they were excepted.
fn articles(inputs: &Inputs, config: &Config, last: Option<(&Last, &[SourcePath])>) -> Articles {
    let parsing = Parsing::of(inputs, config);
    let few = last.filter(|(last, changed)| {
        changed.len() <= FEW && Parsing::of(&last.inputs, &last.ground.config.value) == parsing
    });
    let Some((last, changed)) = few else {
        let last = last.map(|(last, _)| &last.documents);
        let documents = all_documents(inputs, &parsing, last);
        // Not by what has changed on the disk: settings may let all articles be parsed anew.
        let swaps = last.map(|last| swaps(last, &documents));
        return Articles { documents, swaps };
    };
    let paths: Vec<_> = changed.iter().filter(|path| is_article(path)).collect();
    let parsed: Vec<_> = paths
        .par_iter()
        .map(|path| (*path, parsing.parse(inputs, path)))
        .collect();
    let mut documents = last.documents.clone();
    let mut swaps = Vec::new();
    for (path, new) in parsed {
        let old = match &new {
            Some(new) => documents.insert(path.clone(), Arc::clone(new)),
            None => documents.remove(path),
        };
        swaps.extend(Swap::new(old, new));
    }
    Articles {
        documents,
        swaps: Some(swaps),
    }
}

/// The differences of two lists of articles.
fn swaps(old: &Documents, new: &Documents) -> Vec<Swap> {
    let gone = old
        .iter()
        .filter(|(path, _)| !new.contains_key(*path))
        .filter_map(|(_, old)| Swap::new(Some(Arc::clone(old)), None));
    let come = new.iter().filter_map(|(path, new)| match old.get(path) {
        Some(old) if Arc::ptr_eq(old, new) => None,
        old => Swap::new(old.cloned(), Some(Arc::clone(new))),
    });
    gone.chain(come).collect()
}

/// The files of pickers that articles name.
fn picked(
    documents: &Documents,
    last: Option<&Last>,
    swaps: Option<&[Swap]>,
) -> Arc<BTreeSet<SourcePath>> {
    let picks = |swap: &Swap| swap.documents().any(|it| it.picker_file().is_some());
    match (last, swaps) {
        (Some(last), Some(swaps)) if !swaps.iter().any(picks) => Arc::clone(&last.ground.picked),
        (Some(_) | None, Some(_) | None) => {
            let files = documents.values().filter_map(|it| it.picker_file());
            Arc::new(files.collect())
        }
    }
}

fn all_documents(inputs: &Inputs, parsing: &Parsing<'_>, last: Option<&Documents>) -> Documents {
    let articles: Vec<_> = inputs
        .below("content")
        .filter(|(path, _)| is_article(path))
        .collect();
    let parsed: Vec<_> = articles
        .par_iter()
        .filter_map(|(path, file)| {
            let same = last.and_then(|last| {
                let known = last.get(*path)?;
                let Contents::Text(text) = &file.contents else {
                    return None;
                };
                let is_same = known.source == *text && known.options == parsing.options(path);
                is_same.then(|| Arc::clone(known))
            });
            let document = same.or_else(|| parsing.parse(inputs, path))?;
            Some(((*path).clone(), document))
        })
        .collect();
    parsed.into_iter().collect()
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
