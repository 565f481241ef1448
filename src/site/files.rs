//! The pictures and other files that travel with articles.
//!
//! A file is published when a visible page uses it, so that a draft's pictures stay at home with the
//! draft. What lies in `content/_static/` is published as it is, at the top of the site: a `CNAME`,
//! a `.well-known/security.txt`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::before::Before;
use super::topics::Written;
use super::{LanguageId, Site, Topic, TopicId, conflicts};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Body, Document, Target};
use crate::path::{SourcePath, UrlPath};
use crate::records::works;
use crate::theme::{ArgumentKind, Theme};

/// Below it, everything is published as it is.
const VERBATIM: &str = "content/_static/";

/// The files that the documents of a text use, and whether the document is hidden.
pub type Used = Arc<Vec<(SourcePath, bool)>>;

/// How often a file is used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Uses {
    by_shown: u32,
    by_hidden: u32,
}

/// Finds the files to publish, and those that nothing uses.
pub fn add(site: &mut Site, before: Option<&Before<'_>>) {
    let before = before.filter(|before| are_named_alike(&before.site.theme, &site.theme));
    let topics: Vec<TopicId> = site.topics.ids().collect();
    let used: Vec<(TopicId, Used)> = topics
        .into_par_iter()
        .filter_map(|topic| {
            let used = match before.and_then(|it| Some((it.site, it.known(topic)?))) {
                Some((before, known)) => Arc::clone(before.used_by_topic.get(&known)?),
                None => used_by(site, site.topic(topic))?,
            };
            Some((topic, used))
        })
        .collect();
    for (_, used) in &used {
        count(site, used, 1);
    }
    site.used_by_topic = used.into_iter().collect();
    let inputs = Arc::clone(&site.inputs);
    let mut files = BTreeMap::new();
    let mut findings = BTreeMap::new();
    for (path, _) in inputs.below("content") {
        let (url, finding) = verdict(site, path);
        files.extend(url.map(|url| (path.clone(), url)));
        findings.extend(finding.map(|finding| (path.clone(), finding)));
    }
    site.files = files.into_iter().collect();
    site.file_findings = findings.into_iter().collect();
}

/// Tells the files that a text uses that it does, or, with a negative step, that it does no longer.
fn count(site: &mut Site, used: &Used, step: i32) {
    for (path, is_hidden) in used.iter() {
        let uses = site.uses.entry(path.clone()).or_default();
        let number = match is_hidden {
            true => &mut uses.by_hidden,
            false => &mut uses.by_shown,
        };
        *number = number.saturating_add_signed(step);
    }
}

/// Notes what a text uses now. Gives the files for which that may change something.
pub fn use_again(site: &mut Site, topic: TopicId, used: Option<Used>) -> Vec<SourcePath> {
    let old = match &used {
        Some(used) => site.used_by_topic.insert(topic, Arc::clone(used)),
        None => site.used_by_topic.remove(&topic),
    };
    if old == used {
        return Vec::new();
    }
    old.iter().for_each(|old| count(site, old, -1));
    used.iter().for_each(|used| count(site, used, 1));
    let both = old.iter().chain(&used).flat_map(|used| used.iter());
    both.map(|(path, _)| path.clone()).collect()
}

/// Decides again about a file that has come or gone, or that is used otherwise. `None` when all addresses
/// have to be compared, or when it comes or goes and nothing may.
pub fn decide_again(site: &mut Site, path: &SourcePath, moves: bool) -> Option<()> {
    if !path.as_str().starts_with("content/") {
        return Some(());
    }
    let (url, finding) = verdict(site, path);
    match finding {
        Some(finding) => drop(site.file_findings.insert(path.clone(), finding)),
        None => drop(site.file_findings.remove(path)),
    }
    match url {
        url if site.files.get(path) == url.as_ref() => return Some(()),
        Some(url) if conflicts::is_surely_free(site, &url) => {
            site.files.insert(path.clone(), url);
        }
        Some(_) => return None,
        None => drop(site.files.remove(path)),
    }
    moves.then_some(())
}

/// Where a file below `content/` is published, if it is, and what is wrong with it.
fn verdict(site: &Site, path: &SourcePath) -> (Option<UrlPath>, Option<Diagnostic>) {
    if site.inputs.file(path).is_none() {
        return (None, None);
    }
    if let Some(name) = path.as_str().strip_prefix(VERBATIM) {
        let url = UrlPath::new(name);
        let finding = url.is_none().then(|| file_name(path));
        return (url, finding);
    }
    if path.extension() == "bib" && !works::is_bibliography(path) {
        let finding = Diagnostic::new(Code::UnusedFile, format!("nothing reads `{path}`"))
            .at(path, 0..0, "")
            .help("call it `content/references.bib`, or move what it holds there");
        return (None, Some(finding));
    }
    if !is_attachment(path) {
        return (None, None);
    }
    let uses = site.uses.get(path).copied().unwrap_or_default();
    let url = site.file_address(path);
    let is_used = uses.by_hidden > 0 || (uses.by_shown > 0 && url.is_some());
    let finding = match (&url, is_used) {
        (_, true) => None,
        (None, false) => Some(file_name(path)),
        (Some(_), false) => Some(
            Diagnostic::new(Code::UnusedFile, format!("no page uses `{path}`"))
                .at(path, 0..0, "")
                .help("link to it from an article, move it to `content/_static/`, or delete it"),
        ),
    };
    (url.filter(|_| uses.by_shown > 0), finding)
}

