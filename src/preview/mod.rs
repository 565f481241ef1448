//! Shows the site in a browser while it is being written.
//!
//! A request is answered by rendering that one route from the loaded site that is kept in memory:
//! the same function, and therefore the same bytes, as `build`. Only the answer is dressed for the
//! preview: [`dress`] adds the script that reloads, and the problems of the site while it has any.
//!
//! ```text
//! disk ─watch─▶ loader ─▶ Snapshot ─┬─answer─dress─▶ browser
//!                 │                 └─events───────▶ "there is a new version"
//!                 └─────▶ checker ──▶ the same Snapshot, with all that is wrong with it
//! ```
//!
//! A change is shown before it is checked: the page is there at once, and what is wrong follows as soon
//! as it is known. A new change ends the checks of the one before.
//!
//! What is served is for this computer only, unless [`Settings::reach`] says otherwise: the address is a
//! loopback address, and [`guard`] refuses a request that names another host or comes from another site,
//! so that no website can reach in. Nothing is read from the output folder and nothing is written
//! anywhere.
//!
//! In the browser `reload.js` keeps the page the newest, in place; what it needs to know is told by
//! [`dress`].
//!
//! Beside the site, [`desk`] serves the author's desk at `/_desk/`, from the same snapshots.
//!
//! The site is served at `/`. Links within pages are relative and hold anywhere; what is written
//! with the base path of the site's address, such as the links of its 404 page, holds too, because
//! every route also answers below that base path.

mod answer;
mod checker;
mod desk;
mod dress;
mod guard;
mod loader;
mod missing;
mod open;
mod policy;
mod problems;
mod server;
mod snapshot;
mod watch;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::path::SourcePath;
use crate::pipeline::{Loaded, Options, Workspace};
use crate::source;

use checker::Checker;
use loader::Loader;
use snapshot::Snapshot;
use watch::Watcher;

/// The port that is tried first when none is asked for.
pub const FIRST_PORT: u16 = 4000;

/// How many ports after it are tried.
const PORTS_TRIED: u16 = 100;

/// What there is to tell while the preview runs.
pub enum News<'a> {
    /// The preview can be opened.
    Serving {
        /// Its address at this computer.
        url: &'a str,
        /// Its address for others on the same network, when it listens there.
        network: Option<&'a str>,
        /// The page that was written last, such as `/caring/`.
        latest: &'a str,
    },
    /// The site was read, for the first time or after a change, and can be looked at.
    Loaded {
        /// The files that have changed; empty the first time.
        changed: &'a [SourcePath],
        /// The site, or what the machine denied.
        outcome: Result<&'a Loaded, &'a Error>,
        /// How long it took.
        took: Duration,
    },
    /// All is known of what is wrong with the site that was read last.
    Checked(&'a Loaded),
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
    /// Who may see it.
    pub reach: Reach,
    /// The command that opens a file in the author's editor; looked for when there is none.
    pub editor: Option<String>,
    /// Who is told what happens.
    pub listener: Listener,
}

/// Who may see the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// This computer.
    Here,
    /// Everybody on the network.
    Network {
        /// Where it listens.
        address: IpAddr,
        /// The names that it answers to beside its addresses.
        names: Vec<String>,
    },
}

/// Serves the site until the program is told to stop (Ctrl-C).
pub fn run(settings: Settings) -> Result<(), Error> {
    let Settings {
        site,
        workspace,
        renew,
        port,
        reach,
        editor,
        listener,
    } = settings;
    let ip = match &reach {
        Reach::Here => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Reach::Network { address, .. } => *address,
    };
    let socket = listen(ip, port)?;
    let address = socket.local_addr().map_err(|error| refused(0, &error))?;
    // Watching begins before the first load, so that a change between the two is not lost.
    let watcher = Watcher::new(&site)?;
    let wishes = watcher.wishes();
    let mut loader = Loader::new(workspace, renew, Arc::clone(&listener));
    let root: Arc<Path> = site.as_path().into();
    let first = Arc::new(loader.first());
    let (sender, snapshots) = tokio::sync::watch::channel(Arc::clone(&first));
    let checker = Checker::start(sender.clone(), Arc::clone(&listener))?;
    checker.check(first);
    std::thread::spawn(move || follow(watcher, loader, &sender, &checker));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::io("start", Path::new("the server"), &error))?;
    let latest = latest(&site, &snapshots.borrow());
    tell_where(&listener, address, &reach, &latest);
    let names = match reach {
        Reach::Here => Vec::new(),
        Reach::Network { names, .. } => names,
    };
    let app = server::App {
        snapshots,
        listener,
        wishes,
        root,
        editor: open::Editor::choose(editor.as_deref()).map(Arc::new),
        names: names.into(),
        desk: Arc::default(),
    };
    let end = runtime.block_on(server::serve(socket, app));
    // Open event streams would never end by themselves.
    runtime.shutdown_background();
    end
}

/// Loads the site again after each change, for ever.
fn follow(
    mut watcher: Watcher,
    mut loader: Loader,
    sender: &tokio::sync::watch::Sender<Arc<Snapshot>>,
    checker: &Checker,
) {
    loop {
        let change = watcher.wait();
        checker.stop();
        let previous = Arc::clone(&sender.borrow());
        match loader.load(&previous, change) {
            Some(snapshot) => {
                let snapshot = Arc::new(snapshot);
                sender.send_replace(Arc::clone(&snapshot));
                checker.check(snapshot);
            }
            None if previous.is_checked() => {}
            None => checker.check(previous),
        }
    }
}

/// The address of the page that was written last; of the front page when none is shown yet.
fn latest(site: &Path, snapshot: &Snapshot) -> String {
    let shown = snapshot.loaded().ok().map(|loaded| &loaded.site);
    let page_of = |path: SourcePath| Some(shown?.page(shown?.page_made_of(&path)?));
    let page = source::newest_articles(site).into_iter().find_map(page_of);
    page.map_or("/", |page| page.url.as_str()).to_owned()
}

/// Says at which addresses the preview can be opened.
fn tell_where(listener: &Listener, address: SocketAddr, reach: &Reach, latest: &str) {
    let ip = address.ip();
    let own = if ip.is_unspecified() {
        SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port())
    } else {
        address
    };
    let network = match reach {
        Reach::Here => None,
        Reach::Network { names, .. } if !names.is_empty() => {
            Some(format!("http://{}:{}/", names[0], address.port()))
        }
        Reach::Network { .. } if ip.is_unspecified() => address_on_the_network()
            .map(|ip| format!("http://{}/", SocketAddr::new(ip, address.port()))),
        Reach::Network { .. } => Some(format!("http://{address}/")),
    };
    listener(News::Serving {
        url: &format!("http://{own}/"),
        network: network.as_deref(),
        latest,
    });
}

/// This computer's address as others on its network see it. The system is asked by which of its
/// addresses it would send something outside, and nothing is sent: the one that is named is kept free
/// for examples.
fn address_on_the_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

fn listen(ip: IpAddr, port: Option<u16>) -> Result<TcpListener, Error> {
    let bind = |port| TcpListener::bind(SocketAddr::from((ip, port)));
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
