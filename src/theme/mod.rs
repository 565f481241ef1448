//! Themes: templates, stylesheets, pictures and words, and the contract they rely on.
//!
//! [`Theme::load`] reads a theme and its parents from the [`Inputs`], checks everything that can be
//! checked before a page is there, and reports all of it at once. [`Theme::render_page`] then turns
//! the values of [`contract`] into HTML. A theme sees nothing else: this room knows neither pages
//! nor articles nor where anything is written.
//!
//! ```text
//! chain       the theme and its parents, child first, and which file counts
//! manifest    theme.toml            directive   [directives.NAME] in it
//! budget      [budget.KIND] there and in site.toml
//! tokens      [tokens], site.toml   contrast    [[contrast]]
//! palette     the colours that rules of stylesheets set together
//! described   the theme as a style page shows it
//! assets      assets/**             stylesheet, stylesheet_urls, properties
//!             stylesheet_files and stylesheet_refused   what an @import means
//! strings     words and their forms string_files, language   strings/*.toml
//! templates   templates/**          functions   asset, text, link
//!             template_conflicts and template_errors   what the engine says, at its place
//! contract    what a template sees  shape       how it is described
//! linked      files of articles that templates link to
//! inline      scripts and styles that stand in templates
//! lint        templates against the contract    manual      the contract as a page of Markdown
//! ```

mod assets;
mod budget;
mod chain;
pub mod contract;
mod contrast;
mod custom_properties;
mod described;
mod directive;
mod functions;
mod inline;
mod language;
mod linked;
mod lint;
mod manifest;
pub mod manual;
mod palette;
mod properties;
mod script;
pub mod shape;
mod string_files;
mod strings;
mod stylesheet;
mod stylesheet_files;
mod stylesheet_refused;
mod stylesheet_urls;
mod template_conflicts;
mod template_errors;
mod templates;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use assets::Asset;
pub use budget::{Budget, Budgets};
pub use directive::{ArgumentKind, ArgumentSpec, BodyRule, DirectiveSpec};
pub use strings::Strings;

use crate::data::{Node, Spanned};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::Inputs;
use chain::Chain;
use string_files::AllStrings;
use templates::{TemplateFiles, Templates};

/// What `[theme]` of `site.toml` says; places point into that file.
#[derive(Debug, Clone)]
pub struct ThemeSettings {
    /// The theme's name.
    pub name: Spanned<String>,
    /// The site's own values of design tokens.
    pub tokens: Vec<(Spanned<String>, Node)>,
}

impl ThemeSettings {
    /// True when they say the same, wherever it is written.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let tokens = |settings: &Self| -> Vec<(String, String)> {
            let tokens = settings.tokens.iter();
            tokens
                .map(|(name, value)| (name.value.clone(), value.to_template().to_string()))
                .collect()
        };
        self.name.value == other.name.value && tokens(self) == tokens(other)
    }
}

/// A theme and its parents, ready to render.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    directives: BTreeMap<String, DirectiveSpec>,
    assets: BTreeMap<String, Asset>,
    strings: AllStrings,
    extra: BTreeMap<String, Vec<String>>,
    /// The child's before the parent's.
    budgets: Vec<Budgets>,
    described: contract::Theme,
    linked_files: Option<BTreeSet<String>>,
}

