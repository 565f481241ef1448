//! Where a link leads.
//!
//! [`Site::resolve`] answers for one link; `render` writes the answer and `checks::links` reports
//! why there is none, so that the two can never disagree. It knows files, pages and headings, and
//! nothing of HTML.

use super::topics::without_language;
use super::{LanguageId, Page, PageId, PageKind, Site, TopicId};
use crate::diagnostic::nearest;
use crate::document::{Document, Target};
use crate::path::{SourcePath, UrlPath, follow};
use crate::site::Hidden;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<'a> {
    /// Out of the site, or to a telephone or mail program.
    Outside(&'a str),
    /// A page, and a heading on it when that is not empty.
    Page(PageId, &'a str),
    /// A picture or another file.
    File(UrlPath),
    /// A heading of the same page.
    Here(&'a str),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no such page or file. With the nearest that there is.
    Missing {
        /// What is there, as a link from the same file would write it.
        nearest: Option<String>,
    },
    /// The page is there but not published.
    Hidden(Hidden),
    /// The page is there, the heading is not. With the nearest that there is.
    NoHeading {
        /// The page, for the message; empty for the page itself.
        page: String,
        /// The heading as it is written.
        heading: String,
        /// The nearest heading.
        nearest: Option<String>,
    },
    /// The path leads out of the content folder.
    Outside,
    /// The scheme is not let through.
    Scheme(String),
    /// More than one page has that name.
    Ambiguous(Vec<String>),
}

/// A destination, and whether it was named in a way that works but breaks easily.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// Where the link leads.
    pub destination: Destination<'a>,
    /// The page's file, when the link names the page by its address.
    pub better: Option<String>,
}

impl<'a> From<Destination<'a>> for Resolved<'a> {
    fn from(destination: Destination<'a>) -> Self {
        Self {
            destination,
            better: None,
        }
    }
}

