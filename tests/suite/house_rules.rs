//! What holds for every page that we publish, whatever it is about. Each site that a test builds is
//! held against these rules.
//!
//! To add a rule: a function like the others, and its line in [`RULES`].

use std::collections::{BTreeMap, BTreeSet};

use crate::built::Built;
use crate::html::{Element, Html};

/// A page, and the whole site around it.
struct Page<'a> {
    path: &'a str,
    text: &'a str,
    html: &'a Html,
    site: &'a Pages<'a>,
}

/// All pages of a site.
struct Pages<'a> {
    built: &'a Built,
    html: BTreeMap<&'a str, Html>,
}

type Rule = fn(&Page<'_>) -> Vec<String>;

/// All rules, each with what it asks for.
const RULES: &[(&str, Rule)] = &[
    ("a browser has nothing to repair", sound),
    ("every address leads to something", addresses),
    ("nothing comes from another host", own_resources),
    (
        "no script, style or handler stands in the page",
        nothing_inline,
    ),
    (
        "a link out of the site tells nobody where its reader comes from",
        links_out,
    ),
    (
        "a link to another language says so",
        links_to_other_languages,
    ),
    ("every page names its language and its title", head),
    (
        "every page has one title on it, and headings skip no level",
        headings,
    ),
    ("every page lets one skip to its text", skip_link),
    (
        "every id is there once, and what is named by id is there",
        ids,
    ),
    ("every picture and every link has words", words),
    (
        "help is one tap away, at the same two places of every page",
        help,
    ),
];

/// Every rule that a page breaks, a line each.
pub fn broken(built: &Built) -> Vec<String> {
    let html = built
        .html()
        .map(|(path, text)| (path, Html::read(text)))
        .collect();
    let site = Pages { built, html };
    let mut broken = Vec::new();
    for (path, text) in built.html() {
        let page = Page {
            path,
            text,
            html: &site.html[path],
            site: &site,
        };
        for (name, rule) in RULES {
            broken.extend(
                rule(&page)
                    .into_iter()
                    .map(|what| format!("{path}: {name}: {what}")),
            );
        }
    }
    broken.extend(addresses_in_xml(&site));
    broken
}

fn sound(page: &Page<'_>) -> Vec<String> {
    let mut mistakes = page.html.mistakes.clone();
    if !page.text.starts_with("<!doctype html>\n") {
        mistakes.push("it does not begin with `<!doctype html>`".to_owned());
    }
    mistakes
}

fn addresses(page: &Page<'_>) -> Vec<String> {
    let addresses = page.html.addresses();
    addresses
        .iter()
        .filter_map(|(_, address)| page.site.lost(page.path, address))
        .collect()
}

fn own_resources(page: &Page<'_>) -> Vec<String> {
    let is_resource = |element: &Element| {
        let rel = element.get("rel").unwrap_or_default();
        let is_mention = [
            "canonical",
            "alternate",
            "prev",
            "next",
            "author",
            "license",
        ];
        match element.name.as_str() {
            // A form sends nothing before it is pressed.
            "a" | "area" | "meta" | "form" => false,
            "link" => !rel.split(' ').any(|rel| is_mention.contains(&rel)),
            _ => true,
        }
    };
    let foreign = |address: &str| address.starts_with("//") || address.contains(':');
    let addresses = page.html.addresses().into_iter();
    addresses
        .filter(|(element, address)| is_resource(element) && foreign(address))
        .map(|(element, address)| format!("<{}> loads `{address}`", element.name))
        .collect()
}

fn links_to_other_languages(page: &Page<'_>) -> Vec<String> {
    let language = |html: &Html| {
        let mut roots = html.all("html");
        roots
            .next()
            .and_then(|root| root.get("lang").map(str::to_owned))
    };
    let own = language(page.html);
    let links = page.html.all("a").filter_map(|link| {
        let address = link.get("href")?;
        let file = page.site.file(page.path, address).ok().flatten()?;
        let other = language(page.site.html.get(file.as_str())?);
        let says = link.get("hreflang");
        (other != own && says != other.as_deref())
            .then(|| format!("`{address}` leads to {other:?} and says {says:?}"))
    });
    links.collect()
}

fn links_out(page: &Page<'_>) -> Vec<String> {
    let own = &page.site.built.base_url;
    let is_out = |address: &str| address.starts_with("http") && !address.starts_with(own);
    let mut found = Vec::new();
    for link in page.html.all("a") {
        let rel = link.get("rel").unwrap_or_default();
        let is_quiet = ["noreferrer", "noopener"]
            .iter()
            .all(|word| rel.split(' ').any(|known| known == *word));
        if let Some(address) = link.get("href").filter(|href| is_out(href) && !is_quiet) {
            found.push(format!("`{address}` has rel=\"{rel}\""));
        }
    }
    found
}

fn nothing_inline(page: &Page<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for element in &page.html.elements {
        if element.name == "style"
            || (element.name == "script" && element.get("src").is_none() && !is_data(element))
        {
            found.push(format!("<{}>", element.name));
        }
        for key in element.attributes.keys() {
            if key == "style" || key.starts_with("on") {
                found.push(format!("`{key}` on <{}>", element.name));
            }
        }
        for (_, value) in element.attributes.iter().filter(|(key, _)| *key == "href") {
            if value.trim_start().to_lowercase().starts_with("javascript:") {
                found.push(format!("`{value}`"));
            }
        }
    }
    found
}

/// True for data about the page for search engines, which browsers never run: it has this type and no
/// other, and is JSON.
fn is_data(script: &Element) -> bool {
    script.get("type") == Some("application/ld+json")
        && script.attributes.len() == 1
        && serde_json::from_str::<serde_json::Value>(&script.words).is_ok()
}

fn head(page: &Page<'_>) -> Vec<String> {
    let mut lacking = Vec::new();
    let lang = page
        .html
        .all("html")
        .next()
        .and_then(|html| html.get("lang"));
    if lang.is_none_or(str::is_empty) {
        lacking.push("<html> has no `lang`".to_owned());
    }
    let titles: Vec<_> = page
        .html
        .all("title")
        .filter(|title| title.parent == "head")
        .collect();
    if !matches!(titles.as_slice(), [title] if !title.words.trim().is_empty()) {
        lacking.push(format!("{} titles", titles.len()));
    }
    lacking
}

fn headings(page: &Page<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let ones = page.html.all("h1").count();
    if ones != 1 {
        found.push(format!("{ones} <h1>"));
    }
    let mut before = 0;
    for element in &page.html.elements {
        let level = match element.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => continue,
        };
        if level > before + 1 && before > 0 {
            found.push(format!(
                "<h{level}> after <h{before}>: {}",
                element.words.trim()
            ));
        }
        before = level;
    }
    found
}

