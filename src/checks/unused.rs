//! What lies in the folder and nothing uses: data files that nobody reads, and files of the site's own
//! theme that no template asks for.
//!
//! Terms of a glossary that no other page says are left alone: a glossary may explain more than the pages do.
//! Pictures and other files of articles are looked at when the site is put together (`site::files`), works,
//! tags and footnotes where they are read.
//!
//! To read another data file: its path in [`read_files`].

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::records::{coverage, people, reviews, services, translations, wording, works};
use crate::render::template_file;
use crate::site::{PageKind, Site, is_verbatim};

/// Everything of a site that nothing uses.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    data_files(site, findings);
    theme_files(site, findings);
}

/// The data files that are read, whatever the pages say.
fn read_files() -> [&'static str; 9] {
    [
        people::FILE,
        reviews::FILE,
        translations::FILE,
        services::FILE,
        coverage::FILE,
        wording::FILE,
        works::evidence::FILE,
        "content/references.yaml",
        crate::records::dictionary::FILE,
    ]
}

fn data_files(site: &Site, findings: &mut Vec<Diagnostic>) {
    // A file of a draft waits with it.
    let documents = site
        .topics()
        .flat_map(|topic| topic.documents.iter().flatten());
    let picked: BTreeSet<_> = documents
        .filter_map(|written| written.document.picker_file())
        .collect();
    for (path, _) in site.inputs.below("content") {
        let is_data = matches!(path.extension(), "yaml" | "yml");
        let is_read = read_files().contains(&path.as_str())
            || path.file_name() == "_defaults.yaml"
            || picked.contains(path);
        if !is_data || is_read || is_verbatim(path) {
            continue;
        }
        let finding = Diagnostic::new(Code::UnusedFile, format!("nothing reads `{path}`"));
        let finding = finding.at(path, 0..0, "");
        findings.push(match nearest(path.as_str(), read_files()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("name it in `picker` of a page that shows it, or delete it"),
        });
    }
}

/// Templates and assets of the site's own theme.
fn theme_files(site: &Site, findings: &mut Vec<Diagnostic>) {
    let name = &site.config.theme.name.value;
    if site.inputs.is_built_in(name) {
        return;
    }
    let folder = format!("themes/{name}");
    // What may name a file: every template, stylesheet and script of all themes, and the settings.
    let naming = [
        "html",
        "css",
        "js",
        "toml",
        "svg",
        "json",
        "webmanifest",
        "xml",
    ];
    let texts: Vec<_> = site
        .inputs
        .below("themes")
        .filter(|(path, _)| naming.contains(&path.extension()))
        .filter(|(path, _)| !path.as_str().contains("/archetypes/"))
        .filter_map(|(path, _)| Some((path, site.inputs.text_of(path)?)))
        .collect();
    // Settings of the site's own may name a picture for a template.
    let settings = site.config.extra.to_string();
    for (path, _) in site.inputs.below(&folder) {
        let Some(inner) = path.as_str().strip_prefix(&folder) else {
            continue;
        };
        let inner = inner.trim_start_matches('/');
        let is_known = match inner.split_once('/') {
            Some(("templates", template)) => is_asked_for(site, template),
            Some(("assets", _)) => false,
            Some(_) | None => true,
        };
        // A file of the same name in another theme is what it stands in for.
        let stands_in = texts
            .iter()
            .any(|(other, _)| *other != path && other.as_str().ends_with(&format!("/{inner}")));
        let is_named = texts
            .iter()
            .filter(|(other, _)| *other != path)
            .any(|(_, text)| text.contains(path.file_name()))
            || settings.contains(path.file_name());
        // Components are asked for by their own names and not by that of their file.
        let own = site.inputs.text_of(path);
        let has_components = own.is_some_and(|text| text.contains("component "));
        if is_known || stands_in || is_named || has_components {
            continue;
        }
        findings.push(
            Diagnostic::new(
                Code::UnusedThemeFile,
                format!("nothing in the theme asks for `{inner}`"),
            )
            .at(path, 0..0, "")
            .help("use it in a template or a stylesheet, or delete it"),
        );
    }
}

/// Templates that the program asks for by itself.
fn is_asked_for(site: &Site, template: &str) -> bool {
    let of_kind = PageKind::ALL.iter().any(|kind| kind.template() == template);
    let directive = template.strip_prefix("directives/");
    let directive = directive.and_then(|name| name.strip_suffix(".html"));
    let of_directive =
        directive.is_some_and(|name| name == "alert" || site.theme.directive(name).is_some());
    let of_page = || {
        site.pages().any(|page| {
            let own = page.keys.template.as_ref();
            own.is_some_and(|own| template_file(&own.value) == template)
        })
    };
    let by_itself = ["redirect.html"].contains(&template);
    of_kind || of_directive || by_itself || of_page()
}
