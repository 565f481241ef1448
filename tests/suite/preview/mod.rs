//! The preview as a browser meets it: pages, errors over pages, and the news that there is more.

mod client;
mod desk;
mod reach;
mod survives;

use std::fs;

use crate::cli::{afterword, new_site, put};
use client::Preview;

const PAGE: &str = "---\ntitle: Lanterns\n---\n\nLight one.\n";

/// A new site with [`PAGE`], built.
fn built_site() -> tempfile::TempDir {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let built = afterword(site.path(), &["build"])
        .output()
        .expect("the program starts");
    assert!(built.status.success());
    site
}

#[test]
fn pages_are_those_of_the_build_with_a_script_added() {
    let site = built_site();
    let preview = Preview::of(site.path());
    let answer = preview.get("/lanterns/");
    assert_eq!(answer.status(), "200");
    assert!(
        answer
            .head
            .contains("\r\ncontent-type: text/html; charset=utf-8"),
        "{}",
        answer.head
    );
    assert!(
        answer.head.contains("\r\ncache-control: no-store"),
        "{}",
        answer.head
    );
    let main = |html: &str| {
        let start = html.find("<main").expect("a main part");
        html[start..html.find("</main>").expect("its end")].to_owned()
    };
    let published =
        fs::read_to_string(site.path().join("public/lanterns/index.html")).expect("there");
    assert_eq!(main(&answer.body), main(&published));
    assert!(
        answer
            .body
            .contains("<script src=\"/_afterword/reload.js?v="),
        "{}",
        answer.body
    );
    assert!(!published.contains("_afterword"));
    let feed = preview.get("/sitemap.xml");
    assert_eq!(
        feed.body,
        fs::read_to_string(site.path().join("public/sitemap.xml")).expect("there")
    );
    assert_eq!(preview.get("/_afterword/reload.js").status(), "200");
}

#[test]
fn the_policy_of_a_page_is_a_header_too_with_what_reloads_and_nothing_more() {
    let site = built_site();
    let published =
        fs::read_to_string(site.path().join("public/lanterns/index.html")).expect("there");
    let policy = |text: &str, end: char| {
        let start = text.find("default-src").expect("a policy");
        let policy = text[start..].split(end).next().expect("a value");
        let directives = policy.trim().replace("&#39;", "'");
        let directives = directives.split("; ").map(str::to_owned);
        directives.collect::<std::collections::BTreeSet<_>>()
    };
    let mut expected = policy(&published, '"');
    expected.insert("script-src 'self'".to_owned());
    expected.insert("connect-src 'self'".to_owned());
    let preview = Preview::of(site.path());
    let answer = preview.get("/lanterns/");
    assert!(
        answer
            .head
            .contains("\r\ncontent-security-policy: default-src 'none'; ")
    );
    assert!(answer.head.contains("\r\nreferrer-policy: no-referrer"));
    assert_eq!(policy(&answer.body, '"'), expected);
    // That it may stand in no frame cannot be said in the page.
    expected.insert("frame-ancestors 'none'".to_owned());
    assert_eq!(policy(&answer.head, '\r'), expected);
}

#[test]
fn nothing_is_shown_to_other_names_and_nothing_can_be_sent() {
    let site = new_site();
    let preview = Preview::of(site.path());
    let port = preview.address.port();
    for host in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(preview.ask("GET", "/", &host).status(), "200", "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", ""] {
        let refused = preview.ask("GET", "/", host);
        assert_eq!(refused.status(), "403", "{host}");
        assert!(!refused.body.contains("<main"), "{host}");
        assert_eq!(
            preview.ask("GET", "/_afterword/events", host).status(),
            "403",
            "{host}"
        );
    }
    assert_eq!(preview.ask("POST", "/", "localhost").status(), "403");
    let own = preview.tell(
        "POST",
        "/",
        &[("Origin", &format!("http://{}", preview.address))],
        "",
    );
    assert_eq!(own.status(), "405");
    let head = preview.ask("HEAD", "/", "localhost");
    assert_eq!((head.status(), head.body.as_str()), ("200", ""));
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/site.toml",
        "/..%2fsite.toml",
    ] {
        assert_eq!(preview.get(path).status(), "404", "{path}");
    }
}

