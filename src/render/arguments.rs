//! The arguments of a directive as its template sees them.
//!
//! Reading them is also checking them: `checks::directives` calls [`read`] for its findings, the
//! renderer for its values.

use tera::value::Key;
use tera::{Map, Value};

use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::{Argument, Directive};
use crate::document::{Document, Target};
use crate::site::links::Destination;
use crate::site::{LanguageId, Site};
use crate::theme::{ArgumentKind, ArgumentSpec, DirectiveSpec};

/// Reads the arguments that an author wrote, with the theme's defaults for the others.
pub fn read(
    site: &Site,
    document: &Document,
    language: LanguageId,
    directive: &Directive,
    spec: &DirectiveSpec,
) -> (Value, Vec<Diagnostic>) {
    let mut reader = ArgumentReader {
        site,
        document,
        language,
        directive,
        spec,
        values: Map::new(),
        findings: Vec::new(),
    };
    reader.report_unknown(spec);
    for argument in &spec.arguments {
        reader.read(argument);
    }
    reader.check_rules(spec);
    (Value::from(reader.values), reader.findings)
}

struct ArgumentReader<'a> {
    site: &'a Site,
    document: &'a Document,
    language: LanguageId,
    directive: &'a Directive,
    spec: &'a DirectiveSpec,
    values: Map,
    findings: Vec<Diagnostic>,
}