/// True for files that are published as they are, whatever they hold.
pub fn is_verbatim(path: &SourcePath) -> bool {
    path.as_str().starts_with(VERBATIM)
}

/// True for files that articles may use, and not for articles, data files and their settings.
fn is_attachment(path: &SourcePath) -> bool {
    let is_data = matches!(path.extension(), "md" | "yaml" | "yml" | "bib" | "csl")
        || works::is_bibliography(path);
    !is_data && !is_verbatim(path)
}

fn file_name(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        Code::FileName,
        format!("`{path}` cannot be part of an address"),
    )
    .help("rename the file: no spaces, and none of `?`, `#`, `%`, quotation marks or brackets")
}

/// Whether the directives of two themes name files with the same arguments.
pub fn are_named_alike(one: &Theme, other: &Theme) -> bool {
    let arguments = |theme: &Theme| -> Vec<(String, String)> {
        let specs = theme
            .directive_names()
            .filter_map(|name| theme.directive(name));
        specs
            .flat_map(|spec| {
                let arguments = spec
                    .arguments
                    .iter()
                    .filter(|argument| names_file(argument.kind));
                arguments.map(|argument| (spec.name.clone(), argument.name.clone()))
            })
            .collect()
    };
    arguments(one) == arguments(other)
}

fn names_file(kind: ArgumentKind) -> bool {
    matches!(kind, ArgumentKind::Image | ArgumentKind::Link)
}

/// What a text uses; `None` when it uses nothing.
pub fn used_by(site: &Site, topic: &Topic) -> Option<Used> {
    let written = topic.documents.iter().flatten();
    let used: Vec<_> = written
        .flat_map(|written| {
            let paths = used_files(site, written).into_iter();
            paths.map(|path| (path, written.hidden.is_some()))
        })
        .collect();
    (!used.is_empty()).then(|| Arc::new(used))
}

/// The files that a document links to or shows, whether they are there or not.
pub fn used_files(site: &Site, written: &Written) -> Vec<SourcePath> {
    let document = &written.document;
    document
        .bodies()
        .flat_map(|body| used_by_body(site, document, body))
        .collect()
}

fn used_by_body(site: &Site, document: &Document, body: &Body) -> Vec<SourcePath> {
    let mut paths = Vec::new();
    let links = body.links.iter().map(|link| &link.target);
    let images = body.images.iter().map(|image| &image.target);
    for target in links.chain(images) {
        if let Target::File { path, .. } = target
            && !path.ends_with(".md")
        {
            paths.extend(document.path.join_relative(path, "content"));
        }
    }
    for directive in &body.directives {
        let Some(spec) = site.theme.directive(&directive.name.value) else {
            continue;
        };
        for argument in &directive.arguments {
            let is_file = spec
                .arguments
                .iter()
                .any(|known| known.name == argument.name.value && names_file(known.kind));
            if let (true, Some(value)) = (is_file, &argument.value)
                && let Target::File { path, .. } = Target::new(&value.value)
                && !path.ends_with(".md")
            {
                paths.extend(document.path.join_relative(&path, "content"));
            }
        }
    }
    paths
}

impl Site {
    /// Where a file that is not an article is published when a page uses it; `None` when there is no
    /// such file, or when its name cannot be part of an address.
    pub fn file_address(&self, path: &SourcePath) -> Option<UrlPath> {
        self.inputs.file(path)?;
        if let Some(name) = path.as_str().strip_prefix(VERBATIM) {
            return UrlPath::new(name);
        }
        if !is_attachment(path) {
            return None;
        }
        UrlPath::new(path.as_str().strip_prefix("content/")?)
    }

    /// Width and height of a picture in pixels, where they are known.
    pub fn dimensions(&self, path: &SourcePath) -> Option<(u32, u32)> {
        self.inputs.file(path)?.dimensions
    }

    /// The picture that a target names.
    pub fn image_file(&self, document: &Document, path: &str) -> Option<SourcePath> {
        let joined = document.path.join_relative(path, "content")?;
        self.file_address(&joined).map(|_| joined)
    }

    /// The front page's language for a document: that of its file's name.
    pub fn language_of(&self, document: &Document) -> LanguageId {
        LanguageId(super::without_language(&document.path, self.config.language_codes()).1)
    }
}
