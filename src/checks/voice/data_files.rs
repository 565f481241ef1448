//! Words that the site avoids in the data files whose words readers see: the ideas of pickers, the
//! services to call, and the people who write.
//!
//! An idea that asks a reader to speak to somebody says in `safety`, `not_for` or `see` what else there is.
//!
//! A line of such a file passes when it ends with a comment of YAML: `# voice: reason`. Descriptions of
//! studies are left alone: they say what others have counted, in the words of the study.

use crate::checks::Subject;
use crate::data::{Node, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::front_matter::Kind;
use crate::path::SourcePath;
use crate::records::{people, services};
use crate::site::Site;

/// Keys whose values no reader sees.
const NOT_SHOWN: [&str; 5] = ["id", "cite", "page", "checked_by", "web"];

/// Keys of an idea that say for whom it is not, or what else there is.
const SAYS_MORE: [&str; 3] = ["safety", "not_for", "see"];

/// How the comment begins that lets a line pass.
const EXCUSE: &str = "# voice:";

/// Looks for the words in the files that a page shows.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    let is_help = subject.keys.kind == Some(Kind::Help);
    let services = SourcePath::new(services::FILE).filter(|_| is_help);
    for path in subject.document.picker_file().into_iter().chain(services) {
        let Some(text) = site.inputs.text_of(&path) else {
            continue;
        };
        // What cannot be read is reported by who reads it for its meaning.
        let Ok(node) = yaml::parse(text) else {
            continue;
        };
        Search::new(site, &path, text, findings).node(&node);
    }
}

/// Looks for the words in what is said of people, which many pages show.
pub fn check_people(site: &Site, findings: &mut Vec<Diagnostic>) {
    let Some(path) = SourcePath::new(people::FILE).filter(|_| !site.wording.is_empty()) else {
        return;
    };
    let Some(text) = site.inputs.text_of(&path) else {
        return;
    };
    if let Ok(node) = yaml::parse(text) {
        Search::new(site, &path, text, findings).node(&node);
    }
}

struct Search<'a> {
    site: &'a Site,
    path: &'a SourcePath,
    text: &'a str,
    findings: &'a mut Vec<Diagnostic>,
    /// False inside an idea that says nothing for those who are not safe with the other person.
    is_safe: bool,
}

impl<'a> Search<'a> {
    fn new(
        site: &'a Site,
        path: &'a SourcePath,
        text: &'a str,
        findings: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            site,
            path,
            text,
            findings,
            is_safe: true,
        }
    }

    /// The whole file, whose words are in the first language where they do not say.
    fn node(&mut self, node: &Node) {
        self.below(node, &self.site.config.first_language().code.clone());
    }

    /// Everything below a value. A key that is the code of a language holds words in it.
    fn below(&mut self, node: &Node, language: &str) {
        match &node.value {
            Value::Text(_) => self.words(node, language),
            Value::List(nodes) => nodes.iter().for_each(|node| self.below(node, language)),
            Value::Table(entries) => {
                let has = |name: &str| entries.iter().any(|(key, _)| key.value == name);
                let is_idea = has("id") && has("how");
                let was_safe = self.is_safe;
                if is_idea {
                    self.is_safe = SAYS_MORE.iter().any(|key| has(key));
                }
                for (key, value) in entries {
                    let codes = self.site.config.language_codes();
                    let code = codes.iter().find(|code| **code == key.value).cloned();
                    if !NOT_SHOWN.contains(&key.value.as_str()) {
                        self.below(value, code.as_deref().unwrap_or(language));
                    }
                }
                self.is_safe = was_safe;
            }
            Value::Null | Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {}
        }
    }

    fn words(&mut self, node: &Node, language: &str) {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let found = self.site.wording.find(written, language);
        let lines = found.lines.into_iter().filter(|_| !self.is_safe);
        for (_, place) in lines {
            let place = place.start + node.span.start..place.end + node.span.start;
            if self.is_excused(place.end) {
                continue;
            }
            let words = &self.text[place.clone()];
            self.findings.push(
                Diagnostic::new(
                    Code::UnsafeLine,
                    format!("`{words}`, and no way for those who are not safe with them"),
                )
                .at(self.path, place, "this idea has no `safety`, `not_for` or `see`")
                .help(format!(
                    "say in `safety` what else somebody can do, or end the line with `{EXCUSE} why it is right here`"
                )),
            );
        }
        for (index, place) in found.words {
            let place = place.start + node.span.start..place.end + node.span.start;
            if self.is_excused(place.end) {
                continue;
            }
            let entry = &self.site.wording.words[index];
            let instead = &entry.instead;
            let word = &self.text[place.clone()];
            self.findings.push(
                Diagnostic::new(
                    entry.kind.code(),
                    format!("{}: `{word}`", entry.kind.about()),
                )
                .at(self.path, place, "")
                .help(format!(
                    "in their place: {instead}, or end the line with `{EXCUSE} why it is right here`"
                )),
            );
        }
    }

    /// Whether the line that goes on here ends with a reason.
    fn is_excused(&self, from: usize) -> bool {
        let line = self.text[from..].lines().next().unwrap_or_default();
        line.split_once(EXCUSE)
            .is_some_and(|(_, reason)| !reason.trim().is_empty())
    }
}
