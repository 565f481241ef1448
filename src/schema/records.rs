//! The data files beside the articles: people, reviews, translations, services, words, coverage.

use serde_json::json;

use super::shape::{ADDRESS, FILLED, ID, Key, Shape, Table, key, list, map, one_or_more, table};
use crate::records::services::Need;
use crate::records::wording::WordKind;

/// A short name that can be part of an address. Digits alone are one too, and so is `true`.
pub(super) fn id() -> Shape {
    let number = Shape::Integer(Some(0), None);
    Shape::Either(vec![Shape::Form(ID, "short-name"), number, Shape::Flag])
}

/// `content/people.yaml`.
pub(super) fn people() -> Shape {
    let person = table(vec![
        key("id", "A short name that `authors` can use.", id())
            .needed()
            .example("jo"),
        key("name", "The name that readers see.", FILLED).needed(),
        key("role", "What they do.", Shape::Text),
        key("credentials", "Qualifications.", Shape::Text),
        key("about", "A few sentences.", Shape::Text),
        key(
            "interests",
            "Interests that a reader may want to know of.",
            Shape::Text,
        ),
        key("example", "`true` for an invented person.", Shape::Flag).usual(false),
    ]);
    file(person)
}

/// A file that is a list; an empty one counts as a list without entries.
fn file(entry: Table) -> Shape {
    let empty = Shape::Table(Table::default());
    Shape::Either(vec![list(entry.shape()), empty])
}

/// The hash of a part as our commands write it. Sixteen digits are a number to YAML.
fn part() -> Shape {
    let number = Shape::Integer(Some(1_000_000_000_000_000), None);
    Shape::Either(vec![
        Shape::Form("^[0-9a-f]{16}$", "0123456789abcdef"),
        number,
    ])
}

/// `content/reviews.yaml`.
pub(super) fn reviews() -> Shape {
    let text = Shape::Form("^[0-9a-f]{32}$", "0123456789abcdef0123456789abcdef");
    let review = table(vec![
        key("page", "The page's file below `content/`.", FILLED)
            .needed()
            .example("caring/low-mood.md"),
        key(
            "by",
            "Who reviewed it: an id of `content/people.yaml`.",
            FILLED,
        )
        .needed(),
        key("on", "The day of the review.", Shape::Date).needed(),
        key(
            "checked",
            "What was checked, in words that readers see.",
            Shape::Text,
        )
        .example("Facts against sources; tone"),
        key(
            "due",
            "The day of the next review; when not written, the months of `review_months` later.",
            Shape::Date,
        ),
        key(
            "text",
            "The fingerprint of the text, which `afterword review` writes.",
            text,
        )
        .needed(),
        key(
            "parts",
            "The fingerprints of its parts, which `afterword review` writes.",
            map("title", part()),
        ),
    ]);
    file(review)
}

/// `content/translations.yaml`.
pub(super) fn translations() -> Shape {
    let paragraph = Shape::Form(
        "^[a-z]+(-[a-z0-9]+)* [0-9a-f]{16}$",
        "title 0123456789abcdef",
    );
    let translation = table(vec![
        key("page", "The translation's file below `content/`.", FILLED)
            .needed()
            .example("caring/low-mood.es.md"),
        key("on", "The day of the translation.", Shape::Date).needed(),
        key(
            "by",
            "Who translated it: an id of `content/people.yaml`.",
            Shape::Text,
        ),
        key(
            "uneven",
            "`true` where it is not built like its source, paragraph by paragraph, on purpose.",
            Shape::Flag,
        )
        .usual(false),
        key(
            "paragraphs",
            "A hash of each paragraph of the source, which `afterword translated` writes.",
            one_or_more(paragraph),
        )
        .needed(),
        key(
            "words",
            "On a page of kind `picker`: hashes of its words, which `afterword translated` writes.",
            map("idea tea", part()),
        ),
    ]);
    file(translation)
}

