//! What a site has decided about its messages: how much each kind weighs, and where one is excepted.
//!
//! Checks know nothing of this. They say what they see, and [`Rulings::settle`] goes over all of it
//! once it is complete: it gives each finding the weight that `[checks.severity]` of `site.toml` names,
//! drops what is switched off, and sets aside what an exception covers, with its reason. An exception
//! is a table `[[checks.except]]` of `site.toml` or a comment beside the words ([`comments`]). After
//! everything was looked at, [`Rulings::unused`] names the exceptions that covered nothing.
//!
//! Which kinds may be excepted at all, [`Code::is_fixed`] says. To add a check that runs only when it
//! is asked for: name its codes in [`ONLY_WHEN_ASKED`], so that no exception for them is called unused
//! by a check that did not look.

pub mod comments;
mod names;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::config::{Checks, SiteException};
use crate::diagnostic::{self, Code, Diagnostic, Sources};
use crate::path::SourcePath;
use crate::site::{Site, is_verbatim};
use comments::Allowance;

pub use names::{Use, unexplained, usable};

/// Codes of checks that run only when somebody asks for them.
const ONLY_WHEN_ASKED: &[Code] = &[
    Code::BorrowedWords,
    Code::DeadExternalLink,
    Code::UnansweredExternalLink,
    Code::MovedExternalLink,
];

/// All that a site has decided, ready to be applied.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    checks: Arc<Checks>,
    /// The comments of visible articles and of data files.
    comments: Vec<(SourcePath, Allowance)>,
}

/// A finding that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excepted {
    /// The finding as it would have been told.
    pub finding: Diagnostic,
    /// Why it may stand, in the author's words.
    pub reason: String,
    /// The exception, by file and place.
    exception: (SourcePath, usize),
}

/// Findings after all decisions.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// What is to be told, worst first.
    pub findings: Vec<Diagnostic>,
    /// What an exception covers.
    pub excepted: Vec<Excepted>,
}

impl Excepted {
    /// True for an exception in a comment beside the words, false for one in `site.toml`.
    pub fn is_in_source(&self) -> bool {
        self.exception.0 != SourcePath::site_toml()
    }
}

impl Settled {
    /// Adds what was settled elsewhere.
    pub fn join(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.excepted.extend(other.excepted);
        diagnostic::sort(&mut self.findings);
        self.excepted.sort();
    }
}

impl Rulings {
    /// Gathers what a site has decided. What is wrong with a comment of a data file goes to `findings`;
    /// articles have told of theirs when they were parsed.
    pub fn new(site: &Site, findings: &mut Vec<Diagnostic>) -> Self {
        let mut comments = Vec::new();
        let visible = site
            .topics()
            .flat_map(|topic| topic.documents.iter().flatten())
            .filter(|written| written.hidden.is_none());
        for written in visible {
            let document = &written.document;
            let own = document.allowances.iter().cloned();
            comments.extend(own.map(|allowance| (document.path.clone(), allowance)));
        }
        for (path, file) in site.inputs.below("content") {
            if !matches!(path.extension(), "yaml" | "yml") || is_verbatim(path) {
                continue;
            }
            if let crate::source::Contents::Text(text) = &file.contents {
                let own = comments::in_yaml(path, text, 0..text.len(), findings);
                comments.extend(own.into_iter().map(|allowance| (path.clone(), allowance)));
            }
        }
        comments.sort_by(|one, other| one.0.cmp(&other.0));
        Self {
            checks: Arc::clone(&site.config.checks),
            comments,
        }
    }

    /// Applies everything to findings that are complete.
    pub fn settle(&self, findings: Vec<Diagnostic>, sources: &dyn Sources) -> Settled {
        let mut settled = Settled::default();
        for mut finding in findings {
            if let Some(weight) = self.checks.severity_of(finding.code) {
                match weight {
                    Some(severity) => finding.severity = severity,
                    None => continue,
                }
            }
            match self.exception_for(&finding, sources) {
                Some((exception, reason)) => settled.excepted.push(Excepted {
                    finding,
                    reason,
                    exception,
                }),
                None => settled.findings.push(finding),
            }
        }
        diagnostic::sort(&mut settled.findings);
        settled.excepted.sort();
        settled.excepted.dedup();
        settled
    }

    /// The place and the reason of the first exception that covers a finding.
    fn exception_for(
        &self,
        finding: &Diagnostic,
        sources: &dyn Sources,
    ) -> Option<((SourcePath, usize), String)> {
        let place = finding.labels.first()?;
        let span = place.span.0..place.span.1;
        let from = self
            .comments
            .partition_point(|(path, _)| *path < place.path);
        let own = self.comments[from..]
            .iter()
            .take_while(|(path, _)| *path == place.path);
        for (path, allowance) in own {
            if allowance.code == finding.code && touches(&allowance.covers, &span) {
                let at = (path.clone(), allowance.span.start);
                return Some((at, allowance.reason.clone()));
            }
        }
        let exception = self.checks.exceptions.iter().find(|exception| {
            exception.code == finding.code
                && exception.is_about(&place.path)
                && exception.text.as_ref().is_none_or(|words| {
                    let text = sources.text(&place.path);
                    text.is_some_and(|text| stands_at(words, text, &span))
                })
        })?;
        let at = (SourcePath::site_toml(), exception.span.start);
        Some((at, exception.reason.clone()))
    }

