//! Which file an `@import` or a `url(...)` means.
//!
//! `@import "_part.css"` names a file as seen from the stylesheet it stands in; a child's file goes
//! before its parent's. `@import "default/main.css"` names the stylesheet of one of the parents, so
//! that a child can put ten lines after it in a `main.css` of its own. Such a stylesheet is bundled
//! as that parent has it: its parts and pictures are the parent's, whatever a child puts in their
//! place. Only the design tokens are always the site's.
//!
//! The bundler knows a file of the child by its path below `assets/`, and one that is seen through
//! a parent by the way there, `../../default/assets/main.css`. No file below `assets/` can be called
//! that. This room does not know what stands in a stylesheet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lightningcss::bundler::{ResolveResult, SourceProvider};

use super::chain::{Chain, ThemeFile};
use super::stylesheet_refused::Refused;
use crate::path::{SourcePath, UrlPath};
use crate::source::{Contents, Inputs};

/// The stylesheet made of the design tokens.
pub(super) const TOKENS: &str = "tokens.css";

/// The files of `assets/` as one theme of the chain sees them: its own and its parents'.
pub(super) struct View<'a> {
    /// The theme.
    pub theme: &'a str,
    /// The files, by their path below `assets/`.
    pub files: BTreeMap<String, ThemeFile<'a>>,
}

impl View<'_> {
    /// What the bundler calls a file that is seen through this theme, a parent.
    pub fn called(&self, name: &str) -> String {
        format!("../../{}/assets/{name}", self.theme)
    }

    /// The text of a stylesheet, by its path below `assets/`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.files.get(name)?.file.contents {
            Contents::Text(text) => Some(text),
            Contents::Bytes(_) | Contents::OnDisk(_) => None,
        }
    }

    /// The stylesheets, by their path below `assets/`.
    pub fn stylesheets(&self) -> impl Iterator<Item = &str> {
        let names = self.files.keys().map(String::as_str);
        names.filter(|name| name.ends_with(".css"))
    }
}

/// How each theme of the chain sees `assets/`, child first.
pub(super) fn views<'a>(inputs: &'a Inputs, chain: &'a Chain) -> Vec<View<'a>> {
    let view = |(place, theme)| View {
        theme,
        files: chain.files(inputs, "assets", place),
    };
    chain.names().enumerate().map(view).collect()
}

/// What a stylesheet may refer to.
pub(super) struct Sheets<'a> {
    /// How each theme sees `assets/`, child first.
    pub views: &'a [View<'a>],
    /// The text of `tokens.css`.
    pub tokens_css: &'a str,
    /// The names of all tokens as stylesheets call them, those with a wrong value too.
    pub token_names: &'a BTreeSet<String>,
    /// The published names of everything that is not a stylesheet, by what the bundler calls it.
    pub urls: &'a BTreeMap<String, UrlPath>,
}

impl Sheets<'_> {
    /// The text of a stylesheet.
    pub fn text(&self, called: &str) -> Option<&str> {
        let (place, name) = self.locate(called)?;
        self.text_at(place, name)
    }

    /// The file of a stylesheet; none for `tokens.css`.
    pub fn path(&self, called: &str) -> Option<&SourcePath> {
        let (place, name) = self.locate(called)?;
        self.views[place].files.get(name).map(|file| file.path)
    }

    /// What the bundler would call a file that is named by its way from a stylesheet.
    pub fn beside(&self, from: &str, relative: &str) -> Option<String> {
        let (place, name) = self.locate(from)?;
        Some(self.called(place, &below(name, relative)?))
    }

    /// The path below `assets/` of what the bundler calls so.
    pub fn below_assets<'n>(&self, called: &'n str) -> &'n str {
        self.locate(called).map_or(called, |(_, name)| name)
    }

    /// The pictures, typefaces and other files that a stylesheet can name, by their path below
    /// `assets/`.
    pub fn others(&self, from: &str) -> impl Iterator<Item = &str> {
        let view = self.views_from(from).iter().take(1);
        let names = view.flat_map(|view| view.files.keys());
        names
            .map(String::as_str)
            .filter(|name| is_published(name) && !name.ends_with(".css"))
    }

    /// How the theme through which a file is seen, and its parents, see `assets/`.
    pub fn views_from(&self, called: &str) -> &[View<'_>] {
        let place = self.locate(called).map_or(0, |(place, _)| place);
        self.views.get(place..).unwrap_or_default()
    }

    /// The theme through which a file is seen, by its place in the chain, and the path below
    /// `assets/`.
    fn locate<'n>(&self, called: &'n str) -> Option<(usize, &'n str)> {
        let through = called
            .strip_prefix("../../")
            .and_then(|rest| rest.split_once("/assets/"));
        match through {
            Some((theme, name)) => Some((self.place_of(theme, 0)?, name)),
            None => (!self.views.is_empty()).then_some((0, called)),
        }
    }

    /// Undoes [`Sheets::locate`]. There is one `tokens.css`, through whichever theme it is seen.
    fn called(&self, place: usize, name: &str) -> String {
        match self.views.get(place) {
            Some(view) if place > 0 && name != TOKENS => view.called(name),
            Some(_) | None => name.to_owned(),
        }
    }

    fn text_at(&self, place: usize, name: &str) -> Option<&str> {
        if name == TOKENS {
            return Some(self.tokens_css);
        }
        self.views.get(place)?.text(name)
    }

    /// The place of a theme in the chain, at or after another.
    fn place_of(&self, theme: &str, first: usize) -> Option<usize> {
        let themes = self.views.iter().enumerate().skip(first);
        let mut found = themes.filter(|(_, view)| view.theme == theme);
        found.next().map(|(place, _)| place)
    }
}

