//! CSL styles: which there are, where they come from, and what is mended in them.
//!
//! A style is one of the engine's archive or a `.csl` file of the site. To give a bundled style a
//! shorter name: a line in [`SHORT_NAMES`]. To mend one: a function in [`mend`](super::mend).

use std::sync::OnceLock;

use citationberg::{IndependentStyle, Style as AnyStyle};
use hayagriva::archive::ArchivedStyle;

use super::{mend, tags};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// Names of bundled styles that are shorter than those of the archive.
const SHORT_NAMES: [(&str, &str); 2] = [
    ("harvard", "harvard-cite-them-right"),
    ("chicago", "chicago-author-date"),
];

/// A CSL style.
#[derive(Debug)]
pub struct Style {
    /// Its name in `site.toml`.
    pub name: String,
    origin: Origin,
    csl: OnceLock<Box<IndependentStyle>>,
}

#[derive(Debug, PartialEq)]
enum Origin {
    /// Unpacked when something is cited, and not before: many sites cite nothing.
    Bundled(ArchivedStyle),
    Site(Box<IndependentStyle>),
}

impl PartialEq for Style {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.origin == other.origin
    }
}

impl Style {
    /// The bundled styles that messages name and that tests go through.
    pub const USUAL: [&str; 6] = [
        "apa",
        "vancouver",
        "harvard",
        "mla",
        "chicago",
        "chicago-notes",
    ];

    /// The style that `[citations] style` in `site.toml` names: one that is bundled, or a `.csl` file
    /// below `content/`. What is wrong with it goes to `findings`; the usual style then stands in.
    pub fn load(name: &Spanned<String>, inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Self {
        let origin = if name.value.ends_with(".csl") {
            of_site(name, inputs)
        } else {
            bundled(&name.value).map(Origin::Bundled).ok_or_else(|| {
                vec![
                    at_name(
                        name,
                        format!("no citation style is called `{}`", name.value),
                    )
                    .suggest(
                        &name.value,
                        names(),
                        format!(
                            "usual ones are `{}`; or name a `.csl` file in `content/`",
                            Self::USUAL.join("`, `")
                        ),
                    ),
                ]
            })
        };
        let origin = origin.unwrap_or_else(|faults| {
            findings.extend(faults);
            Origin::Bundled(ArchivedStyle::AmericanPsychologicalAssociation)
        });
        Self::new(&name.value, origin)
    }

    /// A bundled style.
    pub(super) fn bundled(name: &str) -> Option<Self> {
        bundled(name).map(|style| Self::new(name, Origin::Bundled(style)))
    }

    fn new(name: &str, origin: Origin) -> Self {
        Self {
            name: name.to_owned(),
            origin,
            csl: OnceLock::new(),
        }
    }

    /// The style, read and mended.
    pub(super) fn csl(&self) -> &IndependentStyle {
        self.csl.get_or_init(|| {
            let mut csl = match &self.origin {
                Origin::Bundled(archived) => unpacked(*archived),
                Origin::Site(csl) => csl.clone(),
            };
            mend::mend(&mut csl);
            csl
        })
    }
}

/// Every name that `site.toml` may say.
fn names() -> impl Iterator<Item = &'static str> {
    let short = SHORT_NAMES.iter().map(|(short, _)| *short);
    let archived = ArchivedStyle::all().iter().flat_map(|style| style.names());
    short.chain(archived.copied())
}

fn bundled(name: &str) -> Option<ArchivedStyle> {
    let mut short = SHORT_NAMES.iter();
    let long = short.find(|(short, _)| *short == name);
    ArchivedStyle::by_name(long.map_or(name, |(_, long)| long))
}

fn unpacked(archived: ArchivedStyle) -> Box<IndependentStyle> {
    match archived.get() {
        AnyStyle::Independent(csl) => Box::new(csl),
        AnyStyle::Dependent(_) => {
            unreachable!("the archive holds no dependent styles, as a test proves")
        }
    }
}

