//! The file of a picker: what readers choose from, and the questions that narrow it down.
//!
//! What ideas may say to a question stands in the same file, which no schema can know: an idea may
//! have any key beside its own, and the check tells which are no questions.

use serde_json::json;

use super::records::id;
use super::shape::{FILLED, Key, Shape, key, list, map, one_or_more, table};

/// The file.
pub(super) fn shape() -> Shape {
    table(vec![
        key(
            "group_by",
            "The question by whose values lists are grouped.",
            Shape::Text,
        ),
        key(
            "plan",
            "The question into whose values a plan is divided.",
            Shape::Text,
        ),
        key(
            "together",
            "`true` lets people choose together.",
            Shape::Flag,
        )
        .usual(false),
        key(
            "words",
            "Words of the page that readers see, in place of the theme's.",
            map("preference", Shape::Words),
        ),
        key(
            "facets",
            "The questions, in the order in which they are asked, by their ids.",
            Shape::Map((super::shape::ID, "who"), Box::new(facet())),
        )
        .needed(),
        key(
            "lists",
            "Answers that belong together so often that they have a page of their own.",
            list(saved_list()),
        ),
        key(
            "few",
            "Answers that may leave few ideas, each with the reason.",
            list(few()),
        ),
        key(
            "ideas",
            "The ideas, in the order in which lists show them.",
            Shape::List(Box::new(idea()), 1),
        )
        .needed(),
    ])
    .sample(sample())
    .shape()
}

/// A file in which facets, lists and ideas agree.
fn sample() -> serde_json::Value {
    json!({
        "group_by": "who",
        "plan": "who",
        "together": true,
        "words": {"preference": "words"},
        "facets": {
            "who": {
                "name": "words", "question": {"en": "words"}, "help": "words", "answers": "one",
                "values": {"alone": "words"},
                "options": [{"id": "alone", "name": "words", "fits": ["alone"]}],
                "show": true,
            },
            "minutes": {
                "name": "words", "question": "words", "unit": "words",
                "options": [{"id": "5", "name": "words", "at_most": 5}],
            },
        },
        "lists": [{
            "id": "short", "title": "words", "description": "words", "with": {"who": "alone"},
        }],
        "few": [{"with": {"who": ["alone"]}, "because": "words"}],
        "ideas": [{
            "id": "tea", "name": "words", "how": "words", "not_for": "words", "safety": "words",
            "see": "words", "evidence": "personal preference", "ours": true, "from": ["words"],
            "picture": "words", "always": true, "who": "alone", "minutes": [1, 5],
        }],
    })
}

fn facet() -> Shape {
    let option = table(vec![
        key("id", "A short name that lists can use.", id()).needed(),
        key("name", "The words of the answer.", Shape::FilledWords).needed(),
        key(
            "fits",
            "The values that it leaves.",
            one_or_more(Shape::Text),
        ),
        key(
            "at_most",
            "For numbers: the largest that it leaves.",
            Shape::Integer(None, None),
        ),
    ]);
    let each = |with: &str, without: &str| json!({"items": {"required": [with], "not": {"required": [without]}}});
    table(vec![
        key(
            "name",
            "What it is about, in a word or two.",
            Shape::FilledWords,
        )
        .needed(),
        key("question", "What readers are asked.", Shape::FilledWords).needed(),
        key("help", "A sentence that helps to answer.", Shape::Words),
        key(
            "answers",
            "How many answers a reader may give.",
            Shape::OneOf(vec![("one", "One answer"), ("several", "Several answers")]),
        )
        .usual("one"),
        key(
            "values",
            "What ideas may say, each with its words for readers.",
            Shape::Map((super::shape::ID, "alone"), Box::new(Shape::FilledWords)),
        ),
        key(
            "unit",
            "For a question of numbers: what they count.",
            Shape::Words,
        ),
        key(
            "options",
            "The answers; without them each value is one. A question of numbers needs them.",
            Shape::List(Box::new(option.shape()), 1),
        ),
        key(
            "show",
            "`false` asks the question and does not show what ideas say to it.",
            Shape::Flag,
        )
        .usual(true),
    ])
    .rule("if", json!({"required": ["unit"]}))
    .rule(
        "then",
        json!({
            "required": ["options"],
            "not": {"required": ["values"]},
            "properties": {"options": each("at_most", "fits")},
        }),
    )
    .rule(
        "else",
        json!({
            "required": ["values"],
            "properties": {
                "values": {"minProperties": 1},
                "options": each("fits", "at_most"),
            },
        }),
    )
    .shape()
}

/// A question and one answer or several.
fn with() -> Key {
    let answer = Shape::Either(vec![Shape::Text, Shape::List(Box::new(Shape::Text), 1)]);
    key(
        "with",
        "Questions and their answers: `{ who: alone }`.",
        map("who", answer),
    )
    .needed()
}

fn saved_list() -> Shape {
    table(vec![
        key("id", "The last part of its address.", id())
            .needed()
            .example("five-minutes"),
        key("title", "The title of its page.", Shape::FilledWords).needed(),
        key("description", "A sentence or two below it.", Shape::Words),
        with(),
    ])
    .shape()
}

fn few() -> Shape {
    table(vec![
        with(),
        key(
            "because",
            "Why there are few, for those who edit the file.",
            FILLED,
        )
        .needed(),
    ])
    .shape()
}

fn idea() -> Shape {
    let evidence = Shape::Either(vec![
        Shape::OneOf(vec![(
            "personal preference",
            "A matter of taste: no study is needed",
        )]),
        Shape::Form("^\\S+$", "smith2001"),
        Shape::List(Box::new(Shape::Form("^\\S+$", "smith2001")), 1),
    ]);
    table(vec![
        key("id", "A short name that links can use.", id())
            .needed()
            .example("blanket"),
        key(
            "name",
            "What to do, as a kind request without a full stop.",
            Shape::FilledWords,
        )
        .needed(),
        key(
            "how",
            "How it is done, in a plain sentence.",
            Shape::FilledWords,
        )
        .needed(),
        key("not_for", "Why it may not suit everybody.", Shape::Words),
        key("safety", "What to take care of.", Shape::Words),
        key(
            "see",
            "A page that tells more, as a path from this file.",
            Shape::Text,
        ),
        key(
            "evidence",
            "`personal preference`, or the keys of works that are about this very thing.",
            evidence,
        )
        .needed(),
        key("ours", "`true` if it is our own suggestion.", Shape::Flag).usual(false),
        key(
            "from",
            "Where the idea comes from: keys of works.",
            one_or_more(Shape::Text),
        ),
        key(
            "picture",
            "A picture, as a path from this file.",
            Shape::Text,
        ),
        key(
            "always",
            "`true` keeps it whatever a reader answers.",
            Shape::Flag,
        )
        .usual(false),
    ])
    .open()
    .shape()
}
