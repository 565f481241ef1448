//! Small pickers, and what is said of their answers.

use super::{choices, left};
use crate::diagnostic;
use crate::path::SourcePath;
use crate::records::Picker;
use crate::records::pickers::{Answer, parse};

/// Two questions with two answers each.
const FACETS: &str = "\
facets:
  who:
    { name: Who, question: Who?, values: { alone: Alone, us: Together } }
  sound:
    { name: Sound, question: How loud?, values: { quiet: Quiet, loud: Loud } }
";

/// A picker of ideas that say so of the two questions, `always` or nothing, with other keys before them.
fn picker_text(keys: &str, ideas: &[&str]) -> String {
    let ideas: String = ideas
        .iter()
        .enumerate()
        .map(|(place, said)| {
            let said = match said.split_once('/') {
                Some((who, sound)) => format!("who: [{who}], sound: [{sound}]"),
                None => (*said).to_owned(),
            };
            format!("  - {{ id: i{place}, name: N, how: H., evidence: e, {said} }}\n")
        })
        .collect();
    format!("{FACETS}{keys}ideas:\n{ideas}")
}

fn read(text: &str) -> Picker {
    parse(&SourcePath::new("content/picks.yaml").expect("sound"), text)
}

#[track_caller]
fn check(keys: &str, ideas: &[&str], expected: &[&str]) {
    let text = picker_text(keys, ideas);
    let picker = read(&text);
    assert_eq!(picker.findings, [], "the file itself is sound");
    assert_eq!(found(&picker, &text), expected);
}

fn found(picker: &Picker, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    choices::check(picker, "en", &mut findings);
    let findings = findings.into_iter().map(|finding| {
        let labels = finding.labels.iter().skip(1);
        let more: String = labels
            .map(|label| format!(" + {:?}", &text[label.span.0..label.span.1]))
            .collect();
        let shown = diagnostic::shown(&finding, text);
        format!("{shown}{more}: {} / {}", finding.message, finding.help)
    });
    findings.collect()
}

/// So many ideas that fit any answer.
fn fitting(count: usize) -> Vec<&'static str> {
    vec!["alone, us/quiet, loud"; count]
}

#[test]
fn six_ideas_after_every_two_answers_are_enough() {
    check("", &fitting(6), &[]);
    check("", &["always: true"; 6], &[]);
}

#[test]
fn a_single_answer_that_leaves_few_is_named_and_its_pairs_are_not() {
    let mut ideas = vec!["us/quiet, loud"; 6];
    ideas.extend(fitting(2));
    check(
        "",
        &ideas,
        &[
            "few-choices \"alone\": only 2 ideas, `i6` and `i7`, are left after `who: alone` / add ideas that fit, or say why there are few: `- { with: { who: alone }, because: reason }` below `few:`",
        ],
    );
}

#[test]
fn two_answers_that_leave_few_are_named_with_what_they_leave() {
    let mut ideas = vec!["alone/quiet"; 6];
    ideas.extend(["us/loud"; 6]);
    ideas.extend(["us/quiet"; 6]);
    ideas.push("always: true");
    check(
        "",
        &ideas,
        &[
            "few-choices \"alone\" + \"loud\": only one idea, `i18`, is left after `who: alone` and `sound: loud` / add ideas that fit, or say why there are few: `- { with: { who: alone, sound: loud }, because: reason }` below `few:`",
        ],
    );
}

#[test]
fn an_answer_after_which_nothing_is_left_is_an_error() {
    check(
        "",
        &["us/quiet, loud"; 6],
        &[
            "dead-end \"alone\": nothing is left after `who: alone` / add an idea that fits, or take the answer away",
        ],
    );
    let mut ideas = vec!["alone, us/quiet"; 6];
    ideas.extend(["us/loud"; 6]);
    check(
        "",
        &ideas,
        &[
            "dead-end \"alone\" + \"loud\": nothing is left after `who: alone` and `sound: loud` / add an idea that fits both, or say why there is none: `- { with: { who: alone, sound: loud }, because: reason }` below `few:`",
        ],
    );
}

