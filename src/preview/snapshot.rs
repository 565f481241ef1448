//! The site as it was last read, and as it last was without errors.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::path::SourcePath;
use crate::pipeline::Loaded;

/// How the person at the keyboard wants to see the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Drafts, scheduled and expired pages too.
    pub drafts: bool,
    /// As it would be on this day; today when there is none.
    pub day: Option<Date>,
}

/// How long it took until a state of the site was there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Took {
    /// From the first word of a change until it was sure that all of it is told.
    pub notice: Duration,
    /// To open the folder again.
    pub open: Duration,
}

/// One state of the site. Each load makes a new one; none ever changes.
///
/// A load is shown before its checks are done. When they are, a second snapshot of the same number
/// follows, which differs in nothing but [`Snapshot::diagnostics`].
pub struct Snapshot {
    number: u64,
    view: View,
    took: Took,
    is_checked: bool,
    current: Arc<Result<Loaded, Error>>,
    /// The last load without errors before this one, to fall back on while this one has some.
    sound: Option<Arc<Result<Loaded, Error>>>,
    /// The addresses whose failure has been told, so that it is told once.
    told: Arc<Mutex<BTreeSet<String>>>,
}

impl Snapshot {
    /// The state that a load gives after an earlier state.
    pub fn after(
        previous: Option<&Self>,
        load: Result<Loaded, Error>,
        view: View,
        took: Took,
    ) -> Self {
        let sound = previous.and_then(|previous| {
            if previous.is_sound() {
                Some(Arc::clone(&previous.current))
            } else {
                previous.sound.clone()
            }
        });
        Self {
            number: previous.map_or(1, |previous| previous.number + 1),
            view,
            took,
            is_checked: load.is_err(),
            current: Arc::new(load),
            sound,
            told: Arc::default(),
        }
    }

    /// The same state with its checks done, or what became of them.
    pub fn checked(&self, load: Result<Loaded, Error>) -> Self {
        let checked = Self {
            number: self.number,
            view: self.view,
            took: self.took,
            is_checked: true,
            current: Arc::new(load),
            sound: None,
            told: Arc::clone(&self.told),
        };
        // A sound state needs no other, and letting it go frees the memory it holds.
        if checked.is_sound() {
            checked
        } else {
            let sound = self.sound.clone();
            Self { sound, ..checked }
        }
    }

    /// Its place in the order of states, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A name for this state that no other state has, not even after the preview is started again.
    pub fn version(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }

    /// Whether the checks of this load are done.
    pub fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// What is wrong with the site, as far as it is known; nothing while it cannot be read.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.loaded().map_or(&[], |loaded| &loaded.diagnostics)
    }

    /// The files that have changed since the load before.
    pub fn changed(&self) -> &[SourcePath] {
        self.loaded().map_or(&[], |loaded| &loaded.changed)
    }

    /// How the site is looked at.
    pub fn view(&self) -> View {
        self.view
    }

    /// How long it took.
    pub fn took(&self) -> Took {
        self.took
    }

    /// What the load gave.
    pub fn loaded(&self) -> Result<&Loaded, &Error> {
        (*self.current).as_ref()
    }

    /// Where routes are looked for, in this order: the site as it is, then, while that has errors,
    /// the site as it last was without.
    pub fn candidates(&self) -> impl Iterator<Item = &Loaded> {
        let sound = self
            .sound
            .as_ref()
            .and_then(|sound| (**sound).as_ref().ok());
        self.loaded().ok().into_iter().chain(sound)
    }

    /// True the first time it is asked for an address.
    pub fn is_first_failure(&self, path: &str) -> bool {
        // The set is whole even if another thread panicked while it held the lock.
        self.told
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned())
    }

    /// True while no error is known. An edit may come before all checks are done; what it follows on could
    /// be shown.
    pub fn is_sound(&self) -> bool {
        self.loaded().is_ok_and(|loaded| !loaded.has_errors())
    }
}
