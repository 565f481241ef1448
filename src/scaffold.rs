//! New sites and new pages, from the patterns ("archetypes") of a theme.
//!
//! A theme keeps them in `archetypes/`: a folder for each [`SitePattern`], written as it is, and one
//! Markdown file for each [`Archetype`], in which `{title}` and `{date}` are filled in. This is
//! the one room beside `output` that writes. It writes only files that are not there yet, but for
//! records, which are put after what is there.
//!
//! [`records`] adds to the data files of a site; [`editor`] puts beside it what editors go by.
//!
//! To add a kind of page: a variant of [`Archetype`] and an archetype in the default theme. To add a
//! pattern for sites: a variant of [`SitePattern`] and its folder there.

pub mod editor;
pub mod records;
pub mod translations;

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use jiff::civil::Date;

use crate::config::{Config, Options};
use crate::data;
use crate::error::Error;
use crate::path::SourcePath;
use crate::source::{BUILT_IN_THEME_FOLDER, Contents, Inputs};

/// What a new page is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archetype {
    /// An article of a section.
    Article,
    /// A plain page, such as "About us".
    Page,
    /// Questions and answers.
    Faq,
}

impl Archetype {
    /// All of them.
    pub const ALL: [Archetype; 3] = [Archetype::Article, Archetype::Page, Archetype::Faq];

    /// The word for it, in front matter and in the names of archetypes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Archetype::Article => "article",
            Archetype::Page => "page",
            Archetype::Faq => "faq",
        }
    }
}

/// What a new site is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SitePattern {
    /// A small complete site to begin with.
    Site,
    /// The style page: every component of a theme in every state.
    Specimen,
}

impl SitePattern {
    /// All of them.
    pub const ALL: [SitePattern; 2] = [SitePattern::Site, SitePattern::Specimen];

    /// Its name, which is that of its folder in `archetypes/`.
    pub const fn as_str(self) -> &'static str {
        match self {
            SitePattern::Site => "site",
            SitePattern::Specimen => "specimen",
        }
    }
}

/// Where a new page goes, such as `caring/low-mood` or, in Spanish, `caring/low-mood.es`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageName {
    /// Folders and the page's own name, at least one part.
    parts: Vec<String>,
    language: Option<String>,
}

impl PageName {
    /// Reads a name as people write it; `content/` before it and `.md` after it are welcome.
    pub fn parse(written: &str) -> Result<Self, String> {
        let name = written.strip_prefix("content/").unwrap_or(written);
        let name = name.strip_suffix(".md").unwrap_or(name);
        let (name, language) = match name.rsplit_once('.') {
            Some((name, language)) => (name, Some(language.to_owned())),
            None => (name, None),
        };
        let is_sound = |part: &str| {
            let inner = |c: char| c == '-' || (c.is_alphanumeric() && !c.is_uppercase());
            !part.is_empty() && part.chars().all(inner) && !part.starts_with('-')
        };
        let language_is_sound = language.as_deref().is_none_or(|code| {
            code.len() >= 2 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        });
        if !name.split('/').all(is_sound) || !language_is_sound {
            let words = "write a section and a name in small letters, digits and `-`, such as \
                         `caring/low-mood`";
            return Err(words.to_owned());
        }
        Ok(Self {
            parts: name.split('/').map(str::to_owned).collect(),
            language,
        })
    }

    /// The language that the name asks for, such as `es`; none for the site's first one.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    fn source(&self) -> Option<SourcePath> {
        let language = self
            .language
            .as_ref()
            .map_or(String::new(), |code| format!(".{code}"));
        SourcePath::new(&format!("content/{self}{language}.md"))
    }

    /// The last part in words: `low-mood` is "Low mood".
    fn title(&self) -> String {
        let words = self
            .parts
            .last()
            .map_or(String::new(), |part| part.replace('-', " "));
        let mut letters = words.chars();
        let first = letters
            .next()
            .map_or(String::new(), |letter| letter.to_uppercase().collect());
        first + letters.as_str()
    }
}

impl fmt::Display for PageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts.join("/"))
    }
}

/// A page that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// Its file.
    pub path: SourcePath,
    /// Where it will be served.
    pub address: String,
    /// The `_index.md` that the page's section still lacks.
    pub section_without_index: Option<SourcePath>,
}

/// Writes a site of the default theme's patterns into a folder that is not there, or that holds nothing
/// but hidden files, with what editors complete and explain keys by. Gives the files of the pattern.
pub fn new_site(folder: &Path, pattern: SitePattern) -> Result<Vec<SourcePath>, Error> {
    refuse_unless_empty(folder)?;
    fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, &error))?;
    let prefix = format!("{BUILT_IN_THEME_FOLDER}/archetypes/{}", pattern.as_str());
    // A folder without themes has the built-in ones, and in the default one the patterns lie.
    let inputs = Inputs::read(folder)?;
    let mut written = Vec::new();
    for (path, file) in inputs.below(&prefix) {
        let inner = path
            .as_str()
            .get(prefix.len() + 1..)
            .and_then(SourcePath::new);
        let Some(inner) = inner else { continue };
        let bytes = match &file.contents {
            Contents::Text(text) => text.as_bytes(),
            Contents::Bytes(bytes) => bytes,
            Contents::OnDisk(_) => continue,
        };
        write_new(&inner.below(folder), bytes)?;
        written.push(inner);
    }
    editor::write(folder)?;
    Ok(written)
}

/// The languages of a site, the first one first.
pub fn languages(root: &Path) -> Result<Vec<String>, Error> {
    Ok(codes(&Inputs::read(root)?))
}

