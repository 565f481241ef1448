//! What the answers to the questions of a picker leave: enough, little or nothing.
//!
//! Every single answer is looked at, every pair of answers to two questions, and every list. What
//! `few` names may leave little, since somebody has said why. How many are left is counted in [`left`].

use super::left::{self, Place, Short, is_left, is_readable};
use crate::data::quoted;
use crate::diagnostic::{Code, Diagnostic};
use crate::records::Picker;
use crate::records::pickers::{Choice, Facet, Few, Fits, Idea, List, Values};

/// So many ideas are a choice, and fewer are few. The README says the number in words.
const ENOUGH: usize = 6;

/// So many findings of one kind are shown; the last of them says how many more there are.
const SHOWN: usize = 8;

/// Checks what single answers, pairs of them and lists leave, that every exception is needed, and that
/// some answer to each question leaves each idea. Messages name answers in a language.
pub fn check(picker: &Picker, language: &str, findings: &mut Vec<Diagnostic>) {
    let short = left::short(picker, ENOUGH);
    let (dead, few) = to_report(picker, &short);
    let wording = Wording { picker, language };
    findings.extend(first_of(dead, |short| wording.dead_end(short)));
    findings.extend(first_of(few, |short| wording.few_choices(short)));
    let lists = picker.lists.iter();
    findings.extend(lists.filter_map(|list| short_list(picker, list)));
    let exceptions = picker.few.iter();
    findings.extend(exceptions.filter_map(|few| needless(picker, few, &short)));
    for (place, facet) in picker.facets.iter().enumerate() {
        let ideas = unreachable(picker, place, facet);
        findings.extend(first_of(ideas, |idea| {
            unreachable_idea(picker, facet, idea)
        }));
    }
}

/// Findings of one kind, the first of many.
fn first_of<T>(all: Vec<T>, finding: impl Fn(T) -> Diagnostic) -> Vec<Diagnostic> {
    let more = all.len().saturating_sub(SHOWN);
    let mut findings: Vec<_> = all.into_iter().take(SHOWN).map(finding).collect();
    // As they will be shown, so that the number stands at their end.
    findings.sort();
    if let Some(last) = findings.last_mut().filter(|_| more > 0) {
        last.help
            .push_str(&format!("; the same holds for {more} more"));
    }
    findings
}

/// Those after which nothing is left, and those that leave few, the fewest first. A pair is left out
/// when one of its answers alone says the same.
fn to_report<'s>(picker: &Picker, short: &'s [Short]) -> (Vec<&'s Short>, Vec<&'s Short>) {
    let is_excused = |it: &Short| {
        picker
            .few
            .iter()
            .any(|few| excuses_answers(picker, few, it))
    };
    let (mut dead, mut few) = (Vec::new(), Vec::new());
    for it in short {
        match (it.left, it.alone) {
            // A reader can take one of two answers back; a single one should not be there.
            (0, None) => dead.push(it),
            (0, Some(alone)) if alone > 0 && !is_excused(it) => dead.push(it),
            (1.., None) if !is_excused(it) => few.push(it),
            (1.., Some(alone)) if alone >= ENOUGH && !is_excused(it) => few.push(it),
            (_, _) => {}
        }
    }
    few.sort_by_key(|it| it.left);
    (dead, few)
}

/// Whether an exception is about these answers and no others.
fn excuses<'a>(few: &Few, answers: impl Iterator<Item = (usize, &'a Fits)> + Clone) -> bool {
    let mut given = answers.clone();
    let mut named = few.with.iter();
    given.all(|(facet, fits)| {
        let mut named = few.with.iter();
        named.any(|it| it.facet == facet && it.fits == *fits)
    }) && named.all(|it| answers.clone().any(|(facet, _)| facet == it.facet))
}

fn excuses_answers(picker: &Picker, few: &Few, short: &Short) -> bool {
    excuses(few, fits(picker, short))
}

/// What answers leave, with the places of their questions.
fn fits<'a>(
    picker: &'a Picker,
    short: &'a Short,
) -> impl Iterator<Item = (usize, &'a Fits)> + Clone {
    let answers = short.answers.iter();
    answers.map(|place| (place.0, &choice(picker, *place).fits))
}

fn choice(picker: &Picker, (facet, choice): Place) -> &Choice {
    &picker.facets[facet].choices[choice]
}

/// The words for answers that leave too little.
struct Wording<'p> {
    picker: &'p Picker,
    language: &'p str,
}

