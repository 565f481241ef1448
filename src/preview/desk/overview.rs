//! Every text of the site with what the desk tells of it.
//!
//! Made once for each state of the site, on all cores, of what is known of the texts already. Only how
//! hard a text is to read is measured when it is first asked for. Problems are counted apart, by
//! [`Tallies`], because checks may still be running when everything else is known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::states::{self, Choice, Publication, Review, Translated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, FrontMatter, ParseOptions};
use crate::path::SourcePath;
use crate::reading::Measured;
use crate::records::WorkId;
use crate::records::reviews::shown;
use crate::site::links::Destination;
use crate::site::reviews::State;
use crate::site::{Hidden, LanguageId, PageId, Site, cited};

/// How long an answer waits for what is being measured.
const PATIENCE: Duration = Duration::from_millis(300);

/// All texts of a site.
#[derive(Debug)]
pub struct Overview {
    /// The site.
    pub site: Arc<Site>,
    /// Its texts, by file.
    pub rows: Vec<Row>,
    by_file: FxHashMap<SourcePath, usize>,
    /// How many texts have been measured ahead.
    measured: AtomicUsize,
}

/// A text.
#[derive(Debug)]
pub struct Row {
    /// The document.
    pub document: Arc<Document>,
    /// Its keys as they count.
    pub keys: Arc<FrontMatter>,
    /// Its title, or its file where it has none.
    pub title: String,
    /// The language it is written in.
    pub language: LanguageId,
    /// The folder below `content/` that it lies in; empty at the top.
    pub section: String,
    /// The page that the preview shows of it.
    pub page: Option<PageId>,
    /// Who may read it.
    pub publication: Publication,
    /// How its review stands; `None` when it needs none.
    pub review: Option<Review>,
    /// How its translations stand, or how it stands as one.
    pub translations: Vec<(LanguageId, Translated)>,
    /// How many works it cites.
    pub sources: usize,
    /// How many links lead from it to other pages, in the site and out of it.
    pub links_out: usize,
    /// How many other texts link to it.
    pub links_in: usize,
    age: OnceLock<Option<f64>>,
}

/// Where a text leads to.
#[derive(Default)]
struct Ways {
    /// The files of the pages.
    pages: Vec<SourcePath>,
    /// How many links there are in all.
    all: usize,
}

impl Overview {
    /// Looks at every text. What was measured of texts before is taken over from an earlier overview, as
    /// long as they are the same.
    pub fn new(site: &Arc<Site>, before: Option<&Self>) -> Self {
        let before = before.filter(|it| Arc::ptr_eq(&it.site.theme, &site.theme));
        let folders = states::hidden_folders(site);
        let topics: Vec<_> = site.topic_ids().collect();
        let made: Vec<(Row, Ways)> = topics
            .par_iter()
            .flat_map_iter(|id| {
                let languages = site.languages().map(|language| (*id, language));
                languages.filter_map(|(id, language)| {
                    let topic = site.topic(id);
                    let written = topic.documents[language.0].as_ref()?;
                    let document = &written.document;
                    let kind = states::kind(topic, written);
                    let ways = ways(site, document, language);
                    let page = site.edition_of(id, language);
                    let row = Row {
                        keys: Arc::clone(&written.keys),
                        title: title(written.keys.title.as_ref(), &document.path),
                        language,
                        section: section(&document.path),
                        page: page.filter(|page| !site.page(*page).is_fallback()),
                        publication: states::hidden_now(site, topic, written, &folders),
                        review: states::review(site, kind, written),
                        translations: states::translations(site, topic, language),
                        sources: works(site, document).len(),
                        links_out: ways.all,
                        links_in: 0,
                        age: before.map(|it| it.age_of(document)).unwrap_or_default(),
                        document: Arc::clone(document),
                    };
                    Some((row, ways))
                })
            })
            .collect();
        let (mut rows, ways): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        let places = rows.iter().enumerate();
        let by_file: FxHashMap<_, _> = places
            .map(|(at, row): (usize, &Row)| (row.document.path.clone(), at))
            .collect();
        for page in ways.iter().flat_map(|ways| &ways.pages) {
            if let Some(at) = by_file.get(page) {
                rows[*at].links_in += 1;
            }
        }
        Self {
            site: Arc::clone(site),
            rows,
            by_file,
            measured: AtomicUsize::new(0),
        }
    }

    /// The age of a text as far as it was measured, if it is the same text.
    fn age_of(&self, document: &Arc<Document>) -> OnceLock<Option<f64>> {
        let row = self.row(&document.path);
        row.filter(|row| Arc::ptr_eq(&row.document, document))
            .map(|row| row.age.clone())
            .unwrap_or_default()
    }

    /// Measures every text in a thread of its own, so that nobody waits who sorts by reading age. It stops
    /// as soon as the overview is another one.
    pub fn measure_ahead(self: &Arc<Self>) {
        let (overview, texts) = (Arc::downgrade(self), self.rows.len());
        std::thread::spawn(move || {
            for at in 0..texts {
                let Some(overview) = overview.upgrade() else {
                    return;
                };
                overview.rows[at].age(&overview.site);
                overview.measured.store(at + 1, Ordering::Relaxed);
            }
        });
    }

