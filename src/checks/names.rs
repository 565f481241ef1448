//! Names in front matter that stand for something elsewhere: authors and templates. Those of
//! `_defaults.yaml` are looked at by [`super::defaults`].

use super::{Subject, people};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::FrontMatter;
use crate::path::SourcePath;
use crate::render::template_file;
use crate::site::Site;

/// Authors who are not in `content/people.yaml`.
pub fn check_authors(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    let unknown = unknown_authors(subject.site, &document.path, &document.front_matter);
    findings.extend(unknown);
}

/// The authors that a file names and that nobody is.
pub fn unknown_authors<'a>(
    site: &'a Site,
    path: &'a SourcePath,
    keys: &'a FrontMatter,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let authors = keys.authors.iter().flatten();
    authors.filter_map(|author| people::known(site, author, path))
}

/// A template that the theme does not have.
pub fn check_template(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    let unknown = unknown_template(subject.site, &document.path, &document.front_matter);
    findings.extend(unknown);
}

/// The template that a file names and that is not there.
pub fn unknown_template(site: &Site, path: &SourcePath, keys: &FrontMatter) -> Option<Diagnostic> {
    let template = keys.template.as_ref()?;
    let theme = &site.theme;
    if theme.has_template(&template_file(&template.value)) {
        return None;
    }
    let names: Vec<_> = theme.template_names().collect();
    Some(
        Diagnostic::new(
            Code::MissingTemplate,
            format!("the theme has no template `{}`", template.value),
        )
        .at(path, template.span.clone(), "not found")
        .suggest(
            &template_file(&template.value),
            names.iter().copied(),
            "take the line away for the usual one",
        ),
    )
}