    /// Applies everything to the last findings, and adds the exceptions that no finding needed, but for
    /// those of kinds that were not looked for, because the site has errors.
    pub fn settle_last(
        &self,
        findings: Vec<Diagnostic>,
        before: &[Excepted],
        was_looked_for: &dyn Fn(Code) -> bool,
        sources: &dyn Sources,
    ) -> Settled {
        let mut settled = self.settle(findings, sources);
        let excepted = before.iter().chain(&settled.excepted);
        let unused = self.unused(excepted, was_looked_for, sources);
        settled.findings.extend(unused);
        diagnostic::sort(&mut settled.findings);
        settled
    }

    /// The exceptions that cover nothing of what was found.
    fn unused<'a>(
        &self,
        excepted: impl IntoIterator<Item = &'a Excepted>,
        was_looked_for: &dyn Fn(Code) -> bool,
        sources: &dyn Sources,
    ) -> Vec<Diagnostic> {
        let used: BTreeSet<_> = excepted.into_iter().map(|it| &it.exception).collect();
        let is_judged = |code: Code| {
            !ONLY_WHEN_ASKED.contains(&code)
                && was_looked_for(code)
                && self.checks.severity_of(code) != Some(None)
        };
        let mut findings = Vec::new();
        for (path, allowance) in &self.comments {
            let at = (path.clone(), allowance.span.start);
            if is_judged(allowance.code) && !used.contains(&at) {
                findings
                    .push(unused(path, allowance.span.clone(), allowance.code).help(
                        "take the comment away, or put it right before what it is meant for",
                    ));
            }
        }
        let site_toml = SourcePath::site_toml();
        for exception in &self.checks.exceptions {
            let at = (site_toml.clone(), exception.span.start);
            if is_judged(exception.code) && !used.contains(&at) {
                let finding = unused(&site_toml, exception.span.clone(), exception.code);
                findings.push(finding.help(help_for(exception, sources)));
            }
        }
        self.settle(findings, sources).findings
    }
}

fn unused(path: &SourcePath, span: Range<usize>, code: Code) -> Diagnostic {
    Diagnostic::new(
        Code::UnusedException,
        format!("an exception for `{code}` that nothing needs"),
    )
    .at(path, span, "excepts nothing")
}

/// What to do about a table of `site.toml` that excepts nothing.
fn help_for(exception: &SiteException, sources: &dyn Sources) -> String {
    let is_folder = exception.path.ends_with('/');
    let is_there = SourcePath::new(&exception.path)
        .is_some_and(|path| is_folder || sources.text(&path).is_some());
    if is_there {
        "take the table away, or correct its `path` or `text`".to_owned()
    } else {
        format!(
            "there is no file `{}`: correct the path, which begins with `content/`, or take the table away",
            exception.path
        )
    }
}

/// Whether two stretches have a place in common; they may only touch when one of them is empty.
fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    if one.is_empty() || other.is_empty() {
        one.start <= other.end && other.start <= one.end
    } else {
        one.start < other.end && other.start < one.end
    }
}

/// Whether words stand at a place of a text, or around it: a finding may mark a part of them only, or
/// more than them. Any white space is as good as any other, since lines are broken anew.
fn stands_at(words: &str, text: &str, span: &Range<usize>) -> bool {
    // A line may be indented, so that its break is longer than the space that stands for it.
    let reach = words.len() * 2 + 16;
    let first = span.start.saturating_sub(reach);
    let last = span.end.min(text.len());
    (first..=last)
        .filter(|start| text.is_char_boundary(*start))
        .filter_map(|start| Some(start..start + length_at_start(words, &text[start..])?))
        .any(|stretch| stretch.start <= span.end && span.start <= stretch.end)
}

/// How far a text begins with the given words.
fn length_at_start(words: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    for (index, word) in words.split_whitespace().enumerate() {
        if index > 0 {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(word)?;
    }
    Some(text.len() - rest.len()).filter(|length| *length > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_around_their_place_whatever_breaks_the_line() {
        let text = "Read on [click\n  here](b.md), or not.";
        let at = |words| {
            let start = text.find("b.md").expect("there");
            stands_at(words, text, &(start..start + 4))
        };
        assert!(at("click here](b.md)"));
        assert!(at("b.md"));
        assert!(at(".m"));
        assert!(!at("click here"));
        assert!(!at("or not"));
        let start = text.find("click").expect("there");
        assert!(stands_at("click here", text, &(start..start + 12)));
        assert!(!stands_at("clickhere", text, &(start..start + 12)));
        assert!(!stands_at(" ", text, &(start..start + 12)));
    }

    #[test]
    fn stretches_touch_where_they_share_a_sign_or_one_is_empty() {
        assert!(touches(&(0..5), &(4..6)));
        assert!(!touches(&(0..5), &(5..6)));
        assert!(touches(&(0..5), &(5..5)));
    }
}
