//! What search engines are told about a page, as JSON-LD in the words of schema.org.
//!
//! It says what the page itself says, and no more: a review stands here only while the page shows it
//! as current, and nobody invented is named. A page that repeats another language says nothing; the
//! original does. What is told of a kind of page is one function; [`render`] puts them together.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::citations;
use crate::records::{Person, Work};
use crate::site::reviews::State;
use crate::site::{Page, PageId, PageKind, Site, cited};
use crate::theme::contract;
use crate::theme::shape::Html;

/// The data of a page, ready to stand inside a `<script>`; empty when there is nothing to tell.
/// `view` is what its template is given, of which the questions are taken.
pub fn render(site: &Site, id: PageId, view: &contract::Page) -> Html {
    if !site.is_listed(id) {
        return Html::default();
    }
    let page = site.page(id);
    let main = match page.kind {
        PageKind::Home => Some(website(site, page, id)),
        PageKind::Article => Some(article(site, page, id)),
        PageKind::Faq => Some(questions(site, page, id, view)),
        PageKind::Person => page
            .person
            .map(|index| &site.people[index])
            .filter(|person| !person.is_example)
            .map(|somebody| person_of_page(site, id, somebody)),
        PageKind::Section
        | PageKind::Page
        | PageKind::Picker
        | PageKind::PickerList
        | PageKind::Glossary
        | PageKind::Help
        | PageKind::Promises
        | PageKind::People
        | PageKind::Sources
        | PageKind::Source
        | PageKind::Tags
        | PageKind::Tag
        | PageKind::NotFound => None,
    };
    let mut things: Vec<_> = main
        .into_iter()
        .chain(breadcrumbs(site, page, id))
        .collect();
    let whole = match things.len() {
        0 => return Html::default(),
        1 => with_context(things.remove(0)),
        _ => json!({"@context": CONTEXT, "@graph": things}),
    };
    Html(safe_in_scripts(&whole.to_string()))
}

const CONTEXT: &str = "https://schema.org";

/// JSON that may stand inside `<script>` and in a script: nothing in it can end the element, begin a
/// comment or, in old browsers, end the line.
pub(super) fn safe_in_scripts(json: &str) -> String {
    // These signs only ever stand inside strings, where JSON has another way to write them.
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => safe.push(c),
        }
    }
    safe
}

fn with_context(thing: Value) -> Value {
    match thing {
        Value::Object(mut fields) => {
            fields.insert("@context".to_owned(), json!(CONTEXT));
            Value::Object(fields)
        }
        other => other,
    }
}

/// Fields of a thing; those without a value are left out.
struct Thing(Map<String, Value>);

