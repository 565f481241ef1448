//! Diagnostics as SARIF 2.1.0, which editors, code hosts and dashboards read.
//!
//! [`render`] gives one log with one run: a rule for each code that occurs, with its page of the
//! manual; a result for each diagnostic; and one for each that is excepted, marked as suppressed with
//! the author's reason. Columns count as the format does by itself, in UTF-16 units. Files are named
//! from the root of the sources, `%SRCROOT%`, which is the folder in which `afterword` runs.
//!
//! A `{` or a `[` means something in the format's messages, so that both are escaped there (sections
//! 3.11.5 and 3.11.6 of the standard).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::manual::Page;
use super::{Code, Diagnostic, Label, Sources};

/// Where the shape of such a log is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A diagnostic that an exception sets aside.
#[derive(Debug, Clone, Copy)]
pub struct Suppressed<'a> {
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
    /// Why, in the author's words.
    pub reason: &'a str,
    /// True for a comment beside the words, false for a table of `site.toml`.
    pub is_in_source: bool,
}

/// One log, ended by a line break. `folder` is the path of the site from the folder in which
/// `afterword` runs.
pub fn render(
    diagnostics: &[Diagnostic],
    suppressed: &[Suppressed<'_>],
    sources: &dyn Sources,
    folder: &Path,
) -> String {
    let all = || {
        diagnostics
            .iter()
            .chain(suppressed.iter().map(|it| it.diagnostic))
    };
    let mut codes: Vec<Code> = all().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut log = Log {
        sources,
        folder,
        codes: &codes,
        seen: BTreeMap::new(),
    };
    let mut results: Vec<Value> = diagnostics.iter().map(|it| log.result(it)).collect();
    for it in suppressed {
        let mut result = log.result(it.diagnostic);
        let kind = if it.is_in_source {
            "inSource"
        } else {
            "external"
        };
        result["suppressions"] =
            json!([{ "kind": kind, "status": "accepted", "justification": it.reason }]);
        results.push(result);
    }
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "afterword",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    let page = Page::of(code);
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": page.sentence },
        "fullDescription": { "text": page.why },
        "defaultConfiguration": { "level": code.severity().as_str() },
        "help": { "text": page.text, "markdown": page.text },
    })
}

/// What all results of one log share.
struct Log<'a> {
    sources: &'a dyn Sources,
    folder: &'a Path,
    codes: &'a [Code],
    /// How often each fingerprint was given, so that equal lines have different ones.
    seen: BTreeMap<String, usize>,
}

impl Log<'_> {
    fn result(&mut self, diagnostic: &Diagnostic) -> Value {
        let mut words = diagnostic.message.clone();
        if !diagnostic.help.is_empty() {
            words.push_str("\nHelp: ");
            words.push_str(&diagnostic.help);
        }
        let mut result = json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": self.codes.binary_search(&diagnostic.code).unwrap_or_default(),
            "level": diagnostic.severity.as_str(),
            "message": { "text": message(&words) },
            "partialFingerprints": { "afterword/v1": self.fingerprint(diagnostic) },
        });
        let mut labels = diagnostic.labels.iter();
        if let Some(first) = labels.next() {
            result["locations"] = json!([self.location(first)]);
        }
        let related: Vec<Value> = labels
            .enumerate()
            .map(|(index, label)| {
                let mut location = self.location(label);
                location["id"] = json!(index + 1);
                location
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut place = json!({ "artifactLocation": self.artifact(label) });
        if let Some(text) = self.sources.text(&label.path) {
            let (start_line, start_column) = utf16_place(text, label.span.0);
            let (end_line, end_column) = utf16_place(text, label.span.1);
            place["region"] = json!({
                "startLine": start_line,
                "startColumn": start_column,
                "endLine": end_line,
                "endColumn": end_column,
            });
        }
        let mut location = json!({ "physicalLocation": place });
        if !label.text.is_empty() {
            location["message"] = json!({ "text": message(&label.text) });
        }
        location
    }

    fn artifact(&self, label: &Label) -> Value {
        let path = super::seen_from(self.folder, &label.path);
        if path.starts_with('/') {
            return json!({ "uri": format!("file://{}", uri(&path)) });
        }
        json!({ "uri": uri(&path), "uriBaseId": "%SRCROOT%" })
    }

    /// What stays the same while other lines of the file change: the code, the file and the words of
    /// the line, and the how manieth of its kind it is.
    fn fingerprint(&mut self, diagnostic: &Diagnostic) -> String {
        let mut of = diagnostic.code.to_string();
        if let Some(label) = diagnostic.labels.first() {
            of.push('\n');
            of.push_str(label.path.as_str());
            of.push('\n');
            of.push_str(
                self.sources
                    .text(&label.path)
                    .map_or("", |text| line_at(text, label.span.0)),
            );
        } else {
            of.push_str(&diagnostic.message);
        }
        let hash = blake3::hash(of.as_bytes()).to_hex();
        let hash = hash[..16].to_owned();
        let number = self.seen.entry(hash.clone()).or_insert(0);
        *number += 1;
        format!("{hash}:{number}")
    }
}

