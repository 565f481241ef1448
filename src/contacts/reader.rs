//! What each element of a page loads, names, or must not hold.

use std::ops::Range;

use super::address::{below_root, host, is_foreign, starts_with};
use super::tags::Tag;
use super::{Breach, Kind, PLACEHOLDER, Read, Stylesheets};

/// Gathers what a page contacts, tag by tag.
pub(super) struct Reader<'a> {
    own: &'a str,
    stylesheets: &'a Stylesheets,
    read: Read,
}

impl<'a> Reader<'a> {
    /// For a page of the site that is served at `own`.
    pub(super) fn new(own: &'a str, stylesheets: &'a Stylesheets) -> Self {
        Self {
            own,
            stylesheets,
            read: Read::default(),
        }
    }

    /// What was gathered.
    pub(super) fn into_read(self) -> Read {
        self.read
    }

    /// The next tag.
    pub(super) fn element(&mut self, tag: &Tag<'_>) {
        self.attributes(tag);
        // Nearly every name is in small letters already, and then costs nothing here.
        let name = tag.name();
        let small = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let small = small.then(|| name.to_ascii_lowercase());
        match small.as_deref().unwrap_or(name) {
            "a" | "area" => self.link(tag),
            "link" => self.head_link(tag),
            "meta" => self.meta(tag),
            "script" if tag.get("src").is_some() => self.load(tag, "src", Kind::Script),
            "script" if is_data(tag) => {}
            "script" => self.breach(Breach::Script, tag.span()),
            "style" => self.breach(Breach::Style, tag.span()),
            "img" => {
                self.load(tag, "src", Kind::Image);
                self.load_set(tag);
            }
            "input" | "image" | "feimage" => {
                for name in ["src", "href", "xlink:href"] {
                    self.load(tag, name, Kind::Image);
                }
                self.form(tag, "formaction");
            }
            "use" => {
                self.load(tag, "href", Kind::Image);
                self.load(tag, "xlink:href", Kind::Image);
            }
            "source" => {
                self.load(tag, "src", Kind::Media);
                self.load_set(tag);
            }
            "audio" | "track" => self.load(tag, "src", Kind::Media),
            "video" => {
                self.load(tag, "src", Kind::Media);
                self.load(tag, "poster", Kind::Image);
            }
            "iframe" | "frame" => self.load(tag, "src", Kind::Frame),
            "embed" => self.load(tag, "src", Kind::Object),
            "object" => self.load(tag, "data", Kind::Object),
            // One without an `action` holds controls of the page itself: nothing is to be sent, or
            // what a reader chose would stand in the address, and in the history.
            "form" => self.form(tag, "action"),
            "button" => self.form(tag, "formaction"),
            _ => {}
        }
    }

    /// Attributes that no element may have.
    fn attributes(&mut self, tag: &Tag<'_>) {
        for (name, span) in tag.names() {
            let is_handler = name.len() > 2 && name.as_bytes()[..2].eq_ignore_ascii_case(b"on");
            if is_handler || name.eq_ignore_ascii_case("style") {
                self.breach(Breach::Attribute(name.to_ascii_lowercase()), span);
            }
        }
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let Some(address) = tag.get("href") else {
            return;
        };
        let address = address.trim_start();
        if starts_with(address, "javascript:") {
            self.breach(Breach::ScriptLink, tag.span());
        } else if let Some(host) = host(address)
            && !address.starts_with(self.own)
            && !self.read.contacts.links.contains(host)
        {
            self.read.contacts.links.insert(host.to_owned());
        }
    }

    fn head_link(&mut self, tag: &Tag<'_>) {
        let rel = tag.get("rel").unwrap_or_default().to_ascii_lowercase();
        for rel in rel.split_ascii_whitespace() {
            let kind = match rel {
                "stylesheet" => {
                    self.stylesheet(tag);
                    Kind::Style
                }
                "icon" | "apple-touch-icon" | "apple-touch-icon-precomposed" | "mask-icon" => {
                    Kind::Image
                }
                "manifest" => Kind::Manifest,
                "modulepreload" => Kind::Script,
                "preload" | "prefetch" => match tag.get("as").as_deref() {
                    Some("style") => Kind::Style,
                    Some("font") => Kind::Font,
                    Some("image") => Kind::Image,
                    Some("audio" | "video" | "track") => Kind::Media,
                    Some(_) | None => Kind::Script,
                },
                // These only name an address, or say what the others are.
                "alternate" | "author" | "bookmark" | "canonical" | "help" | "license" | "me"
                | "next" | "prev" | "privacy-policy" | "search" | "shortcut" | "tag"
                | "terms-of-service" => continue,
                // What is not known may well open a connection, as `preconnect` does.
                _ => {
                    self.foreign(tag, "href");
                    continue;
                }
            };
            self.load(tag, "href", kind);
        }
    }

