//! Names and fields: whether they are there, and what is known of them.

use std::ops::Range;

use super::ALERT;
use super::check::{Checker, Frame, Look, Unit, component_of};
use super::known::{Known, field, plain_words};
use super::tree::{Expression, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::theme::contract::{DirectiveRoot, Root};
use crate::theme::directive::{ArgumentKind, DirectiveSpec};
use crate::theme::manifest::quoted;
use crate::theme::shape::{Shape, View};

impl<'a> Checker<'a> {
    /// What a bare name is.
    pub fn name(
        &mut self,
        frame: &Frame<'a>,
        name: &str,
        span: &Range<usize>,
        look: Look,
    ) -> Known {
        if name == "__tera_context" {
            return Known::Any;
        }
        if let Some((_, known)) = frame.locals.iter().rev().find(|(local, _)| local == name) {
            return *known;
        }
        let set = self
            .sets
            .get(&(component_of(frame.unit), name.to_owned()))
            .copied();
        match (set, self.given(frame.unit, name)) {
            (Some(set), Some(given)) => set.or(given),
            (Some(known), None) | (None, Some(known)) => known,
            (None, None) => {
                if self.all_read && look == Look::Plain {
                    self.report_name(frame, name, span);
                }
                Known::Any
            }
        }
    }

    /// What a template is given under a name, before it sets anything itself.
    fn given(&self, unit: Unit<'a>, name: &str) -> Option<Known> {
        let of = |shape: Shape| match shape {
            Shape::Struct(fields) => field(fields, name).map(|field| Known::Shape((field.shape)())),
            _ => None,
        };
        match unit {
            Unit::Page => of(Root::shape()),
            Unit::Directive(_) if name == "args" => Some(Known::Arguments),
            Unit::Directive(_) => of(DirectiveRoot::shape()),
            Unit::Component(_) if name == "body" => Some(Known::Shape(Shape::Html)),
            Unit::Component(component) => {
                let (_, definition) = self.components.get(component)?;
                if definition.rest.as_deref() == Some(name) {
                    return Some(Known::Any);
                }
                definition
                    .parameters
                    .iter()
                    .find(|parameter| parameter.name == name)?;
                let known = self.parameters.get(&(component, name.to_owned())).copied();
                Some(known.unwrap_or(Known::Unseen))
            }
        }
    }

    fn report_name(&mut self, frame: &Frame<'a>, name: &str, span: &Range<usize>) {
        let mut known: Vec<String> = match frame.unit {
            Unit::Page => names_of(Root::shape()),
            Unit::Directive(_) => names_of(DirectiveRoot::shape()),
            Unit::Component(component) => {
                self.components
                    .get(component)
                    .map_or_else(Vec::new, |(_, definition)| {
                        let names = definition.parameters.iter();
                        names.map(|parameter| parameter.name.clone()).collect()
                    })
            }
        };
        let component = component_of(frame.unit);
        known.extend(frame.locals.iter().map(|(local, _)| local.clone()));
        let set_here = self.sets.keys().filter(|(of, _)| *of == component);
        let near: Vec<String> = known
            .iter()
            .cloned()
            .chain(set_here.map(|(_, name)| name.clone()))
            .collect();
        let path = frame.path.clone();
        self.report(|| {
            let (label, help) = match component {
                Some(component) if names_of(Root::shape()).iter().any(|root| root == name) => {
                    let help = format!("add `@{name}` to the parameters of `{component}`");
                    ("a component sees only its parameters", Some(help))
                }
                Some(_) => ("a component sees only its parameters", None),
                None => ("not known", None),
            };
            let finding = Diagnostic::new(
                Code::UnknownVariable,
                format!("there is no value `{name}`"),
            )
            .at(&path, span.clone(), label);
            match help {
                Some(help) => finding.help(help),
                None => finding.suggest(
                    name,
                    near.iter().map(String::as_str),
                    known_are(known.iter().map(String::as_str)),
                ),
            }
        });
    }

    /// What `of.name` is.
    pub fn field(
        &mut self,
        frame: &Frame<'a>,
        of: (&Expression, Known),
        name: &str,
        span: &Range<usize>,
        look: Look,
    ) -> Known {
        let (written, known) = of;
        match known.present() {
            Known::Shape(Shape::Struct(fields)) => match field(fields, name) {
                Some(field) => Known::Shape((field.shape)()),
                None => {
                    let names = fields.fields.iter().map(|field| field.name);
                    let whole = format!("{}.{name}", path_words(written));
                    self.unknown_field(frame, &whole, name, span, look, (names, ""));
                    Known::Any
                }
            },
            Known::Shape(Shape::Words) => {
                self.check_word(frame, name, span, look);
                Known::TEXT
            }
            Known::Shape(Shape::Any) => Known::Any,
            Known::Shape(shape) => {
                let Some(words) = plain_words(shape) else {
                    return Known::Any;
                };
                let whole = path_words(written);
                let help = match shape {
                    Shape::List(_) => format!("go through it: `{{% for one in {whole} %}}`"),
                    _ => String::new(),
                };
                let path = frame.path.clone();
                if look != Look::Silent {
                    self.report(|| {
                        let message = format!("`{whole}` is {words} and has no `{name}`");
                        Diagnostic::new(Code::UnknownVariable, message)
                            .at(&path, span.clone(), "not known")
                            .help(help)
                    });
                }
                Known::Any
            }
            Known::Arguments => self.argument(frame, name, span, look),
            Known::Loop => match name {
                "first" | "last" => Known::FLAG,
                _ => Known::NUMBER,
            },
            Known::Unseen => Known::Unseen,
            Known::Nothing | Known::Any => Known::Any,
        }
    }

    fn argument(
        &mut self,
        frame: &Frame<'a>,
        name: &str,
        span: &Range<usize>,
        look: Look,
    ) -> Known {
        let Unit::Directive(directive) = frame.unit else {
            return Known::Any;
        };
        let theme = self.theme;
        let Some(spec) = theme.directives.get(directive) else {
            if directive == ALERT && name != "kind" {
                let names = ["kind"].into_iter();
                self.unknown_field(
                    frame,
                    &format!("args.{name}"),
                    name,
                    span,
                    look,
                    (names, ""),
                );
            }
            return Known::Any;
        };
        match argument_kind(spec, name) {
            Some(kind) => kind,
            None => {
                let names = spec.arguments.iter().map(|argument| argument.name.as_str());
                let help = format!("declare it: `[directives.{directive}.arguments.{name}]`");
                self.unknown_field(
                    frame,
                    &format!("args.{name}"),
                    name,
                    span,
                    look,
                    (names, &help),
                );
                Known::Any
            }
        }
    }

    fn unknown_field<'n>(
        &mut self,
        frame: &Frame<'a>,
        whole: &str,
        name: &str,
        span: &Range<usize>,
        look: Look,
        (names, help): (impl Iterator<Item = &'n str> + Clone, &str),
    ) {
        if look == Look::Silent {
            return;
        }
        let path = frame.path.clone();
        self.report(|| {
            let otherwise = if help.is_empty() {
                known_are(names.clone())
            } else {
                help.to_owned()
            };
            Diagnostic::new(
                Code::UnknownVariable,
                format!("there is no value `{whole}`"),
            )
            .at(&path, span.clone(), "not known")
            .suggest(name, names, otherwise)
        });
    }
}

fn known_are<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let words = quoted(names);
    if words.is_empty() {
        "there are none".to_owned()
    } else {
        format!("known are {words}")
    }
}

