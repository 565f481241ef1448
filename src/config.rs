//! `site.toml`: what the site is called, where it lives, who answers for it, how it is made.
//!
//! To add a key: a documented field, a line where its table is read, a row in the README.

mod base_url;
mod checks;
mod discretion;
mod feedback;
mod languages;
mod navigation;
mod spelling;
mod voice;

use std::sync::Arc;

use jiff::civil::Date;

use crate::data::{Fields, Node, Reader, Spanned, Value, toml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;
use crate::theme::{Budgets, ThemeSettings};

pub use base_url::BaseUrl;
pub use checks::{Checks, SiteException};
pub use discretion::Discretion;
pub use feedback::Feedback;
pub use languages::Language;
pub use navigation::{MenuEntry, MenuTarget};
pub use spelling::Spelling;
pub use voice::Voice;

/// What the person at the keyboard chose for this run; it goes before `site.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The day on which drafts, scheduled and expired pages are judged.
    pub today: Date,
    /// Show drafts too.
    pub drafts: bool,
    /// Where the site will be served, in place of `base_url`.
    pub base_url: Option<String>,
}

/// `site.toml` as it is meant.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One line about it; may be empty.
    pub tagline: String,
    /// Where it is served.
    pub base_url: BaseUrl,
    /// Its languages; the first is the one that all content is written in first.
    pub languages: Vec<Language>,
    codes: Vec<String>,
    /// Who answers for it.
    pub practice: Practice,
    /// Where readers say whether a page helped, and report a mistake.
    pub feedback: Feedback,
    /// The theme and its design tokens.
    pub theme: ThemeSettings,
    /// What pages may weigh; it goes before what the theme says.
    pub budgets: Budgets,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// The links at the foot of each page.
    pub footer: Vec<MenuEntry>,
    /// How it is written out.
    pub output: Output,
    /// What is switched on.
    pub features: Features,
    /// How sources are cited.
    pub citations: Citations,
    /// How the site answers for what it says.
    pub editorial: Editorial,
    /// What others than the reader may not see.
    pub discretion: Discretion,
    /// How hard texts may be to read; `None` when the site does not say.
    pub voice: Option<Voice>,
    /// What messages weigh here, and where they are excepted.
    pub checks: Arc<Checks>,
    /// Whether and how spelling is checked; `None` when it is not.
    pub spelling: Option<Spelling>,
    /// Anything else a theme may use.
    pub extra: tera::Value,
}

/// The practice that hosts the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Practice {
    /// Name.
    pub name: String,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// Telephone number as people write it.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Where to book.
    pub booking_url: String,
    /// True while it is invented.
    pub is_example: bool,
}

/// How links to pages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkForm {
    /// `../caring/`: for a server.
    Folder,
    /// `../caring/index.html`: for a folder opened without a server.
    File,
}

/// The table `[output]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The output folder, relative to the site folder.
    pub folder: String,
    /// How links to pages are written.
    pub links: LinkForm,
    /// An Atom feed for each language.
    pub feed: bool,
    /// How many pages a feed holds.
    pub feed_entries: usize,
    /// A file that tells the host which headers to send.
    pub headers: bool,
}

/// The table `[features]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// HTML in articles is let through.
    pub raw_html: bool,
    /// Curly quotation marks, dashes and ellipses.
    pub smart_punctuation: bool,
    /// The neutral place that "leave this page quickly" goes to; empty when switched off.
    pub leave_url: String,
    /// The site only shows a theme: its people, sources and reviews are invented on purpose, and no
    /// search engine may list it.
    pub specimen: bool,
}

/// The table `[citations]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citations {
    /// The style: the name of a bundled one, or a `.csl` file below `content/`.
    pub style: Spanned<String>,
}

/// The table `[editorial]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editorial {
    /// The page that says how articles are made and reviewed, such as `about/editorial.md`.
    pub process: Option<Spanned<String>>,
    /// The page that says who pays, and what interests there are.
    pub funding: Option<Spanned<String>>,
    /// The page that says how to report a mistake.
    pub corrections: Option<Spanned<String>>,
    /// The months after which a review is due again, when the record does not say.
    pub review_months: u32,
    /// The days after which a checked number of `content/services.yaml` is to be checked again.
    pub service_days: u32,
}