impl Theme {
    /// Reads the theme that the settings name, with everything it extends. What is wrong is
    /// reported; the rest of the theme works all the same.
    pub fn load(
        inputs: &Inputs,
        settings: &ThemeSettings,
        languages: &[String],
        first_language: &str,
    ) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let chain = Chain::load(inputs, settings, &mut findings);
        let tokens = tokens::load(inputs, &chain, settings, &mut findings);
        contrast::check(&chain, &tokens, &mut findings);
        let assets = assets::load(inputs, &chain, &tokens::css(&tokens), &mut findings);
        let strings = string_files::load(inputs, &chain, languages, first_language, &mut findings);
        let files = TemplateFiles::gather(inputs, &chain);
        let templates = Templates::load(files, &strings, &assets, &mut findings);
        let directives = directives(&chain);
        let against = lint::Theme {
            templates: &templates,
            directives: &directives,
            strings: strings.reference().map(Arc::as_ref),
            assets: &assets,
        };
        lint::check(&against, &mut findings);
        inline::check(&against.templates.files, &mut findings);
        let texts = against.templates.files.by_name.values();
        let linked_files = linked::linked(texts.map(|file| &*file.text));
        let theme = Self {
            linked_files,
            described: described::describe(&chain, &tokens, &directives),
            templates,
            directives,
            assets,
            strings,
            extra: extra(&chain),
            budgets: chain
                .manifests
                .iter()
                .map(|manifest| manifest.budgets.clone())
                .collect(),
        };
        crate::diagnostic::sort(&mut findings);
        (theme, findings)
    }

    /// Renders a page with the template of this name, such as `article.html`.
    ///
    /// An error without findings means a template that [`Theme::load`] has reported already.
    pub fn render_page(
        &self,
        template: &str,
        root: contract::Root,
    ) -> Result<String, Vec<Diagnostic>> {
        let language = root.page.language.clone();
        self.templates.render(template, &language, root.entries())
    }

    /// Renders a directive with the template `directives/NAME.html`. Errors as for a page.
    pub fn render_directive(
        &self,
        name: &str,
        root: contract::DirectiveRoot,
    ) -> Result<String, Vec<Diagnostic>> {
        let language = root.language.clone();
        self.templates
            .render(&directive_template(name), &language, root.entries())
    }

    /// Whether there is a template of this name, such as `article.html`.
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.files.resolved.contains_key(name)
    }

    /// Where the template of this name lies, such as `article.html`.
    pub fn template_path(&self, name: &str) -> Option<&SourcePath> {
        let files = &self.templates.files;
        let full = files.resolve(name)?;
        files.by_name.get(full).map(|file| &file.path)
    }

    /// The names of the theme and of those that it extends, child first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.templates.files.themes.iter().map(String::as_str)
    }

    /// The texts of all templates, the child's before the parent's.
    pub fn template_texts(&self) -> impl Iterator<Item = (&SourcePath, &str)> {
        let files = &self.templates.files;
        let of = move |theme: &String| {
            let prefix = format!("{theme}/");
            let all = files.by_name.iter();
            all.filter(move |(name, _)| name.starts_with(&prefix))
        };
        files
            .themes
            .iter()
            .flat_map(of)
            .map(|(_, file)| (&file.path, &*file.text))
    }

    /// The templates that a page may ask for: those at the top of `templates/`.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        let names = self.templates.files.resolved.keys().map(String::as_str);
        names.filter(|name| !name.contains('/'))
    }

    /// A directive by its name.
    pub fn directive(&self, name: &str) -> Option<&DirectiveSpec> {
        self.directives.get(name)
    }

    /// The names of all directives, sorted.
    pub fn directive_names(&self) -> impl Iterator<Item = &str> {
        self.directives.keys().map(String::as_str)
    }

    /// The words that pages may write for a key of `extra`; none when they may write anything.
    pub fn extra_choices(&self, name: &str) -> Option<&[String]> {
        self.extra.get(name).map(Vec::as_slice)
    }

    /// What pages may weigh, the child's word before the parent's.
    pub fn budgets(&self) -> &[Budgets] {
        &self.budgets
    }

    /// The theme as a style page shows it.
    pub fn described(&self) -> &contract::Theme {
        &self.described
    }

    /// The files of articles that templates link to, named from `content/`; `None` when these may be any.
    pub fn linked_files(&self) -> Option<&BTreeSet<String>> {
        self.linked_files.as_ref()
    }

    /// The published files, by the name that templates call them, such as `main.css`.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// The words of a language; those of the first language when the site does not have it.
    pub fn words(&self, language: &str) -> &Strings {
        let own = self
            .strings
            .by_language
            .get(language)
            .or_else(|| self.strings.reference());
        own.map_or_else(
            || unreachable!("the reference language is always there"),
            Arc::as_ref,
        )
    }
}

/// The template of a directive.
fn directive_template(name: &str) -> String {
    format!("directives/{name}.html")
}

/// The directives of the chain, the child's before the parent's.
fn directives(chain: &Chain) -> BTreeMap<String, DirectiveSpec> {
    let mut directives = BTreeMap::new();
    for spec in chain
        .manifests
        .iter()
        .flat_map(|manifest| &manifest.directives)
    {
        directives
            .entry(spec.name.clone())
            .or_insert_with(|| spec.clone());
    }
    directives
}

/// The words that keys of `extra` may hold, the child's before the parent's. A child that declares a
/// key without `choices` lets it hold anything.
fn extra(chain: &Chain) -> BTreeMap<String, Vec<String>> {
    let keys = chain.manifests.iter().flat_map(|manifest| &manifest.extra);
    let mut declared = BTreeMap::new();
    for key in keys {
        declared.entry(key.name.clone()).or_insert(&key.choices);
    }
    declared
        .into_iter()
        .filter_map(|(name, choices)| Some((name, choices.clone()?)))
        .collect()
}