fn names_of(shape: Shape) -> Vec<String> {
    match shape {
        Shape::Struct(fields) => fields
            .fields
            .iter()
            .map(|field| field.name.to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

/// What an argument of a directive is in its template.
fn argument_kind(spec: &DirectiveSpec, name: &str) -> Option<Known> {
    let of = |kind| match kind {
        ArgumentKind::Text | ArgumentKind::Choice | ArgumentKind::Image | ArgumentKind::Link => {
            Known::TEXT
        }
        ArgumentKind::Flag => Known::FLAG,
        // A number that was not written is an empty string.
        ArgumentKind::Integer => Known::Any,
    };
    if let Some(argument) = spec.argument(name) {
        return Some(of(argument.kind));
    }
    let image = name
        .strip_suffix("_width")
        .or_else(|| name.strip_suffix("_height"))?;
    spec.argument(image)
        .filter(|argument| argument.kind == ArgumentKind::Image)
        .map(|_| Known::NUMBER)
}

/// A path as it is written: `page.pages`.
fn path_words(expression: &Expression) -> String {
    match &expression.kind {
        Kind::Name(name) => name.clone(),
        Kind::Field { of, name } => format!("{}.{name}", path_words(of)),
        Kind::Item { of, .. } => format!("{}[...]", path_words(of)),
        _ => "(...)".to_owned(),
    }
}
