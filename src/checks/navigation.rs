//! Menu entries and editorial pages that lead nowhere.

use crate::config::MenuTarget;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::site::links::Problem;
use crate::site::{LanguageId, Site};

/// Checks the menus of `site.toml` and the pages of its table `[editorial]`.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let menus = site.config.menu.iter().chain(&site.config.footer);
    let linked = menus.filter_map(|entry| match &entry.target {
        MenuTarget::Page(file) => Some(file),
        MenuTarget::Url(_) => None,
    });
    let editorial = &site.config.editorial;
    let pages = [
        &editorial.process,
        &editorial.funding,
        &editorial.corrections,
    ];
    for file in linked.chain(pages.into_iter().flatten()) {
        let Err(problem) = site.page_of_file(&file.value, LanguageId::FIRST) else {
            continue;
        };
        let (code, message, help) = match problem {
            Problem::Hidden(hidden) => (
                Code::HiddenTarget,
                format!("the page `{}` {}", file.value, hidden.reason()),
                "publish that page first, or take the entry away until then".to_owned(),
            ),
            Problem::Missing { nearest } => (
                Code::BrokenLink,
                format!("no page at `{}`", file.value),
                nearest.map_or_else(
                    || "write the path of a page's file below `content/`".to_owned(),
                    |nearest| format!("the nearest is `{nearest}`"),
                ),
            ),
            Problem::NoHeading { .. }
            | Problem::Outside
            | Problem::Scheme(_)
            | Problem::Ambiguous(_) => (
                Code::BrokenLink,
                format!("no page at `{}`", file.value),
                "write the path of a page's file below `content/`".to_owned(),
            ),
        };
        findings.push(
            Diagnostic::new(code, message)
                .at(&SourcePath::site_toml(), file.span.clone(), "leads nowhere")
                .help(help),
        );
    }
}
