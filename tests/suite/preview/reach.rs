//! Who can reach the preview, and what can be done from where.

use std::fs;
use std::time::{Duration, Instant};

use super::PAGE;
use super::client::Preview;
use crate::cli::{new_site, put};

/// What a browser says of a request that another site makes.
fn from_elsewhere(mode: &'static str, dest: &'static str) -> [(&'static str, &'static str); 3] {
    [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", mode),
        ("Sec-Fetch-Dest", dest),
    ]
}

#[test]
fn another_site_may_link_to_a_page_and_take_nothing() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let get = |path: &str, headers: &[(&str, &str)]| preview.tell("GET", path, headers, "");
    let linked = get("/lanterns/", &from_elsewhere("navigate", "document"));
    assert_eq!(linked.status(), "200");
    for header in [
        "cross-origin-resource-policy: same-origin",
        "cross-origin-opener-policy: same-origin",
        "x-content-type-options: nosniff",
        "frame-ancestors 'none'",
    ] {
        assert!(linked.head.contains(header), "{header}: {}", linked.head);
    }
    for (mode, dest) in [
        ("navigate", "iframe"),
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("cors", "empty"),
    ] {
        for path in ["/lanterns/", "/_afterword/events", "/_afterword/reload.js"] {
            let refused = get(path, &from_elsewhere(mode, dest));
            assert_eq!(refused.status(), "403", "{path} {dest}");
            assert!(!refused.body.contains("Light one."), "{path} {dest}");
        }
    }
    let origin = get("/lanterns/", &[("Origin", "https://evil.example")]);
    assert_eq!(origin.status(), "403");
}

#[cfg(unix)]
#[test]
fn places_open_for_the_previews_own_pages_and_only_in_the_site() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = new_site();
    put(site.path(), "content/lan terns.md", PAGE);
    put(
        site.path(),
        "editor",
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > opened.tmp\nmv opened.tmp opened\n",
    );
    let editor = site.path().join("editor");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("allowed");
    let elsewhere = tempfile::tempdir().expect("a folder");
    put(elsewhere.path(), "secret.md", "secret");
    symlink(
        elsewhere.path().join("secret.md"),
        site.path().join("content/secret.md"),
    )
    .expect("linked");
    let command = editor.to_string_lossy().into_owned();
    let words = ["preview", "--port", "0", "--editor", &command];
    let preview = Preview::start(site.path(), &words);
    let own = format!("http://{}", preview.address);
    let open = |query: &str, headers: &[(&str, &str)]| {
        let path = format!("/_afterword/open?{query}");
        preview.tell("POST", &path, headers, "").status().to_owned()
    };
    let place = "file=content/lan%20terns.md&line=5&column=2";
    for headers in [
        vec![],
        vec![("Origin", "https://evil.example")],
        vec![("Origin", "null")],
        vec![("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        vec![("Origin", own.as_str()), ("Host", "evil.example")],
    ] {
        assert_eq!(open(place, &headers), "403", "{headers:?}");
    }
    let own = [("Origin", own.as_str())];
    for outside in [
        "file=/etc/passwd",
        "file=../secret.md",
        "file=content/%2e%2e/%2e%2e/x",
        "file=content/secret.md",
        "file=content",
        "file=themes/default/theme.toml",
        "",
    ] {
        assert_eq!(open(outside, &own), "404", "{outside}");
    }
    assert!(!site.path().join("opened").exists());
    assert_eq!(open(place, &own), "204");
    let start = Instant::now();
    let opened = loop {
        // Another program writes it, in its own time.
        if let Ok(words) = fs::read_to_string(site.path().join("opened")) {
            break words;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "it never opened");
        std::thread::yield_now();
    };
    let root = site.path().canonicalize().expect("there");
    let file = root.join("content/lan terns.md");
    assert_eq!(opened.trim(), file.to_string_lossy());
    // A link without a script asks first, and opens nothing.
    let asked = preview.get(&format!("/_afterword/open?{place}"));
    assert!(
        asked.body.contains("<form method=\"post\""),
        "{}",
        asked.body
    );
}

#[test]
fn on_the_network_it_is_read_by_its_address_and_by_the_names_it_was_given() {
    let site = new_site();
    let words = ["preview", "--port", "0", "--host", "studio.local"];
    let preview = Preview::start(site.path(), &words);
    let port = preview.address.port();
    for (host, status) in [
        (format!("studio.local:{port}"), "200"),
        (format!("127.0.0.1:{port}"), "200"),
        (format!("localhost:{port}"), "200"),
        ("evil.example".to_owned(), "403"),
        ("192.0.2.1".to_owned(), "403"),
    ] {
        assert_eq!(preview.ask("GET", "/", &host).status(), status, "{host}");
    }
    let only_here = Preview::of(site.path());
    assert_eq!(only_here.ask("GET", "/", "studio.local").status(), "403");
    assert!(only_here.address.ip().is_loopback());
}

#[cfg(unix)]
#[test]
fn a_picture_that_becomes_a_link_out_of_the_site_is_not_followed() {
    let site = new_site();
    put(
        site.path(),
        "content/lanterns.md",
        &format!("{PAGE}\n![A lantern](lantern.png)\n"),
    );
    put(site.path(), "content/lantern.png", "a picture");
    let preview = Preview::of(site.path());
    assert_eq!(preview.get("/lantern.png").body, "a picture");
    let elsewhere = tempfile::tempdir().expect("a folder");
    put(elsewhere.path(), "secret.png", "secret");
    let picture = site.path().join("content/lantern.png");
    fs::remove_file(&picture).expect("removed");
    std::os::unix::fs::symlink(elsewhere.path().join("secret.png"), &picture).expect("linked");
    // Before the preview has seen the change, and after.
    for _ in 0..50 {
        assert!(!preview.get("/lantern.png").body.contains("secret"));
    }
}

#[test]
fn a_missing_page_tells_what_is_near_what_is_hidden_and_what_would_make_it() {
    let site = new_site();
    fs::create_dir(site.path().join("content/caring")).expect("made");
    put(site.path(), "content/caring/low-mood.md", PAGE);
    put(
        site.path(),
        "content/caring/_index.md",
        "---\ntitle: Caring\n---\n",
    );
    put(
        site.path(),
        "content/caring/later.md",
        &PAGE.replace("title: Lanterns", "title: Later\npublish_from: 2999-01-01"),
    );
    let preview = Preview::of(site.path());
    let near = preview.get("/caring/low-moods/");
    assert_eq!(near.status(), "404");
    assert!(
        near.body.contains("href=\"/caring/low-mood/\""),
        "{}",
        near.body
    );
    assert!(
        near.body
            .contains("<code>content/caring/low-moods.md</code>")
    );
    let moved = preview.get("/low-mood/").body;
    assert!(moved.contains("href=\"/caring/low-mood/\""), "{moved}");
    let hidden = preview.get("/caring/later/").body;
    assert!(
        hidden.contains("is not published before 2999-01-01"),
        "{hidden}"
    );
    let odd = preview.get("/%3Cscript%3E/").body;
    assert!(
        odd.contains("&lt;script&gt;") && !odd.contains("<script>/"),
        "{odd}"
    );
}