/// Reads a style of the site.
fn of_site(name: &Spanned<String>, inputs: &Inputs) -> Result<Origin, Vec<Diagnostic>> {
    let path = SourcePath::new(&format!("content/{}", name.value));
    let text = path.as_ref().and_then(|path| inputs.text_of(path));
    let (Some(path), Some(text)) = (path.as_ref(), text) else {
        let message = format!("there is no file `content/{}`", name.value);
        return Err(vec![at_name(name, message).help(
            "write the path of the `.csl` file below `content/`, such as `styles/mine.csl`",
        )]);
    };
    let faults = tags::faults(path, text);
    if !faults.is_empty() {
        return Err(faults);
    }
    match AnyStyle::from_xml(text) {
        // Every mark leads to an entry, so a style has to say how entries are printed.
        Ok(AnyStyle::Independent(csl)) if csl.bibliography.is_none() => Err(vec![
            Diagnostic::new(
                Code::UnreadableStyle,
                "this style has no list of references",
            )
            .at(path, 0..0, "there is no `<bibliography>` in it")
            .help("take another style of the same kind, or add a `<bibliography>` to it"),
        ]),
        Ok(AnyStyle::Independent(csl)) => Ok(Origin::Site(Box::new(csl))),
        Ok(AnyStyle::Dependent(csl)) => {
            let parent = ArchivedStyle::by_id(&csl.parent_link.href);
            parent.map(Origin::Bundled).ok_or_else(|| {
                let parent = &csl.parent_link.href;
                let message = format!("this style only names another one, `{parent}`");
                vec![
                    Diagnostic::new(Code::UnreadableStyle, message)
                        .at(path, place_of(text, parent), "the style that it stands for")
                        .help(
                            "take that style instead; styles are at https://www.zotero.org/styles",
                        ),
                ]
            })
        }
        Err(error) => Err(vec![*tags::unreadable(
            path,
            0..0,
            &error.source.to_string(),
        )]),
    }
}

fn at_name(name: &Spanned<String>, message: String) -> Diagnostic {
    let finding = Diagnostic::new(Code::UnknownStyle, message);
    finding.at(&SourcePath::site_toml(), name.span.clone(), "")
}

fn place_of(text: &str, words: &str) -> std::ops::Range<usize> {
    text.find(words)
        .map_or(0..0, |start| start..start + words.len())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Loads a style on a site that has one `.csl` file, and says what is found.
    fn load(name: &str, csl: &str) -> (Style, Vec<Diagnostic>) {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("content/styles")).unwrap();
        fs::write(site.path().join("content/styles/mine.csl"), csl).unwrap();
        let inputs = Inputs::read(site.path()).unwrap();
        let mut findings = Vec::new();
        let name = Spanned::new(name.to_owned(), 3..7);
        let style = Style::load(&name, &inputs, &mut findings);
        (style, findings)
    }

    fn check(name: &str, csl: &str, code: Code, message: &str) {
        let (style, findings) = load(name, csl);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].code, code);
        assert_eq!(findings[0].message, message);
        assert!(!findings[0].help.is_empty());
        // Something is printed all the same.
        assert!(style.csl().bibliography.is_some());
    }

    const WHOLE: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>Mine</title><id>mine</id></info>
        <citation><layout><text variable="title"/></layout></citation>
        <bibliography><layout><text variable="title"/></layout></bibliography></style>"#;

    fn dependent(parent: &str) -> String {
        format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>
            <title>Other</title><id>other</id>
            <link href="{parent}" rel="independent-parent"/></info></style>"#
        )
    }

    #[test]
    fn a_style_without_a_list_of_references_is_refused() {
        let whole = WHOLE.replace("bibliography", "macro");
        let start = whole.find("<macro>").unwrap_or(whole.len());
        let bare = format!("{}</style>", &whole[..start]);
        check(
            "styles/mine.csl",
            &bare,
            Code::UnreadableStyle,
            "this style has no list of references",
        );
    }

    #[test]
    fn every_style_of_the_archive_stands_by_itself() {
        for archived in ArchivedStyle::all() {
            assert!(
                matches!(archived.get(), AnyStyle::Independent(_)),
                "{archived:?}"
            );
        }
        for name in Style::USUAL {
            assert!(Style::bundled(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_style_of_the_site_is_read() {
        let (style, findings) = load("styles/mine.csl", WHOLE);
        assert_eq!(findings, []);
        assert!(style.csl().bibliography.is_some());
    }

    #[test]
    fn a_style_that_names_a_bundled_one_is_that_one() {
        let csl = dependent("http://www.zotero.org/styles/apa");
        let (style, findings) = load("styles/mine.csl", &csl);
        assert_eq!(findings, []);
        assert_eq!(
            Some(style.csl()),
            Style::bundled("apa").as_ref().map(Style::csl)
        );
    }

    #[test]
    fn what_is_wrong_with_a_style_is_said() {
        let unknown = Code::UnknownStyle;
        check(
            "vancuver",
            "",
            unknown,
            "no citation style is called `vancuver`",
        );
        let missing = "there is no file `content/styles/other.csl`";
        check("styles/other.csl", "", unknown, missing);
        let unreadable = Code::UnreadableStyle;
        check(
            "styles/mine.csl",
            "<style",
            unreadable,
            "this file is not a CSL style",
        );
        let parent = "http://www.zotero.org/styles/nowhere";
        let message = format!("this style only names another one, `{parent}`");
        check("styles/mine.csl", &dependent(parent), unreadable, &message);
    }
}
