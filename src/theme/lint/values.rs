//! What an expression gives: operators, filters, and what calls give.

use super::check::{Checker, Frame, Look};
use super::known::Known;
use super::tree::{Argument, Expression, Kind, Operation};
use crate::theme::shape::Shape;

impl<'a> Checker<'a> {
    /// What an expression gives; what it names that is not there is reported.
    pub fn value(&mut self, frame: &mut Frame<'a>, value: &'a Expression, look: Look) -> Known {
        // Only the last step of a path may be missing: `or` does not excuse the first.
        let outer = look.or(Look::Plain);
        match &value.kind {
            Kind::Text(_) => Known::TEXT,
            Kind::Number => Known::NUMBER,
            Kind::Flag => Known::FLAG,
            Kind::Nothing => Known::Nothing,
            Kind::Name(name) => self.name(frame, name, &value.span, look),
            Kind::Field { of, name } => {
                let known = self.value(frame, of, outer);
                self.field(frame, (of, known), name, &value.span, look)
            }
            Kind::Item { of, index } => {
                let known = self.value(frame, of, outer);
                self.value(frame, index, Look::Plain);
                self.item(frame, (of, known), index, look)
            }
            Kind::Slice { of, bounds } => {
                self.values(frame, bounds);
                self.value(frame, of, look)
            }
            Kind::Function { name, arguments } => {
                self.arguments(frame, arguments);
                self.check_function(frame, name, &value.span, arguments);
                function(name)
            }
            Kind::Filter {
                of,
                name,
                arguments,
            } => self.filtered(frame, (of, name, arguments), look),
            Kind::Test {
                of,
                name,
                arguments,
            } => {
                self.arguments(frame, arguments);
                let asks = matches!(name.as_str(), "defined" | "undefined");
                self.value(frame, of, if asks { Look::Silent } else { Look::Plain });
                Known::FLAG
            }
            Kind::Collection(members) => {
                self.values(frame, members);
                Known::Any
            }
            Kind::Comprehension {
                value,
                names,
                target,
                condition,
            } => {
                let known = self.value(frame, target, Look::Plain);
                let inner = condition.as_deref().into_iter().chain([&**value]);
                self.comprehension(frame, names, known, inner)
            }
            Kind::Component { name, arguments } => {
                self.component(frame, name, &value.span, arguments);
                Known::Shape(Shape::Html)
            }
            Kind::Operation(operation) => self.operation(frame, operation, look),
        }
    }

    /// What an operator gives.
    fn operation(&mut self, frame: &mut Frame<'a>, operation: &'a Operation, look: Look) -> Known {
        let mut plain = |value| self.value(frame, value, Look::Plain);
        match operation {
            Operation::Not(of) => {
                self.value(frame, of, look);
                Known::FLAG
            }
            Operation::Minus(of) => {
                plain(of);
                Known::NUMBER
            }
            Operation::Or(left, right) => {
                let left = self.value(frame, left, look.or(Look::Excused));
                left.or(self.value(frame, right, look))
            }
            Operation::Compare(left, right) => {
                self.value(frame, left, look);
                self.value(frame, right, look);
                Known::Any
            }
            Operation::Calculate(left, right) => {
                plain(left);
                plain(right);
                Known::NUMBER
            }
            Operation::Join(left, right) => {
                plain(left);
                plain(right);
                Known::TEXT
            }
            Operation::Ternary { condition, yes, no } => {
                plain(condition);
                let yes = self.value(frame, yes, look);
                yes.or(self.value(frame, no, look))
            }
        }
    }

    /// What `of[index]` gives.
    fn item(
        &mut self,
        frame: &mut Frame<'a>,
        of: (&Expression, Known),
        index: &Expression,
        look: Look,
    ) -> Known {
        match (&index.kind, of.1.present()) {
            (Kind::Text(name), Known::Shape(Shape::Struct(_) | Shape::Words)) => {
                let inner = index.span.start + 1..index.span.end - 1;
                self.field(frame, of, name, &inner, look)
            }
            (_, Known::Shape(Shape::Words)) => Known::TEXT,
            (_, Known::Shape(Shape::List(_))) => of.1.member(),
            _ => Known::Any,
        }
    }

    fn comprehension(
        &mut self,
        frame: &mut Frame<'a>,
        names: &[String],
        target: Known,
        inner: impl IntoIterator<Item = &'a Expression>,
    ) -> Known {
        let depth = frame.locals.len();
        self.bind_loop(frame, names, target);
        self.values(frame, inner);
        frame.locals.truncate(depth);
        Known::Any
    }

    fn values(&mut self, frame: &mut Frame<'a>, values: impl IntoIterator<Item = &'a Expression>) {
        for value in values {
            self.value(frame, value, Look::Plain);
        }
    }

    fn arguments(&mut self, frame: &mut Frame<'a>, arguments: &'a [Argument]) {
        for argument in arguments {
            self.value(frame, &argument.value, Look::Plain);
        }
    }

    fn filtered(
        &mut self,
        frame: &mut Frame<'a>,
        (of, name, arguments): (&'a Expression, &str, &'a [Argument]),
        look: Look,
    ) -> Known {
        self.arguments(frame, arguments);
        let excused = match name {
            "default" if look != Look::Silent => Look::Excused,
            _ => look,
        };
        let known = self.value(frame, of, excused);
        match name {
            "default" => arguments.iter().fold(known, |known, argument| {
                let default = self.value(frame, &argument.value, Look::Silent);
                known.or(default)
            }),
            "first" | "last" | "nth" => known.first(),
            "reverse" | "sort" | "unique" => known,
            "length" | "wordcount" | "int" | "float" | "abs" | "round" => Known::NUMBER,
            "upper" | "lower" | "trim" | "trim_start" | "trim_end" | "replace" | "capitalize"
            | "title" | "truncate" | "indent" | "str" | "join" | "escape" => Known::TEXT,
            "safe" => Known::Shape(Shape::Html),
            _ => Known::Any,
        }
    }
}

/// What a function gives.
fn function(name: &str) -> Known {
    match name {
        "super" => Known::Shape(Shape::Html),
        "asset" | "text" | "link" => Known::TEXT,
        _ => Known::Any,
    }
}
