//! Small sites for the tests of this room: files in a folder of their own, and what loading says.

use std::fs;

use super::contract::{Card, DirectiveRoot, Link, Page, Practice, Root, Site};
use super::shape::{Any, Html, Shared};
use super::{Theme, ThemeSettings};
use crate::data::{Spanned, Value, toml};
use crate::diagnostic::{Diagnostic, Sources};
use crate::source::Inputs;

/// A site folder that is removed after the test.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    /// Writes the files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("written");
        }
        Self(folder)
    }

    /// Reads it.
    pub fn inputs(&self) -> Inputs {
        Inputs::read(self.0.path()).expect("a site folder")
    }

    /// Loads the theme named in `[theme]` of its `site.toml`, `default` without one.
    pub fn load(&self, languages: &[&str]) -> (Theme, Vec<Diagnostic>, Inputs) {
        let inputs = self.inputs();
        let path = crate::path::SourcePath::new("site.toml").expect("sound");
        let settings = settings(inputs.text(&path).unwrap_or_default());
        let languages: Vec<String> = languages.iter().map(|code| (*code).to_owned()).collect();
        let (theme, findings) = Theme::load(&inputs, &settings, &languages, &languages[0]);
        (theme, findings, inputs)
    }
}

fn settings(site_toml: &str) -> ThemeSettings {
    let mut settings = ThemeSettings {
        name: Spanned::new("default".to_owned(), 0..0),
        tokens: Vec::new(),
    };
    let (node, _) = toml::parse(site_toml);
    let table = |node| match node {
        Value::Table(entries) => entries,
        _ => Vec::new(),
    };
    for (key, node) in table(node.value) {
        if key.value != "theme" {
            continue;
        }
        for (key, node) in table(node.value) {
            match (key.value.as_str(), node.value) {
                ("name", Value::Text(name)) => settings.name = Spanned::new(name, node.span),
                ("tokens", tokens) => settings.tokens = table(tokens),
                _ => {}
            }
        }
    }
    settings
}

/// What reading `theme.toml` of a theme says of its form.
pub(crate) fn manifest_findings(inputs: &Inputs, name: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    super::manifest::read(inputs, name, &mut findings);
    findings
}

/// What reading a strings file says of its form.
pub(crate) fn strings_findings(path: &crate::path::SourcePath, text: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    super::string_files::read(path, text, &mut Default::default(), &mut findings);
    findings
}

/// Each finding in one line: `code path:"marked": message / help`.
pub(super) fn lines(inputs: &Inputs, findings: &[Diagnostic]) -> Vec<String> {
    let label = |finding: &Diagnostic| {
        let labels: Vec<_> = finding
            .labels
            .iter()
            .map(|label| {
                let text = inputs.text(&label.path).unwrap_or_default();
                let marked = text.get(label.span.0..label.span.1).unwrap_or("?");
                format!("{}:{marked:?}", label.path)
            })
            .collect();
        labels.join(" + ")
    };
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {}: {} / {}",
                finding.code,
                label(finding),
                finding.message,
                finding.help
            )
        })
        .collect()
}

/// The values of an article.
pub(super) fn root(theme: &Theme, language: &str) -> Root {
    Root {
        site: site(language),
        page: Page {
            pages: vec![Shared::new(card("One")), Shared::new(card("Two"))],
            ..page(language)
        },
        root: "../".to_owned(),
        t: theme.words(language).shared(),
    }
}

/// The values of a directive.
pub(super) fn directive_root(theme: &Theme, args: &[(&'static str, &str)]) -> DirectiveRoot {
    let args: tera::Map = args
        .iter()
        .map(|(key, value)| (tera::value::Key::Str(key), tera::Value::from(*value)))
        .collect();
    DirectiveRoot {
        args: Any(tera::Value::from(args)),
        body: Html("<p>Body</p>".to_owned()),
        rows: Vec::new(),
        ideas: Vec::new(),
        picker: None,
        number: 1,
        site: site("en"),
        root: "../".to_owned(),
        t: theme.words("en").shared(),
        language: "en".to_owned(),
    }
}

fn site(language: &str) -> Shared<Site> {
    let files: tera::Map = [(
        tera::value::Key::Str("about/privacy.md"),
        tera::Value::from("about/privacy/"),
    )]
    .into_iter()
    .collect();
    Shared::new(Site {
        title: "Resting well".to_owned(),
        tagline: String::new(),
        language: language.to_owned(),
        home: Link {
            language: String::new(),
            title: "Home".to_owned(),
            url: String::new(),
            is_external: false,
        },
        practice: Practice {
            name: "Practice".to_owned(),
            address: Vec::new(),
            phone: String::new(),
            phone_url: String::new(),
            email: String::new(),
            booking_url: String::new(),
            is_example: true,
        },
        languages: Vec::new(),
        menu: Vec::new(),
        footer: Vec::new(),
        feed_url: String::new(),
        tags_url: String::new(),
        sources_url: String::new(),
        process: None,
        funding: None,
        corrections: None,
        leave_url: String::new(),
        files: Any(tera::Value::from(files)),
        is_specimen: false,
        theme: Shared::new(super::contract::Theme {
            name: "plain".to_owned(),
            about: String::new(),
            tokens: Vec::new(),
            keys: Vec::new(),
            directives: Vec::new(),
        }),
        extra: Any::default(),
    })
}

/// A card of this title.
pub(super) fn card(title: &str) -> Card {
    Card {
        title: title.to_owned(),
        short_title: title.to_owned(),
        description: "About it".to_owned(),
        url: "a/one/".to_owned(),
        kind: "article".to_owned(),
        language: "en".to_owned(),
        minutes: 3,
        date: None,
        extra: Any::default(),
    }
}

fn page(language: &str) -> Page {
    Page {
        title: "Sleep & rest".to_owned(),
        short_title: "Rest".to_owned(),
        description: "How to rest".to_owned(),
        kind: "article".to_owned(),
        url: "rest/".to_owned(),
        absolute_url: "https://example.org/rest/".to_owned(),
        language: language.to_owned(),
        direction: "ltr".to_owned(),
        text_language: language.to_owned(),
        text_direction: "ltr".to_owned(),
        is_fallback: false,
        is_listed: true,
        body: Html("<p>Lie <em>down</em>.</p>".to_owned()),
        footnotes: Html::default(),
        lead: Html::default(),
        references: Vec::new(),
        certainty: None,
        bibtex_url: String::new(),
        csl_json_url: String::new(),
        cards_url: String::new(),
        helpful_url: String::new(),
        report_url: String::new(),
        sources: Vec::new(),
        source: None,
        cited_in: Vec::new(),
        review: None,
        changes: Vec::new(),
        structured_data: Html::default(),
        policy: String::new(),
        toc: Vec::new(),
        questions: Vec::new(),
        regions: Vec::new(),
        picker: None,
        addresses: Vec::new(),
        terms: Vec::new(),
        key_messages: vec![Html("Rest <b>early</b>".to_owned())],
        content_note: Html::default(),
        authors: Vec::new(),
        published: None,
        updated: None,
        words: 300,
        minutes: 2,
        tags: Vec::new(),
        breadcrumbs: Vec::new(),
        previous: None,
        next: None,
        related: Vec::new(),
        translations: Vec::new(),
        translation: None,
        pages: Vec::new(),
        sections: Vec::new(),
        all_tags: Vec::new(),
        people: Vec::new(),
        person: None,
        redirect_url: String::new(),
        extra: Any::default(),
    }
}
