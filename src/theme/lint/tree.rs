//! A template as a tree, as far as the checks need it.

use std::ops::Range;

/// A template.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// What it extends.
    pub extends: Option<String>,
    /// Its body.
    pub nodes: Vec<Node>,
    /// The components it defines.
    pub components: Vec<Component>,
}

/// `{% component name(...) %}`.
#[derive(Debug)]
pub(super) struct Component {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The parameter that takes all other arguments.
    pub rest: Option<String>,
    /// Its body.
    pub nodes: Vec<Node>,
}

/// A parameter of a component.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Its name.
    pub name: String,
    /// True for `@name`, which takes the caller's value of that name.
    pub implicit: bool,
    /// The value written after `=`.
    pub default: Option<Expression>,
}

/// A piece of a body.
#[derive(Debug)]
pub(super) enum Node {
    /// `{{ ... }}`
    Write(Expression),
    /// `{% set name = ... %}`; `global` for `set_global`.
    Set {
        name: String,
        value: Expression,
        global: bool,
    },
    /// `{% set name %}...{% endset %}`, and `{% filter ... %}` without a name.
    Capture {
        name: Option<String>,
        filters: Vec<Expression>,
        nodes: Vec<Node>,
        global: bool,
    },
    /// `{% for key, value in target %}`
    For {
        names: Vec<String>,
        target: Expression,
        nodes: Vec<Node>,
        otherwise: Vec<Node>,
    },
    /// `{% if %}`: each branch with its condition; `else` has none.
    If(Vec<(Option<Expression>, Vec<Node>)>),
    /// `{% block name %}`
    Block(Vec<Node>),
    /// `{% include "name" %}`
    Include(String),
    /// `{% <name ...> %}...{% </name> %}`
    Call { call: Expression, nodes: Vec<Node> },
}

/// An expression and where it stands.
#[derive(Debug)]
pub(super) struct Expression {
    /// What it is.
    pub kind: Kind,
    /// Where; of a field, the field's own name.
    pub span: Range<usize>,
}

/// An argument of a call; without a name it is spread out (`{...rest}`).
#[derive(Debug)]
pub(super) struct Argument {
    /// Its name and where that stands.
    pub name: Option<(String, Range<usize>)>,
    /// Its value.
    pub value: Expression,
}

/// The kinds of expression.
#[derive(Debug)]
pub(super) enum Kind {
    /// Text in quotes.
    Text(String),
    /// A number.
    Number,
    /// `true` and `false`.
    Flag,
    /// `none`.
    Nothing,
    /// A name.
    Name(String),
    /// `of.name`, `of?.name`
    Field { of: Box<Expression>, name: String },
    /// `of[index]`
    Item {
        of: Box<Expression>,
        index: Box<Expression>,
    },
    /// `of[from:to:step]`
    Slice {
        of: Box<Expression>,
        bounds: Vec<Expression>,
    },
    /// `name(argument=...)`
    Function {
        name: String,
        arguments: Vec<Argument>,
    },
    /// `of | name(...)`
    Filter {
        of: Box<Expression>,
        name: String,
        arguments: Vec<Argument>,
    },
    /// `of is name(...)`
    Test {
        of: Box<Expression>,
        name: String,
        arguments: Vec<Argument>,
    },
    /// Operators.
    Operation(Operation),
    /// `[...]` and `{...}`
    Collection(Vec<Expression>),
    /// `[value for names in target if condition]`
    Comprehension {
        value: Box<Expression>,
        names: Vec<String>,
        target: Box<Expression>,
        condition: Option<Box<Expression>>,
    },
    /// `<name argument={...} />`
    Component {
        name: String,
        arguments: Vec<Argument>,
    },
}

/// Operators and what they stand between.
#[derive(Debug)]
pub(super) enum Operation {
    /// `not of`
    Not(Box<Expression>),
    /// `-of`
    Minus(Box<Expression>),
    /// `left or right`
    Or(Box<Expression>, Box<Expression>),
    /// `left and right`, comparisons and `in`: yes or no.
    Compare(Box<Expression>, Box<Expression>),
    /// Sums and products.
    Calculate(Box<Expression>, Box<Expression>),
    /// `left ~ right`
    Join(Box<Expression>, Box<Expression>),
    /// `yes if condition else no`
    Ternary {
        condition: Box<Expression>,
        yes: Box<Expression>,
        no: Box<Expression>,
    },
}
