//! The whole program on one screen: open a site folder, and build it. Start reading here.
//!
//! 1. [`Inputs::read`] reads the folder.
//! 2. `site.toml`, the theme, the data files and every article are parsed, each on its own.
//! 3. [`Site::assemble`] puts them together.
//! 4. [`checks::run`] looks for what is wrong with the whole.
//! 5. [`Renderer::render`] makes the bytes of each route, and [`output`] publishes them in one step.
//!
//! [`Workspace`] remembers parsed documents by their text, so that opening the folder again after an
//! edit parses one file and not all. Nothing else is remembered, and nothing tracks what depends on
//! what: a page is rendered when it is asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::checks::{self, weight::Scales};
use crate::citations::{Citer, Style};
use crate::config::Config;
pub use crate::config::Options;
use crate::contacts::Contacts;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::document::{Document, ParseOptions};
use crate::error::Error;
use crate::output::{self, Staging};
use crate::path::{SourcePath, UrlPath};
use crate::records::{
    Bibliography, Records, coverage, people, pickers, reviews, services, translations, wording,
    works,
};
use crate::render::{Content, Renderer, Route};
use crate::site::{Site, is_verbatim, without_language};
use crate::source::{Contents, Inputs};
use crate::theme::Theme;

/// A site folder that may be opened again and again.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    options: Options,
    documents: FxHashMap<SourcePath, Arc<Document>>,
    citers: Vec<Arc<Citer>>,
}

/// A site folder as it was at one moment.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its files.
    pub inputs: Arc<Inputs>,
    /// The site.
    pub site: Arc<Site>,
    /// The site, ready to be rendered.
    pub renderer: Arc<Renderer>,
    /// What is wrong with it, worst first.
    pub diagnostics: Vec<Diagnostic>,
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many routes of all are rendered and written.
    Rendering {
        /// How many are done.
        done: usize,
        /// How many there are.
        all: usize,
    },
}

/// How a build ended.
#[derive(Debug)]
pub enum BuildOutcome {
    /// The new output stands.
    Published {
        /// How many pages there are.
        pages: usize,
        /// What was written.
        published: output::Published,
    },
    /// Templates failed; the old output stands as it was.
    Refused {
        /// Why.
        diagnostics: Vec<Diagnostic>,
    },
}

impl Workspace {
    /// For a site folder. Reads nothing yet.
    pub fn new(root: &Path, options: Options) -> Self {
        Self {
            root: root.to_owned(),
            options,
            documents: FxHashMap::default(),
            citers: Vec::new(),
        }
    }

    /// What the person at the keyboard chose; the next [`Workspace::load`] goes by it.
    pub fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// Opens the folder as it is now.
    pub fn load(&mut self) -> Result<Loaded, Error> {
        let inputs = Arc::new(Inputs::read(&self.root)?);
        let mut findings = inputs.findings().to_vec();
        let config = Arc::new(Config::read(&inputs, &self.options, &mut findings));
        let codes = config.language_codes();
        let (theme, theme_findings) =
            Theme::load(&inputs, &config.theme, codes, &config.first_language().code);
        findings.extend(theme_findings);
        let works = Arc::new(works::read(&inputs, &mut findings));
        let documents = self.documents(&inputs, &config);
        let picked = documents
            .iter()
            .filter_map(|document| document.picker_file());
        let records = Records {
            people: people::read(&inputs, &mut findings),
            reviews: reviews::read(&inputs, &mut findings),
            translations: translations::read(&inputs, &mut findings),
            regions: services::read(&inputs, &mut findings),
            pickers: pickers::read(&inputs, picked),
            coverage: coverage::read(&inputs, &mut findings),
            wording: wording::read(&inputs, &mut findings),
            citers: self.citers(&inputs, &config, &works, &mut findings),
            works,
        };
        let site = Arc::new(Site::assemble(
            config,
            Arc::new(theme),
            Arc::clone(&inputs),
            &documents,
            records,
            &self.options,
            &mut findings,
        ));
        findings.extend(checks::run(&site));
        diagnostic::sort(&mut findings);
        let renderer = Arc::new(Renderer::new(Arc::clone(&site)));
        Ok(Loaded {
            inputs,
            site,
            renderer,
            diagnostics: findings,
        })
    }

