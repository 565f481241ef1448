//! The templates of a theme and its parents, ready to be rendered.
//!
//! All of them live in one engine (one for each language, because functions know their language)
//! under the name `THEME/FILE`. A name without a theme is looked for in the child first, so that an
//! override may say `{% extends "default/article.html" %}` and call `super()`. What is wrong with a
//! template becomes a finding in [`super::template_errors`]; the rest still works.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, Tera, Value};

use super::assets::Asset;
use super::chain::{Chain, files_of};
use super::functions;
use super::string_files::AllStrings;
use super::template_conflicts::{self, Culprits};
use super::template_errors;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// A template file.
#[derive(Debug, Clone)]
pub(super) struct TemplateFile {
    /// Where it is.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// All template files of the chain, by `THEME/FILE`, and which of them counts.
#[derive(Debug, Default)]
pub(super) struct TemplateFiles {
    /// By full name, such as `default/article.html`.
    pub by_name: BTreeMap<String, TemplateFile>,
    /// The full name that `article.html` stands for.
    pub resolved: BTreeMap<String, String>,
    /// The themes, child first.
    pub themes: Vec<String>,
}

impl TemplateFiles {
    /// Gathers them.
    pub fn gather(inputs: &Inputs, chain: &Chain) -> Self {
        let mut files = Self::default();
        for theme in chain.names() {
            files.themes.push(theme.to_owned());
            for (name, file) in files_of(inputs, theme, "templates") {
                let Some(text) = inputs.text_of(file.path) else {
                    continue;
                };
                let full = format!("{theme}/{name}");
                files.resolved.entry(name).or_insert_with(|| full.clone());
                let path = file.path.clone();
                files.by_name.insert(
                    full,
                    TemplateFile {
                        path,
                        text: Arc::clone(text),
                    },
                );
            }
        }
        files
    }

    /// The full name that a template means by a name.
    pub fn resolve<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        match self.by_name.get_key_value(name) {
            Some((full, _)) => Some(full),
            None => self.resolved.get(name).map(String::as_str),
        }
    }

    /// What a template may call the others: `article.html` and `default/article.html`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.resolved
            .keys()
            .chain(self.by_name.keys())
            .map(String::as_str)
    }
}

/// The templates, ready to be rendered.
pub(super) struct Templates {
    engines: BTreeMap<String, Tera>,
    reference: String,
    /// The files.
    pub files: TemplateFiles,
    /// Full names of templates that cannot be used, which [`Templates::load`] has reported.
    pub broken: BTreeSet<String>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates")
            .field("names", &self.files.resolved)
            .finish_non_exhaustive()
    }
}

impl Templates {
    /// Parses all templates, reporting every one that cannot be used.
    pub fn load(
        files: TemplateFiles,
        strings: &AllStrings,
        assets: &BTreeMap<String, Asset>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let urls = Arc::new(functions::asset_urls(assets));
        let mut engine = Tera::new();
        let prefixes: Vec<String> = files
            .themes
            .iter()
            .map(|theme| format!("{theme}/"))
            .collect();
        // Refused only once there are templates, and there are none yet.
        let _ = engine.set_fallback_prefixes(prefixes);
        if let Some(words) = strings.reference() {
            functions::register(&mut engine, words, &urls);
        }
        let broken = add_all(&mut engine, &files, findings);
        let engines = strings
            .by_language
            .iter()
            .map(|(language, words)| {
                let mut engine = engine.clone();
                functions::register(&mut engine, words, &urls);
                (language.clone(), engine)
            })
            .collect();
        Self {
            engines,
            reference: strings.reference.clone(),
            files,
            broken,
        }
    }

    /// Renders the template that `name` stands for.
    pub fn render(
        &self,
        name: &str,
        language: &str,
        entries: impl Iterator<Item = (&'static str, Value)>,
    ) -> Result<String, Vec<Diagnostic>> {
        let Some(full) = self.files.resolve(name) else {
            return Err(vec![missing(&self.files, name)]);
        };
        if self.broken.contains(full) {
            return Err(Vec::new());
        }
        let engine = self
            .engines
            .get(language)
            .or_else(|| self.engines.get(&self.reference));
        let Some(engine) = engine else {
            return Err(Vec::new());
        };
        let mut context = Context::new();
        for (key, value) in entries {
            context.insert_value(key, value);
        }
        engine
            .render(full, &context)
            .map_err(|error| vec![template_errors::while_rendering(&self.files, full, &error)])
    }
}

fn missing(files: &TemplateFiles, name: &str) -> Diagnostic {
    let theme = files.themes.first().map_or("default", String::as_str);
    Diagnostic::new(
        Code::MissingTemplate,
        format!("the theme has no template `{name}`"),
    )
    .suggest(
        name,
        files.resolved.keys().map(String::as_str),
        format!("write `themes/{theme}/templates/{name}`"),
    )
}

/// Adds every template that can be used; gives the full names of the others.
fn add_all(
    engine: &mut Tera,
    files: &TemplateFiles,
    findings: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut broken = BTreeSet::new();
    let add = |engine: &mut Tera, broken: &BTreeSet<String>| {
        let sound = files
            .by_name
            .iter()
            .filter(|(name, _)| !broken.contains(*name));
        engine.add_raw_templates(sound.map(|(name, file)| (name, &file.text)))
    };
    if add(engine, &broken).is_ok() {
        return broken;
    }
    // The engine stops at the first syntax error: parse them one by one to find them all.
    for (name, file) in &files.by_name {
        if let Err(error) = engine.clone().add_raw_template(name, &file.text)
            && let Some(finding) = template_errors::syntax(file, &error)
        {
            findings.push(finding);
            broken.insert(name.clone());
        }
    }
    // Then take out what the engine refuses for other reasons, until it is content. Each round takes
    // out one template at least, so there are no more rounds than templates.
    for _ in 0..=files.by_name.len() {
        let Err(error) = add(engine, &broken) else {
            break;
        };
        let Culprits {
            names,
            findings: found,
        } = template_conflicts::while_adding(files, &broken, &error);
        findings.extend(found);
        let before = broken.len();
        broken.extend(names);
        if broken.len() == before {
            break;
        }
    }
    broken
}
