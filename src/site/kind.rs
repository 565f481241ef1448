//! The kinds of page, and the template of each.
//!
//! To add a kind: a variant here, its name in `document::front_matter::Kind` when authors may ask
//! for it, and then what the compiler names.

use crate::document::front_matter::Kind;

/// The kind of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The front page of a language.
    Home,
    /// The page of a folder.
    Section,
    /// An article with all its furniture.
    Article,
    /// A plain page.
    Page,
    /// Questions and answers.
    Faq,
    /// The page of an activity picker.
    Picker,
    /// The ideas of a picker that fit some answers.
    PickerList,
    /// Terms and what they mean.
    Glossary,
    /// Whom to call, place by place.
    Help,
    /// What the site promises, and every other host that its pages name.
    Promises,
    /// The list of people.
    People,
    /// One person.
    Person,
    /// The library of all sources.
    Sources,
    /// One source.
    Source,
    /// The list of all tags.
    Tags,
    /// The pages of one tag.
    Tag,
    /// The page for addresses that lead nowhere.
    NotFound,
}

impl PageKind {
    /// All of them.
    pub const ALL: [PageKind; 17] = [
        PageKind::Home,
        PageKind::Section,
        PageKind::Article,
        PageKind::Page,
        PageKind::Faq,
        PageKind::Picker,
        PageKind::PickerList,
        PageKind::Glossary,
        PageKind::Help,
        PageKind::Promises,
        PageKind::People,
        PageKind::Person,
        PageKind::Sources,
        PageKind::Source,
        PageKind::Tags,
        PageKind::Tag,
        PageKind::NotFound,
    ];

    /// Its name, as templates see it.
    pub const fn name(self) -> &'static str {
        match self {
            PageKind::Home => "home",
            PageKind::Section => "section",
            PageKind::Article => "article",
            PageKind::Page => "page",
            PageKind::Faq => "faq",
            PageKind::Picker => "picker",
            PageKind::PickerList => "picker-list",
            PageKind::Glossary => "glossary",
            PageKind::Help => "help",
            PageKind::Promises => "promises",
            PageKind::People => "people",
            PageKind::Person => "person",
            PageKind::Sources => "sources",
            PageKind::Source => "source",
            PageKind::Tags => "tags",
            PageKind::Tag => "tag",
            PageKind::NotFound => "not-found",
        }
    }

    /// The theme's template for it.
    pub const fn template(self) -> &'static str {
        match self {
            PageKind::Home => "home.html",
            PageKind::Section => "section.html",
            PageKind::Article => "article.html",
            PageKind::Page => "page.html",
            PageKind::Faq => "faq.html",
            PageKind::Picker => "picker.html",
            PageKind::PickerList => "picker-list.html",
            PageKind::Glossary => "glossary.html",
            PageKind::Help => "help.html",
            PageKind::Promises => "promises.html",
            PageKind::People => "people.html",
            PageKind::Person => "person.html",
            PageKind::Sources => "sources.html",
            PageKind::Source => "source.html",
            PageKind::Tags => "tags.html",
            PageKind::Tag => "tag.html",
            PageKind::NotFound => "not-found.html",
        }
    }

    /// True for pages that hold what people wrote, and stand in feeds and between neighbours.
    pub const fn is_content(self) -> bool {
        match self {
            PageKind::Article
            | PageKind::Page
            | PageKind::Faq
            | PageKind::Picker
            | PageKind::Glossary
            | PageKind::Help
            | PageKind::Promises
            | PageKind::People
            | PageKind::Sources => true,
            PageKind::Home
            | PageKind::Section
            | PageKind::PickerList
            | PageKind::Person
            | PageKind::Source
            | PageKind::Tags
            | PageKind::Tag
            | PageKind::NotFound => false,
        }
    }
}

impl From<Kind> for PageKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Home => PageKind::Home,
            Kind::Section => PageKind::Section,
            Kind::Article => PageKind::Article,
            Kind::Page => PageKind::Page,
            Kind::Faq => PageKind::Faq,
            Kind::Picker => PageKind::Picker,
            Kind::Glossary => PageKind::Glossary,
            Kind::Help => PageKind::Help,
            Kind::Promises => PageKind::Promises,
            Kind::People => PageKind::People,
            Kind::Sources => PageKind::Sources,
            Kind::Tag => PageKind::Tag,
        }
    }
}
