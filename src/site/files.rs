//! The pictures and other files that travel with articles.
//!
//! A file is published when a visible page uses it, so that a draft's pictures stay at home with the
//! draft. What lies in `content/_static/` is published as it is, at the top of the site: a `CNAME`,
//! a `.well-known/security.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::before::Before;
use super::topics::Written;
use super::{LanguageId, Site, Topic, TopicId};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Body, Document, Target};
use crate::path::{SourcePath, UrlPath};
use crate::records::works;
use crate::theme::{ArgumentKind, Theme};

/// Below it, everything is published as it is.
const VERBATIM: &str = "content/_static/";

/// The files that the documents of a text use, and whether the document is hidden.
pub type Used = Arc<Vec<(SourcePath, bool)>>;

/// Finds the files to publish, and reports those that nothing uses.
pub fn add(site: &mut Site, before: Option<&Before<'_>>, findings: &mut Vec<Diagnostic>) {
    let mut files = BTreeMap::new();
    let mut used_by_hidden = BTreeSet::new();
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
    for (path, is_hidden) in used
        .iter()
        .map(|(_, used)| used)
        .flat_map(|used| used.iter())
    {
        if *is_hidden {
            used_by_hidden.insert(path.clone());
        } else if let Some(url) = site.file_address(path) {
            files.insert(path.clone(), url);
        }
    }
    site.used_by_topic = used.into_iter().collect();
    let inputs = Arc::clone(&site.inputs);
    for (path, _) in inputs.below("content") {
        if let Some(name) = path.as_str().strip_prefix(VERBATIM) {
            match UrlPath::new(name) {
                Some(url) => {
                    files.insert(path.clone(), url);
                }
                None => findings.push(file_name(path)),
            }
        } else if path.extension() == "bib" && !works::is_bibliography(path) {
            findings.push(
                Diagnostic::new(Code::UnusedFile, format!("nothing reads `{path}`"))
                    .at(path, 0..0, "")
                    .help("call it `content/references.bib`, or move what it holds there"),
            );
        } else if is_attachment(path) && !files.contains_key(path) && !used_by_hidden.contains(path)
        {
            let finding = match site.file_address(path) {
                None => file_name(path),
                Some(_) => Diagnostic::new(Code::UnusedFile, format!("no page uses `{path}`"))
                    .at(path, 0..0, "")
                    .help(
                        "link to it from an article, move it to `content/_static/`, or delete it",
                    ),
            };
            findings.push(finding);
        }
    }
    site.files = Arc::new(files);
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
