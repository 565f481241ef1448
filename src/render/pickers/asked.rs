//! The directive that shows ideas inside an article: `:::activities {touch=none minutes=5}`.
//!
//! Which directive that is, the theme says with `ideas = true`. Reading its arguments is also checking
//! them: `checks::directives` calls [`asked`] for its findings, the renderer for the ideas.

use std::ops::Range;

use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::body::{Argument, Directive};
use crate::records::Picker;
use crate::records::pickers::Answer;
use crate::site::Site;
use crate::site::links::relative_path;
use crate::theme::DirectiveSpec;

/// The argument that names the file of a picker, where the site has several.
const FILE: &str = "picker";

/// What a directive asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The picker, by its place in [`Site::pickers`].
    pub picker: usize,
    /// The answers to its questions.
    pub answers: Vec<Answer>,
}

/// Reads the answers among the arguments of a directive. `None` when it cannot be told which picker
/// they are for.
pub fn asked(
    site: &Site,
    document: &Document,
    directive: &Directive,
    spec: &DirectiveSpec,
) -> (Option<Asked>, Vec<Diagnostic>) {
    let picker = match picker(site, document, directive) {
        Ok(picker) => picker,
        Err(finding) => return (None, vec![finding]),
    };
    let read = &site.pickers[picker];
    let mut findings = Vec::new();
    let mut answers: Vec<Answer> = Vec::new();
    let written = directive.arguments.iter();
    let is_answer = |argument: &&Argument| {
        argument.name.value != FILE && spec.argument(&argument.name.value).is_none()
    };
    for argument in written.filter(is_answer) {
        match given(read, document, argument, spec) {
            Ok(given) if answers.iter().any(|known| known.facet == given[0].facet) => {
                let message = format!("the argument `{}` is there twice", argument.name.value);
                let help = "keep one of the two, with all answers: `needs=calm,rest`";
                findings.push(finding(document, &argument.name.span, message).help(help));
            }
            Ok(given) => answers.extend(given),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() && read.fitting(&answers).next().is_none() && !read.ideas.is_empty() {
        let message = "no idea fits all these answers".to_owned();
        let help = format!("ask for less, or add ideas to `{}`", read.file);
        findings.push(finding(document, &directive.name.span, message).help(help));
    }
    (Some(Asked { picker, answers }), findings)
}

fn finding(document: &Document, span: &Range<usize>, message: String) -> Diagnostic {
    Diagnostic::new(Code::DirectiveArgument, message).at(&document.path, span.clone(), "")
}

/// The picker that a directive names, or the only one.
fn picker(site: &Site, document: &Document, directive: &Directive) -> Result<usize, Diagnostic> {
    let files: Vec<_> = site
        .pickers
        .iter()
        .map(|picker| relative_path(&document.path, &picker.file))
        .collect();
    let mut written = directive.arguments.iter();
    let named = written.find(|argument| argument.name.value == FILE);
    let Some(named) = named.and_then(|argument| argument.value.as_ref()) else {
        return match site.pickers.len() {
            1 => Ok(0),
            0 => {
                let message = "the site has no picker to take ideas from".to_owned();
                let help = "make a page of kind `picker` that names a file of ideas";
                Err(finding(document, &directive.name.span, message).help(help))
            }
            _ => {
                let message = "the site has several pickers".to_owned();
                let help = format!(
                    "say which, with `picker=` and one of `{}`",
                    files.join("`, `")
                );
                Err(finding(document, &directive.name.span, message).help(help))
            }
        };
    };
    let file = document.path.join_relative(&named.value, "content");
    file.and_then(|file| site.picker_in(&file)).ok_or_else(|| {
        let message = format!("no page of kind `picker` has the file `{}`", named.value);
        finding(document, &named.span, message).suggest(
            &named.value,
            files.iter().map(String::as_str),
            format!("the pickers are `{}`", files.join("`, `")),
        )
    })
}

/// What one argument asks for: `touch=none`, `minutes=5`, `needs=calm,rest`. Never empty.
fn given(
    picker: &Picker,
    document: &Document,
    argument: &Argument,
    spec: &DirectiveSpec,
) -> Result<Vec<Answer>, Diagnostic> {
    let name = &argument.name;
    let Some((at, facet)) = picker.facet(&name.value) else {
        let message = format!(
            "neither `{}` nor `{}` asks about `{}`",
            spec.name, picker.file, name.value
        );
        let own = spec.arguments.iter().map(|known| known.name.as_str());
        let facets = picker.facets.iter().map(|facet| facet.id.value.as_str());
        let all: Vec<_> = facets.chain(own).collect();
        let otherwise = format!("it takes `{}`", all.join("`, `"));
        return Err(finding(document, &name.span, message).suggest(
            &name.value,
            all.iter().copied(),
            otherwise,
        ));
    };
    let value = argument.value.as_ref().filter(|it| !it.value.is_empty());
    let Some(value) = value else {
        let message = format!("the argument `{}` has no value", name.value);
        let help = format!("write an answer behind it, such as `{}=...`", name.value);
        return Err(finding(document, &name.span, message).help(help));
    };
    words(value)
        .map(|word| match facet.answer(&word.value) {
            Some((choice, fits)) => Ok(Answer {
                facet: at,
                choice,
                fits,
                span: word.span,
            }),
            None => {
                let message = format!("`{}` is no answer to `{}`", word.value, name.value);
                let all: Vec<_> = facet
                    .choices
                    .iter()
                    .map(|it| it.id.value.as_str())
                    .collect();
                let otherwise = format!("its answers are `{}`", all.join("`, `"));
                Err(finding(document, &word.span, message).suggest(
                    &word.value,
                    all.iter().copied(),
                    otherwise,
                ))
            }
        })
        .collect()
}

/// The words of a list with commas, each with its place.
fn words(value: &Spanned<String>) -> impl Iterator<Item = Spanned<String>> {
    let mut at = value.span.start;
    value.value.split(',').map(move |part| {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let word = part.trim().to_owned();
        let end = start + word.len();
        Spanned::new(word, start..end)
    })
}