#[test]
fn an_unknown_address_gets_the_sites_own_page_and_a_missing_slash_is_added() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let missing = preview.get("/no/such/page/");
    assert_eq!(missing.status(), "404");
    assert!(missing.body.contains("<main"), "{}", missing.body);
    let bare = preview.get("/lanterns?x=1");
    assert_eq!(bare.status(), "302");
    assert!(
        bare.head.contains("\r\nlocation: /lanterns/?x=1"),
        "{}",
        bare.head
    );
}

#[test]
fn a_site_below_a_base_path_is_served_there_too_so_that_its_404_page_finds_its_style() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let settings = fs::read_to_string(site.path().join("site.toml")).expect("there");
    let kept: Vec<_> = settings
        .lines()
        .filter(|line| !line.starts_with("base_url"))
        .collect();
    let settings = format!(
        "base_url = \"https://example.org/guide/\"\n{}\n",
        kept.join("\n")
    );
    put(site.path(), "site.toml", &settings);
    let preview = Preview::of(site.path());
    assert!(preview.get("/lanterns/").body.contains("Light one."));
    assert!(preview.get("/guide/lanterns/").body.contains("Light one."));
    assert_eq!(preview.get("/guide").status(), "302");
    let missing = preview.get("/no/such/page/").body;
    let style = missing
        .split('"')
        .find(|value| value.ends_with(".css"))
        .expect("a stylesheet");
    assert!(style.starts_with("/guide/"), "{style}");
    assert_eq!(preview.get(style).status(), "200", "{style}");
}

#[test]
fn a_template_that_breaks_leaves_the_page_as_it_was_under_its_error() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    fs::create_dir_all(site.path().join("themes/ours/templates")).expect("made");
    put(
        site.path(),
        "themes/ours/theme.toml",
        "name = \"ours\"\nextends = \"default\"\n",
    );
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    let settings = fs::read_to_string(site.path().join("site.toml")).expect("there");
    put(
        site.path(),
        "site.toml",
        &format!("{settings}\n[theme]\nname = \"ours\"\n"),
    );
    versions.next();
    let shows = |words: &str| preview.get("/lanterns/").body.contains(words);
    assert!(
        !shows("afterword-problems"),
        "{}",
        preview.get("/lanterns/").body
    );
    put(
        site.path(),
        "themes/ours/templates/article.html",
        "{{ page.titel }}{% if %}",
    );
    versions.until(|| shows("afterword-problems"));
    let broken = preview.get("/lanterns/").body;
    assert!(broken.contains("Light one."), "{broken}");
    assert!(
        broken.contains("themes/ours/templates/article.html:1:"),
        "{broken}"
    );
    put(
        site.path(),
        "themes/ours/templates/article.html",
        "mended: {{ page.title }}",
    );
    versions.until(|| shows("mended: Lanterns"));
}

#[test]
fn a_change_is_told_and_then_shown() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    let shows = |words: &str| preview.get("/lanterns/").body.contains(words);
    assert!(shows("Light one."));
    put(
        site.path(),
        "content/lanterns.md",
        &PAGE.replace("one", "two"),
    );
    versions.until(|| shows("Light two."));
    // As editors save: another file, renamed into place.
    put(
        site.path(),
        "content/.lanterns.md.tmp",
        &PAGE.replace("one", "three"),
    );
    fs::rename(
        site.path().join("content/.lanterns.md.tmp"),
        site.path().join("content/lanterns.md"),
    )
    .expect("renamed");
    versions.until(|| shows("Light three."));
    fs::remove_file(site.path().join("content/lanterns.md")).expect("removed");
    versions.until(|| preview.get("/lanterns/").status() == "404");
}

