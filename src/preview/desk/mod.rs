//! The author's desk, `/_desk/` in the preview and nowhere else: how every page stands, what is wrong,
//! what rests on which source, what will be published, and the site as it will be on another day.
//!
//! ```text
//! Snapshot ─overview, changes─▶ plain data ─rooms─▶ HTML ─http─▶ browser
//! ```
//!
//! Every room works without a script. `desk.js` only filters while one types, and brings in what has
//! changed. What is shown is never written anywhere, and what can be changed here is how the preview
//! looks at the site, which is gone when it ends.
//!
//! To add a room: a file with a function from a [`Visit`] to HTML, a variant of [`Room`], and its line in
//! [`Room::ALL`].

mod blocks;
mod calendar;
mod changes;
mod difference;
mod hardest;
mod http;
mod looking;
mod overview;
mod page;
mod pages;
mod paragraphs;
mod problems;
mod publish;
mod query;
mod shell;
mod sources;
mod states;
mod ways;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::snapshot::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::pipeline::Loaded;
use crate::site::Site;

pub use http::{is_its, respond};
pub use looking::noted;

use changes::Comparisons;
use overview::{Overview, Tallies};
use query::Fields;

/// Where it is served. No page of a site can lie there: names that begin with `_` are not pages.
pub const FOLDER: &str = "/_desk/";

/// What is kept from request to request.
#[derive(Debug, Default)]
pub struct Desk {
    overview: Mutex<Option<Arc<Overview>>>,
    comparisons: Arc<Comparisons>,
    /// The day that it is, as the preview was last told without being asked for another.
    today: Mutex<Option<Date>>,
}

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Every page.
    Pages,
    /// What is wrong.
    Problems,
    /// What a build would change.
    Publish,
    /// What changes by itself.
    Calendar,
    /// The works that are cited.
    Sources,
    /// The words of the glossary.
    Words,
    /// One page.
    Page,
}

impl Room {
    /// Those that stand in the menu, each with its address and its name.
    pub const ALL: [(Room, &'static str, &'static str); 6] = [
        (Room::Pages, "/_desk/", "Pages"),
        (Room::Problems, "/_desk/problems/", "Problems"),
        (Room::Publish, "/_desk/publish/", "To be published"),
        (Room::Calendar, "/_desk/calendar/", "Calendar"),
        (Room::Sources, "/_desk/sources/", "Sources"),
        (Room::Words, "/_desk/words/", "Words"),
    ];
}

/// Everything that a room may tell of.
pub struct Visit<'a> {
    /// The state of the site.
    pub snapshot: &'a Arc<Snapshot>,
    /// What was loaded.
    pub loaded: &'a Loaded,
    /// Every text.
    pub overview: &'a Overview,
    /// What the address asks for.
    pub fields: &'a Fields,
    /// The day that it is.
    pub today: Date,
}

impl Visit<'_> {
    /// The site.
    pub fn site(&self) -> &Site {
        &self.loaded.site
    }

    /// What is wrong with it.
    pub fn problems(&self) -> &[Diagnostic] {
        self.snapshot.diagnostics()
    }

    /// The same, counted by file.
    pub fn tallies(&self) -> Tallies<'_> {
        Tallies::new(self.problems())
    }
}

/// A page of the desk.
pub struct Shown {
    /// 200 or 404.
    pub status: u16,
    /// The whole page.
    pub html: String,
}

impl Desk {
    /// What an address of the desk shows; `None` when nothing is there.
    pub fn show(&self, snapshot: &Arc<Snapshot>, path: &str, fields: &Fields) -> Option<Shown> {
        let mut rooms = Room::ALL.iter();
        let room = match rooms.find(|row| row.1 == path) {
            Some(row) => row.0,
            None if path == "/_desk/page/" => Room::Page,
            None => return None,
        };
        let loaded = match snapshot.loaded() {
            Ok(loaded) => loaded,
            Err(error) => {
                let html = shell::closed(snapshot, error);
                return Some(Shown { status: 200, html });
            }
        };
        let overview = self.overview(&loaded.site);
        let visit = Visit {
            snapshot,
            loaded,
            overview: &overview,
            fields,
            today: self.today(snapshot, loaded),
        };
        let (status, content) = match room {
            Room::Pages => (200, pages::room(&visit)),
            Room::Problems => (200, problems::room(&visit)),
            Room::Publish => (200, publish::room(&visit, &self.comparisons)),
            Room::Calendar => (200, calendar::room(&visit)),
            Room::Sources => (200, sources::room(&visit)),
            Room::Words => (200, words::room(&visit)),
            Room::Page => match page::room(&visit) {
                Some(content) => (200, content),
                None => (404, page::missing(&visit)),
            },
        };
        Some(Shown {
            status,
            html: shell::page(&visit, room, &content),
        })
    }

    /// Every text of a site, looked at once.
    fn overview(&self, site: &Arc<Site>) -> Arc<Overview> {
        // What is kept is whole even if another thread panicked while it held the lock.
        let mut kept = self.overview.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(overview) = kept.as_ref().filter(|it| Arc::ptr_eq(&it.site, site)) {
            return Arc::clone(overview);
        }
        let overview = Arc::new(Overview::new(site, kept.as_deref()));
        overview.measure_ahead();
        *kept = Some(Arc::clone(&overview));
        overview
    }

    /// The day that it is. While another day is looked at, the last one that was not asked for.
    fn today(&self, snapshot: &Snapshot, loaded: &Loaded) -> Date {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if snapshot.view().day.is_none() {
            *today = Some(loaded.site.today);
        }
        today.unwrap_or(loaded.site.today)
    }
}
