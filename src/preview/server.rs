//! The server: who may ask, what is ours, and the headers of every answer.

use std::convert::Infallible;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::error::Error;

use super::Listener;
use super::answer::{Answer, Reply, answer};
use super::desk::{self, Desk};
use super::dress::OUR_FOLDER;
use super::guard::{Asked, Ends};
use super::open::{self, Editor};
use super::problems;
use super::snapshot::{Snapshot, Took};
use super::watch::Wishes;

/// Sent with every answer: nothing is kept by the browser, no other site learns of it,
/// and none may use it.
const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// The most that a form of ours says.
const FORM: usize = 8192;

/// What every answer can draw on.
#[derive(Clone)]
pub struct App {
    /// The states of the site, the newest now.
    pub snapshots: Receiver<Arc<Snapshot>>,
    /// Who is told what happens.
    pub listener: Listener,
    /// For what a request may change: how the site is looked at.
    pub wishes: Wishes,
    /// The site folder.
    pub root: Arc<Path>,
    /// What opens files, when there is such a thing.
    pub editor: Option<Arc<Editor>>,
    /// The names that the preview answers to beside its addresses.
    pub names: Arc<[String]>,
    /// What the desk keeps from request to request.
    pub desk: Arc<Desk>,
}

impl Connected<IncomingStream<'_, tokio::net::TcpListener>> for Ends {
    fn connect_info(stream: IncomingStream<'_, tokio::net::TcpListener>) -> Self {
        let there = *stream.remote_addr();
        // A connection that does not know where it came in is already gone.
        let here = stream.io().local_addr().unwrap_or(there);
        Self { here, there }
    }
}

/// Serves until Ctrl-C.
pub async fn serve(socket: TcpListener, app: App) -> Result<(), Error> {
    let denied = |error| Error::io("serve", Path::new("the preview"), &error);
    socket.set_nonblocking(true).map_err(denied)?;
    let socket = tokio::net::TcpListener::from_std(socket).map_err(denied)?;
    let router = Router::new().fallback(respond).with_state(app);
    let service = router.into_make_service_with_connect_info::<Ends>();
    tokio::select! {
        end = axum::serve(socket, service) => end.map_err(denied),
        signal = tokio::signal::ctrl_c() => signal.map_err(denied),
    }
}

