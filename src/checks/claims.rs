//! Numbers and findings that no source stands behind, and percentages.
//!
//! What a sentence states is found when it is parsed (`document::markdown::passages`). Only articles and
//! questions are looked at, and only on sites that cite at all.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::ClaimKind;
use crate::document::front_matter::Kind;

/// Checks every claim of the text and of the key messages.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.site.works.is_empty()
        || !matches!(subject.keys.kind, None | Some(Kind::Article | Kind::Faq))
    {
        return;
    }
    let document = subject.document;
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
        if claim.is_cited {
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

/// A sentence that fits a line or two.
fn shortened(sentence: &str) -> String {
    const LENGTH: usize = 120;
    match sentence.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", sentence[..end].trim_end()),
        None => sentence.to_owned(),
    }
}
