//! The real readers, by the names of schemas.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::config::{Config, Options};
use crate::data::{Value, yaml};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::front_matter::{self, FrontMatter};
use crate::path::SourcePath;
use crate::records::works::hayagriva;
use crate::records::{
    coverage, dictionary, people, pickers, reviews, services, translations, wording, works,
};
use crate::source::Inputs;
use crate::theme::testing;

/// A site folder with nothing in it, to which one file at a time is added.
pub(super) struct Readers(Inputs);

impl Readers {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self(Inputs::read(folder.path()).expect("a folder"))
    }

    /// The errors that the reader of a file reports.
    pub(super) fn errors(&self, name: &str, text: &str) -> Vec<String> {
        let all = self.findings(name, text).into_iter();
        let errors = all.filter(|finding| {
            // Which languages a site has, no schema of another file can know.
            finding.severity == Severity::Error && finding.code != Code::UnknownLanguage
        });
        errors
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect()
    }

    /// The same without what no schema can know: what a file names twice, and what it names that
    /// stands elsewhere.
    pub(super) fn errors_of_form(&self, name: &str, text: &str) -> Vec<String> {
        let elsewhere = [
            "duplicate:",
            "no facet has the id",
            "is not a value of",
            "is not an answer to",
            "is a facet of numbers",
            "no work has the key",
            "no row of ids leads",
            "down to",
            "calls itself",
            "names no kind of paragraph",
            "is not a status of",
            "nothing reads this key",
            "in `dictionary.yaml`",
        ];
        let mut errors = self.errors(name, text);
        errors.retain(|error| !elsewhere.iter().any(|words| error.contains(words)));
        errors
    }

    /// The keys that the reader knows where it finds a key that it does not know; `None` when it lets
    /// that pass.
    pub(super) fn known_keys(
        &self,
        name: &str,
        text: &str,
        unknown: &str,
    ) -> Option<BTreeSet<String>> {
        let findings = self.findings(name, text);
        let finding = findings
            .iter()
            .find(|finding| finding.message.contains(unknown))?;
        let names = finding.help.split('`').skip(1).step_by(2);
        Some(names.map(str::to_owned).collect())
    }

    fn findings(&self, name: &str, text: &str) -> Vec<Diagnostic> {
        let path = |written: &str| SourcePath::new(written).expect("sound");
        let mut findings = Vec::new();
        match name {
            "front-matter" => {
                let (front, _) = front_matter::split(text);
                front_matter::parse(&path("content/a.md"), text, front, &mut findings);
            }
            "defaults" => {
                FrontMatter::read_defaults(&path("content/_defaults.yaml"), text, &mut findings);
            }
            "reviews" => {
                reviews::parse(&path(reviews::FILE), text, &mut findings);
            }
            "translations" => {
                translations::parse(&path(translations::FILE), text, &mut findings);
            }
            "picker" => findings = pickers::parse(&path("content/a.yaml"), text).findings,
            "references" => {
                hayagriva::read(&path("content/references.yaml"), text, &mut findings);
            }
            "strings" => {
                findings = testing::strings_findings(&path("themes/t/strings/en.toml"), text);
            }
            _ => self.findings_in_site(name, text, &mut findings),
        }
        findings
    }

    fn findings_in_site(&self, name: &str, text: &str, findings: &mut Vec<Diagnostic>) {
        let file = match name {
            "site" => "site.toml".to_owned(),
            "theme" => "themes/words/theme.toml".to_owned(),
            name => format!("content/{name}.yaml"),
        };
        let inputs = self.inputs(&file, text);
        match name {
            "site" => {
                let options = Options {
                    today: Date::ZERO,
                    drafts: false,
                    base_url: None,
                };
                Config::read(&inputs, &options, findings);
            }
            "people" => drop(people::read(&inputs, findings)),
            "services" => drop(services::read(&inputs, findings)),
            "words" => drop(wording::read(&inputs, findings)),
            "dictionary" => {
                let codes = ["en", "es"].map(str::to_owned);
                drop(dictionary::read(&inputs, &codes, findings));
            }
            "coverage" => drop(coverage::read(&inputs, findings)),
            "theme" => *findings = testing::manifest_findings(&inputs, "words"),
            "evidence" => {
                drop(works::read(&inputs, findings));
                findings.retain(|finding| finding.labels.iter().any(|it| it.path.as_str() == file));
            }
            other => panic!("no reader for {other}"),
        }
    }

    fn inputs(&self, file: &str, text: &str) -> Inputs {
        let path = |written: &str| SourcePath::new(written).expect("sound");
        let inputs = self.0.with(&path(file), text);
        if !file.ends_with("evidence.yaml") {
            return inputs;
        }
        // What is said of works that are not there is not read.
        let works = match yaml::parse(text).map(|node| node.value) {
            Ok(Value::Table(works)) => works,
            _ => Vec::new(),
        };
        let works = works
            .iter()
            .map(|(key, _)| format!("{:?}: {{title: A}}\n", key.value));
        inputs.with(&path("content/references.yaml"), &works.collect::<String>())
    }
}