    /// What prints citations in each language. While works and style stay as they are, so does what
    /// was printed already.
    fn citers(
        &mut self,
        inputs: &Inputs,
        config: &Config,
        works: &Arc<Bibliography>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<Citer>> {
        let style = Arc::new(Style::load(&config.citations.style, inputs, findings));
        let known = &self.citers;
        let citers: Vec<_> = config
            .language_codes()
            .iter()
            .map(|language| {
                let same = known
                    .iter()
                    .find(|citer| citer.is_for(works, &style, language));
                same.cloned().unwrap_or_else(|| {
                    Arc::new(Citer::new(Arc::clone(works), Arc::clone(&style), language))
                })
            })
            .collect();
        self.citers.clone_from(&citers);
        citers
    }

    /// Parses the articles, those that are as they were excepted.
    fn documents(&mut self, inputs: &Inputs, config: &Config) -> Vec<Arc<Document>> {
        let codes = config.language_codes();
        let articles: Vec<_> = inputs
            .below("content")
            .filter(|(path, _)| path.extension() == "md" && !is_verbatim(path))
            .collect();
        let known = &self.documents;
        let documents: Vec<Arc<Document>> = articles
            .par_iter()
            .filter_map(|(path, file)| {
                let Contents::Text(text) = &file.contents else {
                    return None;
                };
                let options = ParseOptions {
                    language: codes[without_language(path, codes).1].clone(),
                    smart_punctuation: config.features.smart_punctuation,
                    raw_html: config.features.raw_html,
                    prose: keeps_prose(inputs, config),
                };
                let same = known
                    .get(*path)
                    .filter(|document| document.source == *text && document.options == options);
                Some(
                    same.cloned()
                        .unwrap_or_else(|| Arc::new(Document::parse(path, text, &options))),
                )
            })
            .collect();
        self.documents = documents
            .iter()
            .map(|document| (document.path.clone(), Arc::clone(document)))
            .collect();
        documents
    }
}

/// Whether the words of articles are kept: where the site measures them, or looks for words in them.
fn keeps_prose(inputs: &Inputs, config: &Config) -> bool {
    config.voice.is_some() || wording::is_there(inputs)
}

impl Loaded {
    /// True when the site may not be published as it is.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// The output folder that `site.toml` names.
    pub fn output_folder(&self) -> PathBuf {
        self.inputs.root().join(&self.site.config.output.folder)
    }
}

/// Renders every route and publishes the whole in one step. Call it for a site without errors.
pub fn build(
    loaded: &Loaded,
    out: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<BuildOutcome, Error> {
    let staging = Staging::begin(out, loaded.inputs.root())?;
    let findings = render_all(loaded, progress, |url, _, content| {
        match content {
            Content::Bytes(bytes) => staging.write(&url.output(), &bytes)?,
            Content::File(file) => staging.copy(&url.output(), &file)?,
        }
        Ok(Vec::new())
    })?;
    if !findings.is_empty() {
        return Ok(BuildOutcome::Refused {
            diagnostics: findings,
        });
    }
    let published = staging.publish()?;
    Ok(BuildOutcome::Published {
        pages: loaded.site.pages.len(),
        published,
    })
}

/// What a check finds beside [`Loaded::diagnostics`].
#[derive(Debug)]
pub struct Checked {
    /// How many pages there are.
    pub pages: usize,
    /// The templates that fail, and the pages that weigh more than they may.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders every route and writes nothing. Templates are not tried while the site has errors, which
/// would only show again as theirs. Pages are weighed here and not by `build`, since that takes as long
/// as making them.
pub fn check(loaded: &Loaded, progress: &(dyn Fn(Progress) + Sync)) -> Result<Checked, Error> {
    let diagnostics = if loaded.has_errors() {
        Vec::new()
    } else {
        let scales = Scales::new(&loaded.site);
        render_all(loaded, progress, |_, route, content| {
            Ok(match (route, content) {
                (Route::Page(id), Content::Bytes(html)) => scales.weigh(*id, &html),
                _ => Vec::new(),
            })
        })?
    };
    Ok(Checked {
        pages: loaded.site.pages.len(),
        diagnostics,
    })
}

fn render_all(
    loaded: &Loaded,
    progress: &(dyn Fn(Progress) + Sync),
    take: impl Fn(&UrlPath, &Route, Content) -> Result<Vec<Diagnostic>, Error> + Sync,
) -> Result<Vec<Diagnostic>, Error> {
    let renderer = &loaded.renderer;
    let routes = renderer.routes();
    let all = routes.len();
    let done = AtomicUsize::new(0);
    let render = |(url, route): &(UrlPath, Route)| {
        let rendered = match renderer.render(route) {
            Ok(artifact) => (take(url, route, artifact.content)?, artifact.contacts),
            Err(findings) => (findings, None),
        };
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(Progress::Rendering { done, all });
        Ok(rendered)
    };
    let (last, first): (Vec<_>, Vec<_>) = routes
        .into_iter()
        .partition(|(_, route)| renderer.is_last(route));
    let mut results: Vec<(Vec<Diagnostic>, Option<Contacts>)> =
        first.par_iter().map(render).collect::<Result<_, Error>>()?;
    renderer.gather(results.iter().filter_map(|(_, contacts)| contacts.as_ref()));
    for entry in &last {
        results.push(render(entry)?);
    }
    let mut findings: Vec<_> = results
        .into_iter()
        .flat_map(|(findings, _)| findings)
        .collect();
    diagnostic::sort(&mut findings);
    Ok(findings)
}
