//! The desk as a server meets it: addresses, what a form sends, and who may send one.
//!
//! A form changes how the site is looked at, so it counts only when it comes from this computer and
//! from a page of the preview itself, and not from another site that is open in the same browser.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch::Receiver;

use super::query::Fields;
use super::{Desk, FOLDER, Shown, looking, shell};
use crate::preview::snapshot::Snapshot;
use crate::preview::watch::Wishes;

/// How much a form may send.
const LARGEST_FORM: usize = 4096;

/// How long an answer waits for the site to be looked at in another way.
const PATIENCE: Duration = Duration::from_secs(20);

/// Our stylesheet, script and empty icon; forms go to the preview alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Whether an address belongs to the desk.
pub fn is_its(path: &str) -> bool {
    path == "/_desk" || path.starts_with(FOLDER)
}

/// Answers a request to an address of the desk.
pub async fn respond(
    desk: Arc<Desk>,
    snapshots: Receiver<Arc<Snapshot>>,
    wishes: Wishes,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    match (request.method(), path.as_str()) {
        (&Method::POST, looking::ADDRESS) => look(snapshots, wishes, request).await,
        (&Method::GET | &Method::HEAD, "/_desk") => sent_on(StatusCode::FOUND, FOLDER),
        (&Method::GET | &Method::HEAD, "/_desk/desk.css") => {
            ours("text/css; charset=utf-8", include_str!("desk.css"))
        }
        (&Method::GET | &Method::HEAD, "/_desk/note.css") => {
            ours("text/css; charset=utf-8", include_str!("note.css"))
        }
        (&Method::GET | &Method::HEAD, "/_desk/desk.js") => {
            ours("text/javascript; charset=utf-8", include_str!("desk.js"))
        }
        (&Method::GET | &Method::HEAD, _) => {
            let fields = Fields::read(request.uri().query().unwrap_or_default());
            let snapshot = Arc::clone(&snapshots.borrow());
            // Looking through all texts is work for a processor, not for the threads that wait.
            let shown =
                tokio::task::spawn_blocking(move || desk.show(&snapshot, &path, &fields)).await;
            match shown {
                Ok(Some(shown)) => show(shown),
                Ok(None) => {
                    let words = "There is no such part of the desk. It begins at /_desk/.\n";
                    (StatusCode::NOT_FOUND, words).into_response()
                }
                Err(_) => {
                    let words = "The desk could not be made. That is a mistake in the generator.\n";
                    (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
                }
            }
        }
        (_, _) => {
            let allow = [(header::ALLOW, "GET, HEAD")];
            let words = "This part of the desk can only be read.\n";
            (StatusCode::METHOD_NOT_ALLOWED, allow, words).into_response()
        }
    }
}

/// Looks at the site in the way that a form asks for, and goes back to where the form was.
async fn look(
    mut snapshots: Receiver<Arc<Snapshot>>,
    wishes: Wishes,
    request: Request,
) -> Response {
    if !is_from_here(&request) {
        let words =
            "Only the preview itself, on this computer, can change how the site is shown.\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let Ok(bytes) = to_bytes(request.into_body(), LARGEST_FORM).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "That form is too long.\n").into_response();
    };
    let fields = Fields::read(&String::from_utf8_lossy(&bytes));
    let Ok(view) = looking::wanted(&fields) else {
        let html = shell::sorry(
            "That is not a day",
            "Write the day as year, month and day, such as <code>2026-12-24</code>.",
        );
        return show(Shown { status: 400, html });
    };
    if snapshots.borrow_and_update().view() != view {
        wishes.view(view);
        let there = async {
            // When no more snapshots come, the preview is ending.
            while snapshots.changed().await.is_ok() {
                if snapshots.borrow_and_update().view() == view {
                    break;
                }
            }
        };
        // A site that takes longer is shown when it is ready: the page brings itself up to date.
        let _ = tokio::time::timeout(PATIENCE, there).await;
    }
    sent_on(StatusCode::SEE_OTHER, looking::way_back(&fields))
}

/// True for a form of our own page, sent from this computer.
fn is_from_here(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback())
        && is_of_our_page(request.headers())
}

/// True when the page that sends it is one of the same host.
fn is_of_our_page(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let (Some(host), Some(origin)) = (text(header::HOST), text(header::ORIGIN)) else {
        return false;
    };
    origin
        .strip_prefix("http://")
        .is_some_and(|origin| origin.eq_ignore_ascii_case(host))
}

fn show(Shown { status, html }: Shown) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (status, headers, html).into_response()
}

fn ours(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}

fn sent_on(status: StatusCode, to: &str) -> Response {
    (status, [(header::LOCATION, to.to_owned())]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_counts_only_from_a_page_of_the_same_host() {
        let check = |host: &'static str, origin: Option<&'static str>, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_of_our_page(&headers), expected, "{host} {origin:?}");
        };
        check("localhost:4000", Some("http://localhost:4000"), true);
        check("localhost:4000", Some("http://localhost:4001"), false);
        check("localhost:4000", Some("http://evil.example"), false);
        check("localhost:4000", Some("null"), false);
        check("localhost:4000", None, false);
    }
}
