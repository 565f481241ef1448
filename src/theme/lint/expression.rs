//! From tokens to the tree of a template: its expressions.

use std::ops::Range;

use super::parse::Parser;
use super::token;
use super::tree::{Argument, Expression, Kind, Operation};

/// How strongly an operator binds to its left and to its right.
fn binding(sign: &str) -> Option<(u8, u8)> {
    Some(match sign {
        "or" => (1, 2),
        "and" => (3, 4),
        "in" | "is" | "not" => (5, 6),
        "==" | "!=" | "<" | "<=" | ">" | ">=" => (7, 8),
        "+" | "-" => (11, 12),
        "*" | "/" | "%" | "~" | "//" => (13, 14),
        "**" => (16, 15),
        "|" => (17, 18),
        _ => return None,
    })
}

impl Parser<'_> {
    /// An expression whose operators all bind at least this strongly.
    pub fn expression(&mut self, least: u8) -> Option<Expression> {
        let start = self.peek()?.span.start;
        let mut left = self.operand()?;
        loop {
            let token = self.peek()?;
            if !matches!(token.kind, token::Kind::Name | token::Kind::Sign) {
                return Some(left);
            }
            let sign = self.peek_text();
            if sign == "[" {
                left = self.subscript(left)?;
                continue;
            }
            if sign == "if" {
                if least > 0 {
                    return Some(left);
                }
                self.at += 1;
                let condition = Box::new(self.expression(0)?);
                self.expect("else")?;
                let no = Box::new(self.expression(0)?);
                let kind = Kind::Operation(Operation::Ternary {
                    condition,
                    yes: Box::new(left),
                    no,
                });
                return Some(self.spanning(start, kind));
            }
            let Some((to_left, to_right)) = binding(sign) else {
                return Some(left);
            };
            if to_left < least {
                return Some(left);
            }
            self.at += 1;
            left = self.operation(start, left, sign, to_right)?;
        }
    }

    fn operation(
        &mut self,
        start: usize,
        left: Expression,
        sign: &str,
        to_right: u8,
    ) -> Option<Expression> {
        match sign {
            "|" => return self.filter(left),
            "is" => {
                self.eat("not");
                return self.test(left);
            }
            "not" => self.expect("in")?,
            _ => {}
        }
        let right = Box::new(self.expression(to_right)?);
        let left = Box::new(left);
        let kind = match sign {
            "or" => Kind::Operation(Operation::Or(left, right)),
            "~" => Kind::Operation(Operation::Join(left, right)),
            "+" | "-" | "*" | "/" | "//" | "%" | "**" => {
                Kind::Operation(Operation::Calculate(left, right))
            }
            _ => Kind::Operation(Operation::Compare(left, right)),
        };
        Some(self.spanning(start, kind))
    }

    /// An expression from an offset to the last token taken.
    fn spanning(&self, start: usize, kind: Kind) -> Expression {
        let end = self.tokens[self.at - 1].span.end;
        Expression {
            kind,
            span: start..end,
        }
    }

    fn operand(&mut self) -> Option<Expression> {
        let token = self.next()?;
        let start = token.span.start;
        let kind = match &token.kind {
            token::Kind::Text(words) => Kind::Text(words.clone()),
            token::Kind::Number => Kind::Number,
            token::Kind::Name => return self.named(token),
            token::Kind::Sign => match &self.text[token.span.clone()] {
                "-" => Kind::Operation(Operation::Minus(Box::new(self.expression(20)?))),
                "<" => {
                    return self
                        .component_call()
                        .filter(|_| self.eat("/") && self.eat(">"));
                }
                "(" => {
                    let inner = self.expression(0)?;
                    self.expect(")")?;
                    return Some(inner);
                }
                "[" => self.list()?,
                "{" => self.map()?,
                _ => return None,
            },
            token::Kind::Open
            | token::Kind::Close
            | token::Kind::TagOpen
            | token::Kind::TagClose => return None,
        };
        Some(self.spanning(start, kind))
    }

    fn named(&mut self, token: &token::Token) -> Option<Expression> {
        let span = token.span.clone();
        let kind = match &self.text[span.clone()] {
            "true" | "True" | "false" | "False" => Kind::Flag,
            "none" | "None" | "null" => Kind::Nothing,
            "not" => Kind::Operation(Operation::Not(Box::new(self.expression(5)?))),
            name if self.peek_text() == "(" => Kind::Function {
                name: name.to_owned(),
                arguments: self.arguments()?,
            },
            name => {
                return self.path(Expression {
                    kind: Kind::Name(name.to_owned()),
                    span,
                });
            }
        };
        Some(Expression { kind, span })
    }

    /// What follows a name: `.field`, `?.field`, `[index]`.
    fn path(&mut self, mut of: Expression) -> Option<Expression> {
        loop {
            if self.eat(".") || self.eat("?.") {
                let name = self.name()?;
                let kind = Kind::Field {
                    of: Box::new(of),
                    name: self.words(name),
                };
                of = Expression {
                    kind,
                    span: name.span.clone(),
                };
            } else if matches!(self.peek_text(), "[" | "?[") {
                of = self.subscript(of)?;
            } else {
                return Some(of);
            }
        }
    }

    fn subscript(&mut self, of: Expression) -> Option<Expression> {
        let start = of.span.start;
        self.at += 1;
        let of = Box::new(of);
        let mut bounds = Vec::new();
        let mut is_slice = false;
        while !self.eat("]") {
            if self.eat(":") {
                is_slice = true;
            } else {
                bounds.push(self.expression(0)?);
            }
        }
        let kind = if is_slice {
            Kind::Slice { of, bounds }
        } else {
            Kind::Item {
                of,
                index: Box::new(bounds.pop()?),
            }
        };
        Some(self.spanning(start, kind))
    }

    /// `(name=value, ...)`
    fn arguments(&mut self) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        self.expect("(")?;
        while !self.eat(")") {
            let name = self.name()?;
            let name = Some((self.words(name), name.span.clone()));
            self.expect("=")?;
            arguments.push(Argument {
                name,
                value: self.expression(0)?,
            });
            self.eat(",");
        }
        Some(arguments)
    }

    fn called(&mut self) -> Option<(String, Range<usize>, Vec<Argument>)> {
        let name = self.name()?;
        let arguments = if self.peek_text() == "(" {
            self.arguments()?
        } else {
            Vec::new()
        };
        Some((self.words(name), name.span.clone(), arguments))
    }

    /// The filter after `|`.
    pub fn filter(&mut self, of: Expression) -> Option<Expression> {
        let (name, span, arguments) = self.called()?;
        Some(Expression {
            kind: Kind::Filter {
                of: Box::new(of),
                name,
                arguments,
            },
            span,
        })
    }

    fn test(&mut self, of: Expression) -> Option<Expression> {
        let (name, span, arguments) = self.called()?;
        Some(Expression {
            kind: Kind::Test {
                of: Box::new(of),
                name,
                arguments,
            },
            span,
        })
    }

    fn list(&mut self) -> Option<Kind> {
        let mut members = Vec::new();
        while !self.eat("]") {
            self.eat("...");
            let value = self.expression(0)?;
            if members.is_empty() && self.eat("for") {
                let names = self.loop_names()?;
                let target = Box::new(self.expression(1)?);
                let condition = if self.eat("if") {
                    Some(Box::new(self.expression(1)?))
                } else {
                    None
                };
                self.expect("]")?;
                return Some(Kind::Comprehension {
                    value: Box::new(value),
                    names,
                    target,
                    condition,
                });
            }
            members.push(value);
            self.eat(",");
        }
        Some(Kind::Collection(members))
    }

    fn map(&mut self) -> Option<Kind> {
        let mut members = Vec::new();
        while !self.eat("}") {
            if !self.eat("...") {
                self.next()?;
                self.expect(":")?;
            }
            members.push(self.expression(0)?);
            self.eat(",");
        }
        Some(Kind::Collection(members))
    }

    /// `name` or `group.name`.
    pub fn component_name(&mut self) -> Option<(String, Range<usize>)> {
        let first = self.name()?;
        let mut span = first.span.clone();
        while self.eat(".") {
            span.end = self.name()?.span.end;
        }
        Some((self.text[span.clone()].to_owned(), span))
    }

    /// `name attribute="..." other={...} {...rest}`, up to `/` or `>`.
    pub fn component_call(&mut self) -> Option<Expression> {
        let (name, span) = self.component_name()?;
        let mut arguments = Vec::new();
        loop {
            if self.eat("{") {
                self.expect("...")?;
                arguments.push(Argument {
                    name: None,
                    value: self.expression(0)?,
                });
                self.expect("}")?;
                continue;
            }
            if self.peek()?.kind != token::Kind::Name {
                break;
            }
            let attribute = self.name()?;
            let name = self.words(attribute);
            let span = attribute.span.clone();
            let value = if !self.eat("=") {
                Expression {
                    kind: Kind::Name(name.clone()),
                    span: span.clone(),
                }
            } else if self.eat("{") {
                let value = self.expression(0)?;
                self.expect("}")?;
                value
            } else {
                let token = self.next()?;
                let token::Kind::Text(words) = &token.kind else {
                    return None;
                };
                Expression {
                    kind: Kind::Text(words.clone()),
                    span: token.span.clone(),
                }
            };
            arguments.push(Argument {
                name: Some((name, span)),
                value,
            });
        }
        Some(Expression {
            kind: Kind::Component { name, arguments },
            span,
        })
    }
}
