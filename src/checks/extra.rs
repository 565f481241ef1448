//! Words in `extra` that the theme does not know.
//!
//! What a page has from a `_defaults.yaml` is written in that file, and found there by [`super::defaults`].

use super::Subject;
use crate::data::{Node, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::FrontMatter;
use crate::path::SourcePath;
use crate::site::Site;

/// Checks the keys of `extra` for which the theme says what they may hold.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    let file = (&document.path, &*document.source);
    findings.extend(unknown_words(subject.site, file, &document.front_matter));
}

/// The words in `extra` of a file that the theme does not know.
pub fn unknown_words(
    site: &Site,
    file: (&SourcePath, &str),
    keys: &FrontMatter,
) -> Vec<Diagnostic> {
    let Some(Value::Table(entries)) = keys.extra.as_ref().map(|extra| &extra.value) else {
        return Vec::new();
    };
    let unknown = entries.iter().filter_map(|(key, node)| {
        let choices = site.theme.extra_choices(&key.value)?;
        unknown(file, key, node, choices)
    });
    unknown.collect()
}

fn unknown(
    (path, source): (&SourcePath, &str),
    key: &Spanned<String>,
    node: &Node,
    choices: &[String],
) -> Option<Diagnostic> {
    let at = |code, message: String, label| {
        Diagnostic::new(code, message).at(path, node.span.clone(), label)
    };
    let all = format!("one of `{}`", choices.join("`, `"));
    let written = match &node.value {
        Value::Null => return None,
        Value::Text(word) => word,
        Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {
            source.get(node.span.clone())?.trim()
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
