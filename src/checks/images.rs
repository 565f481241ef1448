//! Pictures that are not there, come from elsewhere, or have no description.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Target;

/// Checks every picture of the text and of front matter.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    for image in document.bodies().flat_map(|body| &body.images) {
        let at = |code, message: String, label: &str| {
            Diagnostic::new(code, message).at(&document.path, image.span.clone(), label)
        };
        let has_alt = image.is_decorative || !image.alt.trim().is_empty();
        let path = match &image.target {
            Target::File { path, .. } => path,
            Target::External(url) => {
                findings.push(
                    at(Code::ForeignImage, format!("a picture from another site: `{url}`"), "")
                        .help("that site would learn who reads this page; put the file beside the article, if you may"),
                );
                continue;
            }
            Target::Contact(written)
            | Target::Here(written)
            | Target::Wiki { name: written, .. } => {
                findings.push(
                    at(
                        Code::MissingImage,
                        format!("`{written}` is not a picture"),
                        "",
                    )
                    .help("write the path of a file, seen from this one"),
                );
                continue;
            }
            Target::Refused { scheme } => {
                findings.push(
                    at(
                        Code::LinkScheme,
                        format!("pictures that begin with `{scheme}:` are not let through"),
                        "",
                    )
                    .help("put the file beside the article and write its path"),
                );
                continue;
            }
        };
        if subject.site.image_file(document, path).is_none() {
            let label = if has_alt {
                "not found"
            } else {
                "not found, and it has no description"
            };
            findings.push(
                at(Code::MissingImage, format!("no picture at `{path}`"), label)
                    .help("put the file beside the article, or correct its name"),
            );
        } else if !has_alt {
            findings.push(
                at(Code::MissingAlt, "a picture without a description".to_owned(), "")
                    .help("write what it shows: `![description](file)`; if it is mere decoration, `![](file \"decorative\")`"),
            );
        }
    }
}
