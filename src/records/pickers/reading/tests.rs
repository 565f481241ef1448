//! A sound file, and one mistake after the other made in it.

use super::*;
use crate::diagnostic;
use crate::records::pickers::{Answer, Answers, Evidence, Fits, Said};

/// Holds every key once, and every way to write a value.
const SOUND: &str = "\
group_by: place
plan: place
together: true
words:
  intro: { en: Pick, es: Elige }
facets:
  place:
    name: Where
    question: Where is it?
    help: Roughly.
    answers: several
    show: false
    values: { in: inside, out: { en: outside, es: fuera } }
  minutes:
    name: Time
    question: How long?
    unit: min
    options:
      - { id: 5, name: Five minutes, at_most: 5 }
      - { id: long, name: Long, at_most: 60 }
  who:
    name: Who
    question: For whom?
    values: { one: one person, two: two people }
    options:
      - { id: alone, name: Alone, fits: one }
      - { id: any, name: Anybody, fits: [one, two] }
lists:
  - id: quick
    title: Quick
    description: Done soon.
    with: { minutes: 5, place: [in, out] }
few:
  - with: { who: alone, minutes: 7 }
    because: Few fit.
ideas:
  - id: tea
    name: Make tea
    how: Boil water.
    not_for: Some dislike it.
    safety: It is hot.
    see: tea.md
    evidence: personal preference
    ours: true
    from: [P1, P2]
    picture: cup
    place: in
    minutes: 5
    who: [one, two]
  - id: walk
    name: Take a walk
    how: { en: Go out., es: Sal. }
    evidence: [smith2001]
    place: [in, out]
    minutes: [10, 90]
    who: two
  - id: rest
    name: Rest
    how: Lie down.
    evidence: smith2001
    always: true
    minutes: 1
";

fn read_one(text: &str) -> (Picker, Vec<String>) {
    let file = SourcePath::new("content/picks.yaml").expect("sound");
    let picker = parse(&file, text);
    let findings = picker.findings.iter().map(|finding| {
        let shown = diagnostic::shown(finding, text);
        format!("{shown}: {} / {}", finding.message, finding.help)
    });
    let findings = findings.collect();
    (picker, findings)
}

#[test]
fn a_sound_file_is_read_whole() {
    let (picker, findings) = read_one(SOUND);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(
        (picker.groups, picker.plan, picker.together),
        (Some(0), Some(0), true)
    );
    assert_eq!(picker.words[0].0.value, "intro");
    assert_eq!(picker.words[0].1.get("es", "en"), "Elige");

    let [place, minutes, who] = picker.facets.as_slice() else {
        panic!("three facets")
    };
    assert_eq!((place.answers, place.is_shown), (Answers::Several, false));
    assert_eq!((who.answers, who.is_shown), (Answers::One, true));
    assert_eq!(place.help.get("en", "en"), "Roughly.");
    let fits = |facet: &crate::records::pickers::Facet| {
        let choices = facet.choices.iter();
        choices
            .map(|choice| (choice.id.value.clone(), choice.fits.clone()))
            .collect::<Vec<_>>()
    };
    // Without `options`, each value is an answer, in its own words.
    assert_eq!(
        fits(place),
        [
            ("in".into(), Fits::AnyOf(vec![0])),
            ("out".into(), Fits::AnyOf(vec![1]))
        ]
    );
    assert_eq!(place.choices[1].name.get("es", "en"), "fuera");
    assert_eq!(
        fits(minutes),
        [
            ("5".into(), Fits::AtMost(5)),
            ("long".into(), Fits::AtMost(60))
        ]
    );
    assert_eq!(
        fits(who),
        [
            ("alone".into(), Fits::AnyOf(vec![0])),
            ("any".into(), Fits::AnyOf(vec![0, 1]))
        ]
    );

    let answers = |with: &[Answer]| {
        let answers = with.iter();
        answers
            .map(|answer| (answer.facet, answer.choice, answer.fits.clone()))
            .collect::<Vec<_>>()
    };
    let quick = &picker.lists[0];
    assert_eq!(quick.description.get("en", "en"), "Done soon.");
    assert_eq!(
        answers(&quick.with),
        [
            (1, Some(0), Fits::AtMost(5)),
            (0, Some(0), Fits::AnyOf(vec![0])),
            (0, Some(1), Fits::AnyOf(vec![1])),
        ]
    );
    let few = &picker.few[0];
    assert_eq!(few.because, "Few fit.");
    assert_eq!(
        answers(&few.with),
        [
            (2, Some(0), Fits::AnyOf(vec![0])),
            (1, None, Fits::AtMost(7))
        ]
    );

    let [tea, walk, rest] = picker.ideas.as_slice() else {
        panic!("three ideas")
    };
    assert_eq!(
        tea.said,
        [
            Said::Words(vec![0]),
            Said::Numbers(5, 5),
            Said::Words(vec![0, 1])
        ]
    );
    assert_eq!(
        walk.said,
        [
            Said::Words(vec![0, 1]),
            Said::Numbers(10, 90),
            Said::Words(vec![1])
        ]
    );
    assert_eq!(
        rest.said,
        [Said::Nothing, Said::Numbers(1, 1), Said::Nothing]
    );
    assert_eq!((tea.is_ours, walk.is_ours), (true, false));
    assert_eq!((rest.always, walk.always), (true, false));
    assert_eq!(tea.evidence, Evidence::Preference);
    for idea in [walk, rest] {
        let Evidence::Works(keys) = &idea.evidence else {
            panic!("works")
        };
        assert_eq!(keys[0].value, "smith2001");
    }
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    assert_eq!(text(&tea.see).as_deref(), Some("tea.md"));
    assert_eq!(text(&tea.picture).as_deref(), Some("cup"));
    let from: Vec<_> = tea.from.iter().map(|from| from.value.as_str()).collect();
    assert_eq!(from, ["P1", "P2"]);
    assert_eq!(tea.safety.get("en", "en"), "It is hot.");
    assert_eq!(tea.not_for.get("en", "en"), "Some dislike it.");
    let kept: Vec<_> = picker
        .fitting(&quick.with)
        .map(|idea| idea.id.value.as_str())
        .collect();
    assert_eq!(kept, ["tea", "rest"]);
}