fn skip_link(page: &Page<'_>) -> Vec<String> {
    if is_redirect(page.html) {
        return Vec::new();
    }
    let first = page.html.all("a").next().and_then(|link| link.get("href"));
    let main = page.html.all("main").next().and_then(|main| main.get("id"));
    match (first.and_then(|href| href.strip_prefix('#')), main) {
        (Some(target), Some(main)) if target == main => Vec::new(),
        _ => vec![format!(
            "the first link leads to {first:?}, the text is {main:?}"
        )],
    }
}

fn ids(page: &Page<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<_> = page
        .html
        .ids()
        .filter(|id| !seen.insert(*id))
        .map(|id| format!("`{id}` is there twice"))
        .collect();
    for element in &page.html.elements {
        for key in [
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
            "for",
        ] {
            let named = element.get(key).unwrap_or_default().split_whitespace();
            let missing = named.filter(|id| !seen.contains(id));
            found.extend(missing.map(|id| format!("`{key}` names `{id}`")));
        }
    }
    found
}

fn words(page: &Page<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for image in page
        .html
        .all("img")
        .filter(|image| image.get("alt").is_none())
    {
        found.push(format!("no `alt` on {:?}", image.get("src")));
    }
    for name in ["a", "button", "h1", "h2", "h3", "h4", "summary"] {
        let is_silent = |element: &&Element| {
            element.words.trim().is_empty() && element.get("aria-label").is_none_or(str::is_empty)
        };
        found.extend(
            page.html
                .all(name)
                .filter(is_silent)
                .map(|_| format!("an empty <{name}>")),
        );
    }
    found
}

/// Where a site has a page of help and one for what was not OK, each page leads to both of them, in its
/// own language where they are in it: to help from the strip at the top, which stays in sight, and to
/// both from the first lines of the second part of the foot.
fn help(page: &Page<'_>) -> Vec<String> {
    if is_redirect(page.html) {
        return Vec::new();
    }
    let lang = page.html.all("html").next();
    let lang = lang
        .and_then(|html| html.get("lang"))
        .unwrap_or_default()
        .to_owned();
    let file_of = |name: &str| {
        let own = [
            format!("{lang}/{name}/index.html"),
            format!("{name}/index.html"),
        ];
        own.into_iter()
            .find(|file| page.site.built.files.contains_key(file))
    };
    let (Some(help_now), Some(not_ok)) = (file_of("help-now"), file_of("not-ok")) else {
        return Vec::new();
    };
    let strip = links_of_nav(page, "class", "strip");
    let foot = links_of_nav(page, "aria-labelledby", "foot-safety");
    let wanted = [
        ("the last link of the strip", strip.last(), &help_now),
        ("the first link of the foot", foot.first(), &not_ok),
        ("the second link of the foot", foot.get(1), &help_now),
    ];
    let mut found = Vec::new();
    for (name, address, wanted) in wanted {
        let led = address.and_then(|address| page.site.file(page.path, address).ok().flatten());
        if led.as_ref() != Some(wanted) {
            found.push(format!("{name} leads to {led:?}, and not to `{wanted}`"));
        }
    }
    found
}