impl Config {
    /// Reads `site.toml`. Always gives a configuration, so that the rest of the site can be checked
    /// even when this file has errors.
    pub fn read(inputs: &Inputs, options: &Options, findings: &mut Vec<Diagnostic>) -> Self {
        let path = SourcePath::site_toml();
        let Some(text) = inputs.text_of(&path) else {
            if !inputs
                .findings()
                .iter()
                .any(|finding| finding.labels.iter().any(|label| label.path == path))
            {
                findings.push(
                    Diagnostic::new(Code::MissingFile, "the folder has no `site.toml`").help(
                        "go to the site's folder, name it with `--site`, or make a new site with `afterword new site my-site`",
                    ),
                );
            }
            return Self::unwritten(&path, options);
        };
        let (node, errors) = toml::parse(text);
        let is_broken = !errors.is_empty();
        findings.extend(errors.into_iter().map(|error| error.finding(&path, 0)));

        let reader = Reader::new(&path, text, "`site.toml`");
        let config =
            Self::from_fields(Fields::new(&reader, &node, "site.toml"), options, is_broken);
        findings.extend(reader.into_findings());
        config
    }

    /// The first language.
    pub fn first_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The codes of all languages.
    pub fn language_codes(&self) -> &[String] {
        &self.codes
    }

    /// What holds when there is no file. Findings about its absent keys would be noise.
    fn unwritten(path: &SourcePath, options: &Options) -> Self {
        let node = Node {
            value: Value::Table(Vec::new()),
            span: 0..0,
        };
        let reader = Reader::new(path, "", "`site.toml`");
        Self::from_fields(Fields::new(&reader, &node, "site.toml"), options, true)
    }

    fn from_fields(fields: Fields<'_>, options: &Options, is_broken: bool) -> Self {
        let reader = fields.reader();
        let text = |key, help| {
            if is_broken {
                fields.text(key)
            } else {
                fields.required_text(key, help)
            }
        };
        let title = text(
            "title",
            "write a line `title = \"The name of the site\"` at the top",
        );
        let base_url = text(
            "base_url",
            "write a line `base_url = \"https://example.org/\"` at the top",
        );
        let title = title.unwrap_or_else(|| Spanned::new(String::new(), 0..0));
        let tagline = fields
            .text("tagline")
            .map_or_else(String::new, |tagline| tagline.value);
        let languages = languages::read(&fields, &title, &tagline);
        let practice = practice(&fields);
        let config = Self {
            codes: codes(&languages),
            spelling: spelling::read(&fields, &codes(&languages)),
            languages,
            title: title.value,
            tagline,
            base_url: BaseUrl::choose(base_url.as_ref(), options.base_url.as_deref(), reader),
            feedback: feedback::read(&fields, &practice.email),
            practice,
            theme: theme(&fields),
            budgets: Budgets::read(&fields),
            menu: Vec::new(),
            footer: Vec::new(),
            output: output(&fields),
            features: features(&fields),
            citations: citations(&fields),
            editorial: editorial(&fields),
            discretion: discretion::read(&fields),
            voice: voice::read(&fields),
            checks: Arc::new(checks::read(&fields)),
            extra: fields
                .node("extra")
                .map_or_else(|| tera::Value::from(tera::Map::new()), Node::to_template),
        };
        let (menu, footer) = navigation::read(&fields);
        fields.finish();
        Self {
            menu,
            footer,
            ..config
        }
    }
}

fn codes(languages: &[Language]) -> Vec<String> {
    let codes = languages.iter().map(|language| language.code.clone());
    codes.collect()
}

fn practice(fields: &Fields<'_>) -> Practice {
    let Some(table) = fields.table("practice") else {
        return Practice::default();
    };
    let text = |key| table.text(key).map_or_else(String::new, |text| text.value);
    let practice = Practice {
        name: text("name"),
        address: table
            .texts("address")
            .map(|lines| lines.into_iter().map(|line| line.value).collect())
            .unwrap_or_default(),
        phone: text("phone"),
        email: text("email"),
        booking_url: text("booking_url"),
        is_example: table.flag("example").is_some_and(|flag| flag.value),
    };
    table.finish();
    practice
}

