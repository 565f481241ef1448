//! The same text in all its languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Site;
use super::files::is_verbatim;
use super::visibility::{self, Hidden};
use crate::config::Options;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, FrontMatter, slug};
use crate::path::SourcePath;
use crate::source::Inputs;

/// A text with its documents in all languages, in the order of `site.toml`.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The file without the language in its name: `content/caring/low-mood.md`.
    pub path: SourcePath,
    /// Its address in the first language, without slashes at its ends: `caring/low-mood`; empty for
    /// the front page.
    pub address: Arc<str>,
    /// What is at that place.
    pub role: Role,
    /// What was written, by language.
    pub documents: Vec<Option<Written>>,
    /// False when something is wrong with the names of its files, which has to be told each time.
    is_well_named: bool,
}

/// A document with its keys as they count.
#[derive(Debug, Clone)]
pub struct Written {
    /// The document.
    pub document: Arc<Document>,
    /// Its keys, with those of its folder's `_defaults.yaml`.
    pub keys: Arc<FrontMatter>,
    /// Why it is not published, if it is not.
    pub hidden: Option<Hidden>,
}

/// What a file's place makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A page: `NAME.md`, or `NAME/index.md`.
    Page,
    /// The page of a folder: `_index.md`.
    Index,
    /// The introduction of a tag: `tags/NAME.md`.
    Tag,
    /// The introduction of the list of tags: `tags/_index.md`.
    Tags,
}

/// What the `_defaults.yaml` of each folder says, with those of the folders above it.
pub type Defaults = BTreeMap<String, Arc<FrontMatter>>;

/// The file of a folder that holds keys for all its pages.
pub const DEFAULTS: &str = "_defaults.yaml";

/// The folder of tag introductions, below `content`.
const TAGS: &str = "tags";

/// What texts are made of, beside their documents.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The files.
    pub inputs: &'a Inputs,
    /// The languages.
    pub codes: &'a [String],
    /// What the person at the keyboard chose.
    pub options: &'a Options,
    /// A site that was made before with the same options.
    pub before: Option<&'a Site>,
}

/// Groups the documents, and finds out who may be seen. A text whose documents are those of the site before
/// is taken over from it.
pub fn gather(
    documents: &[Arc<Document>],
    ground: Ground<'_>,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Topic>>, Defaults) {
    let Ground { inputs, codes, .. } = ground;
    let defaults = defaults(inputs, findings);
    let before = ground
        .before
        .filter(|site| site.config.language_codes() == codes && *site.defaults == defaults);
    let mut placed: Vec<Placed> = documents
        .par_iter()
        .map(|document| {
            let (path, language) = without_language(&document.path, codes);
            let known = before.and_then(|site| known_topic(site, &path, language, document));
            let what = match known {
                Some(topic) => What::Known(Arc::clone(topic)),
                None => What::New(Box::new(New::read(&path, document, ground, &defaults))),
            };
            Placed {
                path,
                language,
                what,
            }
        })
        .collect();
    // Nearly in this order already. Of one text, the documents stay in that of their files.
    placed.sort_by(|one, other| one.path.cmp(&other.path));
    let texts = placed.chunk_by(|one, next| one.path == next.path);
    let mut topics: Vec<Arc<Topic>> = texts
        .filter_map(|documents| topic(documents, codes.len(), findings))
        .collect();
    hide_with_sections(&mut topics);
    (topics, defaults)
}

/// The text of the site before that a document belonged to already, as it is.
fn known_topic<'a>(
    before: &'a Site,
    path: &SourcePath,
    language: usize,
    document: &Arc<Document>,
) -> Option<&'a Arc<Topic>> {
    let topic = before.topics.get(*before.topic_by_path.get(path)?);
    let known = topic.documents[language].as_ref()?;
    // What its section hid may be shown now.
    let is_same =
        Arc::ptr_eq(&known.document, document) && known.hidden != Some(Hidden::WithSection);
    (is_same && topic.is_well_named).then_some(topic)
}

/// Puts the documents of one text together.
fn topic(
    documents: &[Placed],
    languages: usize,
    findings: &mut Vec<Diagnostic>,
) -> Option<Arc<Topic>> {
    if let [
        Placed {
            what: What::Known(topic),
            ..
        },
        others @ ..,
    ] = documents
        && topic.documents.iter().flatten().count() == documents.len()
        && others.iter().all(|it| matches!(&it.what, What::Known(_)))
    {
        return Some(Arc::clone(topic));
    }
    let mut written = vec![None; languages];
    let mut made: Option<Topic> = None;
    let mut is_alone = true;
    for Placed {
        path,
        language,
        what,
    } in documents
    {
        let (address, role, is_well_named) = match what {
            What::Known(topic) => {
                is_alone &= written[*language].is_none();
                written[*language].clone_from(&topic.documents[*language]);
                (&topic.address, topic.role, true)
            }
            What::New(new) => {
                // Of two files for one language the last counts; that has to be found out each time.
                is_alone &= written[*language].is_none();
                findings.extend(new.unknown_language.iter().cloned());
                if made.is_none() {
                    findings.extend(new.names.iter().cloned());
                }
                written[*language] = Some(new.written.clone());
                let is_well_named = new.names.is_empty() && new.unknown_language.is_none();
                (&new.address, new.role, is_well_named)
            }
        };
        let made = made.get_or_insert_with(|| Topic {
            path: path.clone(),
            address: Arc::clone(address),
            role,
            documents: Vec::new(),
            is_well_named,
        });
        made.is_well_named &= is_well_named;
    }
    let made = made?;
    Some(Arc::new(Topic {
        documents: written,
        is_well_named: made.is_well_named && is_alone,
        ..made
    }))
}