    fn stylesheet(&mut self, tag: &Tag<'_>) {
        let Some(address) = tag.get("href") else {
            return;
        };
        let address = below_root(&address, self.own);
        match self.stylesheets.get(address) {
            Some(loads) => self.read.contacts.loads.join(loads),
            // One of the site's own, which nobody has read.
            None => self.read.contacts.loads.own(&[Kind::Image, Kind::Font]),
        }
        let is_for_print = tag
            .get("media")
            .is_some_and(|media| media.trim() == "print");
        if !is_for_print {
            self.read.contacts.stylesheets.insert(address.to_owned());
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let is_policy = tag
            .get("http-equiv")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("content-security-policy"));
        if is_policy
            && let Some((value, place)) = tag.place("content")
            && value == PLACEHOLDER
        {
            self.read.placeholders.push(place);
        }
    }

    fn form(&mut self, tag: &Tag<'_>, name: &str) {
        let Some(address) = tag.get(name) else {
            return;
        };
        let address = address.trim();
        if starts_with(address, "mailto:") {
            self.read.contacts.loads.form("mailto:");
        } else if let Some(host) = host(address)
            && !address.starts_with(self.own)
        {
            let scheme = address.split("//").next().unwrap_or_default();
            let scheme = if scheme.is_empty() { "https:" } else { scheme };
            self.read.contacts.loads.form(&format!("{scheme}//{host}"));
            self.read.contacts.forms.insert(host.to_owned());
        } else {
            self.read.contacts.loads.form("'self'");
        }
    }

    /// What an attribute loads.
    fn load(&mut self, tag: &Tag<'_>, name: &str, kind: Kind) {
        let Some(address) = tag.get(name) else {
            return;
        };
        let address = address.trim();
        if address.is_empty() || address.starts_with('#') {
            return; // Nothing is loaded, or a part of the page itself.
        }
        if starts_with(address, "data:") {
            self.read.contacts.loads.data(kind);
        } else if is_foreign(address, self.own) {
            self.foreign(tag, name);
        } else {
            self.read.contacts.loads.own(&[kind]);
        }
    }

    /// A list of pictures in several sizes: `a.jpg 1x, b.jpg 2x`.
    fn load_set(&mut self, tag: &Tag<'_>) {
        let Some(set) = tag.get("srcset") else {
            return;
        };
        for entry in set.split(", ") {
            let address = entry.trim().split(' ').next().unwrap_or_default();
            if is_foreign(address, self.own) {
                self.foreign(tag, "srcset");
            } else {
                self.read.contacts.loads.own(&[Kind::Image]);
            }
        }
    }

    fn foreign(&mut self, tag: &Tag<'_>, name: &str) {
        let Some((address, place)) = tag.place(name) else {
            return;
        };
        let address = address.trim().to_owned();
        if name == "srcset" || is_foreign(&address, self.own) {
            let element = tag.name().to_ascii_lowercase();
            self.breach(Breach::Foreign { element, address }, place);
        }
    }

    fn breach(&mut self, breach: Breach, place: Range<usize>) {
        self.read.breaches.push((breach, place));
    }
}