impl Thing {
    fn new(kind: &str) -> Self {
        Self(Map::new()).with("@type", kind)
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        if !is_empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn absolute(site: &Site, id: PageId) -> String {
    site.config.base_url.absolute(&site.page_address(id))
}

fn website(site: &Site, page: &Page, id: PageId) -> Value {
    let settings = &site.config.languages[page.language.0];
    Thing::new("WebSite")
        .with("name", settings.title.as_str())
        .with("description", settings.tagline.as_str())
        .with("url", absolute(site, id))
        .with("inLanguage", settings.code.as_str())
        .with("publisher", publisher(site))
        .done()
}

fn article(site: &Site, page: &Page, id: PageId) -> Value {
    // Each once, in the order of their keys.
    let cited: BTreeSet<_> = page
        .document
        .iter()
        .flat_map(|document| cited::by(document, &site.works))
        .collect();
    let works: Vec<_> = cited
        .into_iter()
        .map(|id| work(site.works.work(id)))
        .collect();
    text("MedicalWebPage", site, page, id)
        .with("citation", works)
        .done()
}

fn questions(site: &Site, page: &Page, id: PageId, view: &contract::Page) -> Value {
    // The answers would stand on the page twice, which readers would pay for; and where one stands is
    // of use only together with its words.
    let questions = view.questions.iter().map(|question| {
        Thing::new("Question")
            .with("name", plain(&question.title.0))
            .done()
    });
    let questions: Vec<_> = questions.collect();
    text("FAQPage", site, page, id)
        .with("mainEntity", questions)
        .done()
}

/// What is told of every text that people wrote.
fn text(kind: &str, site: &Site, page: &Page, id: PageId) -> Thing {
    let date = |date: &Option<crate::data::Spanned<jiff::civil::Date>>| {
        date.as_ref()
            .map_or_else(String::new, |date| date.value.to_string())
    };
    let authors = page.keys.authors.iter().flatten();
    let authors: Vec<_> = authors
        .filter_map(|author| somebody(site, page, &author.value))
        .collect();
    let record = site
        .standing(id)
        .filter(|standing| standing.state == State::Current)
        .and_then(|standing| standing.record);
    Thing::new(kind)
        .with("name", &*page.title)
        .with("description", page.description())
        .with("url", absolute(site, id))
        .with("inLanguage", site.language_code(page.text_language))
        .with("datePublished", date(&page.keys.published))
        .with("dateModified", date(&page.keys.updated))
        .with(
            "lastReviewed",
            record.map_or_else(String::new, |record| record.on.value.to_string()),
        )
        .with(
            "reviewedBy",
            record.and_then(|record| somebody(site, page, &record.by.value)),
        )
        .with("author", authors)
        .with("publisher", publisher(site))
}

/// A person by the key, when there is such a person and nobody has invented them.
fn somebody(site: &Site, page: &Page, key: &str) -> Option<Value> {
    let (index, person) = site.person(key).filter(|(_, person)| !person.is_example)?;
    let own_page = site.edition(page.language).person_pages.get(index);
    let named = person_thing(person);
    let named = match own_page {
        Some(id) => named.with("url", absolute(site, *id)),
        None => named,
    };
    Some(named.done())
}

fn person_of_page(site: &Site, id: PageId, person: &Person) -> Value {
    person_thing(person)
        .with("description", person.about.as_str())
        .with("url", absolute(site, id))
        .done()
}

fn person_thing(person: &Person) -> Thing {
    Thing::new("Person")
        .with("name", person.name.as_str())
        .with("honorificSuffix", person.credentials.as_str())
        .with("jobTitle", person.role.as_str())
}

/// The practice; nobody while it is invented.
fn publisher(site: &Site) -> Value {
    let practice = &site.config.practice;
    if practice.is_example || practice.name.is_empty() {
        return Value::Null;
    }
    Thing::new("Organization")
        .with("name", practice.name.as_str())
        .with("telephone", practice.phone.as_str())
        .done()
}

/// The way to the page from the front page, the page itself last.
fn breadcrumbs(site: &Site, page: &Page, id: PageId) -> Option<Value> {
    let mut way = vec![id];
    let mut above = page.parent;
    while let Some(next) = above {
        way.push(next);
        above = site.page(next).parent;
    }
    if way.len() < 2 {
        return None;
    }
    let steps = way.iter().rev().enumerate().map(|(index, step)| {
        let step_page = site.page(*step);
        let name = if step_page.kind == PageKind::Home {
            site.config.languages[step_page.language.0].title.as_str()
        } else {
            &*step_page.title
        };
        Thing::new("ListItem")
            .with("position", index + 1)
            .with("name", name)
            .with("item", absolute(site, *step))
            .done()
    });
    let steps: Vec<_> = steps.collect();
    Some(
        Thing::new("BreadcrumbList")
            .with("itemListElement", steps)
            .done(),
    )
}

/// A cited work: its address, which says who wrote what and when to whoever follows it; its title where
/// it has none. More would weigh more than the whole head of a page that cites much.
fn work(work: &Work) -> Value {
    let doi = work.text("DOI");
    let url = work.text("URL");
    Value::String(match (doi.is_empty(), url.is_empty()) {
        (false, _) => format!("https://doi.org/{doi}"),
        (true, false) => url,
        (true, true) => work.text("title"),
    })
}

/// Elements whose words help nobody who does not see the page.
const FURNITURE: [&str; 4] = [
    "class=\"permalink\"",
    "class=\"footnote-ref\"",
    "class=\"footnote-back\"",
    "aria-hidden=\"true\"",
];

/// Rendered HTML as plain text in one line.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        let name: String = tag[1..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if FURNITURE.iter().any(|mark| tag.contains(mark)) {
            let close = format!("</{name}>");
            rest = rest
                .find(&close)
                .map_or("", |close_at| &rest[close_at + close.len()..]);
        } else if !INLINE.contains(
            &tag.trim_matches(['<', '>', '/'])
                .split(' ')
                .next()
                .unwrap_or_default(),
        ) {
            text.push(' ');
        }
    }
    text.push_str(rest);
    citations::to_text(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Elements that stand within a word or a sentence.
const INLINE: [&str; 14] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "q", "s", "span", "strong", "sub", "sup",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Spanned;
    use crate::path::SourcePath;
    use crate::records::works::Evidence;

    #[test]
    fn nothing_in_the_data_can_end_the_element_it_stands_in() {
        let name = "</script><!-- & \"quoted\"\u{2028}\u{2029}\n";
        let safe = safe_in_scripts(&json!({ "name": name }).to_string());
        let signs = ['<', '>', '&', '\u{2028}', '\u{2029}', '\n'];
        assert!(!safe.contains(signs), "{safe}");
        let back: Value = serde_json::from_str(&safe).expect("JSON");
        assert_eq!(back["name"], name);
    }

    #[test]
    fn an_answer_becomes_one_line_of_words() {
        assert_eq!(
            plain(
                "<p>Rest, <em>slow</em>ly.<sup class=\"footnote-ref\" id=\"x\"><a href=\"#fn-1\">1</a></sup></p>\n<ul><li>Tea &amp; toast</li><li>3 &lt; 4</li></ul><h3 id=\"a\">More <a class=\"permalink\" href=\"#a\">#</a></h3>"
            ),
            "Rest, slowly. Tea & toast 3 < 4 More"
        );
    }

    #[test]
    fn a_cited_work_is_told_by_its_address_or_else_by_its_title() {
        let told = |item: Value| {
            work(&Work {
                key: Spanned::new("example2014".to_owned(), 0..0),
                file: SourcePath::new("content/references.bib").expect("sound"),
                slug: "example2014".to_owned(),
                item: serde_json::from_value(item).expect("an item"),
                fields: Vec::new(),
                evidence: Evidence::default(),
            })
        };
        let mut item = json!({
            "type": "article-journal",
            "title": "Rest & <i>sleep</i>",
            "author": [{"family": "Example", "given": "Ada"}],
            "DOI": "10.1000/x",
            "URL": "https://example.org/",
        });
        assert_eq!(told(item.clone()), "https://doi.org/10.1000/x");
        item["DOI"] = json!("");
        assert_eq!(told(item.clone()), "https://example.org/");
        item["URL"] = json!("");
        assert_eq!(told(item), "Rest & sleep");
    }

    #[test]
    fn what_has_no_value_is_left_out() {
        let thing = Thing::new("Person").with("name", "Jo").with("jobTitle", "");
        let thing = thing
            .with("url", Value::Null)
            .with("knows", Vec::<Value>::new());
        assert_eq!(thing.done(), json!({"@type": "Person", "name": "Jo"}));
    }
}