/// A document, and the text that it belongs to.
struct Placed {
    /// The file without the language in its name.
    path: SourcePath,
    language: usize,
    what: What,
}

enum What {
    /// It is as it was in this text of the site before.
    Known(Arc<Topic>),
    New(Box<New>),
}

/// All that a document and its place alone tell.
struct New {
    address: Arc<str>,
    role: Role,
    written: Written,
    unknown_language: Option<Diagnostic>,
    /// What is wrong with the names of the file and its folders; told once for all languages.
    names: Vec<Diagnostic>,
}

impl New {
    fn read(
        path: &SourcePath,
        document: &Arc<Document>,
        ground: Ground<'_>,
        defaults: &Defaults,
    ) -> Self {
        let codes = ground.codes;
        let unknown = unknown_language(path, codes);
        let unknown_language = unknown.map(|code| unknown_language_finding(document, code, codes));
        let mut names = Vec::new();
        let (address, role) = place(path, document, &mut names);
        let keys = with_defaults(&document.front_matter, path, defaults);
        let hidden = visibility::hidden(&keys, ground.options);
        Self {
            address: address.into(),
            role,
            written: Written {
                document: Arc::clone(document),
                keys,
                hidden,
            },
            unknown_language,
            names,
        }
    }
}

/// A file's path without the language in its name, and the place of that language: `a.es.md` gives
/// `a.md` and the place of `es`.
pub fn without_language(path: &SourcePath, codes: &[String]) -> (SourcePath, usize) {
    let name = path.file_name();
    let stem = name.strip_suffix(".md").unwrap_or(name);
    if let Some((stem, code)) = stem.rsplit_once('.')
        && let Some(language) = codes.iter().position(|known| known == code)
    {
        let folder = path.folder();
        if let Some(path) = SourcePath::new(&format!("{folder}/{stem}.md")) {
            return (path, language);
        }
    }
    (path.clone(), 0)
}

/// The part of a name that looks like a language which the site does not have.
fn unknown_language<'a>(path: &'a SourcePath, codes: &[String]) -> Option<&'a str> {
    let stem = path.file_name().strip_suffix(".md")?;
    let (_, code) = stem.rsplit_once('.')?;
    let looks_like_one = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    (looks_like_one && !codes.iter().any(|known| known == code)).then_some(code)
}

fn unknown_language_finding(document: &Document, code: &str, codes: &[String]) -> Diagnostic {
    Diagnostic::new(Code::UnknownLanguage, format!("the site has no language `{code}`"))
        .at(&document.path, 0..0, "named by the file's name")
        .help(format!(
            "add `[languages.{code}]` to `site.toml`, or rename the file; the site's languages are `{}`",
            codes.join("`, `")
        ))
}

/// The address and the role of a file, by its path.
fn place(path: &SourcePath, document: &Document, findings: &mut Vec<Diagnostic>) -> (String, Role) {
    let inner = path
        .as_str()
        .strip_prefix("content/")
        .unwrap_or(path.as_str());
    let mut parts: Vec<&str> = inner.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let role = match (parts.as_slice(), stem) {
        ([TAGS], "_index") => Role::Tags,
        ([TAGS], _) => Role::Tag,
        (_, "_index") => Role::Index,
        (_, "index") => Role::Page,
        (_, _) => {
            parts.push(stem);
            Role::Page
        }
    };
    if role == Role::Tag {
        parts.push(stem);
    }
    let mut address = String::new();
    for part in parts {
        let plain = slug(part);
        if plain.is_empty() {
            findings.push(
                Diagnostic::new(
                    Code::FileName,
                    format!("no address can be made of the name `{part}`"),
                )
                .at(&document.path, 0..0, "")
                .help("give the file or folder a name with letters or digits"),
            );
        }
        if !address.is_empty() {
            address.push('/');
        }
        address.push_str(if plain.is_empty() { "unnamed" } else { &plain });
    }
    (address, role)
}