impl<'a> ArgumentReader<'a> {
    fn written(&self, name: &str) -> Option<&'a Argument> {
        self.directive
            .arguments
            .iter()
            .find(|argument| argument.name.value == name)
    }

    fn report(&mut self, span: std::ops::Range<usize>, message: String, help: String) {
        self.findings.push(
            Diagnostic::new(Code::DirectiveArgument, message)
                .at(&self.document.path, span, "")
                .help(help),
        );
    }

    fn set(&mut self, name: &str, value: Value) {
        self.values.insert(Key::String(name.into()), value);
    }

    fn report_unknown(&mut self, spec: &DirectiveSpec) {
        let mut seen: Vec<&str> = Vec::new();
        for argument in &self.directive.arguments {
            let name = argument.name.value.as_str();
            let names = spec.arguments.iter().map(|known| known.name.as_str());
            // What asks for ideas is looked at by `pickers::asked`.
            let is_answer = spec.has_ideas && !names.clone().any(|known| known == name);
            if is_answer {
                continue;
            }
            if !names.clone().any(|known| known == name) {
                let all: Vec<_> = names.clone().collect();
                let otherwise = if all.is_empty() {
                    "it takes no arguments".to_owned()
                } else {
                    format!("it takes `{}`", all.join("`, `"))
                };
                self.findings.push(
                    Diagnostic::new(
                        Code::DirectiveArgument,
                        format!("the directive `{}` has no argument `{name}`", spec.name),
                    )
                    .at(&self.document.path, argument.name.span.clone(), "not known")
                    .suggest(name, names, otherwise),
                );
            } else if seen.contains(&name) {
                self.report(
                    argument.name.span.clone(),
                    format!("the argument `{name}` is there twice"),
                    "keep one of the two".to_owned(),
                );
            }
            seen.push(name);
        }
    }

    fn read(&mut self, spec: &ArgumentSpec) {
        let argument = self.written(&spec.name);
        if spec.kind == ArgumentKind::Flag {
            let is_set = argument.is_some_and(|argument| {
                argument
                    .value
                    .as_ref()
                    .is_none_or(|value| value.value != "false")
            });
            self.set(&spec.name, Value::from(is_set));
            return;
        }
        let value = match argument {
            Some(Argument {
                value: Some(value), ..
            }) => value.clone(),
            Some(Argument { name, value: None }) => {
                self.report(
                    name.span.clone(),
                    format!("the argument `{}` has no value", spec.name),
                    format!("write `{}=\"...\"`", spec.name),
                );
                Spanned::new(spec.default.clone().unwrap_or_default(), name.span.clone())
            }
            None => {
                if spec.required {
                    let place = self.directive.name.span.clone();
                    self.report(
                        place,
                        format!(
                            "the directive `{}` needs `{}`",
                            self.directive.name.value, spec.name
                        ),
                        format!(
                            "write `{{{}=...}}` after its name: {}",
                            spec.name, spec.about
                        ),
                    );
                }
                let default = spec.default.clone().unwrap_or_default();
                self.set_default(spec, &default);
                return;
            }
        };
        self.set_written(spec, &value);
    }

    fn set_default(&mut self, spec: &ArgumentSpec, default: &str) {
        match spec.kind {
            ArgumentKind::Integer => {
                let number = default
                    .parse::<i64>()
                    .map_or_else(|_| Value::from(""), Value::from);
                self.set(&spec.name, number);
            }
            ArgumentKind::Image => self.set_image(&spec.name, String::new(), None),
            ArgumentKind::Text | ArgumentKind::Choice | ArgumentKind::Flag | ArgumentKind::Link => {
                self.set(&spec.name, Value::normal_string(default));
            }
        }
    }

    fn set_written(&mut self, spec: &ArgumentSpec, value: &Spanned<String>) {
        match spec.kind {
            ArgumentKind::Text | ArgumentKind::Flag => {
                if spec.required && value.value.trim().is_empty() {
                    self.report(
                        value.span.clone(),
                        format!("`{}` is empty", spec.name),
                        format!("write `{}=\"...\"`: {}", spec.name, spec.about),
                    );
                }
                self.set(&spec.name, Value::normal_string(&value.value));
            }
            ArgumentKind::Choice => {
                if !spec.choices.contains(&value.value) {
                    let all = format!("it is one of `{}`", spec.choices.join("`, `"));
                    self.findings.push(
                        Diagnostic::new(
                            Code::DirectiveArgument,
                            format!("`{}` is no value of `{}`", value.value, spec.name),
                        )
                        .at(&self.document.path, value.span.clone(), "not known")
                        .suggest(
                            &value.value,
                            spec.choices.iter().map(String::as_str),
                            all,
                        ),
                    );
                }
                self.set(&spec.name, Value::normal_string(&value.value));
            }
            ArgumentKind::Integer => self.set_integer(spec, value),
            ArgumentKind::Image => self.read_image(spec, value),
            ArgumentKind::Link => self.read_link(spec, value),
        }
    }

    fn set_integer(&mut self, spec: &ArgumentSpec, value: &Spanned<String>) {
        let Ok(number) = value.value.parse::<i64>() else {
            self.report(
                value.span.clone(),
                format!(
                    "`{}` is not a whole number, which `{}` needs",
                    value.value, spec.name
                ),
                "write digits, such as `41`".to_owned(),
            );
            self.set(&spec.name, Value::from(0_i64));
            return;
        };
        let too_small = spec
            .min
            .filter(|min| number < *min)
            .map(|min| format!("at least {min}"));
        let too_large = spec
            .max
            .filter(|max| number > *max)
            .map(|max| format!("at most {max}"));
        let other = spec.max_from.as_ref().and_then(|name| {
            let of = self.number(name)?;
            (number > of).then(|| format!("at most `{name}`, which is {of}"))
        });
        if let Some(bound) = too_small.or(too_large).or(other) {
            self.report(
                value.span.clone(),
                format!("`{}` is {number}, and has to be {bound}", spec.name),
                "correct the number".to_owned(),
            );
        }
        self.set(&spec.name, Value::from(number));
    }

    /// The number that an argument has, written or by default.
    fn number(&self, name: &str) -> Option<i64> {
        let default = || {
            let spec = self
                .spec
                .arguments
                .iter()
                .find(|known| known.name == name)?;
            spec.default.as_deref()
        };
        let written = self
            .written(name)
            .and_then(|argument| argument.value.as_ref());
        written
            .map(|value| value.value.as_str())
            .or_else(default)?
            .parse()
            .ok()
    }

    fn set_image(&mut self, name: &str, url: String, size: Option<(u32, u32)>) {
        let (width, height) = size.unwrap_or((0, 0));
        self.set(name, Value::from(url));
        self.set(&format!("{name}_width"), Value::from(width));
        self.set(&format!("{name}_height"), Value::from(height));
    }

    fn read_image(&mut self, spec: &ArgumentSpec, value: &Spanned<String>) {
        let file = match Target::new(&value.value) {
            Target::File { path, .. } => self.site.image_file(self.document, &path),
            Target::External(_)
            | Target::Contact(_)
            | Target::Here(_)
            | Target::Wiki { .. }
            | Target::Refused { .. } => None,
        };
        match file
            .and_then(|file| Some((self.site.file_address(&file)?, self.site.dimensions(&file))))
        {
            Some((url, size)) => self.set_image(&spec.name, url.relative().to_owned(), size),
            None => {
                self.findings.push(
                    Diagnostic::new(
                        Code::MissingImage,
                        format!("no picture at `{}`", value.value),
                    )
                    .at(&self.document.path, value.span.clone(), "not found")
                    .help("put the file beside the article, or correct its name"),
                );
                self.set_image(&spec.name, String::new(), None);
            }
        }
    }

    fn read_link(&mut self, spec: &ArgumentSpec, value: &Spanned<String>) {
        let target = Target::new(&value.value);
        let url = match self.site.resolve(self.document, self.language, &target) {
            Ok(resolved) => match resolved.destination {
                Destination::Outside(url) => url.to_owned(),
                Destination::Page(id, heading) => {
                    let hash = if heading.is_empty() { "" } else { "#" };
                    format!("{}{hash}{heading}", self.site.page_address(id))
                }
                Destination::File(url) => url.relative().to_owned(),
                Destination::Here(heading) => format!("#{heading}"),
            },
            Err(problem) => {
                self.findings.push(crate::checks::links::finding(
                    self.document,
                    &value.span,
                    &value.value,
                    problem,
                ));
                String::new()
            }
        };
        self.set(&spec.name, Value::from(url));
    }

    /// Rules across arguments: exactly one of a group is given.
    fn check_rules(&mut self, spec: &DirectiveSpec) {
        for group in &spec.one_of {
            let given: Vec<_> = group
                .iter()
                .filter(|name| self.written(name).is_some())
                .collect();
            let names = group.join("` or `");
            let problem = match given.len() {
                0 => format!("the directive `{}` needs `{names}`", spec.name),
                1 => continue,
                _ => format!("the directive `{}` takes `{names}`, not both", spec.name),
            };
            self.report(
                self.directive.name.span.clone(),
                problem,
                format!("write one of `{names}`"),
            );
        }
    }
}
