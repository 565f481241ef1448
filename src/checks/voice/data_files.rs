//! Words that the site avoids in the data files whose words readers see: the ideas of pickers and the
//! services to call.
//!
//! A line of such a file passes when it ends with a comment of YAML: `# voice: reason`. Descriptions of
//! studies are left alone: they say what others have counted, in the words of the study.

use crate::checks::Subject;
use crate::data::{Node, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::front_matter::Kind;
use crate::path::SourcePath;
use crate::records::services;
use crate::site::Site;

/// Keys whose values no reader sees.
const NOT_SHOWN: [&str; 5] = ["id", "cite", "page", "checked_by", "web"];

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
        let mut search = Search {
            site,
            path: &path,
            text,
            findings,
        };
        search.node(&node, &site.config.first_language().code);
    }
}

struct Search<'a> {
    site: &'a Site,
    path: &'a SourcePath,
    text: &'a str,
    findings: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    /// Everything below a value. A key that is the code of a language holds words in it.
    fn node(&mut self, node: &Node, language: &str) {
        match &node.value {
            Value::Text(_) => self.words(node, language),
            Value::List(nodes) => nodes.iter().for_each(|node| self.node(node, language)),
            Value::Table(entries) => {
                for (key, value) in entries {
                    let codes = self.site.config.language_codes();
                    let code = codes.iter().find(|code| **code == key.value).cloned();
                    if !NOT_SHOWN.contains(&key.value.as_str()) {
                        self.node(value, code.as_deref().unwrap_or(language));
                    }
                }
            }
            Value::Null | Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {}
        }
    }

    fn words(&mut self, node: &Node, language: &str) {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        for (index, place) in self.site.wording.find(written, language).words {
            let place = place.start + node.span.start..place.end + node.span.start;
            if self.is_excused(place.end) {
                continue;
            }
            let instead = &self.site.wording.words[index].instead;
            let word = &self.text[place.clone()];
            self.findings.push(
                Diagnostic::new(
                    Code::WordToAvoid,
                    format!("words that this site avoids: `{word}`"),
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