#[test]
fn a_file_that_is_no_table_says_so_once() {
    let whole = |text: &str, expected: &str| assert_eq!(read_one(text).1, [expected], "{text:?}");
    whole(
        "",
        "missing-key \"\": `picks.yaml` is empty / write the questions below `facets:`, and what there is to choose below `ideas:`",
    );
    whole(
        "# nothing yet\n",
        "missing-key \"\": `picks.yaml` is empty / write the questions below `facets:`, and what there is to choose below `ideas:`",
    );
    whole(
        "~\n",
        "missing-key \"\": `picks.yaml` is empty / write the questions below `facets:`, and what there is to choose below `ideas:`",
    );
    whole(
        "- id: tea\n",
        "wrong-type \"\": `picks.yaml` is a list, where a table of keys is expected / begin with a line `facets:`, and write the list below a line `ideas:`",
    );
    whole(
        "ideas: [\n",
        "syntax \"[\": the list is not closed / write `]` at its end",
    );
    whole(
        "words\n",
        "wrong-type \"words\": `picks.yaml` is text, where a table of keys is expected / begin with a line `facets:`, and write the list below a line `ideas:`",
    );
    whole(
        "ideas: [{id: a, name: A, how: B., evidence: c, d: e}]\n",
        "missing-key \"\": `picks.yaml` has no `facets` / write a line with a short name, such as `who:`, and below it `name:`, `question:` and `values:`",
    );
    whole(
        "facets: {a: {name: A, question: A?, values: {b: b}}}\n",
        "missing-key \"\": `picks.yaml` has no `ideas` / write what there is to choose from, each beginning with a line `- id: short-name`",
    );
    whole(
        "facets: {}\nideas: [{id: a, name: A, how: B., evidence: c, d: e}]\n",
        "missing-key \"{\": `facets` of `picks.yaml` is empty / write a line with a short name, such as `who:`, and below it `name:`, `question:` and `values:`",
    );
    whole(
        "facets: {a: {name: A, question: A?, values: {b: b}}}\nideas: []\n",
        "missing-key \"[\": `ideas` of `picks.yaml` is empty / write what there is to choose from, each beginning with a line `- id: short-name`",
    );
}

/// Cases of `mistakes.txt`: the lines of the sound file that are changed, what they become, and what is
/// found.
fn cases() -> Vec<[Vec<&'static str>; 3]> {
    let cases = include_str!("mistakes.txt").split("\n\n");
    let cases = cases.filter(|case| !case.starts_with('#'));
    let marked = |case: &'static str, mark: char| {
        case.lines()
            .filter_map(move |line| line.strip_prefix(mark))
            .collect()
    };
    cases
        .map(|case| ['-', '+', '='].map(|mark| marked(case, mark)))
        .collect()
}

#[test]
fn every_mistake_is_found_at_its_place_with_what_to_do() {
    let cases = cases();
    assert!(cases.len() > 70, "{} cases", cases.len());
    for [sound, mistaken, expected] in cases {
        let (sound, mistaken) = (sound.join("\n"), mistaken.join("\n"));
        assert_eq!(SOUND.matches(&sound).count(), 1, "{sound:?} is there once");
        let (_, findings) = read_one(&SOUND.replace(&sound, &mistaken));
        assert_eq!(findings, expected, "{mistaken}");
    }
}

#[test]
fn mistakes_in_several_places_are_all_found_in_one_run() {
    let text = SOUND
        .replace("group_by: place", "group_by: plac")
        .replace("question: For whom?", "qestion: For whom?")
        .replace("with: { who: alone", "with: { who: alon")
        .replace("minutes: [10, 90]", "minutes: [90, 10]")
        .replace("    who: two\n", "");
    assert_eq!(
        read_one(&text).1,
        [
            "missing-key \"who\": the facet `who` has no `question` / write what readers are asked, such as `question: Who is it for?`",
            "unknown-key \"qestion\": unknown key `qestion` in the facet `who` / did you mean `question`?",
            "unknown-value \"plac\": no facet has the id `plac` / did you mean `place`?",
            "unknown-value \"alon\": `alon` is not an answer to `who` / did you mean `alone`?",
            "unknown-value \"90, 10\": `minutes` goes from 90 down to 10 / write the smaller number first: `minutes: [10, 90]`",
            "missing-key \"walk\": the idea `walk` has no `who` / write one or several of `one` and `two`"
        ]
    );
}
