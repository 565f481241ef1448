//! JSON Schemas of every file that authors write: what editors complete and explain while they type.
//!
//! The readers (`config`, `document::front_matter`, `records`, `theme`) stay what decides; a schema
//! says the same to programs that cannot ask them. [`shape`] is the language in which the files of
//! this room describe what readers take, and makes JSON of it; words that readers keep in a table,
//! such as the kinds of page, are taken from there. The tests hold both sides together: every key
//! that a reader knows is in its schema and the other way round, and a value is refused by the one
//! exactly when it is by the other.
//!
//! The schemas are of draft 07, the newest that the extensions of VS Code for TOML and for YAML both
//! understand.
//!
//! To add a key to a file: a line in its function here. The test names it when it is forgotten. To add
//! a file: a function that gives its [`Shape`], and a line in [`ALL`].

mod checks;
pub mod editor;
mod front_matter;
mod pickers;
mod records;
mod shape;
mod site;
#[cfg(test)]
mod tests;
mod theme;
mod works;

use serde_json::{Value, json};

use shape::Shape;

/// The language a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// YAML at the top of a file of Markdown.
    FrontMatter,
}

/// The schema of a kind of file.
#[derive(Debug)]
pub struct Schema {
    /// Its name, as `afterword schema NAME` takes it.
    pub name: &'static str,
    /// What the file is, in a few words.
    pub about: &'static str,
    /// The files, as a pattern; empty where only an author knows their names.
    pub files: &'static str,
    /// What they are written in.
    pub language: Language,
    shape: fn() -> Shape,
    definitions: fn() -> Vec<(&'static str, Shape)>,
}

/// All of them, in the order in which they are listed.
pub const ALL: &[Schema] = &[
    toml("site", "the settings of the site", "site.toml", site::shape),
    Schema {
        name: "front-matter",
        about: "the keys at the top of an article",
        files: "content/**/*.md",
        language: Language::FrontMatter,
        shape: front_matter::article,
        definitions: Vec::new,
    },
    yaml(
        "defaults",
        "front matter for every page of a folder",
        "content/**/_defaults.yaml",
        front_matter::defaults,
    ),
    yaml(
        "people",
        "authors and reviewers",
        "content/people.yaml",
        records::people,
    ),
    yaml(
        "reviews",
        "who has reviewed which text",
        "content/reviews.yaml",
        records::reviews,
    ),
    yaml(
        "translations",
        "which text each translation was made of",
        "content/translations.yaml",
        records::translations,
    ),
    yaml(
        "services",
        "whom a reader can call, place by place",
        "content/services.yaml",
        records::services,
    ),
    yaml(
        "words",
        "words to avoid, and lines that need a link beside them",
        "content/words.yaml",
        records::words,
    ),
    yaml(
        "dictionary",
        "words that are right and in no dictionary",
        "content/dictionary.yaml",
        records::dictionary,
    ),
    yaml(
        "coverage",
        "what the guide has to cover, and where it does",
        "content/coverage.yaml",
        records::coverage,
    ),
    Schema {
        definitions: works::definitions,
        ..yaml(
            "references",
            "works to cite",
            "content/references.yaml",
            works::references,
        )
    },
    yaml(
        "evidence",
        "what is known of each work",
        "content/evidence.yaml",
        works::evidence,
    ),
    // Which files these are stands in the front matter of pages of kind `picker`.
    yaml("picker", "what readers choose from", "", pickers::shape),
    toml(
        "theme",
        "what a theme says of itself",
        "themes/*/theme.toml",
        theme::manifest,
    ),
    toml(
        "strings",
        "the words of the interface",
        "themes/*/strings/*.toml",
        theme::strings,
    ),
];

const fn yaml(
    name: &'static str,
    about: &'static str,
    files: &'static str,
    shape: fn() -> Shape,
) -> Schema {
    Schema {
        name,
        about,
        files,
        language: Language::Yaml,
        shape,
        definitions: Vec::new,
    }
}

const fn toml(
    name: &'static str,
    about: &'static str,
    files: &'static str,
    shape: fn() -> Shape,
) -> Schema {
    Schema {
        language: Language::Toml,
        ..yaml(name, about, files, shape)
    }
}

impl Schema {
    /// The one with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|schema| schema.name == name)
    }

    /// The schema itself.
    pub fn json(&self) -> Value {
        let mut schema = (self.shape)().json();
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema["title"] = json!(self.title());
        schema["description"] = json!(self.about);
        let definitions = (self.definitions)();
        if !definitions.is_empty() {
            let definitions = definitions.into_iter();
            schema["definitions"] = definitions
                .map(|(name, shape)| (name.to_owned(), shape.json()))
                .collect();
        }
        schema
    }

    /// The schema as a file.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.json())
    }

    /// What an editor calls it.
    fn title(&self) -> String {
        match self.language {
            Language::FrontMatter => "Front matter".to_owned(),
            Language::Yaml | Language::Toml if self.files.is_empty() => {
                "The file of a picker".to_owned()
            }
            Language::Yaml | Language::Toml => self
                .files
                .rsplit('/')
                .next()
                .unwrap_or(self.files)
                .to_owned(),
        }
    }
}
