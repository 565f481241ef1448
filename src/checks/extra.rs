//! Words in `extra` that the theme does not know.
//!
//! What a page has from a `_defaults.yaml` is not looked at: it is written in another file.

use super::Subject;
use crate::data::{Node, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};

/// Checks the keys of `extra` for which the theme says what they may hold.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(Value::Table(entries)) = subject
        .document
        .front_matter
        .extra
        .as_ref()
        .map(|extra| &extra.value)
    else {
        return;
    };
    for (key, node) in entries {
        if let Some(choices) = subject.site.theme.extra_choices(&key.value) {
            findings.extend(unknown(subject, key, node, choices));
        }
    }
}

fn unknown(
    subject: &Subject<'_>,
    key: &Spanned<String>,
    node: &Node,
    choices: &[String],
) -> Option<Diagnostic> {
    let document = subject.document;
    let at = |code, message: String, label| {
        Diagnostic::new(code, message).at(&document.path, node.span.clone(), label)
    };
    let all = format!("one of `{}`", choices.join("`, `"));
    let written = match &node.value {
        Value::Null => return None,
        Value::Text(word) => word,
        Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {
            document.source.get(node.span.clone())?.trim()
        }
        Value::List(_) | Value::Table(_) => {
            let kind = node.value.kind();
            let message = format!("`{}` is {kind}, where text is expected", key.value);
            return Some(at(Code::WrongType, message, "expected text").help(all));
        }
    };
    if choices.iter().any(|choice| choice == written) {
        return None;
    }
    let message = format!("the theme has no `{}` called `{written}`", key.value);
    let choices = choices.iter().map(String::as_str);
    Some(at(Code::UnknownValue, message, "not known").suggest(written, choices, all))
}
