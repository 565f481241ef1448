//! The site as it was last read, and as it last was without errors.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;
use crate::pipeline::Loaded;

/// One state of the site. Each load makes a new one; none ever changes.
pub struct Snapshot {
    number: u64,
    current: Arc<Result<Loaded, Error>>,
    /// The last load without errors before this one, to fall back on while this one has some.
    sound: Option<Arc<Result<Loaded, Error>>>,
    /// The addresses whose failure has been told, so that it is told once.
    told: Mutex<BTreeSet<String>>,
}

impl Snapshot {
    /// The state that a load gives after an earlier state.
    pub fn after(previous: Option<&Self>, load: Result<Loaded, Error>) -> Self {
        let sound = previous.and_then(|previous| {
            if previous.is_sound() {
                Some(Arc::clone(&previous.current))
            } else {
                previous.sound.clone()
            }
        });
        let snapshot = Self {
            number: previous.map_or(1, |previous| previous.number + 1),
            current: Arc::new(load),
            sound: None,
            told: Mutex::default(),
        };
        // A sound state needs no other, and letting it go frees the memory it holds.
        if snapshot.is_sound() {
            snapshot
        } else {
            Self { sound, ..snapshot }
        }
    }

    /// A name for this state that no other state has, not even after the preview is started again.
    pub fn version(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
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

    fn is_sound(&self) -> bool {
        self.loaded().is_ok_and(|loaded| !loaded.has_errors())
    }
}