fn theme(fields: &Fields<'_>) -> ThemeSettings {
    let usual = || Spanned::new("default".to_owned(), 0..0);
    let Some(table) = fields.table("theme") else {
        return ThemeSettings {
            name: usual(),
            tokens: Vec::new(),
        };
    };
    let name = table.text("name").unwrap_or_else(usual);
    let tokens = table.free_table("tokens").to_vec();
    table.finish();
    ThemeSettings { name, tokens }
}

fn output(fields: &Fields<'_>) -> Output {
    let mut output = Output {
        folder: "public".to_owned(),
        links: LinkForm::Folder,
        feed: true,
        feed_entries: 20,
        headers: true,
    };
    let Some(table) = fields.table("output") else {
        return output;
    };
    if let Some(folder) = table.text("folder") {
        output.folder = folder.value;
    }
    let forms = [("folder", LinkForm::Folder), ("file", LinkForm::File)];
    output.links = table.choice("links", &forms).unwrap_or(output.links);
    output.feed = table.flag("feed").map_or(output.feed, |flag| flag.value);
    output.headers = table
        .flag("headers")
        .map_or(output.headers, |flag| flag.value);
    if let Some(entries) = table.integer("feed_entries") {
        output.feed_entries = usize::try_from(entries.value).unwrap_or(0);
    }
    table.finish();
    output
}

fn features(fields: &Fields<'_>) -> Features {
    let mut features = Features {
        raw_html: false,
        smart_punctuation: true,
        leave_url: String::new(),
        specimen: false,
    };
    let Some(table) = fields.table("features") else {
        return features;
    };
    features.raw_html = table.flag("raw_html").is_some_and(|flag| flag.value);
    features.smart_punctuation = table
        .flag("smart_punctuation")
        .is_none_or(|flag| flag.value);
    if let Some(url) = table.text("leave_url") {
        if !(url.value.is_empty() || url.value.starts_with("https://")) {
            fields.reader().report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` is not a whole address", url.value),
                )
                .at(fields.reader().path(), url.span.clone(), "")
                .help("write an address that begins with `https://`"),
            );
        }
        features.leave_url = url.value;
    }
    features.specimen = table.flag("specimen").is_some_and(|flag| flag.value);
    table.finish();
    features
}

fn citations(fields: &Fields<'_>) -> Citations {
    let usual = Spanned::new("apa".to_owned(), 0..0);
    let Some(table) = fields.table("citations") else {
        return Citations { style: usual };
    };
    let style = table.text("style").unwrap_or(usual);
    table.finish();
    Citations { style }
}

/// Two years, as most health sites have it.
const REVIEW_MONTHS: u32 = 24;

/// A quarter: numbers change without notice.
const SERVICE_DAYS: u32 = 90;

fn editorial(fields: &Fields<'_>) -> Editorial {
    let mut editorial = Editorial {
        review_months: REVIEW_MONTHS,
        service_days: SERVICE_DAYS,
        ..Editorial::default()
    };
    let Some(table) = fields.table("editorial") else {
        return editorial;
    };
    editorial.process = table.text("process");
    editorial.funding = table.text("funding");
    editorial.corrections = table.text("corrections");
    if let Some(months) = table.integer("review_months") {
        match u32::try_from(months.value) {
            Ok(months @ 1..=120) => editorial.review_months = months,
            Ok(_) | Err(_) => fields.reader().report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` months are not a time between reviews", months.value),
                )
                .at(fields.reader().path(), months.span.clone(), "")
                .help("write a number from 1 to 120, such as `24`"),
            ),
        }
    }
    if let Some(days) = table.integer("service_days") {
        match u32::try_from(days.value) {
            Ok(days @ 1..=3650) => editorial.service_days = days,
            Ok(_) | Err(_) => fields.reader().report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` days are not a time between checks", days.value),
                )
                .at(fields.reader().path(), days.span.clone(), "")
                .help("write a number from 1 to 3650, such as `90`"),
            ),
        }
    }
    table.finish();
    editorial
}
