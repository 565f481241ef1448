//! A theme and its parents, child first, and the files that count: the child's before the parent's.
//!
//! Knows nothing of what the files hold.

use std::collections::BTreeMap;

use super::ThemeSettings;
use super::manifest::{self, Manifest, THEMES, path_of, quoted, theme_names};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::{BUILT_IN_THEME_FOLDER, BuiltInTheme, Inputs, SourceFile};

/// How to make a theme that is a built-in one but for some files: the next step of whoever misses
/// something in a built-in theme.
pub(super) fn own_theme(parent: &str) -> String {
    format!(
        "write `name = \"ours\"` and `extends = \"{parent}\"` in `themes/ours/theme.toml`, and \
         `name = \"ours\"` below `[theme]` in `site.toml`"
    )
}

/// A theme and its parents.
#[derive(Debug)]
pub(super) struct Chain {
    /// Their manifests, child first.
    pub manifests: Vec<Manifest>,
}

/// A file of the theme that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThemeFile<'a> {
    /// Where it is.
    pub path: &'a SourcePath,
    /// What it holds.
    pub file: &'a SourceFile,
}

impl Chain {
    /// Follows `extends` from the theme that the site names. When it or a parent is not there, or they
    /// never end, the built-in theme stands in, so that the rest of the site can still be checked.
    pub fn load(inputs: &Inputs, settings: &ThemeSettings, findings: &mut Vec<Diagnostic>) -> Self {
        let names = theme_names(inputs);
        let mut manifests: Vec<Manifest> = Vec::new();
        let site = SourcePath::new("site.toml").unwrap_or_else(|| unreachable!("a sound path"));
        let mut wanted = Some((settings.name.clone(), site));
        while let Some((name, written_in)) = wanted.take() {
            if !is_there(inputs, &name.value) {
                findings.push(missing(&name, &written_in, &names));
                manifests.extend(stand_in(inputs, &manifests, findings));
                break;
            }
            if let Some(start) = manifests.iter().position(|theme| theme.name == name.value) {
                findings.push(cycle(&manifests[start..]));
                manifests.extend(stand_in(inputs, &manifests, findings));
                break;
            }
            let manifest = manifest::read(inputs, &name.value, findings);
            wanted = manifest
                .extends
                .clone()
                .map(|parent| (parent, manifest.path.clone()));
            manifests.push(manifest);
        }
        if manifests.iter().any(|theme| theme.is_built_in) {
            findings.extend(incomplete(inputs));
        }
        Self { manifests }
    }

    /// The names, child first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.manifests.iter().map(|manifest| manifest.name.as_str())
    }

    /// The files below a folder such as `assets` that count for the theme at this place in the chain,
    /// by their path below it: its own and those of its parents. The child's place is 0.
    pub fn files<'a>(
        &self,
        inputs: &'a Inputs,
        folder: &str,
        place: usize,
    ) -> BTreeMap<String, ThemeFile<'a>> {
        let mut files = BTreeMap::new();
        for name in self.names().skip(place) {
            for (below, file) in files_of(inputs, name, folder) {
                files.entry(below).or_insert(file);
            }
        }
        files
    }
}

/// The files of one theme below a folder, by their path below it.
pub(super) fn files_of<'a>(
    inputs: &'a Inputs,
    theme: &str,
    folder: &str,
) -> impl Iterator<Item = (String, ThemeFile<'a>)> {
    let prefix = format!("{THEMES}/{theme}/{folder}/");
    let all = inputs.below(THEMES);
    all.filter_map(move |(path, file)| {
        let below = path.as_str().strip_prefix(&prefix)?;
        Some((below.to_owned(), ThemeFile { path, file }))
    })
}

/// The built-in theme, for a chain that leads nowhere and does not hold it.
fn stand_in(
    inputs: &Inputs,
    manifests: &[Manifest],
    findings: &mut Vec<Diagnostic>,
) -> Option<Manifest> {
    let built_in = BUILT_IN_THEME_FOLDER.trim_start_matches("themes/");
    let is_known = manifests.iter().any(|theme| theme.name == built_in);
    (!is_known && is_there(inputs, built_in)).then(|| manifest::read(inputs, built_in, findings))
}

fn is_there(inputs: &Inputs, name: &str) -> bool {
    !name.contains('/')
        && path_of(name).is_some()
        && inputs.below(&format!("{THEMES}/{name}")).next().is_some()
}

