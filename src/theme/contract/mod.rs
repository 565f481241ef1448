//! The template contract: every value that a template may use, typed and documented.
//!
//! This is the only door between the generator and a theme. The structs below say what a template
//! sees; their doc comments are printed, word for word, as the manual page `themes/CONTRACT.md`
//! (a test keeps the two equal), and the same descriptions let [`super::lint`] find a misspelt
//! `page.titel` when the theme loads, before any page is rendered.
//!
//! To add a value: add a documented field here or in the file of its subject, fill it in `render/`, and run the tests once with
//! `AFTERWORD_BLESS=1` so that the manual page follows.
//!
//! Every `url` is relative to the site's root and has no leading slash: a template writes
//! `{{ root }}{{ link.url }}`, which is right under any base path and in a copied folder.

mod page;
mod pickers;
mod services;
mod site;
mod sources;

use super::shape::{Any, Html, Shape, Shared, View, view};

pub use page::{
    Change, ChangedPart, Heading, Page, Question, Review, Section, Term, Translated, Translation,
};
pub use pickers::{Answer, Facet, Fact, Idea, IdeaGroup, Moment, Picker};
pub use services::{Address, Number, Region, Service};
pub use site::{
    Card, Contrast, Date, Directive, ExtraKey, Language, Link, Person, Practice, Site, Tag, Theme,
    Token,
};
pub use sources::{Certainty, CitedIn, Reference, Sentence, Source, Use};

view! {
    /// What every page template sees at its top level.
    pub struct Root {
        /// The website as a whole, in the language of this page.
        site: Shared<Site>,
        /// The page being rendered.
        page: Page,
        /// The way from this page to the site's root, such as `../../`. Write it before every `url`.
        root: String,
        /// The words of the interface in the language of the page: `{{ t.skip_link }}`.
        t: Shared<Words>,
    }
}

view! {
    /// What a directive template (`templates/directives/NAME.html`) sees at its top level.
    pub struct DirectiveRoot {
        /// The arguments written in the article, by name, with the defaults of `theme.toml` filled in.
        /// An argument that was not written and has no default is an empty string.
        args: Any,
        /// What stands between `:::name` and `:::`, rendered; empty when it is read as `rows`.
        body: Html,
        /// The items of the body of a directive with `body = "rows"`; empty for others.
        rows: Vec<Row>,
        /// The ideas that fit the answers in its arguments, of a directive with `ideas = true`; empty for
        /// others.
        ideas: Vec<Idea>,
        /// Where the picker is that they are from; absent when this language has no page of it.
        picker: Option<Link>,
        /// Number of this directive on its page, counted from 1: for ids that must be unique.
        number: usize,
        /// The website as a whole, in the language of this page.
        site: Shared<Site>,
        /// The way from this page to the site's root, such as `../../`. Write it before every `url`.
        root: String,
        /// The words of the interface in the language of the page.
        t: Shared<Words>,
        /// The language of the page, such as `en`.
        language: String,
    }
}

view! {
    /// A row of numbers, which an author writes as `Label: 3, 5, 2`.
    pub struct Row {
        /// The words before the last colon, rendered inline.
        label: Html,
        /// The numbers, in the order in which they are written. Each row of a directive has equally
        /// many.
        values: Vec<usize>,
    }
}

/// The words of the interface, from `strings/LANGUAGE.toml`. Which there are, the theme decides; a
/// word that a template asks for and no strings file has is reported when the theme loads.
#[derive(Debug, Clone, Copy)]
pub struct Words;

impl View for Words {
    fn shape() -> Shape {
        Shape::Words
    }
    fn value(self) -> tera::Value {
        tera::Value::none()
    }
}