async fn respond(
    State(app): State<App>,
    ConnectInfo(ends): ConnectInfo<Ends>,
    mut request: Request,
) -> Response {
    let asked = Asked {
        method: request.method(),
        uri: request.uri(),
        headers: request.headers(),
        ends,
        names: &app.names,
    };
    let may = asked.may();
    // Names that begin with `_` are never those of a site's page: what is there is ours.
    let is_ours = request.uri().path().starts_with("/_");
    // For those who only have to know from where.
    request.extensions_mut().insert(ConnectInfo(ends.there));
    let mut response = match may {
        Err(refusal) => (StatusCode::FORBIDDEN, refusal.words()).into_response(),
        Ok(()) => answered(app, request).await,
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    if is_ours {
        // Where a page may say nothing of itself, its forms cannot say that they come from here.
        let policy = HeaderValue::from_static("same-origin");
        response
            .headers_mut()
            .insert(header::REFERRER_POLICY, policy);
    }
    response
}

/// The answer to a request that may be answered.
async fn answered(app: App, request: Request) -> Response {
    if desk::is_its(request.uri().path()) {
        return desk::respond(app.desk, app.snapshots, app.wishes, request).await;
    }
    let ours = request.uri().path().strip_prefix(OUR_FOLDER);
    if *request.method() == Method::POST && ours == Some("open") {
        return opened(app, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        let words = "The preview can only be read.\n";
        return (StatusCode::METHOD_NOT_ALLOWED, allow, words).into_response();
    }
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    match ours {
        Some("events") => events(app.snapshots),
        Some("reload.js") => ours_of(SCRIPT, include_str!("reload.js")),
        Some("morph.js") => ours_of(SCRIPT, include_str!("morph.js")),
        Some("keep.js") => ours_of(SCRIPT, include_str!("keep.js")),
        Some("notes.js") => ours_of(SCRIPT, include_str!("notes.js")),
        Some("problems.css") => ours_of("text/css; charset=utf-8", include_str!("problems.css")),
        Some("open") => ask_to_open(&app, request.uri()),
        Some(_) => StatusCode::NOT_FOUND.into_response(),
        None => rendered(app, request.uri().clone()).await,
    }
}

/// The stream that tells browsers which version is the newest, at once and after each load; and when
/// the checks of that version are done.
fn events(snapshots: Receiver<Arc<Snapshot>>) -> Response {
    let events = WatchStream::new(snapshots).map(|snapshot| {
        let state = if snapshot.is_checked() {
            "checked"
        } else {
            "loaded"
        };
        let event = Event::default().event("version").id(state);
        let event = event.data(snapshot.version());
        Ok::<_, Infallible>(event.retry(std::time::Duration::from_millis(500)))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Opens a place in the editor. The answer has no words when it is done, and a way to do it by hand when
/// it cannot be.
async fn opened(app: App, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let form = axum::body::to_bytes(body, FORM).await.unwrap_or_default();
    let form = String::from_utf8_lossy(&form);
    let place = open::read(parts.uri.query().unwrap_or_default()).or_else(|| open::read(&form));
    let said = |status, words: &str, link: &str| {
        if is_for_a_script(&parts.headers) {
            let told = serde_json::json!({ "words": words, "link": link });
            let kind = [(header::CONTENT_TYPE, "application/json")];
            return (status, kind, told.to_string()).into_response();
        }
        let inside = format!(
            "<p>{}</p><p><a href=\"{2}\">{1}</a></p>",
            problems::words(words),
            problems::escape(link),
            problems::escape(link)
        );
        own_page(status, "The place could not be opened", &inside)
    };
    let file = place
        .as_ref()
        .and_then(|place| open::file_within(&app.root, &place.file));
    let (Some(place), Some(file)) = (place, file) else {
        let words = "There is no such file in the site folder; what a built-in theme holds lies in \
                     the program.";
        return said(StatusCode::NOT_FOUND, words, "");
    };
    let by_hand = format!(
        "vscode://file{}{}:{}:{}",
        if cfg!(windows) { "/" } else { "" },
        open::encode(&file.to_string_lossy().replace('\\', "/")),
        place.line,
        place.column
    );
    let Some(editor) = &app.editor else {
        let words = "No editor was found. Name yours with `--editor`; or if it is VS Code:";
        return said(StatusCode::CONFLICT, words, &by_hand);
    };
    match editor.start(&app.root, &place) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            let words = format!("The editor could not be started: {error}.");
            said(StatusCode::CONFLICT, &words, &by_hand)
        }
    }
}

fn is_for_a_script(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    accept.is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Without a script a place is a link: it leads to a page with a button.
fn ask_to_open(app: &App, uri: &Uri) -> Response {
    let Some(place) = open::read(uri.query().unwrap_or_default()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let file = problems::escape(place.file.as_str());
    let (line, column) = (place.line, place.column);
    let inside = format!(
        "<p class=\"lead\"><code>{file}:{line}:{column}</code>, in {}</p>\
         <form method=\"post\" action=\"{OUR_FOLDER}open\">\
         <input type=\"hidden\" name=\"file\" value=\"{file}\">\
         <input type=\"hidden\" name=\"line\" value=\"{line}\">\
         <input type=\"hidden\" name=\"column\" value=\"{column}\">\
         <button class=\"act\">Open in your editor</button></form>",
        problems::escape(&app.root.to_string_lossy())
    );
    own_page(StatusCode::OK, "Open a place", &inside)
}

fn own_page(status: StatusCode, title: &str, inside: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, problems::POLICY),
    ];
    (status, headers, problems::page_of_ours(title, inside)).into_response()
}

fn ours_of(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}

async fn rendered(app: App, uri: Uri) -> Response {
    let snapshot = Arc::clone(&app.snapshots.borrow());
    let path = uri.path().to_owned();
    let (took, start) = (snapshot.took(), Instant::now());
    // Rendering is work for a processor, not for the threads that wait for the network.
    let reply = tokio::task::spawn_blocking(move || answer(&snapshot, &path, &app.listener)).await;
    match reply {
        Ok(Reply::Show(answer)) => timed(show(answer), took, start.elapsed()),
        Ok(Reply::AddSlash) => add_slash(&uri),
        Err(_) => {
            let words = "This page could not be made. That is a mistake in the generator.\n";
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    }
}

fn show(answer: Answer) -> Response {
    let Answer {
        status,
        media_type,
        body,
        policy,
    } = answer;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (
        status,
        [(header::CONTENT_TYPE, media_type)],
        Body::from(body),
    )
        .into_response();
    // A policy that no header can carry would be one with a mistake of ours; the page has its own.
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Says how long the program itself took, from the first word of the last change to this answer. Browsers
/// show it among their tools.
fn timed(mut response: Response, took: Took, answer: Duration) -> Response {
    let milliseconds = |of: Duration| of.as_secs_f64() * 1000.0;
    let said = format!(
        "notice;dur={:.2}, open;dur={:.2}, answer;dur={:.2}",
        milliseconds(took.notice),
        milliseconds(took.open),
        milliseconds(answer)
    );
    // Numbers and these words can always be sent.
    if let Ok(said) = HeaderValue::from_str(&said) {
        response.headers_mut().insert("server-timing", said);
    }
    response
}

fn add_slash(uri: &Uri) -> Response {
    let query = uri
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    let location = format!("{}/{query}", uri.path());
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}
