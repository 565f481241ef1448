//! Directives that the theme does not have, and their arguments.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::render::read_arguments;
use crate::theme::BodyRule;

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
        let problem = match spec.body {
            BodyRule::Required if directive.nodes.is_empty() => {
                Some(("is empty", "write something between its two lines"))
            }
            BodyRule::None if !directive.nodes.is_empty() => Some((
                "holds text, which it does not show",
                "move the text out of it",
            )),
            BodyRule::Required | BodyRule::None | BodyRule::Optional => None,
        };
        if let Some((what, help)) = problem {
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
