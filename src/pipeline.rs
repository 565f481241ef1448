//! The whole program on one screen: open a site folder, and build it. Start reading here.
//!
//! 1. [`Inputs::read`] reads the folder.
//! 2. `site.toml`, the theme, the data files and every article are parsed, each on its own.
//! 3. [`Site::assemble`] puts them together.
//! 4. [`checks::run`] looks for what is wrong with the whole.
//! 5. [`Renderer::render`] makes the bytes of each route, and [`output`] publishes them in one step.
//!
//! [`Workspace`] does the first three and remembers what they gave, so that opening the folder again
//! after an edit does little more than what the edit has changed. Nothing tracks what depends on what: a
//! page is rendered when it is asked for.

mod ground;
mod workspace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::audit::Audit;
use crate::checks::{self, reach::Reach, weight::Scales};
pub use crate::config::Options;
use crate::contacts::Contacts;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::error::Error;
use crate::exceptions::{Excepted, Rulings};
use crate::output::{self, Staging};
use crate::path::{SourcePath, UrlPath};
use crate::render::{Content, Renderer, Route};
use crate::site::Site;
use crate::source::Inputs;

pub use workspace::Workspace;

/// A site folder as it was at one moment.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its files.
    pub inputs: Arc<Inputs>,
    /// The site.
    pub site: Arc<Site>,
    /// The site, ready to be rendered.
    pub renderer: Arc<Renderer>,
    /// What is wrong with it, worst first, after all that the site has decided about messages.
    pub diagnostics: Vec<Diagnostic>,
    /// What it excepts, with the reasons.
    pub excepted: Vec<Excepted>,
    /// What it has decided about messages.
    pub rulings: Arc<Rulings>,
    /// The files that are not as they were when the same workspace was opened before; none the first time.
    pub changed: Vec<SourcePath>,
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

impl Loaded {
    /// The same, with what the checks of the whole site find, and after all that the site has decided about
    /// messages. For a site that was only opened. `None` when it is no longer wanted, which
    /// is asked again and again meanwhile.
    pub fn checked(mut self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let mut findings = self.diagnostics;
        findings.extend(checks::run_while(&self.site, is_wanted)?);
        checks::follow_ups::drop(&self.inputs, &mut findings);
        let rulings = Rulings::new(&self.site, &mut findings);
        let settled = rulings.settle(findings, &*self.inputs);
        self.rulings = Arc::new(rulings);
        self.diagnostics = settled.findings;
        self.excepted = settled.excepted;
        Some(self)
    }

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
        pages: loaded.site.page_count(),
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
    /// What the site excepts of it, with the reasons.
    pub excepted: Vec<Excepted>,
}

/// What is looked for on finished pages even while some articles have errors. Anything else may only
/// follow from one of them: a link leads nowhere in the output too.
const IN_SPITE_OF_ARTICLES: &[Code] = &[
    Code::OverBudget,
    Code::BrokenHtml,
    Code::DuplicateId,
    Code::PageHead,
    Code::Landmark,
    Code::NamelessElement,
];

/// The articles that have errors. Their pages are not looked at: what is wrong with them would show
/// again there.
fn broken_documents(loaded: &Loaded) -> BTreeSet<SourcePath> {
    let errors = loaded.diagnostics.iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let labels = errors.flat_map(|finding| &finding.labels);
    labels.map(|label| label.path.clone()).collect()
}

/// Renders every route and writes nothing. While the site has errors, the pages of articles without one
/// are looked at all the same. Pages are weighed and audited here and not by `build`, since that takes
/// as long as making them.
pub fn check(loaded: &Loaded, progress: &(dyn Fn(Progress) + Sync)) -> Result<Checked, Error> {
    let broken = broken_documents(loaded);
    let is_sound = |route: &Route| match route {
        Route::Page(id) => {
            let document = loaded.site.page(*id).document.as_ref();
            document.is_none_or(|document| !broken.contains(&document.path))
        }
        _ => true,
    };
    let scales = Scales::new(&loaded.site);
    let reach = Reach::new(&loaded.site);
    let audit = Audit::new(&loaded.site, &loaded.renderer.routes());
    let mut found = render_all(loaded, progress, |url, route, content| {
        if !is_sound(route) {
            return Ok(Vec::new());
        }
        audit.look(url, route, &content);
        Ok(match (route, content) {
            (Route::Page(id), Content::Bytes(html)) => {
                reach.look(*id, &html);
                scales.weigh(*id, &html)
            }
            _ => Vec::new(),
        })
    })?;
    found.extend(audit.finish());
    if loaded.has_errors() {
        // What is wrong in a data file or a theme may show on any page.
        let mut errors = loaded.diagnostics.iter();
        let articles = errors.all(|finding| {
            let mut labels = finding.labels.iter();
            let is_in_article = labels.any(|label| label.path.extension() == "md");
            finding.severity != Severity::Error || is_in_article
        }) && broken.iter().all(|path| path.extension() == "md");
        let looked_at: &[Code] = if articles {
            IN_SPITE_OF_ARTICLES
        } else {
            &[Code::OverBudget]
        };
        found.retain(|finding| looked_at.contains(&finding.code));
    } else {
        found.extend(reach.findings());
    }
    let is_whole = !loaded.has_errors();
    let was_looked_for = |code: Code| is_whole || !code.is_of_finished_pages();
    let settled =
        loaded
            .rulings
            .settle_last(found, &loaded.excepted, &was_looked_for, &*loaded.inputs);
    Ok(Checked {
        pages: loaded.site.page_count(),
        diagnostics: settled.findings,
        excepted: settled.excepted,
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
