//! Names in front matter that stand for something elsewhere: authors and templates.

use super::{Subject, people};
use crate::diagnostic::{Code, Diagnostic};
use crate::render::template_file;

/// Authors who are not in `content/people.yaml`.
pub fn check_authors(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let path = &subject.document.path;
    let authors = subject.keys.authors.iter().flatten();
    findings.extend(authors.filter_map(|author| people::known(subject.site, author, path)));
}

/// A template that the theme does not have.
pub fn check_template(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(template) = &subject.keys.template else {
        return;
    };
    let theme = &subject.site.theme;
    if theme.has_template(&template_file(&template.value)) {
        return;
    }
    let names: Vec<_> = theme.template_names().collect();
    findings.push(
        Diagnostic::new(
            Code::MissingTemplate,
            format!("the theme has no template `{}`", template.value),
        )
        .at(&subject.document.path, template.span.clone(), "not found")
        .suggest(
            &template_file(&template.value),
            names.iter().copied(),
            "take the line away for the usual one",
        ),
    );
}