/// A text as a message: what would be a placeholder or a link is itself.
fn message(text: &str) -> String {
    text.replace('{', "{{")
        .replace('}', "}}")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// A path as a relative reference, with what no address can hold written as `%20` and the like.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// Line and column, both from 1, the column in UTF-16 units. A byte-order mark takes none.
fn utf16_place(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let units = before[line_start..].trim_start_matches('\u{feff}');
    (
        before.matches('\n').count() + 1,
        units.encode_utf16().count() + 1,
    )
}

/// The line of an offset, without white space around it.
fn line_at(text: &str, offset: usize) -> &str {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    struct Texts;

    impl Sources for Texts {
        fn text(&self, path: &SourcePath) -> Option<&str> {
            match path.as_str() {
                "content/a b.md" => Some("\u{feff}𝄞é [x](y.md)\n𝄞é [x](y.md)\n"),
                _ => None,
            }
        }
    }

    fn path(path: &str) -> SourcePath {
        SourcePath::new(path).expect("sound")
    }

    fn finding() -> Diagnostic {
        Diagnostic::new(Code::BrokenLink, "no page at `y.md`")
            .at(&path("content/a b.md"), 14..18, "linked [here](1) {0}")
            .help("did you mean `x.md`?")
    }

    fn parsed(findings: &[Diagnostic], suppressed: &[Suppressed<'_>], folder: &str) -> Value {
        let text = render(findings, suppressed, &Texts, Path::new(folder));
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn a_result_has_its_rule_its_place_in_utf16_and_its_help() {
        let log = parsed(&[finding()], &[], ".");
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["level"], "error");
        assert_eq!(
            result["message"]["text"],
            "no page at `y.md`\nHelp: did you mean `x.md`?"
        );
        let location = &result["locations"][0];
        assert_eq!(
            location["physicalLocation"],
            json!({
                "artifactLocation": { "uri": "content/a%20b.md", "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 13 },
            })
        );
        assert_eq!(location["message"]["text"], "linked \\[here\\](1) {{0}}");
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "broken-link");
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        let page = Page::of(Code::BrokenLink);
        assert_eq!(rule["help"]["markdown"], page.text);
    }

    #[test]
    fn rules_are_those_that_occur_and_results_point_at_theirs() {
        let other = Diagnostic::new(Code::UnreadableFile, "no")
            .at(&path("content/gone.png"), 0..0, "")
            .at(&path("content/a b.md"), 3..7, "used here");
        let log = parsed(&[finding(), other], &[], "/sites/one");
        let run = &log["runs"][0];
        for result in run["results"].as_array().expect("a list") {
            let index = result["ruleIndex"].as_u64().expect("a number") as usize;
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
        let other = &run["results"][1];
        assert_eq!(
            other["locations"][0]["physicalLocation"],
            json!({ "artifactLocation": { "uri": "file:///sites/one/content/gone.png" } })
        );
        assert_eq!(other["relatedLocations"][0]["id"], 1);
        assert_eq!(other["relatedLocations"][0]["message"]["text"], "used here");
    }

    #[test]
    fn what_is_excepted_is_there_with_the_reason() {
        let finding = finding();
        let suppressed = Suppressed {
            diagnostic: &finding,
            reason: "it comes next week",
            is_in_source: true,
        };
        let log = parsed(&[], &[suppressed], ".");
        assert_eq!(
            log["runs"][0]["results"][0]["suppressions"],
            json!([{
                "kind": "inSource",
                "status": "accepted",
                "justification": "it comes next week",
            }])
        );
    }

    #[test]
    fn a_fingerprint_stays_when_other_lines_move_and_equal_lines_differ() {
        let second = Diagnostic::new(Code::BrokenLink, "no page at `y.md`").at(
            &path("content/a b.md"),
            30..34,
            "",
        );
        let both = parsed(&[finding(), second.clone()], &[], ".");
        let of = |log: &Value, index: usize| {
            let prints = &log["runs"][0]["results"][index]["partialFingerprints"];
            prints["afterword/v1"].as_str().expect("text").to_owned()
        };
        assert!(of(&both, 0).ends_with(":1"));
        assert_ne!(of(&both, 0), of(&both, 1));
        assert_eq!(of(&parsed(&[second], &[], "."), 0).split(':').count(), 2);
    }
}