/// `content/services.yaml`.
pub(super) fn services() -> Shape {
    let mut keys = service_keys();
    keys.retain(|key| key.name != "need");
    let emergency = Shape::Either(vec![reachable(keys).shape(), one_or_more(phone())]);
    let needs = Need::NAMES.map(|(name, need)| (name, about(need)));
    let mut keys = service_keys();
    for key in &mut keys {
        if key.name == "need" {
            key.shape = one_or_more(Shape::OneOf(needs.to_vec()));
        }
    }
    let region = table(vec![
        key("id", "A short name that links can use.", id()).needed().example("malta"),
        key("name", "What readers call the place.", Shape::FilledWords).needed(),
        key("note", "A sentence about the place as a whole.", Shape::Words),
        key(
            "emergency",
            "Its emergency number: a number, several, or a table with all that a service can have.",
            emergency,
        )
        .example("112"),
        key(
            "services",
            "The other services, in the order in which readers see them.",
            list(reachable(keys).shape()),
        ),
    ])
    .rule(
        "anyOf",
        json!([
            {"required": ["emergency"], "properties": {"emergency": {"not": {"type": "null"}}}},
            {"required": ["services"], "properties": {"services": {"type": "array", "minItems": 1}}},
        ]),
    );
    file(region)
}

/// A service that says how to reach it, and who has checked it when.
fn reachable(keys: Vec<Key>) -> Table {
    let ways = ["phone", "text", "chat", "web"].map(|way| json!({"required": [way]}));
    table(keys).rule("anyOf", json!(ways)).rule(
        "dependencies",
        json!({"checked": ["checked_by"], "checked_by": ["checked"]}),
    )
}

/// A telephone number: digits, and no letters.
fn phone() -> Shape {
    Shape::Either(vec![
        Shape::Form(
            "^[^A-Za-z\\u00C0-\\u024F]*[0-9][^A-Za-z\\u00C0-\\u024F]*$",
            "01632 960 001",
        ),
        Shape::Number,
    ])
}

fn service_keys() -> Vec<Key> {
    let text = table(vec![
        key("to", "The number that messages go to.", phone()).needed(),
        key("word", "The word to send.", Shape::Text),
    ]);
    vec![
        key("need", "What it is for: one or several.", Shape::Any).needed(),
        key("name", "Its name.", Shape::Text),
        key(
            "phone",
            "Its telephone number, or several.",
            one_or_more(phone()),
        ),
        key(
            "text",
            "A line for text messages: `{to: 12345, word: HOME}`.",
            text.shape(),
        ),
        key("chat", "The address of a chat.", ADDRESS),
        key("web", "The address of its website.", ADDRESS),
        key("hours", "When it answers.", Shape::Words),
        key(
            "languages",
            "The languages in which it answers.",
            Shape::Words,
        ),
        key("cost", "What it costs.", Shape::Words),
        key(
            "on_bill",
            "Whether a call may be seen on a bill.",
            Shape::OneOf(vec![
                ("yes", "It may"),
                ("no", "It is left out of bills"),
                (
                    "unknown",
                    "Somebody has looked, and the service does not say",
                ),
            ]),
        ),
        key(
            "note",
            "Anything else that a caller may want to know.",
            Shape::Words,
        ),
        key(
            "checked",
            "The day on which somebody compared the entry with the service's own page.",
            Shape::Date,
        ),
        key(
            "checked_by",
            "Who did: an id of `content/people.yaml`.",
            Shape::Text,
        ),
    ]
}

/// What a service is for, in words for those who choose.
const fn about(need: Need) -> &'static str {
    match need {
        Need::Emergency => "Danger to life",
        Need::SexualViolence => "Sexual violence",
        Need::Abuse => "Abuse at home",
        Need::Crisis => "Thoughts of suicide, or not coping",
        Need::SexualHealth => "Sexual health",
        Need::Lgbt => "For lesbian, gay, bi, trans and more",
        Need::Men => "For men",
        Need::YoungPeople => "For young people",
        Need::DeafRelay => "For people who are deaf or cannot speak",
        Need::Other => "Something else, which its note tells",
    }
}