impl Site {
    /// Where a link of a document leads, for a reader of one language.
    pub fn resolve<'a>(
        &self,
        document: &Document,
        language: LanguageId,
        target: &'a Target,
    ) -> Result<Resolved<'a>, Problem> {
        match target {
            Target::External(url) | Target::Contact(url) => Ok(Destination::Outside(url).into()),
            Target::Refused { scheme } => Err(Problem::Scheme(scheme.clone())),
            Target::Here(id) => {
                let kind = self
                    .page_of_document(document, language)
                    .map(|page| page.kind);
                self.check_anchor(document, kind, id, "")?;
                Ok(Destination::Here(id).into())
            }
            Target::File { path, fragment } => {
                self.resolve_file(document, language, path, fragment)
            }
            Target::Wiki { name, fragment } => {
                let topic = self.named(document, name)?;
                self.resolve_topic(topic, language, fragment)
                    .map(Resolved::from)
            }
        }
    }

    /// The page made of a file below `content/`, named from there: `about/privacy.md`.
    pub fn page_of_file(&self, file: &str, language: LanguageId) -> Result<PageId, Problem> {
        let path = SourcePath::new(&format!("content/{file}"));
        let topic = path.and_then(|path| self.topic_of(&path));
        let Some(topic) = topic else {
            let files: Vec<_> = self.topics.iter().map(|topic| inner(&topic.path)).collect();
            let nearest = nearest(file, files.iter().copied()).map(str::to_owned);
            return Err(Problem::Missing { nearest });
        };
        match self.resolve_topic(topic, language, "")? {
            Destination::Page(id, _) => Ok(id),
            Destination::Outside(_) | Destination::File(_) | Destination::Here(_) => {
                Err(Problem::Missing { nearest: None })
            }
        }
    }

    /// The page that `related` names with a path from the document.
    pub fn related_page(
        &self,
        document: &Document,
        language: LanguageId,
        path: &str,
    ) -> Result<PageId, Problem> {
        let target = Target::new(path);
        match self.resolve(document, language, &target)?.destination {
            Destination::Page(id, _) => Ok(id),
            Destination::Outside(_) | Destination::File(_) | Destination::Here(_) => {
                Err(Problem::Missing {
                    nearest: self.nearest_file(&document.path, path),
                })
            }
        }
    }

    /// The page that a data file names with a path from itself, and the heading on it when that is not
    /// empty.
    pub fn page_seen_from<'a>(
        &self,
        file: &SourcePath,
        language: LanguageId,
        (path, heading): (&str, &'a str),
    ) -> Result<(PageId, &'a str), Problem> {
        let joined = file.join_relative(path, "content");
        let joined = joined.filter(|joined| joined.as_str().starts_with("content/"));
        let topic = self.topic_of(&joined.ok_or(Problem::Outside)?);
        let missing = || Problem::Missing {
            nearest: self.nearest_file(file, path),
        };
        match self.resolve_topic(topic.ok_or_else(missing)?, language, heading)? {
            Destination::Page(id, heading) => Ok((id, heading)),
            Destination::Outside(_) | Destination::File(_) | Destination::Here(_) => Err(missing()),
        }
    }

    fn resolve_file<'a>(
        &self,
        document: &Document,
        language: LanguageId,
        path: &str,
        fragment: &'a str,
    ) -> Result<Resolved<'a>, Problem> {
        let Some(joined) = document.path.join_relative(path, "content") else {
            return Err(Problem::Outside);
        };
        if !joined.as_str().starts_with("content/") {
            // `/about/` and `../` from the top folder: an address at most.
            return self.resolve_address(document, language, path, fragment);
        }
        if let Some(topic) = self.topic_of(&joined) {
            return self
                .resolve_topic(topic, language, fragment)
                .map(Resolved::from);
        }
        if let Some(url) = self.file_address(&joined) {
            return Ok(Destination::File(url).into());
        }
        self.resolve_address(document, language, path, fragment)
    }

    /// A page named by its address, `/caring/` or `../caring/`, which works but breaks easily.
    fn resolve_address<'a>(
        &self,
        document: &Document,
        language: LanguageId,
        path: &str,
        fragment: &'a str,
    ) -> Result<Resolved<'a>, Problem> {
        let missing = || Problem::Missing {
            nearest: self.nearest_file(&document.path, path),
        };
        let topic = self.page_of_document(document, language).and_then(|page| {
            let address = if path.starts_with('/') {
                path.to_owned()
            } else {
                join_address(page.url.as_str(), path)?
            };
            let url = UrlPath::new(&format!("{}/", address.trim_end_matches('/')))
                .or_else(|| UrlPath::new(&address))?;
            self.page_at(&url).and_then(|id| self.page(id).topic)
        });
        let topic = topic.ok_or_else(missing)?;
        let destination = self.resolve_topic(topic, language, fragment)?;
        let better = relative_path(&document.path, &self.topic(topic).path);
        Ok(Resolved {
            destination,
            better: Some(better),
        })
    }

    fn resolve_topic<'a>(
        &self,
        topic: TopicId,
        language: LanguageId,
        fragment: &'a str,
    ) -> Result<Destination<'a>, Problem> {
        if let Some(hidden) = self.topic(topic).hidden() {
            return Err(Problem::Hidden(hidden));
        }
        let page = self.edition_of(topic, language).or_else(|| {
            let mut languages = self.languages();
            let id = languages.find_map(|language| self.edition_of(topic, language))?;
            // A front page is there in every language. A heading is only where somebody wrote it.
            let there = self.counterpart(id, language);
            there.filter(|_| fragment.is_empty()).or(Some(id))
        });
        let Some(id) = page else {
            // A tag's introduction that no page carries has no page of its own.
            return Err(Problem::Missing { nearest: None });
        };
        if !fragment.is_empty()
            && let Some(document) = &self.page(id).document
        {
            let kind = Some(self.page(id).kind);
            self.check_anchor(document, kind, fragment, inner(&self.topic(topic).path))?;
        }
        Ok(Destination::Page(id, fragment))
    }

    /// The text that lies in a file of this name, in the first language.
    pub fn topic_at(&self, path: &SourcePath) -> Option<TopicId> {
        self.topic_by_path.get(path).copied()
    }

    /// The text that a file is an edition of.
    pub(super) fn topic_of(&self, path: &SourcePath) -> Option<TopicId> {
        if let Some(topic) = self.topic_by_path.get(path) {
            return Some(*topic);
        }
        let (plain, _) = without_language(path, self.config.language_codes());
        self.topic_by_path.get(&plain).copied()
    }

    /// The page that a file is the text of; not one that repeats it in another language.
    pub fn page_made_of(&self, path: &SourcePath) -> Option<PageId> {
        let mut pages = self.pages_of(self.topic_of(path)?).iter().flatten();
        let is_of = |id: &&PageId| {
            let page = self.page(**id);
            let document = page.document.as_ref();
            !page.is_fallback() && document.is_some_and(|document| document.path == *path)
        };
        pages.find(is_of).copied()
    }

    pub(crate) fn page_of_document(
        &self,
        document: &Document,
        language: LanguageId,
    ) -> Option<&Page> {
        let topic = self.topic_of(&document.path)?;
        self.edition_of(topic, language).map(|id| self.page(id))
    }

    /// Whether a link may lead to a place of a page: its headings, and what its kind adds to them.
    fn check_anchor(
        &self,
        document: &Document,
        kind: Option<PageKind>,
        id: &str,
        page: &str,
    ) -> Result<(), Problem> {
        let regions = self.regions.iter();
        let regions = regions.filter(|_| kind == Some(PageKind::Help));
        let terms = document.body.terms.iter();
        let terms = terms.filter(|_| kind == Some(PageKind::Glossary));
        let picker = document
            .picker_file()
            .and_then(|file| self.picker_in(&file));
        let ideas = picker.map_or(&[][..], |picker| &self.pickers[picker].ideas);
        let headings = document.body.headings.iter();
        let is_idea = id.strip_prefix("idea-").is_some_and(|wanted| {
            let mut ideas = ideas.iter();
            ideas.any(|idea| idea.id.value == wanted)
        });
        let mut ids = headings
            .map(|heading| heading.id.as_str())
            .chain(regions.map(|region| region.id.value.as_str()))
            .chain(terms.map(|term| term.id.as_str()));
        let is_there = id.is_empty()
            || is_idea
            || id == "top"
            || ids.clone().any(|known| known == id)
            || (id == "footnotes" && !document.body.footnotes.is_empty());
        if is_there {
            return Ok(());
        }
        Err(Problem::NoHeading {
            page: page.to_owned(),
            heading: id.to_owned(),
            nearest: nearest(id, ids.by_ref()).map(str::to_owned),
        })
    }

    /// The file that comes nearest to a path, as a link would write it.
    fn nearest_file(&self, from: &SourcePath, path: &str) -> Option<String> {
        let name = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(path);
        let name = if name.contains('.') {
            name.to_owned()
        } else {
            format!("{name}.md")
        };
        let by_path: Vec<_> = self
            .topics
            .iter()
            .map(|topic| relative_path(from, &topic.path))
            .collect();
        if let Some(near) = nearest(path, by_path.iter().map(String::as_str)) {
            return Some(near.to_owned());
        }
        let names: Vec<_> = self
            .topics
            .iter()
            .map(|topic| topic.path.file_name())
            .collect();
        let near = nearest(
            &name,
            names.iter().copied().filter(|name| *name != "_index.md"),
        )?;
        let place = names.iter().position(|known| *known == near)?;
        Some(by_path[place].clone())
    }
}

