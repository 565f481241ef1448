//! From tokens to the tree of a template: its tags.
//!
//! Follows the grammar of the template engine, which has accepted the text before. Where the two
//! differ, the answer is `None`, and the template is not checked.

use super::token::{Kind, Token, tokens};
use super::tree::{Component, Expression, Node, Parameter, Template};

/// Reads a template.
pub(super) fn parse(text: &str) -> Option<Template> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        text,
        tokens: &tokens,
        at: 0,
        template: Template::default(),
    };
    let nodes = parser.body(&[])?;
    parser.template.nodes = nodes;
    (parser.at == tokens.len()).then_some(parser.template)
}

/// Where reading has come to.
pub(super) struct Parser<'a> {
    /// The template's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The next one.
    pub at: usize,
    template: Template,
}

impl<'a> Parser<'a> {
    /// The next token, not taken.
    pub fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// The words of the next token.
    pub fn peek_text(&self) -> &'a str {
        self.tokens
            .get(self.at)
            .map_or("", |token| &self.text[token.span.clone()])
    }

    /// Takes the next token.
    pub fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    /// Takes the next token when it is this name or sign.
    pub fn eat(&mut self, wanted: &str) -> bool {
        let is_plain = self
            .peek()
            .is_some_and(|token| matches!(token.kind, Kind::Name | Kind::Sign));
        let found = is_plain && self.peek_text() == wanted;
        self.at += usize::from(found);
        found
    }

    /// Takes this name or sign.
    pub fn expect(&mut self, wanted: &str) -> Option<()> {
        self.eat(wanted).then_some(())
    }

    /// Takes any name.
    pub fn name(&mut self) -> Option<&'a Token> {
        let token = self.next()?;
        (token.kind == Kind::Name).then_some(token)
    }

    /// The words of a token.
    pub fn words(&self, token: &Token) -> String {
        self.text[token.span.clone()].to_owned()
    }

    fn name_words(&mut self) -> Option<String> {
        let token = self.name()?;
        Some(self.words(token))
    }

    fn literal(&mut self) -> Option<String> {
        match &self.next()?.kind {
            Kind::Text(words) => Some(words.clone()),
            _ => None,
        }
    }

    fn close(&mut self, kind: &Kind) -> Option<()> {
        (self.next()?.kind == *kind).then_some(())
    }

    /// Reads up to a tag that begins with one of these words, whose opening is taken and whose word
    /// is left; to the end of the text when there are none.
    fn body(&mut self, ends: &[&str]) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Open => {
                    nodes.push(Node::Write(self.expression(0)?));
                    self.close(&Kind::Close)?;
                }
                Kind::TagOpen => {
                    if ends.contains(&self.peek_text()) {
                        return Some(nodes);
                    }
                    nodes.extend(self.tag()?);
                    self.close(&Kind::TagClose)?;
                }
                _ => return None,
            }
        }
        ends.is_empty().then_some(nodes)
    }

    /// One tag up to its last `%}`, which is left. `None` inside for tags that leave nothing.
    fn tag(&mut self) -> Option<Option<Node>> {
        let word = self.peek_text();
        self.at += 1;
        let node = match word {
            "set" | "set_global" => self.set(word == "set_global")?,
            "include" => Node::Include(self.literal()?),
            "extends" => {
                self.template.extends = Some(self.literal()?);
                return Some(None);
            }
            "block" => {
                self.name()?;
                let nodes = self.enclosed("endblock")?;
                if self.peek()?.kind == Kind::Name {
                    self.at += 1;
                }
                Node::Block(nodes)
            }
            "for" => self.for_loop()?,
            "if" => self.branches()?,
            "filter" => {
                let filters = self.filters()?;
                Node::Capture {
                    name: None,
                    filters,
                    nodes: self.enclosed("endfilter")?,
                    global: false,
                }
            }
            "component" => {
                let component = self.component()?;
                self.template.components.push(component);
                return Some(None);
            }
            "break" | "continue" => return Some(None),
            "<" => {
                let call = self.component_call()?;
                self.expect(">")?;
                let nodes = self.enclosed("</")?;
                self.component_name()?;
                self.expect(">")?;
                Node::Call { call, nodes }
            }
            _ => return None,
        };
        Some(Some(node))
    }

    /// The rest of an opening tag, a body, and the first word of its end.
    fn enclosed(&mut self, end: &str) -> Option<Vec<Node>> {
        self.close(&Kind::TagClose)?;
        let nodes = self.body(&[end])?;
        self.expect(end)?;
        Some(nodes)
    }

    fn set(&mut self, global: bool) -> Option<Node> {
        let name = self.name_words()?;
        if self.eat("=") {
            return Some(Node::Set {
                name,
                value: self.expression(0)?,
                global,
            });
        }
        let filters = if self.eat("|") {
            self.filters()?
        } else {
            Vec::new()
        };
        let nodes = self.enclosed("endset")?;
        Some(Node::Capture {
            name: Some(name),
            filters,
            nodes,
            global,
        })
    }

    fn filters(&mut self) -> Option<Vec<Expression>> {
        let mut filters = Vec::new();
        loop {
            let span = self.peek()?.span.clone();
            let nothing = Expression {
                kind: super::tree::Kind::Nothing,
                span,
            };
            filters.push(self.filter(nothing)?);
            if !self.eat("|") {
                return Some(filters);
            }
        }
    }

    /// `name` or `key, value`.
    pub fn loop_names(&mut self) -> Option<Vec<String>> {
        let mut names = vec![self.name_words()?];
        if self.eat(",") {
            names.push(self.name_words()?);
        }
        self.expect("in")?;
        Some(names)
    }

    fn for_loop(&mut self) -> Option<Node> {
        let names = self.loop_names()?;
        let target = self.expression(0)?;
        self.close(&Kind::TagClose)?;
        let nodes = self.body(&["endfor", "else"])?;
        let otherwise = if self.eat("else") {
            self.enclosed("endfor")?
        } else {
            Vec::new()
        };
        if otherwise.is_empty() {
            self.eat("endfor");
        }
        Some(Node::For {
            names,
            target,
            nodes,
            otherwise,
        })
    }

    fn branches(&mut self) -> Option<Node> {
        let mut branches = Vec::new();
        let mut condition = Some(self.expression(0)?);
        loop {
            self.close(&Kind::TagClose)?;
            let is_last = condition.is_none();
            let ends: &[&str] = if is_last {
                &["endif"]
            } else {
                &["endif", "else", "elif"]
            };
            branches.push((condition, self.body(ends)?));
            if self.eat("endif") {
                return Some(Node::If(branches));
            }
            condition = if self.eat("elif") {
                Some(self.expression(0)?)
            } else {
                self.expect("else")?;
                None
            };
        }
    }

    fn component(&mut self) -> Option<Component> {
        let name = self.component_name()?.0;
        self.expect("(")?;
        let mut parameters = Vec::new();
        let mut rest = None;
        while !self.eat(")") {
            if self.eat("...") {
                rest = Some(self.name_words()?);
                continue;
            }
            let implicit = self.eat("@");
            let name = self.name_words()?;
            if self.eat(":") {
                self.name()?;
            }
            let default = if self.eat("=") {
                Some(self.expression(0)?)
            } else {
                None
            };
            parameters.push(Parameter {
                name,
                implicit,
                default,
            });
            self.eat(",");
        }
        if self.peek_text() == "{" {
            self.expression(0)?;
        }
        let nodes = self.enclosed("endcomponent")?;
        if self.peek()?.kind == Kind::Name {
            self.component_name()?;
        }
        Some(Component {
            name,
            parameters,
            rest,
            nodes,
        })
    }
}
