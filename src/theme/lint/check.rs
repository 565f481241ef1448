//! Walks templates: their tags, the variables they set and what is learnt of them.

use std::collections::BTreeMap;

use super::Theme;
use super::known::Known;
use super::tree::{Component, Kind, Node, Template};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// What a template is rendered as, which decides what it sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit<'a> {
    /// A page.
    Page,
    /// The directive of this name.
    Directive(&'a str),
    /// The component of this name.
    Component(&'a str),
}

/// A template being walked.
pub(super) struct Frame<'a> {
    /// What it is rendered as.
    pub unit: Unit<'a>,
    /// The file it is in.
    pub path: &'a SourcePath,
    /// Variables of the loops around, innermost last.
    pub locals: Vec<(String, Known)>,
    loops: usize,
    includes: usize,
}

/// How a name is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// It has to be there.
    Plain,
    /// It may be missing as a whole: left of `or`, before `default`.
    Excused,
    /// Asked whether it is there: nothing is reported.
    Silent,
}

impl Look {
    /// This way, unless nothing is reported anyway.
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Silent => Self::Silent,
            Self::Plain | Self::Excused => other,
        }
    }
}

/// Everything that is known while the theme is walked.
pub(super) struct Checker<'a> {
    /// What the templates are checked against.
    pub theme: &'a Theme<'a>,
    trees: &'a BTreeMap<&'a str, Template>,
    /// The components that count, with the template each is in.
    pub components: BTreeMap<&'a str, (&'a str, &'a Component)>,
    /// What components are called with.
    pub parameters: BTreeMap<(&'a str, String), Known>,
    /// Variables set outside of loops: in a component, or anywhere else (`None`).
    pub sets: BTreeMap<(Option<&'a str>, String), Known>,
    /// True when something new was learnt in this round.
    pub learnt: bool,
    /// False when some template could not be read, whose variables are then unknown.
    pub all_read: bool,
    is_last_round: bool,
    /// What was found in the last round.
    pub findings: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// Knows nothing yet.
    pub fn new(
        theme: &'a Theme<'a>,
        trees: &'a BTreeMap<&'a str, Template>,
        all_read: bool,
    ) -> Self {
        let mut components = BTreeMap::new();
        for of_chain in &theme.templates.files.themes {
            let prefix = format!("{of_chain}/");
            for (full, tree) in trees.iter().filter(|(full, _)| full.starts_with(&prefix)) {
                for component in &tree.components {
                    components
                        .entry(component.name.as_str())
                        .or_insert((*full, component));
                }
            }
        }
        Self {
            theme,
            trees,
            components,
            parameters: BTreeMap::new(),
            sets: BTreeMap::new(),
            learnt: false,
            all_read,
            is_last_round: false,
            findings: Vec::new(),
        }
    }

    /// From now on findings are kept.
    pub fn keep_findings(&mut self) {
        self.is_last_round = true;
    }

    /// Walks a template.
    pub fn template(&mut self, unit: &Unit<'a>, full: &str, nodes: &'a [Node]) {
        let Some(file) = self.theme.templates.files.by_name.get(full) else {
            return;
        };
        let mut frame = Frame {
            unit: *unit,
            path: &file.path,
            locals: Vec::new(),
            loops: 0,
            includes: 0,
        };
        self.nodes(&mut frame, nodes);
    }

    /// Walks every component that counts.
    pub fn components(&mut self) {
        let all: Vec<_> = self.components.values().copied().collect();
        for (full, component) in all {
            for parameter in &component.parameters {
                if let Some(default) = &parameter.default {
                    let known = match default.kind {
                        Kind::Text(_) => Known::TEXT,
                        Kind::Number => Known::NUMBER,
                        Kind::Flag => Known::FLAG,
                        _ => Known::Any,
                    };
                    self.learn_parameter(&component.name, &parameter.name, known);
                }
            }
            self.template(&Unit::Component(&component.name), full, &component.nodes);
        }
    }

    /// Keeps a finding, if this is the last round.
    pub fn report(&mut self, finding: impl FnOnce() -> Diagnostic) {
        if self.is_last_round {
            self.findings.push(finding());
        }
    }

    /// A component is called with such a value.
    pub fn learn_parameter(&mut self, component: &str, parameter: &str, known: Known) {
        let Some((name, _)) = self.components.get_key_value(component) else {
            return;
        };
        let old = self
            .parameters
            .entry((*name, parameter.to_owned()))
            .or_insert(Known::Unseen);
        let new = old.or(known);
        self.learnt |= !new.is(*old);
        *old = new;
    }

    fn learn_set(&mut self, frame: &Frame<'a>, name: &str, known: Known) {
        let key = (component_of(frame.unit), name.to_owned());
        let old = self.sets.entry(key).or_insert_with(|| {
            self.learnt = true;
            Known::Unseen
        });
        let new = old.or(known);
        self.learnt |= !new.is(*old);
        *old = new;
    }

    fn nodes(&mut self, frame: &mut Frame<'a>, nodes: &'a [Node]) {
        for node in nodes {
            self.node(frame, node);
        }
    }

    fn node(&mut self, frame: &mut Frame<'a>, node: &'a Node) {
        match node {
            Node::Write(value) => {
                self.check_written_word(frame, value);
                self.value(frame, value, Look::Plain);
            }
            Node::Set {
                name,
                value,
                global,
            } => {
                let known = self.value(frame, value, Look::Plain);
                self.set(frame, name, known, *global);
            }
            Node::Capture {
                name,
                filters,
                nodes,
                global,
            } => {
                let depth = frame.locals.len();
                self.nodes(frame, nodes);
                frame.locals.truncate(depth);
                for filter in filters {
                    self.value(frame, filter, Look::Plain);
                }
                if let Some(name) = name {
                    self.set(frame, name, Known::TEXT, *global);
                }
            }
            Node::For {
                names,
                target,
                nodes,
                otherwise,
            } => {
                let known = self.value(frame, target, Look::Plain);
                self.for_loop(frame, names, known, nodes);
                self.nodes(frame, otherwise);
            }
            Node::If(branches) => {
                for (condition, nodes) in branches {
                    if let Some(condition) = condition {
                        self.value(frame, condition, Look::Plain);
                    }
                    self.nodes(frame, nodes);
                }
            }
            Node::Block(nodes) => self.nodes(frame, nodes),
            Node::Include(name) => self.include(frame, name),
            Node::Call { call, nodes } => {
                self.value(frame, call, Look::Plain);
                self.nodes(frame, nodes);
            }
        }
    }

    fn for_loop(
        &mut self,
        frame: &mut Frame<'a>,
        names: &[String],
        target: Known,
        nodes: &'a [Node],
    ) {
        let depth = frame.locals.len();
        self.bind_loop(frame, names, target);
        frame.locals.push(("loop".to_owned(), Known::Loop));
        frame.loops += 1;
        self.nodes(frame, nodes);
        frame.loops -= 1;
        frame.locals.truncate(depth);
    }

    fn set(&mut self, frame: &mut Frame<'a>, name: &str, known: Known, global: bool) {
        if frame.loops > 0 && !global {
            frame.locals.push((name.to_owned(), known));
            // It lives for one turn of the loop; the name is learnt all the same, because it may be
            // read before it is set again.
            self.learn_set(frame, name, Known::Any);
        } else {
            self.learn_set(frame, name, known);
        }
    }

    /// The names of `for key, value in target`.
    pub fn bind_loop(&mut self, frame: &mut Frame<'a>, names: &[String], target: Known) {
        match names {
            [value] => frame.locals.push((value.clone(), target.member())),
            [key, value] => {
                frame.locals.push((key.clone(), Known::Any));
                frame.locals.push((value.clone(), Known::Any));
            }
            _ => {}
        }
    }

    fn include(&mut self, frame: &mut Frame<'a>, name: &str) {
        let files = &self.theme.templates.files;
        let Some(full) = files.resolve(name) else {
            return;
        };
        let Some((tree, file)) = self.trees.get(full).zip(files.by_name.get(full)) else {
            return;
        };
        if frame.includes > 8 {
            return;
        }
        let (path, depth) = (frame.path, frame.locals.len());
        frame.path = &file.path;
        frame.includes += 1;
        self.nodes(frame, &tree.nodes);
        frame.includes -= 1;
        frame.path = path;
        frame.locals.truncate(depth);
    }
}

pub(super) fn component_of(unit: Unit<'_>) -> Option<&str> {
    match unit {
        Unit::Page | Unit::Directive(_) => None,
        Unit::Component(name) => Some(name),
    }
}
