//! How a text stands: whether it is published, whether it was reviewed, how its translations are.
//!
//! All of it is told as readers would meet it on the day that is looked at, whatever else the preview
//! shows. Knows no HTML but the words for each state.
//!
//! To add a state: a variant, its words, and a line in [`Choice::ALL`] when it can be filtered by.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::checks::translations::uneven;
use crate::config::Options;
use crate::document::Document;
use crate::site::reviews::{Standing, State, needs_review};
use crate::site::{Hidden, LanguageId, PageKind, Role, Site, Topic, Written, hidden};

/// Who may read it on the day that is looked at; `None` is everybody.
pub type Publication = Option<Hidden>;

/// How the review of a text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How it stands.
    pub state: State,
    /// The name of who reviewed it; empty when nobody has.
    pub by: String,
    /// The day of the review.
    pub on: Option<Date>,
    /// When it is due again.
    pub due: Option<Date>,
}

/// How a translation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Translated {
    /// It says what its source says.
    Current,
    /// Nobody has translated it.
    Missing,
    /// Nobody has written down which text it was made of.
    Unrecorded,
    /// Its source has changed in so many places since.
    Stale(usize),
    /// It is not built like its source.
    Uneven,
}

impl Translated {
    /// In words, after the name of a language.
    pub fn words(self) -> String {
        match self {
            Translated::Current => "up to date".to_owned(),
            Translated::Missing => "missing".to_owned(),
            Translated::Unrecorded => "not noted down".to_owned(),
            Translated::Stale(1) => "behind in 1 place".to_owned(),
            Translated::Stale(places) => format!("behind in {places} places"),
            Translated::Uneven => "not built alike".to_owned(),
        }
    }
}

/// What pages can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Everybody may read it.
    Published,
    /// It is a draft.
    Draft,
    /// Its day has not come.
    Scheduled,
    /// Its day is over.
    Expired,
    /// Its section is not published.
    WithSection,
    /// It was reviewed, and still is that text.
    Reviewed,
    /// Nobody has reviewed it.
    Awaiting,
    /// It has changed since its review.
    Changed,
    /// Its review is too old.
    Overdue,
    /// A translation is missing.
    Missing,
    /// A translation is behind, or nobody has noted down what it was made of.
    Stale,
    /// A translation is not built like its source.
    Uneven,
    /// It has errors.
    Errors,
    /// It has problems of any weight.
    Problems,
}

impl Choice {
    /// Each with its name in addresses, its words, and the group it stands in.
    pub const ALL: [(Choice, &'static str, &'static str, &'static str); 14] = [
        (Choice::Published, "published", "published", PUBLICATION),
        (Choice::Draft, "draft", "draft", PUBLICATION),
        (Choice::Scheduled, "scheduled", "scheduled", PUBLICATION),
        (Choice::Expired, "expired", "expired", PUBLICATION),
        (
            Choice::WithSection,
            "hidden",
            "hidden with its section",
            PUBLICATION,
        ),
        (Choice::Reviewed, "reviewed", "reviewed", REVIEW),
        (Choice::Awaiting, "awaiting", "awaiting review", REVIEW),
        (Choice::Changed, "changed", "changed since review", REVIEW),
        (Choice::Overdue, "overdue", "review overdue", REVIEW),
        (
            Choice::Missing,
            "missing",
            "translation missing",
            TRANSLATION,
        ),
        (Choice::Stale, "stale", "translation behind", TRANSLATION),
        (
            Choice::Uneven,
            "uneven",
            "translation not built alike",
            TRANSLATION,
        ),
        (Choice::Errors, "errors", "with errors", PROBLEMS),
        (Choice::Problems, "problems", "with any problem", PROBLEMS),
    ];

    /// By its name in addresses.
    pub fn of(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|row| row.1 == name).map(|row| row.0)
    }
}

const PUBLICATION: &str = "Publication";
const REVIEW: &str = "Review";
const TRANSLATION: &str = "Translation";
const PROBLEMS: &str = "Problems";

/// In words: `draft`, `from 3 May 2027`.
pub fn publication(state: Publication) -> String {
    match state {
        None => "published".to_owned(),
        Some(Hidden::Draft) => "draft".to_owned(),
        Some(Hidden::Until(day)) => format!("scheduled for {}", words_of(day)),
        Some(Hidden::Since(day)) => format!("expired on {}", words_of(day)),
        Some(Hidden::WithSection) => "hidden with its section".to_owned(),
    }
}

