//! From the path of a request to what is sent back, by rendering one route.
//!
//! Knows nothing of HTTP but the three numbers it answers with, and nothing of sockets.

use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Loaded;
use crate::render::{Artifact, Content, Renderer, Route};

use super::snapshot::Snapshot;
use super::{Listener, News, dress, problems};

/// What is sent back.
pub struct Answer {
    /// 200, 404 or 500.
    pub status: u16,
    /// The `Content-Type`.
    pub media_type: String,
    /// The body.
    pub body: Vec<u8>,
    /// The content security policy, for a page.
    pub policy: Option<String>,
}

/// What a path leads to.
pub enum Reply {
    /// Something to show.
    Show(Answer),
    /// The page is at the same path with a slash after it.
    AddSlash,
}

/// Answers a request for a path as it stands in the request, percent-encoded.
pub fn answer(snapshot: &Snapshot, path: &str, listener: &Listener) -> Reply {
    let Some(path) = decode(path) else {
        return Reply::Show(not_found(snapshot, path));
    };
    let mut failure = None;
    for loaded in snapshot.candidates() {
        match find(&loaded.renderer, &path) {
            Found::Route(route) => match loaded.renderer.render(&route) {
                Ok(artifact) => {
                    return Reply::Show(shown(snapshot, 200, artifact, &path, failure.as_ref()));
                }
                // What matters is why the page fails as it is, not why it failed before.
                Err(_) if failure.is_some() => {}
                Err(diagnostics) => {
                    if snapshot.is_first_failure(&path) {
                        let diagnostics = &diagnostics;
                        listener(News::PageFailed {
                            path: &path,
                            diagnostics,
                            loaded,
                        });
                    }
                    failure = Some(Failure {
                        loaded,
                        diagnostics,
                    });
                }
            },
            Found::WithSlash => return Reply::AddSlash,
            Found::Nothing => {}
        }
    }
    Reply::Show(match failure {
        Some(failure) => problem_page(snapshot, 500, Some(&failure)),
        None => not_found(snapshot, &path),
    })
}

/// Why a page cannot be rendered.
pub struct Failure<'a> {
    /// The site whose texts the diagnostics point into.
    pub loaded: &'a Loaded,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

enum Found {
    Route(Route),
    WithSlash,
    Nothing,
}

/// Looks for a path in the site as it is served at `/`, and below the base path of its address.
fn find(renderer: &Renderer, path: &str) -> Found {
    let base = renderer.site().config.base_url.path();
    let below_base = path.strip_prefix(base).map(|rest| format!("/{rest}"));
    let index = path.strip_suffix("index.html");
    for path in [Some(path), index, below_base.as_deref()]
        .into_iter()
        .flatten()
    {
        if let Some(route) = renderer.route(path) {
            return Found::Route(route);
        }
        if !path.ends_with('/') && renderer.route(&format!("{path}/")).is_some() {
            return Found::WithSlash;
        }
    }
    if format!("{path}/") == base {
        Found::WithSlash
    } else {
        Found::Nothing
    }
}

/// The 404 page nearest to the path, so that each language answers for its own folder.
fn not_found(snapshot: &Snapshot, path: &str) -> Answer {
    for loaded in snapshot.candidates() {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            let Found::Route(route) = find(&loaded.renderer, &format!("{parent}/404.html")) else {
                folder = parent;
                continue;
            };
            if let Ok(artifact) = loaded.renderer.render(&route) {
                return shown(snapshot, 404, artifact, path, None);
            }
            break;
        }
    }
    match snapshot.loaded() {
        Ok(loaded) if !loaded.has_errors() => plain(404, "There is no page here.\n"),
        Ok(_) | Err(_) => problem_page(snapshot, 404, None),
    }
}

/// What was rendered, dressed for the preview when it is a page.
fn shown(
    snapshot: &Snapshot,
    status: u16,
    artifact: Artifact,
    path: &str,
    failure: Option<&Failure<'_>>,
) -> Answer {
    let body = match artifact.content {
        Content::Bytes(bytes) => bytes,
        Content::File(file) => match read(&file) {
            Ok(bytes) => bytes,
            Err(error) => {
                return plain(500, &format!("`{path}` cannot be read: {error}\n"));
            }
        },
    };
    let media_type = artifact.media_type.to_owned();
    if !media_type.starts_with("text/html") {
        return Answer {
            status,
            media_type,
            body,
            policy: None,
        };
    }
    let problems = problems::section(snapshot, failure);
    let body = dress::page(
        &String::from_utf8_lossy(&body),
        &snapshot.version(),
        problems.as_deref(),
    );
    let policy = artifact
        .contacts
        .map(|contacts| dress::policy(&contacts, problems.as_deref()));
    Answer {
        status,
        media_type,
        body: body.into_bytes(),
        policy,
    }
}

/// The files of articles are not kept in memory: they are read when they are asked for.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(file)
}

/// A page of our own, for when there is none of the site to show.
fn problem_page(snapshot: &Snapshot, status: u16, failure: Option<&Failure<'_>>) -> Answer {
    let page = problems::page(snapshot, failure);
    let body = dress::page(&page, &snapshot.version(), None).into_bytes();
    Answer {
        status,
        media_type: "text/html; charset=utf-8".to_owned(),
        body,
        policy: Some(problems::POLICY.to_owned()),
    }
}

fn plain(status: u16, words: &str) -> Answer {
    let media_type = "text/plain; charset=utf-8".to_owned();
    Answer {
        status,
        media_type,
        body: words.as_bytes().to_vec(),
        policy: None,
    }
}

/// Undoes percent-encoding. `None` for what no route can be: bytes that are not UTF-8, control
/// characters, backslashes, and empty, `.` and `..` parts.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = after;
    }
    let path = String::from_utf8(bytes).ok()?;
    let inner = path.strip_prefix('/')?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let is_sound = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.contains(|c: char| c == '\\' || c.is_control())
    };
    (path == "/" || inner.split('/').all(is_sound)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_and_never_leaves_the_site() {
        assert_eq!(decode("/a%20b/%C3%A9/").as_deref(), Some("/a b/é/"));
        assert_eq!(decode("/%2561/").as_deref(), Some("/%61/"));
        assert_eq!(decode("/").as_deref(), Some("/"));
        let outside = [
            "/../x",
            "/a/%2e%2e/x",
            "//host/",
            "/a//b",
            "/%5c",
            "/%00",
            "/%ff",
            "/%2",
            "x",
        ];
        for path in outside {
            assert_eq!(decode(path), None, "{path}");
        }
    }
}