/// `content/words.yaml`.
pub(super) fn words() -> Shape {
    let except = || {
        key(
            "except",
            "Phrases in which they are fine.",
            one_or_more(phrase()),
        )
    };
    let language = || key("language", "Only in texts of this language.", Shape::Text);
    let kinds = WordKind::NAMES.map(|(name, kind)| (name, kind.about()));
    let sensitive = table(vec![
        key("words", "Words such as `assault`.", phrases()).needed(),
        except(),
        language(),
    ]);
    let words = table(vec![
        key(
            "words",
            "Words or phrases; `*` stands for the end of a word.",
            phrases(),
        )
        .needed(),
        key(
            "instead",
            "What to write in their place, in words for authors.",
            FILLED,
        )
        .needed(),
        except(),
        language(),
        key("kind", "What they are.", Shape::OneOf(kinds.to_vec())).usual("tone"),
        key(
            "unless",
            "Where they may stand.",
            one_or_more(Shape::OneOf(vec![
                ("number", "In a sentence that says how many"),
                ("cited", "In a paragraph that cites something"),
            ])),
        ),
    ]);
    let lines = table(vec![
        key("lines", "Phrases such as `tell your partner`.", phrases()).needed(),
        key("link", "The page for people who are not safe.", FILLED)
            .needed()
            .example("not-ok.md"),
        except(),
        language(),
    ]);
    table(vec![
        key(
            "words",
            "Words that the site does not use.",
            list(words.shape()),
        ),
        key(
            "safe_lines",
            "Lines that need a link to a page in the same section.",
            list(lines.shape()),
        ),
        key(
            "sensitive",
            "What a page speaks of only below a `content_note`.",
            list(sensitive.shape()),
        ),
    ])
    .shape()
}

/// `content/dictionary.yaml`: words that are right, by language or for `all`.
pub(super) fn dictionary() -> Shape {
    map("en", one_or_more(Shape::Form(".*", "word")))
}

/// Words to look for.
fn phrase() -> Shape {
    let words = Shape::Form("\\w", "a phrase");
    Shape::Either(vec![words, Shape::Integer(None, None), Shape::Flag])
}

/// One phrase, or a list of one at least.
fn phrases() -> Shape {
    Shape::Either(vec![phrase(), Shape::List(Box::new(phrase()), 1)])
}

/// `content/coverage.yaml`.
pub(super) fn coverage() -> Shape {
    let point = || {
        let number = Shape::Integer(Some(0), None);
        Shape::Either(vec![Shape::Form("^[^0-9]*[0-9]+$", "A001"), number])
    };
    let row = table(vec![
        key("from", "The id of the first point.", point())
            .needed()
            .example("A001"),
        key("to", "The id of the last point.", point())
            .needed()
            .example("A197"),
        key(
            "what",
            "What the points are, for those who edit.",
            Shape::Text,
        ),
    ])
    .sample(json!({"from": "A001", "to": "A001", "what": "words"}));
    let places = || Shape::Either(vec![Shape::Text, Shape::List(Box::new(Shape::Text), 1)]);
    let has = |name: &str| {
        let something = json!({name: {"not": {"type": "null"}}});
        json!({"required": [name], "properties": something})
    };
    let settled = table(vec![
        key("at", "The places that settle it.", places()),
        key("how", "How it was done, for those who edit.", Shape::Text),
        key("declined", "Why it was left out.", FILLED),
    ])
    .rule("oneOf", json!([has("at"), has("declined")]))
    .sample(json!({"declined": "words", "how": "words"}))
    .sample(json!({"at": ["page.md"]}));
    table(vec![
        key(
            "points",
            "The points that have to be settled, in rows.",
            list(row.shape()),
        ),
        key(
            "settled",
            "Each point with the pages or headings that settle it, or why it was left out.",
            map("A001", Shape::Either(vec![settled.shape(), places()])),
        ),
    ])
    .shape()
}