/// Where the links of a menu lead, which an attribute tells from the others.
fn links_of_nav<'a>(page: &'a Page<'_>, key: &str, value: &str) -> Vec<&'a str> {
    let elements = page.html.elements.iter();
    elements
        .skip_while(|element| element.name != "nav" || element.get(key) != Some(value))
        .skip(1)
        .take_while(|element| !["nav", "header", "main"].contains(&element.name.as_str()))
        .filter(|element| element.name == "a")
        .map(|link| link.get("href").unwrap_or_default())
        .collect()
}

/// A page that only sends its reader on.
fn is_redirect(html: &Html) -> bool {
    html.all("meta")
        .any(|meta| meta.get("http-equiv") == Some("refresh"))
}

/// The addresses in the sitemap and the feeds.
fn addresses_in_xml(site: &Pages<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for (path, bytes) in &site.built.files {
        if !path.ends_with(".xml") {
            continue;
        }
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let quoted = text
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let located = text
            .split("<loc>")
            .skip(1)
            .filter_map(|rest| rest.split("</loc>").next());
        for address in quoted.chain(located) {
            if !address.starts_with(&site.built.base_url) {
                broken.push(format!(
                    "{path}: `{address}` is not an address of this site"
                ));
            }
            broken.extend(
                site.lost(path, address)
                    .map(|what| format!("{path}: {what}")),
            );
        }
    }
    broken
}

impl Pages<'_> {
    /// Why an address that a file names leads nowhere; `None` when it leads somewhere, or out of the
    /// site.
    fn lost(&self, from: &str, address: &str) -> Option<String> {
        let file = match self.file(from, address) {
            Ok(file) => file?,
            Err(why) => return Some(format!("`{address}` {why}")),
        };
        let (_, id) = address.split_once('#').unwrap_or((address, ""));
        match self.html.get(file.as_str()) {
            Some(html) if !id.is_empty() && !html.ids().any(|known| known == id) => {
                Some(format!("`{address}` leads to no id"))
            }
            Some(_) | None => None,
        }
    }

    /// The file that an address leads to; none when it leads out of the site, and why where it leads
    /// nowhere.
    fn file(&self, from: &str, address: &str) -> Result<Option<String>, &'static str> {
        let (whole, _) = address.split_once('#').unwrap_or((address, ""));
        let base_path = self.base_path();
        let (start, rest) = match whole.strip_prefix(&self.built.base_url) {
            Some(rest) => ("", rest),
            None if whole.contains(':') => return Ok(None),
            None if whole.starts_with('/') => match whole.strip_prefix(base_path) {
                Some(rest) if from.ends_with("404.html") => ("", rest),
                Some(_) => return Err("names the top of the host, so a copied folder breaks it"),
                None => return Err("leads out of the base path"),
            },
            None if whole.is_empty() => ("", from),
            None => (
                from.rsplit_once('/').map_or("", |(folder, _)| folder),
                whole,
            ),
        };
        let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
        for part in rest.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => return Err("leads out of the folder"),
                ".." => {}
                _ => parts.push(part),
            }
        }
        let mut file = parts.join("/");
        if !self.built.files.contains_key(&file) {
            if !(rest.is_empty() || rest.ends_with('/')) {
                return Err("leads to no file");
            }
            file = if file.is_empty() {
                "index.html".to_owned()
            } else {
                file + "/index.html"
            };
        }
        if !self.built.files.contains_key(&file) {
            return Err("leads to no file");
        }
        Ok(Some(file))
    }

    /// The path of the base URL, with both slashes.
    fn base_path(&self) -> &str {
        let after_host = self
            .built
            .base_url
            .splitn(4, '/')
            .nth(3)
            .unwrap_or_default();
        let length = after_host.len() + 1;
        &self.built.base_url[self.built.base_url.len() - length..]
    }
}

/// Says whether every link between pages names a file, so that a folder works without a server.
pub fn links_to_folders(built: &Built) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in built.html() {
        for (element, address) in Html::read(text).addresses() {
            let whole = address.split('#').next().unwrap_or_default();
            let is_relative = !whole.contains(':') && element.name == "a";
            if is_relative && (whole.ends_with('/') || whole.ends_with("..") || whole == ".") {
                found.push(format!("{path}: `{address}` names a folder"));
            }
        }
    }
    found
}