/// A day in words: `22 November 2026`.
pub fn words_of(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The folders whose section is not published on the day that is looked at.
pub fn hidden_folders(site: &Site) -> BTreeSet<&str> {
    let options = as_readers_see_it(site.today);
    let topics = site.topics();
    let sections = topics.filter(|topic| is_hidden_section(topic, &options));
    sections.map(|topic| topic.path.folder()).collect()
}

fn is_hidden_section(topic: &Topic, options: &Options) -> bool {
    let first = topic.documents.iter().flatten().next();
    topic.role == Role::Index && first.is_some_and(|it| hidden(&it.keys, options).is_some())
}

/// Why a text is not published on the day that is looked at.
pub fn hidden_now(
    site: &Site,
    topic: &Topic,
    it: &Written,
    folders: &BTreeSet<&str>,
) -> Publication {
    hidden(&it.keys, &as_readers_see_it(site.today)).or_else(|| {
        let mut above = Some(topic.path.folder());
        let mut chain = std::iter::from_fn(|| {
            let folder = above?;
            above = folder.rsplit_once('/').map(|(folder, _)| folder);
            Some(folder)
        });
        let is_below = !folders.is_empty() && chain.any(|folder| folders.contains(folder));
        is_below.then_some(Hidden::WithSection)
    })
}

/// What a build on a day is told.
pub fn as_readers_see_it(today: Date) -> Options {
    Options {
        today,
        drafts: false,
        base_url: None,
    }
}

/// The kind of page that a text makes, whether it is published or not.
pub fn kind(topic: &Topic, written: &Written) -> PageKind {
    match (topic.role, written.keys.kind) {
        (Role::Tag, _) => PageKind::Tag,
        (Role::Tags, _) => PageKind::Tags,
        (Role::Page | Role::Index, Some(kind)) => kind.into(),
        (Role::Index, None) if topic.address.is_empty() => PageKind::Home,
        (Role::Index, None) => PageKind::Section,
        (Role::Page, None) => PageKind::Article,
    }
}

/// How the review of a text stands; `None` when it needs none.
pub fn review(site: &Site, kind: PageKind, written: &Written) -> Option<Review> {
    let standing = site.standing_of_text(&written.document, &written.keys);
    match standing {
        Some(standing) => Some(told(site, &standing)),
        None => needs_review(kind, &written.keys).then(|| Review {
            state: State::Awaiting,
            by: String::new(),
            on: None,
            due: None,
        }),
    }
}

fn told(site: &Site, standing: &Standing<'_>) -> Review {
    let by = standing.record.map(|record| &record.by.value);
    Review {
        state: standing.state,
        by: by.map_or_else(String::new, |by| name(site, by)),
        on: standing.record.map(|record| record.on.value),
        due: standing.due,
    }
}

/// The name of a person, or their key when nobody is known by it.
pub fn name(site: &Site, key: &str) -> String {
    let person = site.person(key);
    person.map_or_else(|| key.to_owned(), |(_, person)| person.name.clone())
}

/// How the translations of a text stand: of a source in every other language, of a translation its own.
pub fn translations(
    site: &Site,
    topic: &Topic,
    language: LanguageId,
) -> Vec<(LanguageId, Translated)> {
    let of = |language: LanguageId| {
        let written = topic.documents[language.0].as_ref();
        (
            language,
            written.map_or(Translated::Missing, |it| translated(site, &it.document)),
        )
    };
    if topic.documents[LanguageId::FIRST.0].is_none() {
        return Vec::new();
    }
    if language != LanguageId::FIRST {
        return vec![of(language)];
    }
    let others = site.languages().filter(|it| *it != LanguageId::FIRST);
    others.map(of).collect()
}

fn translated(site: &Site, document: &Document) -> Translated {
    let Some(standing) = site.translation(document) else {
        return Translated::Current;
    };
    if standing.record.is_none() {
        return Translated::Unrecorded;
    }
    match standing.moved() {
        0 if uneven(document, &standing.source.document, standing.record).is_some() => {
            Translated::Uneven
        }
        0 => Translated::Current,
        places => Translated::Stale(places),
    }
}