/// A folder `themes/default` that says it is a theme in no `theme.toml`: most likely somebody wanted to
/// change a few files of the built-in one.
fn incomplete(inputs: &Inputs) -> Option<Diagnostic> {
    match inputs.built_in_theme() {
        BuiltInTheme::Beneath => {}
        BuiltInTheme::Whole | BuiltInTheme::Hidden => return None,
    }
    let folder = SourcePath::new(BUILT_IN_THEME_FOLDER)?;
    let message = format!("`{folder}` hides the built-in theme, but has no `theme.toml`");
    Some(
        Diagnostic::new(Code::MissingFile, message)
            .at(&folder, 0..0, "")
            .help(format!(
                "to change some of its files, move yours to `themes/ours`, and {}; to do without \
                 it, write `{folder}/theme.toml`",
                own_theme("default")
            )),
    )
}

fn missing(name: &Spanned<String>, written_in: &SourcePath, names: &[String]) -> Diagnostic {
    let candidates = || names.iter().map(String::as_str);
    Diagnostic::new(
        Code::MissingTheme,
        format!("there is no theme `{}`", name.value),
    )
    .at(written_in, name.span.clone(), "named here")
    .suggest(
        &name.value,
        candidates(),
        format!("the themes are {}", quoted(candidates())),
    )
}

fn cycle(themes: &[Manifest]) -> Diagnostic {
    let names: Vec<_> = themes.iter().map(|theme| theme.name.as_str()).collect();
    let message = match names.as_slice() {
        [one] => format!("the theme `{one}` extends itself"),
        names => format!(
            "the themes {} extend each other in a circle",
            quoted(names.iter().copied())
        ),
    };
    let mut finding = Diagnostic::new(Code::ThemeCycle, message);
    for theme in themes {
        if let Some(extends) = &theme.extends {
            finding = finding.at(
                &theme.path,
                extends.span.clone(),
                format!("`{}` extends `{}`", theme.name, extends.value),
            );
        }
    }
    finding.help("take one `extends` out")
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    #[test]
    fn a_language_that_the_built_in_theme_lacks_is_written_in_a_theme_that_extends_it() {
        let (_, findings, inputs) = Folder::new(&[("site.toml", "")]).load(&["en", "ar"]);
        let said = lines(&inputs, &findings);
        let help = "write them in `themes/ours/strings/ar.toml`: write `name = \"ours\"` and \
                    `extends = \"default\"` in `themes/ours/theme.toml`, and `name = \"ours\"` \
                    below `[theme]` in `site.toml`";
        assert!(said.len() == 1 && said[0].ends_with(help), "{said:?}");
        let done = Folder::new(&[
            ("site.toml", "[theme]\nname = \"ours\"\n"),
            (
                "themes/ours/theme.toml",
                "name = \"ours\"\nextends = \"default\"\n",
            ),
            ("themes/ours/strings/ar.toml", "home = \"الرئيسية\"\n"),
        ]);
        let (theme, findings, inputs) = done.load(&["en", "ar"]);
        let said = lines(&inputs, &findings);
        let help = "write them in `themes/ours/strings/ar.toml`";
        assert!(said.len() == 1 && said[0].ends_with(help), "{said:?}");
        assert_eq!(theme.words("ar").text("home"), "الرئيسية");
    }

    #[test]
    fn a_folder_of_the_built_in_themes_name_that_is_no_theme_is_one_finding() {
        let folder = Folder::new(&[
            ("site.toml", ""),
            ("themes/default/strings/ar.toml", "home = \"الرئيسية\"\n"),
            ("themes/default/templates/home.html", "{{ page.titel }}"),
            ("themes/CONTRACT.md", "no theme"),
        ]);
        let (theme, findings, inputs) = folder.load(&["en"]);
        assert_eq!(
            lines(&inputs, &findings),
            [
                "missing-file themes/default:\"\": `themes/default` hides the built-in theme, but has no `theme.toml` / to change some of its files, move yours to `themes/ours`, and write `name = \"ours\"` and `extends = \"default\"` in `themes/ours/theme.toml`, and `name = \"ours\"` below `[theme]` in `site.toml`; to do without it, write `themes/default/theme.toml`",
                "unknown-variable themes/default/templates/home.html:\"titel\": there is no value `page.titel` / did you mean `title`?",
            ]
        );
        assert!(theme.has_template("article.html"), "the built-in one");
    }

    #[test]
    fn a_folder_of_the_built_in_themes_name_that_is_a_theme_stands_alone() {
        let folder = Folder::new(&[
            ("site.toml", ""),
            ("themes/default/theme.toml", "name = \"default\"\n"),
        ]);
        let (theme, findings, inputs) = folder.load(&["en"]);
        assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
        assert!(!theme.has_template("article.html"));
    }
}
