//! From the path of a request to what is sent back, by rendering one route.
//!
//! Knows nothing of HTTP but the three numbers it answers with, and nothing of sockets.

use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::pipeline::Loaded;
use crate::render::{Artifact, Content, Renderer, Route};

use super::dress::{Told, Whose};
use super::snapshot::Snapshot;
use super::{Listener, News, desk, dress, missing, problems};

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
    let mut candidates = snapshot.candidates().peekable();
    while let Some(loaded) = candidates.next() {
        match find(&loaded.renderer, &path) {
            // Its keys cannot be read: the page as it last was says more, under its error.
            Found::Route(route)
                if is_unreadable(loaded, &route)
                    && candidates
                        .peek()
                        .is_some_and(|sound| is_there(sound, &path)) => {}
            Found::Route(route) => match loaded.renderer.render(&route) {
                Ok(artifact) => {
                    let page = Shown {
                        status: 200,
                        path: &path,
                        file: file_of(loaded, &route),
                        failure: failure.as_ref(),
                        missing: None,
                    };
                    return Reply::Show(shown(snapshot, loaded, artifact, &page));
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
            // A page that is gone is gone; only errors may have taken it away by mistake.
            Found::Nothing if failure.is_none() && snapshot.is_sound() => break,
            Found::Nothing => {}
        }
    }
    Reply::Show(match failure {
        Some(failure) => problem_page(snapshot, 500, Some(&failure)),
        None => not_found(snapshot, &path),
    })
}

/// The text that a page was made of, when a page is what is at a route.
fn file_of<'a>(loaded: &'a Loaded, route: &Route) -> Option<&'a SourcePath> {
    let Route::Page(id) = route else { return None };
    let document = loaded.site.page(*id).document.as_ref();
    document.map(|document| &document.path)
}

fn is_unreadable(loaded: &Loaded, route: &Route) -> bool {
    matches!(route, Route::Page(id) if loaded.site.page(*id).keys.is_broken)
}

fn is_there(loaded: &Loaded, path: &str) -> bool {
    matches!(find(&loaded.renderer, path), Found::Route(_))
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

/// The 404 page nearest to the path, so that each language answers for its own folder; above it stands
/// what is near.
fn not_found(snapshot: &Snapshot, path: &str) -> Answer {
    for loaded in snapshot.candidates() {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            let Found::Route(route) = find(&loaded.renderer, &format!("{parent}/404.html")) else {
                folder = parent;
                continue;
            };
            if let Ok(artifact) = loaded.renderer.render(&route) {
                let page = Shown {
                    status: 404,
                    path,
                    file: None,
                    failure: None,
                    missing: Some(missing::section(&loaded.site, path)),
                };
                return shown(snapshot, loaded, artifact, &page);
            }
            break;
        }
    }
    match snapshot.loaded() {
        Ok(loaded) if !loaded.has_errors() => plain(404, "There is no page here.\n"),
        Ok(_) | Err(_) => problem_page(snapshot, 404, None),
    }
}

/// What is known of an answer before it is made.
struct Shown<'a> {
    status: u16,
    path: &'a str,
    /// The text that the page was made of.
    file: Option<&'a SourcePath>,
    /// Why it cannot be shown as it is now.
    failure: Option<&'a Failure<'a>>,
    /// What to say above a page that says that there is none.
    missing: Option<String>,
}

/// What was rendered, dressed for the preview when it is a page.
fn shown(snapshot: &Snapshot, loaded: &Loaded, artifact: Artifact, page: &Shown<'_>) -> Answer {
    let body = match artifact.content {
        Content::Bytes(bytes) => bytes,
        Content::File(file) => match read(loaded.inputs.root(), &file) {
            Ok(bytes) => bytes,
            Err(error) => {
                return plain(500, &format!("`{}` cannot be read: {error}\n", page.path));
            }
        },
    };
    let media_type = artifact.media_type.to_owned();
    if !media_type.starts_with("text/html") {
        return Answer {
            status: page.status,
            media_type,
            body,
            policy: None,
        };
    }
    let told = Told {
        snapshot,
        status: page.status,
        whose: Whose::Site,
        problems: problems::section(snapshot, page.failure, page.file),
        missing: page.missing.clone(),
    };
    let body = dress::page(&String::from_utf8_lossy(&body), &told);
    let policy = artifact
        .contacts
        .map(|contacts| dress::policy(&contacts, &told));
    let (body, policy) = desk::noted(body, policy, snapshot.view());
    Answer {
        status: page.status,
        media_type,
        body: body.into_bytes(),
        policy,
    }
}

/// The files of articles are not kept in memory: they are read when they are asked for. By then one may
/// have become a link that leads out of the site.
fn read(root: &Path, file: &Path) -> io::Result<Vec<u8>> {
    if !file.canonicalize()?.starts_with(root) {
        return Err(io::Error::other("it leads out of the site folder"));
    }
    std::fs::read(file)
}

/// A page of our own, for when there is none of the site to show.
fn problem_page(snapshot: &Snapshot, status: u16, failure: Option<&Failure<'_>>) -> Answer {
    let page = problems::page(snapshot, failure);
    let told = Told {
        snapshot,
        status,
        whose: Whose::Ours,
        problems: None,
        missing: None,
    };
    let body = dress::page(&page, &told).into_bytes();
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
