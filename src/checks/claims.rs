//! Numbers and findings that no source stands behind, and percentages.
//!
//! What a sentence states is found when it is parsed (`document::markdown::passages`). Only articles and
//! questions are looked at, and only on sites that cite at all.

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::{ClaimKind, Directive};
use crate::document::front_matter::Kind;
use crate::theme::{BodyRule, DirectiveSpec};

/// Checks every claim of the text and of the key messages.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.site.works.is_empty()
        || !matches!(subject.keys.kind, None | Some(Kind::Article | Kind::Faq))
    {
        return;
    }
    let document = subject.document;
    let answered = answered_rows(subject);
    let bodies = document.key_messages.iter().chain([&document.body]);
    for claim in bodies.flat_map(|body| &body.claims) {
        let sentence = shortened(&claim.sentence);
        if claim.kind == ClaimKind::Percentage {
            findings.push(
                Diagnostic::new(Code::Percentage, format!("a percentage: \"{sentence}\""))
                    .at(&document.path, claim.span.clone(), "")
                    .help("write how many people out of how many, such as `20 in 100`: more people understand it"),
            );
        }
        let is_answered = answered
            .iter()
            .any(|row| row.start <= claim.span.start && claim.span.end <= row.end);
        if claim.is_cited || is_answered {
            continue;
        }
        let what = match claim.kind {
            ClaimKind::Number | ClaimKind::Percentage => "a number",
            ClaimKind::Finding => "a finding",
        };
        findings.push(
            Diagnostic::new(
                Code::UncitedClaim,
                format!("{what} without a source: \"{sentence}\""),
            )
            .at(&document.path, claim.span.clone(), "nothing in this paragraph is cited")
            .help("cite what it rests on, such as `[@key]`, or end the paragraph with `<!-- uncited: why none is needed -->`"),
        );
    }
}

/// The lines of numbers that need no citation of their own: those of a chart that names its source,
/// and of a chart that draws what nobody has measured, which has no place for a source.
fn answered_rows(subject: &Subject<'_>) -> Vec<Range<usize>> {
    let names_source = |directive: &Directive| {
        directive.arguments.iter().any(|argument| {
            let value = argument.value.as_ref();
            argument.name.value == SOURCE && value.is_some_and(|value| !value.value.is_empty())
        })
    };
    let has_place = |spec: &DirectiveSpec| spec.arguments.iter().any(|it| it.name == SOURCE);
    let directives = subject.document.body.directives.iter();
    directives
        .filter(|directive| {
            let spec = subject.site.theme.directive(&directive.name.value);
            spec.is_some_and(|spec| {
                matches!(spec.body, BodyRule::Rows) && (names_source(directive) || !has_place(spec))
            })
        })
        .flat_map(|directive| directive.items.iter().map(|item| item.span.clone()))
        .collect()
}

/// The argument by which a chart says who was studied.
const SOURCE: &str = "source";

/// A sentence that fits a line or two.
fn shortened(sentence: &str) -> String {
    const LENGTH: usize = 120;
    match sentence.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", sentence[..end].trim_end()),
        None => sentence.to_owned(),
    }
}
