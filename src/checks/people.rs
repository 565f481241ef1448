//! Ids of people that nobody has, and invented people where only a real one will do.

use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::people;
use crate::site::Site;

/// Somebody has to be in `content/people.yaml`.
pub fn known(site: &Site, id: &Spanned<String>, path: &SourcePath) -> Option<Diagnostic> {
    // Where there is a file and nobody in it, that was reported, and everybody would be missing.
    let is_broken = site.people.is_empty() && people::is_there(&site.inputs);
    if is_broken || site.person(&id.value).is_some() {
        return None;
    }
    let names = site.people.iter().map(|person| person.id.value.as_str());
    Some(
        Diagnostic::new(
            Code::UnknownPerson,
            format!("nobody has the id `{}`", id.value),
        )
        .at(path, id.span.clone(), "not in `content/people.yaml`")
        .suggest(&id.value, names, "add the person to `content/people.yaml`"),
    )
}

/// Somebody has to be there and not be invented, to have done something such as "reviewed anything".
pub fn real(
    site: &Site,
    id: &Spanned<String>,
    path: &SourcePath,
    done: &str,
    help: &str,
) -> Option<Diagnostic> {
    match site.person(&id.value) {
        // On a style page everybody is invented, and pages say so.
        Some((_, person)) if person.is_example && !site.config.features.specimen => Some(
            Diagnostic::new(
                Code::UnknownPerson,
                format!(
                    "`{}` is an invented example, who cannot have {done}",
                    id.value
                ),
            )
            .at(path, id.span.clone(), "not a real person")
            .help(help),
        ),
        Some(_) => None,
        None => known(site, id, path),
    }
}