impl Wording<'_> {
    fn dead_end(&self, short: &Short) -> Diagnostic {
        let message = format!("nothing is left after {}", self.names(short));
        let help = match short.alone {
            None => "add an idea that fits, or take the answer away".to_owned(),
            Some(_) => {
                let why = self.exception(short);
                format!("add an idea that fits both, or say why there is none: {why}")
            }
        };
        self.at(Code::DeadEnd, message, short).help(help)
    }

    fn few_choices(&self, short: &Short) -> Diagnostic {
        let left = ids(&left::ideas(self.picker, fits(self.picker, short)));
        let names = self.names(short);
        let message = format!("{} left after {names}", only(&left));
        let why = self.exception(short);
        self.at(Code::FewChoices, message, short).help(format!(
            "add ideas that fit, or say why there are few: {why}"
        ))
    }

    /// `` `who: alone` and `words: talking` ``.
    fn names(&self, short: &Short) -> String {
        let names: Vec<_> = self.pairs(short).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        quoted(&names)
    }

    fn exception(&self, short: &Short) -> String {
        let with: Vec<_> = self.pairs(short).collect();
        let with = with.join(", ");
        format!("`- {{ with: {{ {with} }}, because: reason }}` below `few:`")
    }

    /// Each answer as `with` writes it.
    fn pairs(&self, short: &Short) -> impl Iterator<Item = String> {
        let answers = short.answers.iter();
        answers.map(|place| {
            let facet = &self.picker.facets[place.0].id.value;
            format!("{facet}: {}", choice(self.picker, *place).id.value)
        })
    }

    /// A finding at each of the answers, with the words that readers see.
    fn at(&self, code: Code, message: String, short: &Short) -> Diagnostic {
        let mut finding = Diagnostic::new(code, message);
        for place in &short.answers {
            let choice = choice(self.picker, *place);
            let words = choice.name.get(self.language, self.language);
            let label = format!("the answer `{words}`");
            finding = finding.at(&self.picker.file, choice.id.span.clone(), label);
        }
        finding
    }
}

/// A list with few ideas in it, or none.
fn short_list(picker: &Picker, list: &List) -> Option<Diagnostic> {
    // Its answers could not be read.
    if list.with.is_empty() {
        return None;
    }
    let answers = list.with.iter().map(|it| (it.facet, &it.fits));
    let left = ids(&left::ideas(picker, answers.clone()));
    let id = &list.id.value;
    let at = |code, message: String, label| {
        Diagnostic::new(code, message).at(&picker.file, list.id.span.clone(), label)
    };
    if left.is_empty() {
        let message = format!("the list `{id}` has nothing in it");
        let help = "ask for less in its `with`, add ideas that fit, or take the list away";
        return Some(at(Code::DeadEnd, message, "an empty page").help(help));
    }
    let mut exceptions = picker.few.iter();
    if left.len() >= ENOUGH || exceptions.any(|few| excuses(few, answers.clone())) {
        return None;
    }
    let message = format!("{} in the list `{id}`", only(&left));
    let help =
        "ask for less in its `with`, add ideas that fit, or say in `few` why its answers leave few";
    Some(at(Code::FewChoices, message, "a short page").help(help))
}

/// An exception for answers that leave enough, or that nobody looks at.
fn needless(picker: &Picker, few: &Few, short: &[Short]) -> Option<Diagnostic> {
    let is_needed = short.iter().any(|it| excuses_answers(picker, few, it));
    let is_needed = is_needed
        || picker.lists.iter().any(|list| {
            let answers = list.with.iter().map(|it| (it.facet, &it.fits));
            excuses(few, answers.clone()) && left::ideas(picker, answers).len() < ENOUGH
        });
    // Answers that could not be read were reported.
    if is_needed || few.with.is_empty() {
        return None;
    }
    let left = left::ideas(picker, few.with.iter().map(|it| (it.facet, &it.fits)));
    let (message, help) = match left.len() {
        ENOUGH.. => (
            format!("an exception for answers that leave {} ideas", left.len()),
            "take it away: they are not few",
        ),
        _ => (
            "an exception for answers that are no list".to_owned(),
            "take it away: only single answers, pairs and lists are looked at",
        ),
    };
    Some(
        Diagnostic::new(Code::FewChoices, message)
            .at(&picker.file, few.span.clone(), "not needed")
            .help(help),
    )
}

/// The ideas that no answer to a question leaves.
fn unreachable<'p>(picker: &'p Picker, place: usize, facet: &Facet) -> Vec<&'p Idea> {
    // What an answer leaves that could not be read, nobody knows.
    if facet.choices.is_empty() || !facet.choices.iter().all(is_readable) {
        return Vec::new();
    }
    let ideas = picker.ideas.iter();
    let is_gone = |idea: &&Idea| {
        let mut choices = facet.choices.iter();
        !choices.any(|choice| is_left(idea, place, &choice.fits))
    };
    ideas.filter(is_gone).collect()
}

fn unreachable_idea(picker: &Picker, facet: &Facet, idea: &Idea) -> Diagnostic {
    let (id, key) = (&idea.id.value, &facet.id.value);
    let help = match &facet.values {
        Values::Words(_) => {
            format!("write what it says of `{key}` into `fits` of an answer, or say something else")
        }
        Values::Numbers(_) => {
            format!("add an answer to `{key}` with a larger `at_most`, or write a smaller number")
        }
    };
    Diagnostic::new(
        Code::UnreachableIdea,
        format!("no answer to `{key}` leaves the idea `{id}`"),
    )
    .at(
        &picker.file,
        idea.id.span.clone(),
        "gone whatever a reader answers",
    )
    .at(&picker.file, facet.id.span.clone(), "the question")
    .help(help)
}

/// `` only 2 ideas, `a` and `b`, are ``.
fn only(ids: &[&str]) -> String {
    match ids {
        [one] => format!("only one idea, `{one}`, is"),
        few => format!("only {} ideas, {}, are", few.len(), quoted(few)),
    }
}

fn ids<'p>(ideas: &[&'p Idea]) -> Vec<&'p str> {
    ideas.iter().map(|idea| idea.id.value.as_str()).collect()
}
