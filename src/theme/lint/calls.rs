//! Calls: the arguments of functions and components, and the words and files that functions name.

use std::ops::Range;

use super::check::{Checker, Frame, Look};
use super::known::Known;
use super::tree::{Argument, Expression, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::theme::functions::FUNCTIONS;
use crate::theme::manifest::quoted;
use crate::theme::shape::Shape;
use crate::theme::strings::Text;

impl<'a> Checker<'a> {
    /// The arguments of a function, and what they name.
    pub fn check_function(
        &mut self,
        frame: &Frame<'a>,
        name: &str,
        span: &Range<usize>,
        arguments: &[Argument],
    ) {
        let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
            return;
        };
        let path = frame.path.clone();
        let named = || {
            arguments
                .iter()
                .filter_map(|argument| argument.name.as_ref())
        };
        for (written, span) in named() {
            if written != function.argument && !function.takes_more {
                self.report(|| {
                    let message = format!("`{name}` has no argument `{written}`");
                    Diagnostic::new(Code::TemplateError, message)
                        .at(&path, span.clone(), "not known")
                        .help(format!("it takes `{}`", function.argument))
                });
            }
        }
        if !named().any(|(written, _)| written == function.argument) {
            self.report(|| {
                let message = format!("`{name}` needs the argument `{}`", function.argument);
                Diagnostic::new(Code::TemplateError, message)
                    .at(&path, span.clone(), "")
                    .help(format!("as in `{}`", function.example))
            });
        }
        for argument in arguments {
            let is_main = argument
                .name
                .as_ref()
                .is_some_and(|(name, _)| name == function.argument);
            let Kind::Text(words) = &argument.value.kind else {
                continue;
            };
            let inner = argument.value.span.start + 1..argument.value.span.end - 1;
            match (name, is_main) {
                ("asset", true) => self.check_asset(frame, words, &inner),
                ("text", true) => {
                    self.check_word(frame, words, &inner, Look::Plain);
                    self.check_placeholders(frame, words, span, arguments);
                }
                _ => {}
            }
        }
    }

    fn check_asset(&mut self, frame: &Frame<'a>, name: &str, span: &Range<usize>) {
        let assets = self.theme.assets;
        if assets.contains_key(name) {
            return;
        }
        let path = frame.path.clone();
        self.report(|| {
            Diagnostic::new(
                Code::MissingAsset,
                format!("the theme has no asset `{name}`"),
            )
            .at(&path, span.clone(), "asked for here")
            .suggest(
                name,
                assets.keys().map(String::as_str),
                "an asset is named by its path below `assets/`",
            )
        });
    }

    /// A key of the strings files.
    pub fn check_word(&mut self, frame: &Frame<'a>, key: &str, span: &Range<usize>, look: Look) {
        let Some(strings) = self.theme.strings else {
            return;
        };
        if strings.entry(key).is_some() || look == Look::Silent {
            return;
        }
        let path = frame.path.clone();
        let theme = self
            .theme
            .templates
            .files
            .themes
            .first()
            .map_or("default", String::as_str);
        let language = &strings.language;
        self.report(|| {
            Diagnostic::new(
                Code::MissingString,
                format!("no strings file has the key `{key}`"),
            )
            .at(&path, span.clone(), "asked for here")
            .suggest(
                key,
                strings.keys(),
                format!("write it in `themes/{theme}/strings/{language}.toml`"),
            )
        });
    }

    fn check_placeholders(
        &mut self,
        frame: &Frame<'a>,
        key: &str,
        span: &Range<usize>,
        arguments: &[Argument],
    ) {
        let Some(entry) = self.theme.strings.and_then(|strings| strings.entry(key)) else {
            return;
        };
        let placeholders = entry.placeholders();
        let path = frame.path.clone();
        let named = || {
            arguments
                .iter()
                .filter_map(|argument| argument.name.as_ref())
        };
        let mut needed: Vec<&str> = placeholders.iter().copied().collect();
        if matches!(entry, Text::Plural(_)) && !needed.contains(&"count") {
            needed.push("count");
        }
        for name in &needed {
            if !named().any(|(written, _)| written == name) {
                self.report(|| {
                    let message = format!("the words of `{key}` need the argument `{name}`");
                    Diagnostic::new(Code::TemplateError, message)
                        .at(&path, span.clone(), "")
                        .help(format!("write `text(key=\"{key}\", {name}=...)`"))
                });
            }
        }
        for (written, span) in named() {
            if !matches!(written.as_str(), "key" | "count") && !needed.contains(&written.as_str()) {
                self.report(|| {
                    let names = quoted(needed.iter().copied());
                    let otherwise = match needed.as_slice() {
                        [] => "they take none".to_owned(),
                        _ => format!("they use {names}"),
                    };
                    let message = format!("the words of `{key}` do not use `{written}`");
                    Diagnostic::new(Code::TemplateError, message)
                        .at(&path, span.clone(), "not used")
                        .suggest(written, needed.iter().copied(), otherwise)
                });
            }
        }
    }

    /// `{{ t.key }}` of a key whose words depend on a number, or need filling in.
    pub fn check_written_word(&mut self, frame: &mut Frame<'a>, value: &'a Expression) {
        let Kind::Field { of, name } = &value.kind else {
            return;
        };
        let Kind::Name(_) = &of.kind else { return };
        let Known::Shape(Shape::Words) = self.value(frame, of, Look::Silent) else {
            return;
        };
        let Some(entry) = self.theme.strings.and_then(|strings| strings.entry(name)) else {
            return;
        };
        let first = match entry {
            Text::Plural(_) => Some("count"),
            Text::Plain(_) => entry.placeholders().into_iter().next(),
        };
        let Some(first) = first.map(str::to_owned) else {
            return;
        };
        let path = frame.path.clone();
        self.report(|| {
            let message = format!("the words of `{name}` need the argument `{first}`");
            Diagnostic::new(Code::TemplateError, message)
                .at(&path, value.span.clone(), "")
                .help(format!("write `text(key=\"{name}\", {first}=...)`"))
        });
    }

    /// The arguments of a component.
    pub fn component(
        &mut self,
        frame: &mut Frame<'a>,
        name: &'a str,
        span: &Range<usize>,
        arguments: &'a [Argument],
    ) {
        let mut given = Vec::new();
        let mut is_spread = false;
        for argument in arguments {
            let known = self.value(frame, &argument.value, Look::Plain);
            match &argument.name {
                Some((parameter, span)) => given.push((parameter.as_str(), span, known)),
                None => is_spread = true,
            }
        }
        let Some((_, definition)) = self.components.get(name).copied() else {
            return;
        };
        for parameter in &definition.parameters {
            let found = given.iter().find(|(given, _, _)| *given == parameter.name);
            let known = match found {
                Some((_, _, known)) => *known,
                None if is_spread => Known::Any,
                None if parameter.implicit => self.name(frame, &parameter.name, span, Look::Silent),
                None if parameter.default.is_some() => continue,
                None => {
                    self.report_missing(frame, name, &parameter.name, span);
                    continue;
                }
            };
            self.learn_parameter(name, &parameter.name, known);
        }
        let names = || {
            definition
                .parameters
                .iter()
                .map(|parameter| parameter.name.as_str())
        };
        for (written, span, _) in given {
            if definition.rest.is_some() || names().any(|name| name == written) {
                continue;
            }
            let path = frame.path.clone();
            self.report(|| {
                let message = format!("the component `{name}` has no parameter `{written}`");
                let all = format!("it takes {}", quoted(names()));
                Diagnostic::new(Code::TemplateError, message)
                    .at(&path, span.clone(), "not known")
                    .suggest(written, names(), all)
            });
        }
    }

    fn report_missing(
        &mut self,
        frame: &Frame<'a>,
        component: &str,
        parameter: &str,
        span: &Range<usize>,
    ) {
        let path = frame.path.clone();
        self.report(|| {
            let message = format!("the component `{component}` needs `{parameter}`");
            Diagnostic::new(Code::TemplateError, message)
                .at(&path, span.clone(), "")
                .help(format!("write `{parameter}={{...}}`"))
        });
    }
}
