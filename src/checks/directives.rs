//! Directives that the theme does not have, their arguments, and what they hold.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::Directive;
use crate::render::{read_arguments, read_ideas, read_rows};
use crate::theme::{BodyRule, DirectiveSpec};

/// Checks every directive of the text.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let (site, document) = (subject.site, subject.document);
    for directive in &document.body.directives {
        let name = &directive.name;
        let Some(spec) = site.theme.directive(&name.value) else {
            if !directive.is_alert {
                findings.push(unknown(subject, &name.value, name.span.clone()));
            }
            continue;
        };
        findings.extend(read_arguments(site, document, subject.language, directive, spec).1);
        if spec.has_ideas {
            findings.extend(read_ideas(site, document, directive, spec).1);
        }
        let problem = match spec.body {
            BodyRule::Rows => {
                let read = read_rows(document, &document.body, directive, spec.columns);
                findings.extend(read.1);
                None
            }
            BodyRule::Required if directive.nodes.is_empty() => Some((
                "is empty".to_owned(),
                "write something between its two lines".to_owned(),
            )),
            BodyRule::None if !directive.nodes.is_empty() => Some((
                "holds text, which it does not show".to_owned(),
                "move the text out of it".to_owned(),
            )),
            BodyRule::Required | BodyRule::None | BodyRule::Optional => None,
        };
        if let Some((what, help)) = problem.or_else(|| too_few_items(directive, spec)) {
            findings.push(
                Diagnostic::new(
                    Code::DirectiveArgument,
                    format!("the directive `{}` {what}", name.value),
                )
                .at(&document.path, name.span.clone(), "")
                .help(help),
            );
        }
    }
}

/// What is wrong with a list that is too short, and what to do.
fn too_few_items(directive: &Directive, spec: &DirectiveSpec) -> Option<(String, String)> {
    let (at_least, reason) = spec.items_at_least.as_ref()?;
    let there = directive.items.len();
    if there >= *at_least {
        return None;
    }
    let what = match there {
        0 => format!("needs a list of at least {at_least}"),
        _ => format!("lists {there} where at least {at_least} are needed"),
    };
    let lines = "write each on a line of its own that begins with `- `";
    let help = match reason.as_str() {
        "" => lines.to_owned(),
        reason => format!("{reason}; {lines}"),
    };
    Some((what, help))
}

fn unknown(subject: &Subject<'_>, name: &str, span: std::ops::Range<usize>) -> Diagnostic {
    let names: Vec<_> = subject.site.theme.directive_names().collect();
    let all = format!("the theme has `{}`", names.join("`, `"));
    Diagnostic::new(
        Code::UnknownDirective,
        format!("no directive is called `{name}`"),
    )
    .at(&subject.document.path, span, "not known")
    .suggest(name, names.iter().copied(), all)
}
