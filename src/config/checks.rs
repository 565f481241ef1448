//! `[checks]`: how much each kind of message weighs, and where one is excepted, with the reason.
//!
//! What is written here is applied in one place, `exceptions`, to everything that is found. Comments
//! beside the words of an article do the same for one place (`exceptions/comments.rs`).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::data::{Fields, Node};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::exceptions::{Use, unexplained, usable};
use crate::path::SourcePath;

/// What the site has decided about messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// What a kind weighs here; `None` for one that is switched off.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Where one may stand.
    pub exceptions: Vec<SiteException>,
}

/// A table `[[checks.except]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteException {
    /// The kind of message.
    pub code: Code,
    /// A file, or a folder, which ends with `/`.
    pub path: String,
    /// Words at the place; any place of the file when they are left out.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
    /// Where its code is written.
    pub span: Range<usize>,
}

impl Checks {
    /// What the site says of a code's weight: `Some(None)` when it is switched off.
    pub fn severity_of(&self, code: Code) -> Option<Option<Severity>> {
        self.severities.get(&code).copied()
    }
}

impl SiteException {
    /// Whether it is about a file.
    pub fn is_about(&self, path: &SourcePath) -> bool {
        if self.path.ends_with('/') {
            path.as_str().starts_with(&self.path)
        } else {
            path.as_str() == self.path
        }
    }
}

/// Reads the table. Without it, every message weighs what it weighs by itself.
pub(super) fn read(fields: &Fields<'_>) -> Checks {
    let mut checks = Checks::default();
    let Some(table) = fields.table("checks") else {
        return checks;
    };
    for (key, node) in table.free_table("severity") {
        let path = table.reader().path();
        match usable(&key.value, Use::Severity, path, key.span.clone()) {
            Ok(code) => {
                if let Some(weight) = weight(&table, &key.value, node) {
                    checks.severities.insert(code, weight);
                }
            }
            Err(finding) => table.reader().report(finding),
        }
    }
    for node in table.list("except") {
        checks.exceptions.extend(exception(&table, node));
    }
    table.finish();
    checks
}

/// A severity, or that the message is switched off.
fn weight(table: &Fields<'_>, key: &str, node: &Node) -> Option<Option<Severity>> {
    const OFF: &str = "off";
    let word = table.as_text(node, key)?;
    if word.value == OFF {
        return Some(None);
    }
    let all = Severity::ALL;
    if let Some(severity) = all.into_iter().find(|it| it.as_str() == word.value) {
        return Some(Some(severity));
    }
    let words = all.map(Severity::as_str).into_iter().chain([OFF]);
    table.reader().report(
        Diagnostic::new(
            Code::UnknownValue,
            format!("`{}` is not a weight of messages", word.value),
        )
        .at(table.reader().path(), word.span.clone(), "not known")
        .suggest(
            &word.value,
            words,
            "one of `error`, `warning`, `note` and `off`",
        ),
    );
    None
}

fn exception(table: &Fields<'_>, node: &Node) -> Option<SiteException> {
    let reader = table.reader();
    let fields = Fields::new(reader, node, "except").called("an exception".to_owned());
    let code = fields.required_text(
        "code",
        "write the name in brackets that the message begins with, such as `code = \"percentage\"`",
    );
    let path = fields.required_text(
        "path",
        "name a file, such as `path = \"content/a.md\"`, or a folder with a `/` at its end",
    );
    let text = fields.text("text");
    let reason = fields.text("reason");
    fields.finish();
    let reason = reason.filter(|reason| !reason.value.trim().is_empty());
    let code = code?;
    let known = match usable(
        &code.value,
        Use::Exception,
        reader.path(),
        code.span.clone(),
    ) {
        Ok(known) => known,
        Err(finding) => {
            reader.report(finding);
            return None;
        }
    };
    let Some(reason) = reason else {
        reader.report(unexplained(
            reader.path(),
            code.span,
            "say why it is right there: a line `reason = \"...\"`",
        ));
        return None;
    };
    Some(SiteException {
        code: known,
        path: path?.value,
        text: text
            .map(|text| text.value)
            .filter(|text| !text.trim().is_empty()),
        reason: reason.value,
        span: code.span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, toml};

    #[track_caller]
    fn check(written: &str, said: &[&str]) -> Checks {
        let path = SourcePath::site_toml();
        let (node, errors) = toml::parse(written);
        assert_eq!(errors, []);
        let reader = Reader::new(&path, written, "`site.toml`");
        let checks = read(&Fields::new(&reader, &node, "site.toml"));
        let findings = reader.into_findings();
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(messages, said, "{written}");
        checks
    }

    #[test]
    fn severities_and_exceptions_are_read() {
        let checks = check(
            "[checks.severity]\npercentage = \"off\"\nunused-file = \"note\"\n\
             [[checks.except]]\ncode = \"broken-link\"\npath = \"content/a/\"\nreason = \"it comes\"\n",
            &[],
        );
        assert_eq!(checks.severity_of(Code::Percentage), Some(None));
        assert_eq!(
            checks.severity_of(Code::UnusedFile),
            Some(Some(Severity::Note))
        );
        assert_eq!(checks.severity_of(Code::BrokenLink), None);
        let is_about = |path| {
            let path = SourcePath::new(path).expect("sound");
            checks.exceptions[0].is_about(&path)
        };
        assert!(is_about("content/a/b.md"));
        assert!(!is_about("content/ab.md"));
    }

    #[test]
    fn names_that_are_not_there_or_fixed_are_errors() {
        check(
            "[checks.severity]\npercentges = \"off\"\nsyntax = \"off\"\npercentage = \"of\"\n",
            &[
                "no message is called `percentges`",
                "the weight of `syntax` cannot be set",
                "`of` is not a weight of messages",
            ],
        );
        check(
            "[[checks.except]]\ncode = \"syntax\"\npath = \"content/a.md\"\nreason = \"r\"\n",
            &["`syntax` cannot be excepted"],
        );
    }

    #[test]
    fn an_exception_says_where_and_why() {
        check(
            "[[checks.except]]\ncode = \"percentage\"\npath = \"content/a.md\"\nreason = \" \"\n",
            &["an exception without a reason"],
        );
        check(
            "[[checks.except]]\ncode = \"percentage\"\nreason = \"r\"\nwhy = \"r\"\n",
            &[
                "an exception has no `path`",
                "unknown key `why` in an exception",
            ],
        );
    }
}