impl SourceProvider for Sheets<'_> {
    type Error = Refused;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Refused> {
        let called = file.to_string_lossy();
        self.text(&called)
            .ok_or_else(|| Refused::Missing(called.into_owned()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Refused> {
        if is_foreign(specifier) {
            return Err(Refused::Foreign(specifier.to_owned()));
        }
        let from = from.to_string_lossy();
        let missing = || Refused::Missing(specifier.to_owned());
        let (place, name) = self.locate(&from).ok_or_else(missing)?;
        let in_theme = specifier
            .split_once('/')
            .and_then(|(theme, name)| Some((self.place_of(theme, place)?, theme, name)));
        // As with templates, the name of a theme goes before a folder of that name.
        let named = in_theme.map(|(place, _, name)| (place, name.to_owned()));
        let relative = below(name, specifier).map(|name| (place, name));
        let found = [named, relative]
            .into_iter()
            .flatten()
            .find(|(place, name)| self.text_at(*place, name).is_some());
        match (found, in_theme) {
            (Some((place, found)), _) if self.called(place, &found) == from => {
                Err(Refused::Itself(found))
            }
            (Some((place, found)), _) => Ok(ResolveResult::File(PathBuf::from(
                self.called(place, &found),
            ))),
            (None, Some((_, theme, name))) => Err(Refused::MissingIn {
                theme: theme.to_owned(),
                name: name.to_owned(),
            }),
            (None, None) => Err(missing()),
        }
    }
}

/// Whether a file of `assets/` is published: those whose name begins with `_` are parts.
pub(super) fn is_published(name: &str) -> bool {
    !name.rsplit('/').next().unwrap_or_default().starts_with('_')
}

/// Whether an address leads to another site.
pub(super) fn is_foreign(url: &str) -> bool {
    url.starts_with("//")
        || url.split_once(':').is_some_and(|(scheme, _)| {
            scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

/// Follows a relative address from the folder of a file, both below `assets/`.
fn below(from: &str, relative: &str) -> Option<String> {
    let path = SourcePath::new(from)?;
    path.join_relative(relative, "")
        .map(|path| path.to_string())
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    /// A child with these files, its parent `base` and that one's parent `root`.
    fn check(files: &[(&str, &str)], expected: &[&str]) -> Vec<(String, String)> {
        let mut all = vec![
            (
                "site.toml",
                "[theme]\nname = \"ours\"\n[theme.tokens]\nink = \"#000\"\n",
            ),
            (
                "themes/ours/theme.toml",
                "name = \"ours\"\nextends = \"base\"\n",
            ),
            (
                "themes/base/theme.toml",
                "name = \"base\"\nextends = \"root\"\n",
            ),
            (
                "themes/root/theme.toml",
                "name = \"root\"\n[tokens.ink]\nkind = \"color\"\nvalue = \"#111\"\n",
            ),
        ];
        all.extend_from_slice(files);
        let (theme, findings, inputs) = Folder::new(&all).load(&["en"]);
        let found: Vec<String> = lines(&inputs, &findings)
            .iter()
            .map(|line| line.replace("/assets/", "/"))
            .collect();
        assert_eq!(found, expected);
        let published = theme.assets().values();
        published
            .map(|asset| {
                let text = String::from_utf8_lossy(&asset.bytes).into_owned();
                (asset.url.to_string(), text)
            })
            .collect()
    }

    fn hashed(before: &str, text: &str, after: &str) -> String {
        format!(
            "{before}.{}.{after}",
            &blake3::hash(text.as_bytes()).to_hex()[..8]
        )
    }

    #[test]
    fn a_child_adds_to_the_stylesheet_that_its_parent_has_as_the_parent_has_it() {
        let published = check(
            &[
                (
                    "themes/ours/assets/main.css",
                    "@import \"base/css/main.css\";\n.new{color:var(--ink)}",
                ),
                ("themes/ours/assets/css/_a.css", "not{used:here"),
                ("themes/ours/assets/art/dot.svg", "<svg/>"),
                (
                    "themes/base/assets/css/main.css",
                    "@import \"../tokens.css\";@import \"_a.css\";@import \"_b.css\";.m{margin:0}",
                ),
                (
                    "themes/base/assets/css/_a.css",
                    ".a{background:url(../art/dot.svg)}",
                ),
                ("themes/base/assets/art/dot.svg", "<svg ></svg>"),
                (
                    "themes/root/assets/css/_b.css",
                    ".b{background:url(../art/bar.svg)}",
                ),
                ("themes/root/assets/art/bar.svg", "<svg> </svg>"),
            ],
            &[],
        );
        let (own, parents) = (
            hashed("dot", "<svg/>", "svg"),
            hashed("dot", "<svg ></svg>", "svg"),
        );
        let bar = hashed("bar", "<svg> </svg>", "svg");
        let main = published
            .iter()
            .find(|(url, _)| url.starts_with("/assets/main."));
        let (_, css) = main.expect("published");
        assert!(css.ends_with(&format!(
            ".a{{background:url(art/{parents})}}.b{{background:url(art/{bar})}}.m{{margin:0}}.new{{color:var(--ink)}}"
        )), "{css}");
        assert!(
            css.starts_with(":root{") && css.contains("--ink:#000"),
            "the site's tokens: {css}"
        );
        for picture in [own, parents, bar] {
            let url = format!("/assets/art/{picture}");
            assert!(published.iter().any(|(of, _)| *of == url), "{url}");
        }
    }

    #[test]
    fn what_a_child_replaces_is_published_only_when_it_is_shown() {
        let published = check(
            &[
                ("themes/ours/assets/dot.svg", "<svg/>"),
                ("themes/base/assets/dot.svg", "<svg ></svg>"),
                ("themes/base/assets/main.css", "a{background:url(dot.svg)}"),
            ],
            &[],
        );
        assert_eq!(published.len(), 2, "{published:?}");
        let dot = hashed("dot", "<svg/>", "svg");
        assert_eq!(published[1].1, format!("a{{background:url({dot})}}"));
    }

    #[test]
    fn an_import_from_a_theme_or_of_a_file_that_is_not_there_names_the_nearest() {
        let base = ("themes/base/assets/main.css", "a{}");
        let part = ("themes/root/assets/_rows.css", "b{}");
        let import = |name: &str| format!("@import \"{name}\";");
        for (name, said) in [
            (
                "bsae/main.css",
                "there is no stylesheet `bsae/main.css` / did you mean `base/main.css`?",
            ),
            (
                "base/man.css",
                "the theme `base` has no stylesheet `man.css` / did you mean `base/main.css`?",
            ),
            (
                "root/colours.css",
                "the theme `root` has no stylesheet `colours.css` / its stylesheets are `root/_rows.css`",
            ),
            (
                "colours.css",
                "there is no stylesheet `colours.css` / a part is named relative to the stylesheet that imports it, and a stylesheet of a parent theme like this: `base/main.css`",
            ),
        ] {
            let import = import(name);
            let marked = import.trim_end_matches(';').replace('"', "\\\"");
            let line = format!("missing-asset themes/ours/main.css:\"{marked}\": {said}");
            check(
                &[("themes/ours/assets/main.css", &import), base, part],
                &[&line],
            );
        }
    }

    #[test]
    fn a_mistake_in_a_parents_stylesheet_is_found_there_once() {
        check(
            &[
                ("themes/ours/assets/main.css", "@import \"base/main.css\";"),
                ("themes/ours/assets/two.css", "@import \"base/main.css\";"),
                (
                    "themes/base/assets/main.css",
                    "a{colr:red;background:url(dto.svg)}",
                ),
                ("themes/base/assets/dot.svg", "<svg/>"),
            ],
            &[
                "stylesheet themes/base/main.css:\"colr\": there is no property `colr` / did you mean `color`?",
                "missing-asset themes/base/main.css:\"dto.svg\": the theme has no asset `dto.svg` / did you mean `dot.svg`?",
            ],
        );
    }

    #[test]
    fn a_stylesheet_that_imports_itself_is_told_how_to_add_to_its_parents() {
        check(
            &[
                ("themes/ours/assets/main.css", "@import \"main.css\";"),
                ("themes/ours/assets/two.css", "@import \"./two.css\";"),
                ("themes/root/assets/main.css", "a{}"),
            ],
            &[
                "stylesheet themes/ours/main.css:\"@import \\\"main.css\\\"\": `main.css` imports itself / to add to the parent theme's, write `@import \"base/main.css\";`",
                "stylesheet themes/ours/two.css:\"@import \\\"./two.css\\\"\": `two.css` imports itself / take the `@import` out",
            ],
        );
    }
}
