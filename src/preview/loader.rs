//! Makes a snapshot of the site after each change.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::snapshot::{Snapshot, Took, View};
use super::watch::Change;
use super::{Listener, News};
use crate::error::Error;
use crate::pipeline::{Loaded, Options, Workspace};

/// Opens the site folder again and again.
pub struct Loader {
    workspace: Workspace,
    renew: Box<dyn FnMut(&mut Options) + Send>,
    listener: Listener,
    view: View,
}

impl Loader {
    /// With the options of the workspace, as the person at the keyboard chose them.
    pub fn new(
        workspace: Workspace,
        renew: Box<dyn FnMut(&mut Options) + Send>,
        listener: Listener,
    ) -> Self {
        let view = View {
            drafts: workspace.options().drafts,
            day: None,
        };
        Self {
            workspace,
            renew,
            listener,
            view,
        }
    }

    /// The site as it is when the preview begins.
    pub fn first(&mut self) -> Snapshot {
        let start = Instant::now();
        self.choose(None);
        let load = self.open(&[]);
        self.tell(None, load, start, Duration::ZERO)
    }

    /// The site after a change; `None` when nothing is otherwise than it was.
    pub fn load(&mut self, previous: &Snapshot, change: Change) -> Option<Snapshot> {
        let start = Instant::now();
        let options = self.choose(change.view);
        let load = self.open(&change.files);
        let is_same = options == *self.workspace.options()
            && change.view.is_none()
            && previous.loaded().is_ok()
            && load.as_ref().is_ok_and(|loaded| loaded.changed.is_empty());
        let notice = change.began.map(|began| start.duration_since(began));
        let notice = notice.unwrap_or_default();
        (!is_same).then(|| self.tell(Some(previous), load, start, notice))
    }

    /// Sets the options for the next opening. Gives those of the one before.
    fn choose(&mut self, view: Option<View>) -> Options {
        self.view = view.unwrap_or(self.view);
        let before = self.workspace.options().clone();
        let options = self.workspace.options_mut();
        (self.renew)(options);
        options.drafts = self.view.drafts;
        options.today = self.view.day.unwrap_or(options.today);
        before
    }

    fn open(&mut self, names: &[String]) -> Result<Loaded, Error> {
        // A panic is a mistake of ours. An author who writes on will write something else, so the
        // preview must not be the thing that ends. What the workspace remembered is lost with it.
        let load = catch_unwind(AssertUnwindSafe(|| self.workspace.open(names)));
        load.unwrap_or_else(|_| Err(mistake()))
    }

    fn tell(
        &self,
        previous: Option<&Snapshot>,
        load: Result<Loaded, Error>,
        start: Instant,
        notice: Duration,
    ) -> Snapshot {
        let open = start.elapsed();
        let snapshot = Snapshot::after(previous, load, self.view, Took { notice, open });
        (self.listener)(News::Loaded {
            changed: snapshot.changed(),
            outcome: snapshot.loaded(),
            took: open,
        });
        snapshot
    }
}

/// What is told of a panic.
pub fn mistake() -> Error {
    Error::new(
        "read",
        Path::new("the site"),
        "a mistake in the generator stopped it",
    )
    .help("the preview goes on: undo the last change, and report the mistake please")
}