#[test]
fn a_page_says_how_long_the_program_took_to_show_a_change() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    let changed = PAGE.replace("one", "two");
    put(site.path(), "content/lanterns.md", &changed);
    versions.until(|| preview.get("/lanterns/").body.contains("Light two."));
    let head = preview.get("/lanterns/").head;
    let said = head
        .lines()
        .find_map(|line| line.strip_prefix("server-timing: "));
    let parts = said.expect("the header").split(", ").map(|part| {
        let (name, time) = part.split_once(";dur=").expect("a name and a time");
        (name, time.parse::<f64>().expect("milliseconds"))
    });
    let parts: Vec<_> = parts.collect();
    let names: Vec<_> = parts.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["notice", "open", "answer"]);
    // A save is over when nothing was told of it for two milliseconds; reading and answering take time.
    assert!(
        parts[0].1 >= 2.0 && parts[1].1 > 0.0 && parts[2].1 > 0.0,
        "{parts:?}"
    );
}

#[test]
fn errors_lie_over_the_page_until_they_are_mended() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    let shows = |words: &str| preview.get("/lanterns/").body.contains(words);
    assert!(!shows("afterword-problems"));
    put(
        site.path(),
        "content/lanterns.md",
        &format!("{PAGE}\n[there](no<b>where.md)\n"),
    );
    versions.until(|| shows("<afterword-problems"));
    let broken = preview.get("/lanterns/");
    assert_eq!(broken.status(), "200");
    assert!(broken.body.contains("Light one."), "{}", broken.body);
    assert!(
        broken.body.contains("<code>broken-link</code>"),
        "{}",
        broken.body
    );
    assert!(
        broken.body.contains("content/lanterns.md:7:"),
        "{}",
        broken.body
    );
    assert!(
        broken.body.contains("no&lt;b&gt;where.md"),
        "{}",
        broken.body
    );
    put(site.path(), "content/lanterns.md", PAGE);
    versions.until(|| !shows("afterword-problems"));
}

#[test]
fn a_site_that_goes_away_comes_back() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    let shows = |words: &str| preview.get("/lanterns/").body.contains(words);
    let settings = fs::read_to_string(site.path().join("site.toml")).expect("there");
    fs::remove_file(site.path().join("site.toml")).expect("removed");
    versions.until(|| shows("site.toml"));
    put(site.path(), "site.toml", &settings);
    versions.until(|| shows("Light one.") && !shows("afterword-problems"));
    fs::rename(site.path().join("content"), site.path().join("elsewhere")).expect("renamed");
    versions.until(|| !shows("Light one.") || shows("afterword-problems"));
    fs::rename(site.path().join("elsewhere"), site.path().join("content")).expect("renamed");
    versions.until(|| shows("Light one.") && !shows("afterword-problems"));
    put(
        site.path(),
        "content/lanterns.md",
        &PAGE.replace("one", "four"),
    );
    versions.until(|| shows("Light four."));
}

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let site = new_site();
    let preview = Preview::of(site.path());
    let port = preview.address.port().to_string();
    let refused = afterword(site.path(), &["preview", "--port", &port])
        .output()
        .expect("it starts");
    assert_eq!(refused.status.code(), Some(3));
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(words.contains("another program uses that port"), "{words}");
    let (one, other) = (
        Preview::start(site.path(), &["preview"]),
        Preview::start(site.path(), &["preview"]),
    );
    assert_ne!(one.address.port(), other.address.port());
    assert!(other.address.port() >= 4000, "{}", other.address);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly_even_while_a_browser_listens() {
    let site = new_site();
    let mut preview = Preview::of(site.path());
    let _versions = preview.versions();
    let process = preview.child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &process])
        .status();
    assert!(sent.expect("sent").success());
    assert_eq!(preview.child.wait().expect("it ends").code(), Some(0));
}
