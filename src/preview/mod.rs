//! Shows the site in a browser while it is being written.
//!
//! A request is answered by rendering that one route from the loaded site that is kept in memory:
//! the same function, and therefore the same bytes, as `build`. Only the answer is dressed for the
//! preview: [`dress`] adds the script that reloads, and the problems of the site while it has any.
//!
//! ```text
//! disk ─watch─▶ load ─▶ Snapshot ─┬─answer─dress─▶ browser
//!                                 └─events───────▶ "there is a new version"
//! ```
//!
//! What is served is for this computer only: the address is a loopback address, and a request that
//! names another host is refused, so that no website can reach in by way of a name of its own
//! (DNS rebinding). Nothing is read from the output folder and nothing is written anywhere.
//!
//! The site is served at `/`. Links within pages are relative and hold anywhere; what is written
//! with the base path of the site's address, such as the links of its 404 page, holds too, because
//! every route also answers below that base path.

mod answer;
mod dress;
mod policy;
mod problems;
mod server;
mod snapshot;
mod watch;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::pipeline::{Loaded, Options, Workspace};

use snapshot::Snapshot;
use watch::Watcher;

/// The port that is tried first when none is asked for.
pub const FIRST_PORT: u16 = 4000;

/// How many ports after it are tried.
const PORTS_TRIED: u16 = 100;

/// What there is to tell while the preview runs.
pub enum News<'a> {
    /// The preview can be opened at this address.
    Serving(&'a str),
    /// The site was read, for the first time or after a change.
    Loaded {
        /// The files that have changed, as far as they are known; empty the first time.
        changed: &'a [String],
        /// The site with its diagnostics, or what the machine denied.
        outcome: Result<&'a Loaded, &'a Error>,
        /// How long it took.
        took: Duration,
    },
    /// A page that was asked for could not be rendered.
    PageFailed {
        /// The address asked for.
        path: &'a str,
        /// Why.
        diagnostics: &'a [Diagnostic],
        /// The texts they point into.
        loaded: &'a Loaded,
    },
}

/// Somebody to tell.
pub type Listener = Arc<dyn Fn(News<'_>) + Send + Sync>;

/// What the preview is to do.
pub struct Settings {
    /// The site folder.
    pub site: PathBuf,
    /// How the site is read.
    pub workspace: Workspace,
    /// Called before each load: the preview may run over midnight, and does not know the clock.
    pub renew: Box<dyn FnMut(&mut Options) + Send>,
    /// The port, any free one for 0; [`FIRST_PORT`] or one of the next for `None`.
    pub port: Option<u16>,
    /// Who is told what happens.
    pub listener: Listener,
}

/// Serves the site until the program is told to stop (Ctrl-C).
pub fn run(settings: Settings) -> Result<(), Error> {
    let Settings {
        site,
        workspace,
        renew,
        port,
        listener,
    } = settings;
    let socket = listen(port)?;
    let address = socket.local_addr().map_err(|error| refused(0, &error))?;
    // Watching begins before the first load, so that a change between the two is not lost.
    let watcher = Watcher::new(&site)?;
    let mut loader = Loader {
        workspace,
        renew,
        listener: Arc::clone(&listener),
    };
    let (sender, receiver) = tokio::sync::watch::channel(Arc::new(loader.load(None, &[])));
    std::thread::spawn(move || follow(watcher, loader, &sender));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::io("start", Path::new("the server"), &error))?;
    listener(News::Serving(&format!("http://{address}/")));
    let end = runtime.block_on(server::serve(socket, receiver, listener));
    // Open event streams would never end by themselves.
    runtime.shutdown_background();
    end
}

/// Loads the site again after each change, for ever.
fn follow(
    mut watcher: Watcher,
    mut loader: Loader,
    sender: &tokio::sync::watch::Sender<Arc<Snapshot>>,
) {
    loop {
        let changed = watcher.wait();
        let previous = Arc::clone(&sender.borrow());
        sender.send_replace(Arc::new(loader.load(Some(&previous), &changed)));
    }
}

/// Makes snapshots of the site.
struct Loader {
    workspace: Workspace,
    renew: Box<dyn FnMut(&mut Options) + Send>,
    listener: Listener,
}

impl Loader {
    fn load(&mut self, previous: Option<&Snapshot>, changed: &[String]) -> Snapshot {
        let start = Instant::now();
        (self.renew)(self.workspace.options_mut());
        // A panic is a mistake of ours. An author who writes on will write something else, so the
        // preview must not be the thing that ends. The workspace only ever holds whole documents.
        let load = catch_unwind(AssertUnwindSafe(|| self.workspace.load()));
        let load = load.unwrap_or_else(|_| {
            Err(Error::new(
                "read",
                Path::new("the site"),
                "a mistake in the generator stopped it",
            )
            .help("the preview goes on: undo the last change, and report the mistake please"))
        });
        let snapshot = Snapshot::after(previous, load);
        let outcome = snapshot.loaded();
        (self.listener)(News::Loaded {
            changed,
            outcome,
            took: start.elapsed(),
        });
        snapshot
    }
}

fn listen(port: Option<u16>) -> Result<TcpListener, Error> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = port {
        return bind(port).map_err(|error| refused(port, &error));
    }
    let mut last = None;
    for port in FIRST_PORT..FIRST_PORT + PORTS_TRIED {
        match bind(port) {
            Ok(socket) => return Ok(socket),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(refused(port, &error)),
        }
    }
    let error = last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(refused(FIRST_PORT, &error))
}

fn refused(port: u16, error: &std::io::Error) -> Error {
    let address = PathBuf::from(format!("127.0.0.1:{port}"));
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::new("serve at", &address, "another program uses that port")
                .help("name another with `--port`, or leave it out to take the next free one")
        }
        _ => Error::io("serve at", &address, error),
    }
}
