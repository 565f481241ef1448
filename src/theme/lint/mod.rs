//! Templates against the contract, before any page is rendered.
//!
//! Every template that can be reached is read a second time, by a small parser of our own, and each
//! `page.titel`, `t.unknown` and `asset(path="gone.css")` is found at its place. The rule is never
//! to cry wolf: what this room does not understand it lets pass, and the template engine then says
//! what it has to say when a page is rendered.
//!
//! [`token`], [`parse`] and [`expression`] make a [`tree`]; [`known`] is what is known of a value;
//! [`check`] walks the tree, [`values`] its expressions, [`names`] and [`calls`] look up what they
//! name. A variable set in one template may be read in a block of another, so the whole theme is
//! walked a few times until what is known of each variable stands still, and only then are findings
//! kept.

mod calls;
mod check;
mod expression;
mod known;
mod names;
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::assets::Asset;
use super::directive::DirectiveSpec;
use super::directive_template;
use super::strings::Strings;
use super::templates::Templates;
use crate::diagnostic::{Code, Diagnostic};
use check::{Checker, Unit};
use tree::{Node, Template};

/// What the templates are checked against, besides the contract.
pub(super) struct Theme<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// The declared directives.
    pub directives: &'a BTreeMap<String, DirectiveSpec>,
    /// The words of the first language.
    pub strings: Option<&'a Strings>,
    /// The published files.
    pub assets: &'a BTreeMap<String, Asset>,
}

/// More rounds than variables depend on each other in any theme of reason.
const ROUNDS: usize = 12;

/// Checks every template that can be reached.
pub(super) fn check(theme: &Theme<'_>, findings: &mut Vec<Diagnostic>) {
    directives_have_templates(theme, findings);
    let files = &theme.templates.files;
    let mut trees = BTreeMap::new();
    let mut all_read = theme.templates.broken.is_empty();
    for (name, file) in &files.by_name {
        if theme.templates.broken.contains(name) {
            continue;
        }
        match parse::parse(&file.text) {
            Some(tree) => {
                trees.insert(name.as_str(), tree);
            }
            None => all_read = false,
        }
    }
    let plan = Plan::new(theme, &trees);
    let mut checker = Checker::new(theme, &trees, all_read);
    for _ in 0..ROUNDS {
        if !walk(&mut checker, &trees, &plan) {
            break;
        }
    }
    checker.keep_findings();
    walk(&mut checker, &trees, &plan);
    findings.append(&mut checker.findings);
}

/// Walks everything once; true when something new was learnt.
fn walk<'a>(
    checker: &mut Checker<'a>,
    trees: &'a BTreeMap<&'a str, Template>,
    plan: &Plan<'a>,
) -> bool {
    checker.learnt = false;
    for (unit, name) in &plan.entries {
        if let Some(tree) = trees.get(name) {
            checker.template(unit, name, &tree.nodes);
        }
    }
    checker.components();
    checker.learnt
}

/// Which templates are walked, and as what.
struct Plan<'a> {
    entries: Vec<(Unit<'a>, &'a str)>,
}

impl<'a> Plan<'a> {
    fn new(theme: &Theme<'a>, trees: &BTreeMap<&'a str, Template>) -> Self {
        let files = &theme.templates.files;
        let mut included = BTreeSet::new();
        for tree in trees.values() {
            for_each(&tree.nodes, &mut |node| {
                if let Node::Include(name) = node {
                    included.extend(files.resolve(name).map(str::to_owned));
                }
            });
        }
        let mut entries = Vec::new();
        for (name, full) in &files.resolved {
            if included.contains(full.as_str()) {
                continue;
            }
            let unit = match name.strip_prefix("directives/") {
                Some(file) => {
                    let name = file.strip_suffix(".html").unwrap_or(file);
                    if theme.directives.contains_key(name) || name == ALERT {
                        Unit::Directive(name)
                    } else {
                        continue;
                    }
                }
                None => Unit::Page,
            };
            entries.push((unit, full.as_str()));
        }
        // What an entry extends is walked as what the entry is: a frame that only directives extend
        // sees their arguments.
        let mut all = Vec::new();
        let own: BTreeMap<&str, Unit<'a>> =
            entries.iter().map(|(unit, full)| (*full, *unit)).collect();
        let mut extended: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
        for (unit, full) in &entries {
            for parent in ancestors(theme, trees, full) {
                let is_page = matches!(unit, Unit::Page);
                extended.entry(parent).or_default().insert(is_page);
                if !is_page || !own.contains_key(parent) {
                    all.push((*unit, parent));
                }
            }
        }
        for (unit, full) in entries {
            let only_for_directives = extended.get(full).is_some_and(|by| !by.contains(&true));
            if !(matches!(unit, Unit::Page) && only_for_directives) {
                all.push((unit, full));
            }
        }
        all.sort_unstable();
        all.dedup();
        Self { entries: all }
    }
}

/// The directive that GFM alerts are rendered with; the engine itself gives its argument.
pub(super) const ALERT: &str = "alert";

fn ancestors<'a>(
    theme: &Theme<'a>,
    trees: &BTreeMap<&'a str, Template>,
    full: &str,
) -> Vec<&'a str> {
    let mut found: Vec<&'a str> = Vec::new();
    let mut next = trees.get(full).and_then(|tree| tree.extends.clone());
    while let Some(name) = next.take() {
        let files = &theme.templates.files;
        let Some((parent, _)) = files
            .resolve(&name)
            .and_then(|full| files.by_name.get_key_value(full))
        else {
            break;
        };
        if found.contains(&parent.as_str()) {
            break;
        }
        found.push(parent);
        next = trees
            .get(parent.as_str())
            .and_then(|tree| tree.extends.clone());
    }
    found
}

/// Every node, outer before inner.
fn for_each<'t>(nodes: &'t [Node], seen: &mut impl FnMut(&'t Node)) {
    for node in nodes {
        seen(node);
        match node {
            Node::Capture { nodes, .. } | Node::Block(nodes) | Node::Call { nodes, .. } => {
                for_each(nodes, seen);
            }
            Node::For {
                nodes, otherwise, ..
            } => {
                for_each(nodes, seen);
                for_each(otherwise, seen);
            }
            Node::If(branches) => {
                for (_, nodes) in branches {
                    for_each(nodes, seen);
                }
            }
            Node::Write(_) | Node::Set { .. } | Node::Include(_) => {}
        }
    }
}

/// Every declared directive has a template.
fn directives_have_templates(theme: &Theme<'_>, findings: &mut Vec<Diagnostic>) {
    let files = &theme.templates.files;
    for (name, spec) in theme.directives {
        let template = directive_template(name);
        if !files.resolved.contains_key(&template) {
            let folder = spec.source.0.folder();
            findings.push(
                Diagnostic::new(
                    Code::MissingTemplate,
                    format!("the directive `{name}` has no template"),
                )
                .at(&spec.source.0, spec.source.1.clone(), "declared here")
                .help(format!("write `{folder}/templates/{template}`")),
            );
        }
    }
}