#[test]
fn an_exception_silences_its_answers_and_nothing_else() {
    let mut ideas = vec!["alone, us/quiet"; 6];
    ideas.extend(["us/loud"; 6]);
    // Nothing is left, which a pair may be excused for.
    let few = |with: &str| format!("few: [{{ with: {with}, because: So. }}]\n");
    check(&few("{ who: alone, sound: loud }"), &ideas, &[]);
    check(&few("{ sound: [loud, quiet], who: alone }"), &ideas, &[]);
    // Other answers, and more or fewer of them.
    check(
        &few("{ who: us, sound: loud }"),
        &ideas,
        &[
            "dead-end \"alone\" + \"loud\": nothing is left after `who: alone` and `sound: loud` / add an idea that fits both, or say why there is none: `- { with: { who: alone, sound: loud }, because: reason }` below `few:`",
            "few-choices \"with\": an exception for answers that leave 6 ideas / take it away: they are not few",
        ],
    );
    check(
        &few("{ who: alone }"),
        &ideas,
        &[
            "dead-end \"alone\" + \"loud\": nothing is left after `who: alone` and `sound: loud` / add an idea that fits both, or say why there is none: `- { with: { who: alone, sound: loud }, because: reason }` below `few:`",
            "few-choices \"with\": an exception for answers that leave 6 ideas / take it away: they are not few",
        ],
    );
    // A single answer that leaves few, and its pairs with it.
    let mut ideas = vec!["us/quiet, loud"; 6];
    ideas.extend(fitting(2));
    check(&few("{ who: alone }"), &ideas, &[]);
    // One that leaves nothing cannot be excused.
    check(
        &few("{ who: alone }"),
        &["us/quiet, loud"; 6],
        &[
            "dead-end \"alone\": nothing is left after `who: alone` / add an idea that fits, or take the answer away",
        ],
    );
}

#[test]
fn a_list_with_few_ideas_or_none_is_named() {
    let lists = "lists:\n  - { id: calm, title: Calm, with: { who: alone, sound: quiet } }\n  - { id: all, title: All, with: { who: [alone, us] } }\n";
    check(lists, &fitting(6), &[]);
    let mut ideas = vec!["us/quiet, loud"; 5];
    ideas.push("alone/loud");
    ideas.push("us/quiet");
    check(
        lists,
        &ideas,
        &[
            "dead-end \"alone\" + \"quiet\": nothing is left after `who: alone` and `sound: quiet` / add an idea that fits both, or say why there is none: `- { with: { who: alone, sound: quiet }, because: reason }` below `few:`",
            "few-choices \"alone\": only one idea, `i5`, is left after `who: alone` / add ideas that fit, or say why there are few: `- { with: { who: alone }, because: reason }` below `few:`",
            "few-choices \"us\" + \"loud\": only 5 ideas, `i0`, `i1`, `i2`, `i3` and `i4`, are left after `who: us` and `sound: loud` / add ideas that fit, or say why there are few: `- { with: { who: us, sound: loud }, because: reason }` below `few:`",
            "dead-end \"calm\": the list `calm` has nothing in it / ask for less in its `with`, add ideas that fit, or take the list away",
        ],
    );
    let few = "few: [{ with: { who: alone, sound: quiet }, because: So. }, { with: { who: alone }, because: So. }]\n";
    let mut ideas = fitting(5);
    ideas.extend(["us/quiet, loud"; 5]);
    check(&format!("{lists}{few}"), &ideas, &[]);
}

#[test]
fn of_many_that_leave_few_the_worst_eight_are_named() {
    let values: Vec<_> = (0..10).map(|value| format!("v{value}: V")).collect();
    let facet = format!(
        "  many: {{ name: M, question: Q?, values: {{ {} }} }}\n",
        values.join(", ")
    );
    // The first values have the most ideas.
    let ideas: Vec<_> = (0..10)
        .flat_map(|value| {
            vec![
                format!("who: [alone, us], sound: [quiet, loud], many: v{value}");
                (9 - value) / 2 + 1
            ]
        })
        .collect();
    let ideas: Vec<_> = ideas.iter().map(String::as_str).collect();
    let text = picker_text("", &ideas).replace("  who:\n", &format!("{facet}  who:\n"));
    let picker = read(&text);
    assert_eq!(picker.findings, []);
    assert_eq!(
        found(&picker, &text),
        [
            "few-choices \"v2\": only 4 ideas, `i10`, `i11`, `i12` and `i13`, are left after `many: v2` / add ideas that fit, or say why there are few: `- { with: { many: v2 }, because: reason }` below `few:`",
            "few-choices \"v3\": only 4 ideas, `i14`, `i15`, `i16` and `i17`, are left after `many: v3` / add ideas that fit, or say why there are few: `- { with: { many: v3 }, because: reason }` below `few:`",
            "few-choices \"v4\": only 3 ideas, `i18`, `i19` and `i20`, are left after `many: v4` / add ideas that fit, or say why there are few: `- { with: { many: v4 }, because: reason }` below `few:`",
            "few-choices \"v5\": only 3 ideas, `i21`, `i22` and `i23`, are left after `many: v5` / add ideas that fit, or say why there are few: `- { with: { many: v5 }, because: reason }` below `few:`",
            "few-choices \"v6\": only 2 ideas, `i24` and `i25`, are left after `many: v6` / add ideas that fit, or say why there are few: `- { with: { many: v6 }, because: reason }` below `few:`",
            "few-choices \"v7\": only 2 ideas, `i26` and `i27`, are left after `many: v7` / add ideas that fit, or say why there are few: `- { with: { many: v7 }, because: reason }` below `few:`",
            "few-choices \"v8\": only one idea, `i28`, is left after `many: v8` / add ideas that fit, or say why there are few: `- { with: { many: v8 }, because: reason }` below `few:`",
            "few-choices \"v9\": only one idea, `i29`, is left after `many: v9` / add ideas that fit, or say why there are few: `- { with: { many: v9 }, because: reason }` below `few:`; the same holds for 2 more"
        ]
    );
}

