//! What is mended in styles so that the CSL engine prints what they mean.
//!
//! Each function names the fault that it goes round. To add one: a function, its call in [`mend`], and
//! a test in `tests/entries.rs` that fails without it.

use citationberg::taxonomy::{NumberOrPageVariable, Term, Variable};
use citationberg::{
    Choose, ChooseBranch, ChooseMatch, Date, DatePartName, IndependentStyle, Label, LabelPluralize,
    LayoutRenderingElement as Element, Locale, Name, Names, NamesChild, Substitute, Text,
    TextTarget,
};

/// Mends a style in place.
pub(super) fn mend(style: &mut IndependentStyle) {
    walk(style, &mut |element| match element {
        Element::Names(names) => say_how_names_look(names),
        Element::Date(date) => tie_delimiters(date),
        Element::Label(label) => {
            if let Some(mended) = label_that_stays_singular(label) {
                *element = mended;
            }
        }
        Element::Text(_) | Element::Number(_) | Element::Group(_) | Element::Choose(_) => {}
    });
    style.locale.iter_mut().for_each(mend_locale);
}

/// Mends a locale in place.
pub(super) fn mend_locale(locale: &mut Locale) {
    locale.date.iter_mut().for_each(tie_delimiters);
}

/// Names for which a style gives a label or a substitute, but no look, count as empty for the engine
/// and are not printed: so it is with the authors in the styles of the National Library of Medicine,
/// known as Vancouver. And names that substitute for others lose their own label, so that editors are
/// not called editors, unless they have a look: they are given that of the others.
fn say_how_names_look(names: &mut Names) {
    if !names.children.is_empty() && names.name().is_none() {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
    let look: Vec<_> = names
        .children
        .iter()
        .filter(|child| !matches!(child, NamesChild::Substitute(_)))
        .cloned()
        .collect();
    for child in &mut names.children {
        match child {
            NamesChild::Substitute(Substitute { children }) => {
                for child in children {
                    match child {
                        // These take the look of the others by themselves, but for a label.
                        Element::Names(names) if names.label().is_none() => {}
                        other => hand_down(&look, std::slice::from_mut(other)),
                    }
                }
            }
            NamesChild::Name(_) | NamesChild::EtAl(_) | NamesChild::Label(_) => {}
        }
    }
}

/// Gives names that substitute for others their look, and their label where they have none.
fn hand_down(look: &[NamesChild], elements: &mut [Element]) {
    for element in elements {
        match element {
            Element::Names(names) if names.name().is_none() => {
                let has_label = names.label().is_some();
                let wanted = look
                    .iter()
                    .filter(|child| !has_label || !matches!(child, NamesChild::Label(_)));
                names.children.splice(0..0, wanted.cloned());
            }
            Element::Group(group) => hand_down(look, &mut group.children),
            Element::Choose(choose) => {
                branches_of(choose).for_each(|branch| hand_down(look, branch));
            }
            Element::Names(_)
            | Element::Text(_)
            | Element::Date(_)
            | Element::Number(_)
            | Element::Label(_) => {}
        }
    }
}

fn branches_of(choose: &mut Choose) -> impl Iterator<Item = &mut Vec<Element>> {
    std::iter::once(&mut choose.if_.children)
        .chain(choose.else_if.iter_mut().map(|branch| &mut branch.children))
        .chain(
            choose
                .otherwise
                .iter_mut()
                .map(|branch| &mut branch.children),
        )
}

/// Between the parts of a date the engine prints the delimiter also when the next part is not there:
/// "2014 ;40". So each part but the year, without which there is no other, takes its delimiter along.
fn tie_delimiters(date: &mut Date) {
    let year = date
        .date_part
        .iter()
        .position(|part| part.name == DatePartName::Year);
    let (Some(year), Some(delimiter)) = (year, date.delimiter.take()) else {
        return;
    };
    for (index, part) in date.date_part.iter_mut().enumerate() {
        if index < year {
            let suffix = part.affixes.suffix.get_or_insert_default();
            suffix.push_str(&delimiter);
        } else if index > year {
            let prefix = part.affixes.prefix.get_or_insert_default();
            prefix.insert_str(0, &delimiter);
        }
    }
}

/// The engine takes the plural of the label of pages for several pages, also where the style wants "p."
/// for one and many. So the label becomes a word that is printed when there are pages.
fn label_that_stays_singular(label: &Label) -> Option<Element> {
    let NumberOrPageVariable::Page(pages) = label.variable else {
        return None;
    };
    if label.label.plural != LabelPluralize::Never {
        return None;
    }
    let mut word = Text::with_target(TextTarget::Term {
        term: Term::from(pages),
        form: label.label.form,
        plural: false,
    });
    word.formatting = label.label.formatting;
    word.affixes = label.label.affixes.clone();
    word.text_case = label.label.text_case;
    word.strip_periods = label.label.strip_periods;
    Some(Element::Choose(Choose {
        if_: ChooseBranch {
            disambiguate: None,
            is_numeric: None,
            is_uncertain_date: None,
            locator: None,
            position: None,
            type_: None,
            variable: Some(vec![Variable::Page(pages)]),
            match_: ChooseMatch::All,
            children: vec![Element::Text(word)],
        },
        else_if: Vec::new(),
        otherwise: None,
    }))
}

/// Calls a function for every element of a style.
pub(super) fn walk(style: &mut IndependentStyle, with: &mut impl FnMut(&mut Element)) {
    for one in &mut style.macros {
        walk_elements(&mut one.children, with);
    }
    walk_elements(&mut style.citation.layout.elements, with);
    if let Some(bibliography) = &mut style.bibliography {
        walk_elements(&mut bibliography.layout.elements, with);
    }
}

fn walk_elements(elements: &mut [Element], with: &mut impl FnMut(&mut Element)) {
    for element in elements {
        with(element);
        match element {
            Element::Names(names) => {
                for child in &mut names.children {
                    match child {
                        NamesChild::Substitute(Substitute { children }) => {
                            walk_elements(children, with);
                        }
                        NamesChild::Name(_) | NamesChild::EtAl(_) | NamesChild::Label(_) => {}
                    }
                }
            }
            Element::Group(group) => walk_elements(&mut group.children, with),
            Element::Choose(choose) => {
                branches_of(choose).for_each(|branch| walk_elements(branch, with));
            }
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}
