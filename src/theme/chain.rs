//! A theme and its parents, child first, and the files that count: the child's before the parent's.
//!
//! Knows nothing of what the files hold.

use std::collections::BTreeMap;

use super::ThemeSettings;
use super::manifest::{self, Manifest, THEMES, path_of, quoted, theme_names};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::{BUILT_IN_THEME_FOLDER, Inputs, SourceFile};

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
    /// Follows `extends` from the theme that the site names. When it is not there, the built-in
    /// theme stands in, so that the rest of the site can still be checked.
    pub fn load(inputs: &Inputs, settings: &ThemeSettings, findings: &mut Vec<Diagnostic>) -> Self {
        let names = theme_names(inputs);
        let mut manifests: Vec<Manifest> = Vec::new();
        let site = SourcePath::new("site.toml").unwrap_or_else(|| unreachable!("a sound path"));
        let mut wanted = Some((settings.name.clone(), site));
        while let Some((name, written_in)) = wanted.take() {
            if !is_there(inputs, &name.value) {
                findings.push(missing(&name, &written_in, &names));
                if manifests.is_empty() {
                    let built_in = BUILT_IN_THEME_FOLDER.trim_start_matches("themes/");
                    if is_there(inputs, built_in) && name.value != built_in {
                        manifests.push(manifest::read(inputs, built_in, findings));
                    }
                }
                break;
            }
            if let Some(start) = manifests.iter().position(|theme| theme.name == name.value) {
                findings.push(cycle(&manifests[start..]));
                break;
            }
            let manifest = manifest::read(inputs, &name.value, findings);
            wanted = manifest
                .extends
                .clone()
                .map(|parent| (parent, manifest.path.clone()));
            manifests.push(manifest);
        }
        Self { manifests }
    }

    /// The names, child first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.manifests.iter().map(|manifest| manifest.name.as_str())
    }

    /// The files that count below a folder such as `assets`, by their path below it.
    pub fn files<'a>(&self, inputs: &'a Inputs, folder: &str) -> BTreeMap<String, ThemeFile<'a>> {
        let mut files = BTreeMap::new();
        for name in self.names() {
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

fn is_there(inputs: &Inputs, name: &str) -> bool {
    !name.contains('/')
        && path_of(name).is_some()
        && inputs.below(&format!("{THEMES}/{name}")).next().is_some()
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