#[test]
fn an_idea_that_no_answer_to_a_question_leaves_is_an_error() {
    let text = picker_text("", &fitting(7))
        .replace("values: { quiet: Quiet, loud: Loud }", "values: { quiet: Quiet, loud: Loud, wild: Wild }, options: [{ id: quiet, name: Q, fits: quiet }, { id: loud, name: L, fits: loud }]")
        .replace("id: i0, name: N, how: H., evidence: e, who: [alone, us], sound: [quiet, loud]", "id: i0, name: N, how: H., evidence: e, who: [alone, us], sound: wild");
    let picker = read(&text);
    assert_eq!(picker.findings, []);
    assert_eq!(
        found(&picker, &text),
        [
            "unreachable-idea \"i0\" + \"sound\": no answer to `sound` leaves the idea `i0` / write what it says of `sound` into `fits` of an answer, or say something else"
        ]
    );
    let numbers = "  minutes: { name: M, question: Q?, unit: min, options: [{ id: 5, name: Five, at_most: 5 }, { id: 20, name: Twenty, at_most: 20 }] }\n";
    let mut ideas = vec!["who: [alone, us], sound: [quiet, loud], minutes: [1, 60]"; 6];
    ideas.push("who: us, sound: loud, minutes: 21");
    let text = picker_text("", &ideas).replace("  who:\n", &format!("{numbers}  who:\n"));
    let picker = read(&text);
    assert_eq!(picker.findings, []);
    assert_eq!(
        found(&picker, &text),
        [
            "unreachable-idea \"i6\" + \"minutes\": no answer to `minutes` leaves the idea `i6` / add an answer to `minutes` with a larger `at_most`, or write a smaller number"
        ]
    );
}

#[test]
fn what_could_not_be_read_is_not_counted_against_the_rest() {
    let mut ideas = fitting(5);
    ideas.push("who: aloone, sound: lowd");
    let text = picker_text("", &ideas);
    let picker = read(&text);
    assert_eq!(picker.findings.len(), 2);
    assert_eq!(found(&picker, &text), Vec::<String>::new());
    let text = picker_text("", &fitting(6)).replace(
        "values: { quiet: Quiet, loud: Loud }",
        "values: { quiet: Quiet, loud: Loud }, options: [{ id: any, name: A, fits: anny }]",
    );
    let picker = read(&text);
    assert_eq!(picker.findings.len(), 1);
    assert_eq!(found(&picker, &text), Vec::<String>::new());
}

/// More ideas than one number has bits, each with answers of its own.
#[test]
fn ideas_are_counted_as_readers_will_see_them() {
    let whos = ["alone", "us", "alone, us"];
    let sounds = ["quiet", "loud", "quiet, loud", "loud", "quiet"];
    let ideas: Vec<_> = (0..200)
        .map(|place| match place % 67 {
            0 => "always: true".to_owned(),
            rest => format!("{}/{}", whos[rest % 3], sounds[rest % 5]),
        })
        .collect();
    let ideas: Vec<_> = ideas.iter().map(String::as_str).collect();
    let picker = read(&picker_text("", &ideas));
    let answer = |(facet, place): left::Place| {
        let choice = &picker.facets[facet].choices[place];
        let (choice_fits, span) = (choice.fits.clone(), choice.id.span.clone());
        Answer {
            facet,
            choice: Some(place),
            fits: choice_fits,
            span,
        }
    };
    let short = left::short(&picker, usize::MAX);
    assert_eq!(short.len(), 4 + 4, "four answers and four pairs");
    for it in short {
        let answers: Vec<_> = it.answers.iter().map(|place| answer(*place)).collect();
        let expected: Vec<_> = picker.fitting(&answers).collect();
        assert_eq!(it.left, expected.len(), "{:?}", it.answers);
        let fits = answers.iter().map(|answer| (answer.facet, &answer.fits));
        assert_eq!(left::ideas(&picker, fits), expected, "{:?}", it.answers);
    }
}