/// The `_defaults.yaml` of every folder, each with those of the folders above it.
fn defaults(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Defaults {
    let mut defaults = Defaults::new();
    // Folders come before the folders below them, since files are sorted by path; but a folder's own
    // file may come after those of its subfolders. So the folders are sorted by depth first.
    let mut files: Vec<_> = inputs
        .below("content")
        .map(|(path, _)| path)
        .filter(|path| path.file_name() == DEFAULTS && !is_verbatim(path))
        .collect();
    files.sort_by_key(|path| path.as_str().matches('/').count());
    for path in files {
        let Some(text) = inputs.text_of(path) else {
            continue;
        };
        let own = FrontMatter::read_defaults(path, text, findings);
        let merged = match nearest(path.folder(), &defaults) {
            Some(above) => own.or(above),
            None => own,
        };
        defaults.insert(path.folder().to_owned(), Arc::new(merged));
    }
    defaults
}

fn nearest<'a>(folder: &str, defaults: &'a Defaults) -> Option<&'a Arc<FrontMatter>> {
    let mut folder = folder;
    loop {
        if let Some(found) = defaults.get(folder) {
            return Some(found);
        }
        folder = folder.rsplit_once('/')?.0;
    }
}

/// The keys of a page as they count.
pub fn with_defaults(
    own: &Arc<FrontMatter>,
    path: &SourcePath,
    defaults: &BTreeMap<String, Arc<FrontMatter>>,
) -> Arc<FrontMatter> {
    match nearest(path.folder(), defaults) {
        Some(defaults) => Arc::new(own.or(defaults)),
        None => Arc::clone(own),
    }
}

/// A section that is not published takes everything below it along.
fn hide_with_sections(topics: &mut [Arc<Topic>]) {
    let is_hidden = |topic: &&Arc<Topic>| {
        let first = topic.documents.iter().flatten().next();
        topic.role == Role::Index && first.is_some_and(|first| first.hidden.is_some())
    };
    let hidden: BTreeSet<String> = topics
        .iter()
        .filter(is_hidden)
        .map(|topic| topic.path.folder().to_owned())
        .collect();
    if hidden.is_empty() {
        return;
    }
    for topic in topics {
        let mut above = Some(topic.path.folder());
        let is_below = std::iter::from_fn(|| {
            let folder = above?;
            above = folder.rsplit_once('/').map(|(folder, _)| folder);
            Some(folder)
        })
        .any(|folder| hidden.contains(folder));
        if is_below {
            for written in Arc::make_mut(topic).documents.iter_mut().flatten() {
                written.hidden.get_or_insert(Hidden::WithSection);
            }
        }
    }
}

impl Topic {
    /// The text with another document in a language, or without one. `None` for what needs a second look:
    /// names of which something has to be told, or two files for one language.
    pub(super) fn with_document(
        known: Option<&Self>,
        path: &SourcePath,
        language: usize,
        document: Option<&Arc<Document>>,
        ground: Ground<'_>,
        defaults: &Defaults,
    ) -> Option<Self> {
        if known.is_some_and(|known| !known.is_well_named) {
            return None;
        }
        let new = document.map(|document| New::read(path, document, ground, defaults));
        let mut topic = match (known, &new) {
            (Some(known), _) => known.clone(),
            (None, Some(new)) => Self {
                path: path.clone(),
                address: Arc::clone(&new.address),
                role: new.role,
                documents: vec![None; ground.codes.len()],
                is_well_named: true,
            },
            (None, None) => return None,
        };
        if let Some(new) = &new
            && !(new.names.is_empty() && new.unknown_language.is_none())
        {
            return None;
        }
        topic.documents[language] = new.map(|new| new.written);
        Some(topic)
    }

    /// What stands in a language, and in which language its text is: its own when somebody wrote and
    /// published it, else the first one when the language falls back to it.
    pub fn shown_in(&self, language: usize, falls_back: bool) -> Option<(&Written, usize)> {
        let visible = |language: usize| {
            self.documents[language]
                .as_ref()
                .filter(|written| written.hidden.is_none())
        };
        visible(language)
            .map(|written| (written, language))
            .or_else(|| {
                visible(0)
                    .filter(|_| falls_back)
                    .map(|written| (written, 0))
            })
    }

    /// Why it is not published in any language, if it is not.
    pub fn hidden(&self) -> Option<Hidden> {
        let mut written = self.documents.iter().flatten();
        if written.clone().any(|written| written.hidden.is_none()) {
            return None;
        }
        written.next().and_then(|written| written.hidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_stands_before_the_ending() {
        let codes = ["en".to_owned(), "es".to_owned()];
        let case = |path: &str| {
            let path = SourcePath::new(path).expect("sound");
            let (path, language) = without_language(&path, &codes);
            (path.to_string(), language)
        };
        assert_eq!(case("content/a.es.md"), ("content/a.md".into(), 1));
        assert_eq!(case("content/a.en.md"), ("content/a.md".into(), 0));
        assert_eq!(case("content/a.md"), ("content/a.md".into(), 0));
        assert_eq!(case("content/v1.2.md"), ("content/v1.2.md".into(), 0));
    }
}