fn codes(inputs: &Inputs) -> Vec<String> {
    let options = Options {
        today: Date::ZERO,
        drafts: true,
        base_url: None,
    };
    // What is wrong with the settings, a check tells; here only their languages count.
    let config = Config::read(inputs, &options, &mut Vec::new());
    config.language_codes().to_vec()
}

/// Writes a page from the archetype that the site's theme, or the theme it extends, has for a kind.
pub fn new_page(
    root: &Path,
    name: &PageName,
    kind: Archetype,
    today: Date,
) -> Result<NewPage, Error> {
    let inputs = Inputs::read(root)?;
    let path = name.source().ok_or_else(|| {
        Error::new(
            "make",
            &root.join(name.to_string()),
            "no such name is possible",
        )
    })?;
    let archetype = archetype(&inputs, kind).ok_or_else(|| {
        let wanted = root.join(format!("themes/NAME/archetypes/{}.md", kind.as_str()));
        Error::new(
            "find",
            &wanted,
            "no theme of this site has a pattern for such pages",
        )
        .help("write one into your theme, or copy a page that is like it")
    })?;
    let text = archetype
        .replace("{title}", &name.title())
        .replace("{date}", &today.to_string());
    write_new(&path.below(root), text.as_bytes())?;
    let index = SourcePath::new(&format!("{}/_index.md", path.folder()));
    let section_without_index =
        index.filter(|index| path.folder() != "content" && inputs.file(index).is_none());
    let first = codes(&inputs).into_iter().next();
    let prefix = match name.language() {
        Some(code) if first.as_deref() != Some(code) => format!("/{code}"),
        Some(_) | None => String::new(),
    };
    Ok(NewPage {
        address: format!("{prefix}/{name}/"),
        path,
        section_without_index,
    })
}

fn archetype(inputs: &Inputs, kind: Archetype) -> Option<&str> {
    let mut theme = theme_in(inputs, "site.toml", "theme").unwrap_or("default".to_owned());
    // Themes that extend each other in a circle are the business of `theme`; here it only has to end.
    for _ in 0..16 {
        let file = format!("themes/{theme}/archetypes/{}.md", kind.as_str());
        if let Some(text) = SourcePath::new(&file).and_then(|path| inputs.text_of(&path)) {
            return Some(text);
        }
        theme = theme_in(inputs, &format!("themes/{theme}/theme.toml"), "extends")?;
    }
    None
}

/// The name of a theme as a TOML file gives it: `extends = "x"`, or `name` in a table `[theme]`.
fn theme_in(inputs: &Inputs, file: &str, key: &str) -> Option<String> {
    let text = inputs.text_of(&SourcePath::new(file)?)?;
    let (node, _) = data::toml::parse(text);
    let theme = value_of(&node, key)?;
    let name = value_of(theme, "name").unwrap_or(theme);
    name.value.as_text().map(str::to_owned)
}

fn value_of<'a>(node: &'a data::Node, key: &str) -> Option<&'a data::Node> {
    let mut entries = node.value.as_table()?.iter();
    entries
        .find(|(name, _)| name.value == key)
        .map(|(_, node)| node)
}

fn refuse_unless_empty(folder: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("make a site in", folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("read", folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            let reason = format!("the folder is not empty: it holds `{name}`");
            return Err(Error::new("make a site in", folder, reason)
                .help("name a folder that is not there yet; nothing was changed"));
        }
    }
    Ok(())
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, &error))?;
    }
    let shown = path.strip_prefix(".").unwrap_or(path);
    let denied = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Error::new("make", shown, "it is there already")
            .help("choose another name; the file was not changed"),
        _ => Error::io("write", shown, &error),
    };
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(denied)?;
    file.write_all(bytes).map_err(denied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_people_write_it() {
        let read = |written: &str| {
            let name = PageName::parse(written).ok()?;
            Some((name.source()?.to_string(), name.title()))
        };
        let low_mood = Some((
            "content/caring/low-mood.md".to_owned(),
            "Low mood".to_owned(),
        ));
        assert_eq!(read("caring/low-mood"), low_mood);
        assert_eq!(read("content/caring/low-mood.md"), low_mood);
        assert_eq!(
            read("questions"),
            Some(("content/questions.md".into(), "Questions".into()))
        );
        assert_eq!(
            read("a/b.es"),
            Some(("content/a/b.es.md".into(), "B".into()))
        );
        for bad in [
            "",
            "/",
            "a//b",
            "../x",
            "Caring/Low Mood",
            "a/_index",
            "a/b.",
            "a/-b",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_page_is_made_from_the_nearest_archetype_and_never_over_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        };
        put("site.toml", "[theme]\nname = \"child\"\n");
        put("themes/child/theme.toml", "extends = \"parent\"\n");
        put(
            "themes/parent/archetypes/faq.md",
            "---\ntitle: {title}\npublished: {date}\n---\n",
        );
        let name = PageName::parse("help/first-questions").expect("sound");
        let today = jiff::civil::date(2026, 11, 21);
        let page = new_page(folder.path(), &name, Archetype::Faq, today).expect("made");
        assert_eq!(page.address, "/help/first-questions/");
        assert_eq!(
            page.section_without_index,
            SourcePath::new("content/help/_index.md")
        );
        let text = fs::read_to_string(page.path.below(folder.path())).expect("there");
        assert_eq!(
            text,
            "---\ntitle: First questions\npublished: 2026-11-21\n---\n"
        );
        let again = new_page(folder.path(), &name, Archetype::Faq, today).expect_err("refused");
        assert!(
            again.to_string().ends_with("it is there already"),
            "{again}"
        );
    }

    #[test]
    fn a_site_is_only_made_in_an_empty_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("notes.txt"), "mine").expect("written");
        let refused = new_site(folder.path(), SitePattern::Site).expect_err("refused");
        assert!(refused.reason.contains("notes.txt"), "{refused}");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1);
    }
}
