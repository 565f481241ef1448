//! The classes of ideas, and the stylesheet that hides by them what an answer does not leave.
//!
//! Ideas that are left by the same answers to a question share a class, so that a rule is written once
//! for all of them. A question with one answer hides what that answer does not leave; a question with
//! several hides what none of the ticked ones leaves.
//!
//! A browser looks for what is ticked through all of the element before `:has()`, once for each rule.
//! That is why it is the form of the questions and not an element around the ideas as well.

use rustc_hash::FxHashMap;

use crate::records::Picker;
use crate::records::pickers::{Answers, Choice, Facet, Idea};

/// The `id` of the control of an answer.
pub fn control_id(facet: &Facet, choice: &Choice) -> String {
    format!("q-{}-{}", facet.id.value, choice.id.value)
}

/// Which answers to a question leave an idea, by their places.
type Left = Vec<bool>;

/// The classes of a picker's ideas.
pub struct Classes<'a> {
    picker: &'a Picker,
    /// For each question, each set of answers that leaves some ideas and not others.
    sets: Vec<Vec<Left>>,
    known: Vec<FxHashMap<Left, usize>>,
}

impl<'a> Classes<'a> {
    /// Gathers them.
    pub fn new(picker: &'a Picker) -> Self {
        let mut classes = Self {
            picker,
            sets: vec![Vec::new(); picker.facets.len()],
            known: vec![FxHashMap::default(); picker.facets.len()],
        };
        for idea in &picker.ideas {
            for facet in 0..picker.facets.len() {
                if let Some(left) = left(picker, facet, idea) {
                    let sets = &mut classes.sets[facet];
                    classes.known[facet].entry(left).or_insert_with_key(|left| {
                        sets.push(left.clone());
                        sets.len() - 1
                    });
                }
            }
        }
        classes
    }

    /// Those of an idea, with spaces between them. What every answer leaves needs none.
    pub fn of(&self, idea: &Idea) -> String {
        let classes = (0..self.picker.facets.len()).filter_map(|facet| {
            let left = left(self.picker, facet, idea)?;
            Some(name(facet, *self.known[facet].get(&left)?))
        });
        classes.collect::<Vec<_>>().join(" ")
    }

    /// The stylesheet.
    pub fn sheet(&self) -> String {
        let mut sheet = String::new();
        for (at, facet) in self.picker.facets.iter().enumerate() {
            let ids = |wanted: bool, left: &Left| {
                let choices = facet.choices.iter().zip(left);
                choices
                    .filter(|(_, left)| **left == wanted)
                    .map(|(choice, _)| format!("#{}:checked", escaped(&control_id(facet, choice))))
                    .collect::<Vec<_>>()
                    .join(",")
            };
            for (set, left) in self.sets[at].iter().enumerate() {
                let class = name(at, set);
                let given = ids(false, left);
                sheet.push_str(&match (facet.answers, ids(true, left)) {
                    (Answers::Several, leaving) if !leaving.is_empty() => format!(
                        ".ask:has({given}):not(:has({leaving}))~.found .{class}{{display:none}}\n"
                    ),
                    (Answers::One | Answers::Several, _) => {
                        format!(".ask:has({given})~.found .{class}{{display:none}}\n")
                    }
                });
            }
        }
        sheet
    }
}

/// Which answers leave an idea; `None` when all do.
fn left(picker: &Picker, facet: usize, idea: &Idea) -> Option<Left> {
    let choices = picker.facets[facet].choices.iter();
    let left: Left = choices
        .map(|choice| idea.fits(facet, &choice.fits))
        .collect();
    left.contains(&false).then_some(left)
}

/// `a0`, `b3`: a letter for the question and a number for the set.
fn name(facet: usize, set: usize) -> String {
    let letter = char::from(b'a' + (facet % 26) as u8);
    let letters = letter.to_string().repeat(facet / 26 + 1);
    format!("{letters}{set}")
}

/// An id as a selector writes it. Ids are lower-case letters, digits and hyphens, and begin with `q`.
fn escaped(id: &str) -> String {
    let sound = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || !c.is_ascii();
    id.chars().filter(sound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;
    use crate::records::pickers;

    /// A picker with one question of three answers, and an idea for each line of values.
    fn picker(answers: &str, ideas: &[&str]) -> Picker {
        let ideas = ideas.iter().enumerate().map(|(at, says)| {
            format!("  - {{id: i{at}, name: A, how: B., evidence: personal preference, {says}}}\n")
        });
        let ideas: String = ideas.collect();
        let text = format!(
            "facets:\n  q: {{name: Q, question: Q?, answers: {answers}, values: {{a: a, b: b, c: c}}}}\nideas:\n{ideas}"
        );
        let path = SourcePath::new("content/a.yaml").expect("sound");
        let picker = pickers::parse(&path, &text);
        assert_eq!(picker.findings, []);
        picker
    }

    #[track_caller]
    fn check(picker: &Picker, classes: &[&str], sheet: &str) {
        let known = Classes::new(picker);
        let of: Vec<_> = picker.ideas.iter().map(|idea| known.of(idea)).collect();
        assert_eq!(of, classes);
        assert_eq!(known.sheet(), sheet);
    }

    #[test]
    fn one_answer_hides_what_it_does_not_leave() {
        check(
            &picker(
                "one",
                &["q: a", "q: [b, c]", "q: a", "q: [a, b, c]", "always: true"],
            ),
            &["a0", "a1", "a0", "", ""],
            ".ask:has(#q-q-b:checked,#q-q-c:checked)~.found .a0{display:none}\n\
             .ask:has(#q-q-a:checked)~.found .a1{display:none}\n",
        );
    }

    #[test]
    fn several_answers_hide_what_none_of_them_leaves() {
        check(
            &picker("several", &["q: [a, b]"]),
            &["a0"],
            ".ask:has(#q-q-c:checked):not(:has(#q-q-a:checked,#q-q-b:checked))~.found .a0{display:none}\n",
        );
    }

    #[test]
    fn questions_beyond_the_alphabet_have_names_of_their_own() {
        assert_eq!([name(0, 3), name(25, 0), name(26, 1)], ["a3", "z0", "aa1"]);
    }
}
