//! What is said of an `@import` that cannot be followed: why, and what would have been right.

use super::manifest::quoted;
use super::stylesheet_files::{Sheets, TOKENS, View};
use crate::diagnostic::{Code, Diagnostic};

/// Why an `@import` cannot be followed.
#[derive(Debug)]
pub(super) enum Refused {
    /// Nothing is called that.
    Missing(String),
    /// One of the themes has no such stylesheet.
    MissingIn { theme: String, name: String },
    /// It is on another site.
    Foreign(String),
    /// The stylesheet imports itself.
    Itself(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "there is no stylesheet `{name}`"),
            Self::MissingIn { theme, name } => {
                write!(f, "the theme `{theme}` has no stylesheet `{name}`")
            }
            Self::Foreign(url) => write!(f, "`{url}` is on another site"),
            Self::Itself(name) => write!(f, "`{name}` imports itself"),
        }
    }
}

impl std::error::Error for Refused {}

impl Refused {
    /// The kind of finding it is.
    pub fn code(&self) -> Code {
        match self {
            Self::Missing(_) | Self::MissingIn { .. } => Code::MissingAsset,
            Self::Foreign(_) | Self::Itself(_) => Code::Stylesheet,
        }
    }

    /// Says what to do, in a stylesheet that the bundler calls `from`.
    pub fn advise(&self, sheets: &Sheets<'_>, from: &str, finding: Diagnostic) -> Diagnostic {
        let views = sheets.views_from(from);
        let of_view = |view: &View<'_>| -> Vec<String> {
            let names = view.stylesheets();
            names.map(|name| format!("{}/{name}", view.theme)).collect()
        };
        match self {
            Self::Missing(wanted) => {
                let mut names: Vec<String> = views.iter().skip(1).flat_map(of_view).collect();
                let own = views.iter().take(1).flat_map(View::stylesheets);
                names.extend(own.chain([TOKENS]).map(str::to_owned));
                let parent = views.iter().skip(1).flat_map(of_view);
                let otherwise = match parent.max_by_key(|name| name.ends_with("/main.css")) {
                    Some(example) => format!(
                        "a part is named relative to the stylesheet that imports it, and a \
                         stylesheet of a parent theme like this: `{example}`"
                    ),
                    None => "a part is named relative to the stylesheet that imports it".to_owned(),
                };
                finding.suggest(wanted, names.iter().map(String::as_str), otherwise)
            }
            Self::MissingIn { theme, name } => {
                let view = views.iter().find(|view| view.theme == theme);
                let names: Vec<String> = view.map(of_view).unwrap_or_default();
                let names = || names.iter().map(String::as_str);
                let otherwise = match names().next() {
                    Some(_) => format!("its stylesheets are {}", quoted(names())),
                    None => "it has no stylesheets".to_owned(),
                };
                finding.suggest(&format!("{theme}/{name}"), names(), otherwise)
            }
            Self::Foreign(_) => finding
                .help("put a copy into `assets/`, so that no other site learns who reads the page"),
            Self::Itself(name) => finding.help(match views.get(1) {
                Some(parent) if parent.text(name).is_some() => format!(
                    "to add to the parent theme's, write `@import \"{}/{name}\";`",
                    parent.theme
                ),
                Some(_) | None => "take the `@import` out".to_owned(),
            }),
        }
    }
}
