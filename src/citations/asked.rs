//! Whether a work has names, asked so that the answer does not hang on what was printed before.
//!
//! Names that were printed in the place of others are not printed again: the engine takes them for
//! missing from then on. It does so also where a style asks whether the work has them, and then leaves
//! out what belongs to such works: in APA the pages and the publisher of a paper, when an editor stands
//! where the author of the volume would. So a style asks about a field that it does not use instead,
//! which is there when the names are.

use std::collections::HashSet;

use citationberg::json::{Item, Value};
use citationberg::taxonomy::{NameVariable, StandardVariable, Variable};
use citationberg::{IndependentStyle, LayoutRenderingElement as Element, Style};

use super::mend::walk;

/// Fields of which every style leaves most alone.
const FIELDS: [StandardVariable; 16] = [
    StandardVariable::CitationKey,
    StandardVariable::References,
    StandardVariable::Keyword,
    StandardVariable::Scale,
    StandardVariable::Dimensions,
    StandardVariable::CallNumber,
    StandardVariable::License,
    StandardVariable::ReviewedGenre,
    StandardVariable::Source,
    StandardVariable::PMCID,
    StandardVariable::PMID,
    StandardVariable::Abstract,
    StandardVariable::Division,
    StandardVariable::ArchiveCollection,
    StandardVariable::Jurisdiction,
    StandardVariable::ISSN,
];

/// The names that a style asks about, each with the field that it asks about instead.
#[derive(Debug)]
pub(super) struct Asked(Vec<(NameVariable, StandardVariable)>);

impl Asked {
    /// Changes what a style asks about. Names for which no field is left are asked about as before.
    pub(super) fn changed_in(style: &mut IndependentStyle) -> Self {
        let mut names = Vec::new();
        each_asked(style, |asked| match asked {
            Variable::Name(name) if !names.contains(name) => names.push(*name),
            Variable::Name(_)
            | Variable::Standard(_)
            | Variable::Number(_)
            | Variable::Date(_)
            | Variable::Page(_) => {}
        });
        let used = words(style);
        let free = FIELDS
            .into_iter()
            .filter(|field| !used.contains(&field.to_string()));
        let fields: Vec<_> = names.into_iter().zip(free).collect();
        each_asked(style, |asked| {
            let field = fields
                .iter()
                .find(|(name, _)| *asked == Variable::Name(*name));
            if let Some((_, field)) = field {
                *asked = Variable::Standard(*field);
            }
        });
        Self(fields)
    }

    /// Gives a work the fields that are asked about, and takes away those that it has of its own.
    pub(super) fn answer_in(&self, item: &mut Item) {
        for (name, field) in &self.0 {
            let field = field.to_string();
            if item.0.contains_key(&name.to_string()) {
                item.0.insert(field, Value::String("yes".to_owned()));
            } else {
                item.0.remove(&field);
            }
        }
    }
}

/// Calls a function for everything that a style asks whether a work has it.
fn each_asked(style: &mut IndependentStyle, mut with: impl FnMut(&mut Variable)) {
    walk(style, &mut |element| match element {
        Element::Choose(choose) => std::iter::once(&mut choose.if_)
            .chain(&mut choose.else_if)
            .filter_map(|branch| branch.variable.as_mut())
            .flatten()
            .for_each(&mut with),
        Element::Names(_)
        | Element::Text(_)
        | Element::Date(_)
        | Element::Number(_)
        | Element::Label(_)
        | Element::Group(_) => {}
    });
}

/// All words of a style, among them every field that it uses.
fn words(style: &IndependentStyle) -> HashSet<String> {
    let json = serde_json::to_string(&Style::Independent(style.clone())).unwrap_or_default();
    let is_between = |letter: char| !letter.is_ascii_alphanumeric() && !"-_".contains(letter);
    json.split(is_between).map(str::to_owned).collect()
}