/// True for a script that browsers never run: data about the page.
fn is_data(tag: &Tag<'_>) -> bool {
    tag.get("type").is_some_and(|kind| {
        let kind = kind.trim();
        kind.eq_ignore_ascii_case("application/ld+json")
            || kind.eq_ignore_ascii_case("application/json")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::contacts::{Contacts, loads_of_stylesheet};

    const OWN: &str = "https://own.example/care/";

    fn read(html: &str) -> Read {
        let sheets = Stylesheets::from_iter([(
            "assets/main.css".to_owned(),
            loads_of_stylesheet("a{src:url(x.woff2)}"),
        )]);
        Contacts::of(html, OWN, &sheets)
    }

    #[track_caller]
    fn allows(html: &str, expected: &str) {
        let read = read(html);
        assert_eq!(read.breaches, [], "{html}");
        let policy = read.contacts.loads.policy();
        let policy = policy.strip_prefix("default-src 'none'").expect("closed");
        let policy = policy.strip_prefix("; ").expect("more");
        assert_eq!(policy, expected, "{html}");
    }

    const CLOSED: &str = "base-uri 'none'; form-action 'none'";

    #[test]
    fn a_policy_allows_what_the_page_loads_and_nothing_else() {
        allows("<p>Words.", CLOSED);
        for (html, directive) in [
            ("<script src=\"a.js\" defer></script>", "script-src 'self'"),
            ("<img src=a.png alt=''>", "img-src 'self'"),
            ("<img alt='' srcset='a.png 1x, b.png 2x'>", "img-src 'self'"),
            ("<link rel='icon' href='i.svg'>", "img-src 'self'"),
            (
                "<img alt='' src='data:image/png;base64,x'>",
                "img-src data:",
            ),
            (
                "<link rel=stylesheet href=../../assets/main.css>",
                "style-src 'self'; font-src 'self'",
            ),
            (
                "<link rel=stylesheet href=/care/assets/main.css>",
                "style-src 'self'; font-src 'self'",
            ),
            (
                "<link rel=stylesheet href=unknown.css>",
                "style-src 'self'; img-src 'self'; font-src 'self'",
            ),
            ("<audio src=a.mp3></audio>", "media-src 'self'"),
            ("<link rel=manifest href=m.json>", "manifest-src 'self'"),
            ("<iframe src=a/></iframe>", "frame-src 'self'"),
            ("<object data=a.pdf></object>", "object-src 'self'"),
        ] {
            allows(html, &format!("{directive}; {CLOSED}"));
        }
        for (html, form) in [
            ("<form>", "'none'"),
            ("<form action='/send'>", "'self'"),
            ("<form action='https://own.example/care/send'>", "'self'"),
            ("<form action='mailto:a@b.example'>", "mailto:"),
            ("<form action='https://f.example/x'>", "https://f.example"),
            ("<button formaction='//f.example'>", "https://f.example"),
        ] {
            allows(html, &format!("base-uri 'none'; form-action {form}"));
        }
    }

    #[test]
    fn what_only_looks_like_a_load_is_none() {
        for html in [
            "<!-- <script src=a.js></script> -->",
            "<title><img src=a.png></title>",
            "<script type=\"application/ld+json\">{\"a\": \"<img src=x onload=y>\"}</script>",
            "<svg><use href='#a'/></svg>",
            "<link rel=canonical href=https://elsewhere.example/>",
            "<a href=https://elsewhere.example/>x</a>",
            "<p data-on='x' o='y'>1 < 2 <3",
        ] {
            allows(html, CLOSED);
        }
    }

    #[test]
    fn what_no_page_may_hold_is_found() {
        let foreign = |element: &str, address: &str| Breach::Foreign {
            element: element.to_owned(),
            address: address.to_owned(),
        };
        for (html, breach, place) in [
            ("é<script>x</script>", Breach::Script, "<script>"),
            (
                "<SCRIPT type=module>x</SCRIPT>",
                Breach::Script,
                "<SCRIPT type=module>",
            ),
            ("<style>x</style>", Breach::Style, "<style>"),
            (
                "<p title='>' STYLE=a>",
                Breach::Attribute("style".to_owned()),
                "STYLE",
            ),
            (
                "<p onclick=a>",
                Breach::Attribute("onclick".to_owned()),
                "onclick",
            ),
            (
                "<a href=' JavaScript:x'>",
                Breach::ScriptLink,
                "<a href=' JavaScript:x'>",
            ),
            (
                "<img src='https://x.example/a'>",
                foreign("img", "https://x.example/a"),
                "https://x.example/a",
            ),
            (
                "<script src=//x.example></script>",
                foreign("script", "//x.example"),
                "//x.example",
            ),
            (
                "<link rel=preconnect href=https://x.example>",
                foreign("link", "https://x.example"),
                "https://x.example",
            ),
        ] {
            let found = read(html).breaches;
            let [(found, span)] = found.as_slice() else {
                panic!("{html}: {found:?}");
            };
            assert_eq!((found, &html[span.clone()]), (&breach, place), "{html}");
        }
    }

    #[test]
    fn hosts_are_those_of_links_out_and_of_forms() {
        let read = read(
            "<a href=https://a.example/x>x</a><a href=https://a.example>x</a>\
             <a href='https://own.example/care/b/'>x</a><a href=mailto:a@c.example>x</a>\
             <a href='https://name@b.example:8443/?q'>x</a><form action=https://f.example/>",
        );
        let hosts = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(hosts(&read.contacts.links), "a.example b.example:8443");
        assert_eq!(hosts(&read.contacts.forms), "f.example");
    }

    #[test]
    fn the_policy_takes_the_place_of_its_mark_and_of_nothing_else() {
        const CLOSED: &str = "default-src 'none'; base-uri 'none'; form-action 'none'";
        let escaped = CLOSED.replace('\'', "&#39;");
        for (mark, policy) in [
            (format!("\"{PLACEHOLDER}\""), format!("\"{CLOSED}\"")),
            (format!("'{PLACEHOLDER}'"), format!("'{escaped}'")),
            (PLACEHOLDER.to_owned(), format!("\"{CLOSED}\"")),
        ] {
            let page = |content: &str| {
                format!(
                    "<meta http-equiv=Content-Security-Policy content={content}><p title={PLACEHOLDER}>{PLACEHOLDER}"
                )
            };
            let html = page(&mark);
            assert_eq!(read(&html).with_policy(html), page(&policy));
        }
    }
}
