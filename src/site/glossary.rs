//! The terms that the pages of kind `glossary` define, for each language.
//!
//! A term is a line of a Markdown definition list. Its names are the words before the colon, parted by
//! commas: `Postcoital dysphoria, PCD`. Which of them a page uses is found when it is rendered
//! (`render::terms`); what is wrong with them, in `checks::glossary`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LanguageId, PageId, PageKind, Site};

/// The terms of one language.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The terms, page by page in the order in which they are written.
    pub terms: Vec<Term>,
    /// By the first word of a name, its first letter in lower case: the names that begin with it, the
    /// longest first.
    forms: FxHashMap<String, Vec<Form>>,
}

/// A term.
#[derive(Debug)]
pub struct Term {
    /// Its id on the page that defines it.
    pub id: String,
    /// The page that defines it.
    pub page: PageId,
    /// Its place in the page's [`Body::terms`](crate::document::Body::terms).
    pub place: usize,
    /// Its names.
    pub names: Vec<String>,
    /// False for a term that the glossary's own `unmarked` names: only links mark it.
    pub is_found: bool,
}

/// A name of a term.
#[derive(Debug)]
struct Form {
    name: String,
    term: usize,
}

/// The terms of each language, in the order of the languages.
pub fn gather(site: &Site) -> Vec<Glossary> {
    let mut glossaries: Vec<_> = site.languages().map(|_| Glossary::default()).collect();
    for id in site.ids() {
        let page = site.page(id);
        let is_glossary = page.kind == PageKind::Glossary && !page.is_fallback();
        let Some(document) = page.document.as_ref().filter(|_| is_glossary) else {
            continue;
        };
        let unmarked: FxHashSet<String> = page
            .keys
            .unmarked
            .iter()
            .flatten()
            .map(|name| lower_first(&name.value))
            .collect();
        let terms = document.body.terms.iter().enumerate();
        glossaries[page.language.0]
            .terms
            .extend(terms.map(|(place, term)| {
                Term {
                    id: term.id.clone(),
                    page: id,
                    place,
                    names: term.names.clone(),
                    is_found: !term
                        .names
                        .iter()
                        .any(|name| unmarked.contains(&lower_first(name))),
                }
            }));
    }
    for glossary in &mut glossaries {
        glossary.index();
    }
    glossaries
}

impl Site {
    /// The terms of a language.
    pub fn glossary(&self, language: LanguageId) -> &Glossary {
        &self.glossaries[language.0]
    }
}

impl Glossary {
    fn index(&mut self) {
        for (term, known) in self.terms.iter().enumerate() {
            for name in &known.names {
                let name = lower_first(name);
                let first = name.split(|c: char| !c.is_alphanumeric()).next();
                let first = first.unwrap_or_default().to_owned();
                self.forms
                    .entry(first)
                    .or_default()
                    .push(Form { name, term });
            }
        }
        for forms in self.forms.values_mut() {
            forms.sort_by(|a, b| (b.name.len(), &a.name).cmp(&(a.name.len(), &b.name)));
        }
    }

    /// True when it defines nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The term that a text begins with, and the length of its name there. Names count whatever the case
    /// of their first letter, and whatever space stands between their words.
    pub fn find(&self, text: &str) -> Option<(usize, usize)> {
        let end = text
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len());
        let word = &text[..end];
        let forms = if word.starts_with(|c: char| c.is_lowercase() || c.is_numeric()) {
            self.forms.get(word)
        } else {
            self.forms.get(&lower_first(word))
        };
        forms?.iter().find_map(|form| {
            let length = length_of(&form.name, text)?;
            (!goes_on(&text[length..])).then_some((form.term, length))
        })
    }

    /// The term that has a name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.find(name)
            .filter(|(_, length)| *length == name.len())
            .map(|(term, _)| term)
    }
}

/// How much of a text a name takes, when the text begins with it.
fn length_of(name: &str, text: &str) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    for (place, wanted) in name.char_indices() {
        let (_, c) = rest.next()?;
        if wanted.is_whitespace() {
            if !c.is_whitespace() {
                return None;
            }
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        } else if c != wanted && !(place == 0 && c.to_lowercase().eq([wanted])) {
            return None;
        }
    }
    Some(rest.peek().map_or(text.len(), |(place, _)| *place))
}

/// True when a word goes on: `drop` is no word of `drops`, `drop-in` or `drop's`.
fn goes_on(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some('-' | '\'' | '’' | '\u{2011}') => rest.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => false,
    }
}

/// A name with its first letter in lower case, which is how names are compared.
pub fn lower_first(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().into_iter().flat_map(char::to_lowercase);
    first.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Id;

    fn glossary(terms: &[&[&str]]) -> Glossary {
        let mut glossary = Glossary::default();
        for (place, names) in terms.iter().enumerate() {
            glossary.terms.push(Term {
                id: names[0].to_owned(),
                page: PageId::new(0),
                place,
                names: names.iter().map(|name| (*name).to_owned()).collect(),
                is_found: true,
            });
        }
        glossary.index();
        glossary
    }

    #[test]
    fn a_text_begins_with_a_term_as_a_whole_word_in_any_case_of_its_first_letter() {
        let glossary = glossary(&[&["Drop"], &["Postcoital dysphoria", "PCD"], &["Élan"]]);
        let found =
            |text: &'static str| glossary.find(text).map(|(term, end)| (term, &text[..end]));
        assert_eq!(found("drop may"), Some((0, "drop")));
        assert_eq!(found("Drop"), Some((0, "Drop")));
        assert_eq!(found("drops"), None);
        assert_eq!(found("drop-in"), None);
        assert_eq!(found("drop’s"), None);
        assert_eq!(found("drop’ "), Some((0, "drop")));
        assert_eq!(found("DROP"), None);
        assert_eq!(
            found("postcoital\n dysphoria,"),
            Some((1, "postcoital\n dysphoria"))
        );
        assert_eq!(found("PCD."), Some((1, "PCD")));
        assert_eq!(found("élan"), Some((2, "élan")));
        assert_eq!(glossary.named("PCD"), Some(1));
        assert_eq!(glossary.named("drop more"), None);
    }

    #[test]
    fn the_longest_name_goes_first() {
        let glossary = glossary(&[&["Review"], &["Review of studies"]]);
        assert_eq!(glossary.find("review of studies"), Some((1, 17)));
        assert_eq!(glossary.find("review of"), Some((0, 6)));
    }
}
