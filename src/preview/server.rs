//! The server: who may ask, what is ours, and the headers of every answer.

use std::convert::Infallible;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::error::Error;

use super::Listener;
use super::answer::{Answer, Reply, answer};
use super::dress::OUR_FOLDER;
use super::snapshot::Snapshot;

/// Sent with every answer: nothing is kept by the browser, no other site learns of it,
/// and none may use it.
const HEADERS: [(header::HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

#[derive(Clone)]
struct App {
    snapshots: Receiver<Arc<Snapshot>>,
    listener: Listener,
}

/// Serves until Ctrl-C.
pub async fn serve(
    socket: TcpListener,
    snapshots: Receiver<Arc<Snapshot>>,
    listener: Listener,
) -> Result<(), Error> {
    let denied = |error| Error::io("serve", Path::new("the preview"), &error);
    socket.set_nonblocking(true).map_err(denied)?;
    let socket = tokio::net::TcpListener::from_std(socket).map_err(denied)?;
    let router = Router::new().fallback(respond).with_state(App {
        snapshots,
        listener,
    });
    tokio::select! {
        end = axum::serve(socket, router) => end.map_err(denied),
        signal = tokio::signal::ctrl_c() => signal.map_err(denied),
    }
}

async fn respond(State(app): State<App>, request: Request) -> Response {
    let mut response = if !is_for_us(request.headers(), request.uri()) {
        let words = "The preview answers to localhost, 127.0.0.1 and [::1] only.\n";
        (StatusCode::FORBIDDEN, words).into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        (
            StatusCode::METHOD_NOT_ALLOWED,
            allow,
            "The preview can only be read.\n",
        )
            .into_response()
    } else {
        match request.uri().path().strip_prefix(OUR_FOLDER) {
            Some("events") => events(app.snapshots),
            Some("reload.js") => ours("text/javascript; charset=utf-8", include_str!("reload.js")),
            Some("problems.css") => ours("text/css; charset=utf-8", include_str!("problems.css")),
            Some(_) => StatusCode::NOT_FOUND.into_response(),
            None => rendered(app, request.uri().clone()).await,
        }
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// False for a request by a name that is not this computer's own: a website that has pointed its
/// name at 127.0.0.1 would otherwise read the preview from the author's browser.
fn is_for_us(headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts: Vec<&str> = Vec::new();
    for host in headers.get_all(header::HOST) {
        hosts.push(host.to_str().unwrap_or_default());
    }
    if let Some(authority) = uri.authority() {
        hosts.push(authority.as_str());
    }
    !hosts.is_empty() && hosts.into_iter().all(is_loopback)
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|digit| digit.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]")
}

/// The stream that tells browsers which version is the newest, at once and after each load.
fn events(snapshots: Receiver<Arc<Snapshot>>) -> Response {
    let events = WatchStream::new(snapshots).map(|snapshot| {
        Ok::<_, Infallible>(Event::default().event("version").data(snapshot.version()))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

fn ours(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}

async fn rendered(app: App, uri: Uri) -> Response {
    let snapshot = Arc::clone(&app.snapshots.borrow());
    let path = uri.path().to_owned();
    // Rendering is work for a processor, not for the threads that wait for the network.
    let reply = tokio::task::spawn_blocking(move || answer(&snapshot, &path, &app.listener)).await;
    match reply {
        Ok(Reply::Show(answer)) => show(answer),
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

fn add_slash(uri: &Uri) -> Response {
    let query = uri
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    let location = format!("{}/{query}", uri.path());
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computers_own_names_are_answered() {
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "127.0.0.1:1",
            "[::1]:4000",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:4000",
            "::2",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
