//! Links that carry marks by which other sites follow who has come from where.
//!
//! They come along when an address is copied from a newsletter or a feed, and the page behind them is
//! the same without.
//!
//! To add a mark: its name in [`MARKS`], or the beginning of all names of its kind in [`BEGINNINGS`].

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Target;
use crate::theme::ArgumentKind;

/// What advertisers, newsletters and networks add to addresses.
const MARKS: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "_openstat",
    "dclid",
    "epik",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
];

/// How the names of others begin.
const BEGINNINGS: &[&str] = &["utm_"];

/// Checks the links of the text and of directives.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    for body in document.bodies() {
        let mut at = |target: &Target, span: &Range<usize>| {
            if let Target::External(url) = target
                && let Some((mark, rest)) = without_marks(url)
            {
                findings.push(
                    Diagnostic::new(
                        Code::TrackingParameter,
                        format!("a link that carries `{mark}`"),
                    )
                    .at(
                        &document.path,
                        span.clone(),
                        "tells that site where readers come from",
                    )
                    .help(format!("the same address without it: `{rest}`")),
                );
            }
        };
        for link in &body.links {
            at(&link.target, &link.span);
        }
        for directive in &body.directives {
            let Some(spec) = subject.site.theme.directive(&directive.name.value) else {
                continue;
            };
            for argument in &directive.arguments {
                let mut known = spec.arguments.iter();
                let is_link = known.any(|known| {
                    known.name == argument.name.value && known.kind == ArgumentKind::Link
                });
                if let (true, Some(value)) = (is_link, &argument.value) {
                    at(&Target::new(&value.value), &value.span);
                }
            }
        }
    }
}

/// The first mark of an address, and the address without any; `None` when there is none.
fn without_marks(url: &str) -> Option<(&str, String)> {
    let (address, fragment) = match url.find('#') {
        Some(hash) => url.split_at(hash),
        None => (url, ""),
    };
    let (place, query) = address.split_once('?')?;
    let (marks, kept): (Vec<_>, Vec<_>) = query
        .split('&')
        .partition(|parameter| is_mark(name_of(parameter)));
    let mark = name_of(marks.first()?);
    let question = if kept.is_empty() { "" } else { "?" };
    Some((
        mark,
        format!("{place}{question}{}{fragment}", kept.join("&")),
    ))
}

fn name_of(parameter: &str) -> &str {
    parameter.split('=').next().unwrap_or(parameter)
}

fn is_mark(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    MARKS.contains(&name.as_str()) || BEGINNINGS.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<(&str, &str)>) {
        let found = without_marks(url);
        let found = found.as_ref().map(|(mark, rest)| (*mark, rest.as_str()));
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn marks_are_taken_out_and_the_rest_stays() {
        check(
            "https://a.example/b?utm_source=x&utm_medium=y",
            Some(("utm_source", "https://a.example/b")),
        );
        check(
            "https://a.example/?page=2&fbclid=x&q=%20#part",
            Some(("fbclid", "https://a.example/?page=2&q=%20#part")),
        );
        check(
            "https://a.example?GCLID",
            Some(("GCLID", "https://a.example")),
        );
    }

    #[test]
    fn other_addresses_are_left_alone() {
        for url in [
            "https://a.example/utm_source",
            "https://a.example/?q=utm_source",
            "https://a.example/?outm_source=1",
            "https://a.example/#?utm_source=1",
            "https://a.example/?",
        ] {
            check(url, None);
        }
    }
}