/// A file's path as seen from `content/`.
pub(super) fn inner(path: &SourcePath) -> &str {
    path.as_str()
        .strip_prefix("content/")
        .unwrap_or(path.as_str())
}

/// A path as a link from another file writes it.
pub fn relative_path(from: &SourcePath, to: &SourcePath) -> String {
    let from: Vec<_> = from.folder().split('/').collect();
    let to: Vec<_> = to.as_str().split('/').collect();
    let shared = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut path = "../".repeat(from.len() - shared);
    path.push_str(&to[shared..].join("/"));
    path
}

/// Follows a relative address from the address of a page.
fn join_address(from: &str, relative: &str) -> Option<String> {
    Some(format!("/{}/", follow(from, relative)?.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_leads_from_one_file_to_another() {
        let case = |from: &str, to: &str| {
            relative_path(
                &SourcePath::new(from).expect("sound"),
                &SourcePath::new(to).expect("sound"),
            )
        };
        assert_eq!(case("content/a.md", "content/b.md"), "b.md");
        assert_eq!(case("content/x/a.md", "content/b.md"), "../b.md");
        assert_eq!(case("content/x/a.md", "content/y/b.md"), "../y/b.md");
        assert_eq!(case("content/a.md", "content/y/b.md"), "y/b.md");
    }
}