    /// How many texts have been measured, all of them in the end. When some are left, it is waited for a
    /// moment, since most sites are measured within it.
    pub fn measured(&self) -> usize {
        let start = Instant::now();
        while self.measured.load(Ordering::Relaxed) < self.rows.len() && start.elapsed() < PATIENCE
        {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.measured.load(Ordering::Relaxed)
    }

    /// The text in a file.
    pub fn row(&self, file: &SourcePath) -> Option<&Row> {
        self.by_file.get(file).map(|at| &self.rows[*at])
    }
}

impl Row {
    /// The age at which people mostly can read it, by the formulas of its language taken together.
    pub fn age(&self, site: &Site) -> Option<f64> {
        *self.age.get_or_init(|| {
            let document = with_prose(&self.document);
            let ages = Measured::new(site, &document).ages();
            ages.map(|[one, other]| f64::midpoint(one, other))
        })
    }

    /// The same, as far as it has been measured.
    pub fn known_age(&self) -> Option<f64> {
        self.age.get().copied().flatten()
    }

    /// Its words.
    pub fn words(&self) -> usize {
        self.document.body.words
    }

    /// Whether it is among those that a choice asks for.
    pub fn is(&self, choice: Choice, tally: &Tally) -> bool {
        let reviewed = |state| self.review.as_ref().is_some_and(|it| it.state == state);
        let any = |is: fn(Translated) -> bool| self.translations.iter().any(|(_, it)| is(*it));
        match choice {
            Choice::Published => self.publication.is_none(),
            Choice::Draft => self.publication == Some(Hidden::Draft),
            Choice::Scheduled => matches!(self.publication, Some(Hidden::Until(_))),
            Choice::Expired => matches!(self.publication, Some(Hidden::Since(_))),
            Choice::WithSection => self.publication == Some(Hidden::WithSection),
            Choice::Reviewed => reviewed(State::Current),
            Choice::Awaiting => reviewed(State::Awaiting),
            Choice::Changed => reviewed(State::Changed),
            Choice::Overdue => reviewed(State::Overdue),
            Choice::Missing => any(|it| it == Translated::Missing),
            Choice::Stale => any(|it| matches!(it, Translated::Stale(_) | Translated::Unrecorded)),
            Choice::Uneven => any(|it| it == Translated::Uneven),
            Choice::Errors => tally.of(Severity::Error) > 0,
            Choice::Problems => tally.all() > 0,
        }
    }
}

/// How many problems there are, by their weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(pub BTreeMap<Severity, usize>);

impl Tally {
    /// Of some problems.
    pub fn new<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut tally = Self::default();
        for problem in problems {
            *tally.0.entry(problem.severity).or_default() += 1;
        }
        tally
    }

    /// How many of one weight.
    pub fn of(&self, severity: Severity) -> usize {
        self.0.get(&severity).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.0.values().sum()
    }
}

/// The problems of each file.
#[derive(Debug, Default)]
pub struct Tallies<'a>(FxHashMap<&'a SourcePath, Tally>);

impl<'a> Tallies<'a> {
    /// Counts problems by the file that they are in.
    pub fn new(problems: &'a [Diagnostic]) -> Self {
        let mut tallies = Self::default();
        for problem in problems {
            if let Some(place) = problem.labels.first() {
                let tally = tallies.0.entry(&place.path).or_default();
                *tally.0.entry(problem.severity).or_default() += 1;
            }
        }
        tallies
    }

    /// Of a file.
    pub fn of(&self, file: &SourcePath) -> Tally {
        self.0.get(file).cloned().unwrap_or_default()
    }
}

/// The document with its words kept, which a site that measures nothing does not keep.
pub fn with_prose(document: &Arc<Document>) -> Arc<Document> {
    if document.options.prose {
        return Arc::clone(document);
    }
    let options = ParseOptions {
        prose: true,
        ..document.options.clone()
    };
    Arc::new(Document::parse(&document.path, &document.source, &options))
}

/// The works that a text cites, each once, in the order in which they are written.
pub fn works(site: &Site, document: &Document) -> Vec<WorkId> {
    let mut seen = FxHashSet::default();
    let picker = document.picker_file().and_then(|file| {
        let mut pickers = site.pickers.iter();
        pickers.find(|picker| picker.file == file)
    });
    let ideas = picker.into_iter().flat_map(|picker| &picker.ideas);
    let ideas = ideas.flat_map(|idea| cited::of_idea(idea, &site.works));
    let all = cited::by(document, &site.works).chain(ideas);
    all.filter(|work| seen.insert(*work)).collect()
}

fn ways(site: &Site, document: &Document, language: LanguageId) -> Ways {
    let mut ways = Ways::default();
    for link in document.bodies().flat_map(|body| &body.links) {
        let Ok(resolved) = site.resolve(document, language, &link.target) else {
            continue;
        };
        match resolved.destination {
            Destination::Here(_) | Destination::File(_) => {}
            Destination::Outside(_) => ways.all += 1,
            Destination::Page(id, _) => {
                let target = site.page(id).document.as_ref().map(|it| &it.path);
                if target == Some(&document.path) {
                    continue;
                }
                ways.all += 1;
                if let Some(path) = target.filter(|path| !ways.pages.contains(path)) {
                    ways.pages.push(path.clone());
                }
            }
        }
    }
    ways
}

fn title(written: Option<&crate::data::Spanned<String>>, path: &SourcePath) -> String {
    written.map_or_else(|| shown(path).to_owned(), |title| title.value.clone())
}

fn section(path: &SourcePath) -> String {
    shown(path)
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned()
}
