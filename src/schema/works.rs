//! `content/references.yaml` and `content/evidence.yaml`.

use serde_json::json;

use super::shape::{FILLED, Key, Shape, key, map, one_or_more, table};
use crate::records::works::evidence::{Kind, Standing, Strength};
use crate::records::works::hayagriva;

/// `content/references.yaml`: works by their keys.
pub(super) fn references() -> Shape {
    map("doe2014", Shape::Defined("work"))
}

/// What a bibliography says again and again.
pub(super) fn definitions() -> Vec<(&'static str, Shape)> {
    vec![
        ("work", work()),
        ("words", Shape::Either(vec![Shape::Text, words()])),
        ("person", person()),
    ]
}

/// Words with a short form beside them.
fn words() -> Shape {
    let mut keys = vec![
        key("value", "The words.", FILLED).needed(),
        key("short", "A short form of them.", Shape::Text),
    ];
    let others = ["verbatim", "sentence-case", "title-case", "translation"];
    keys.extend(
        others.map(|name| key(name, "Not used here; kept for other programs.", Shape::Any)),
    );
    table(keys).shape()
}

fn person() -> Shape {
    let parts = table(vec![
        key("name", "The family name.", FILLED).needed(),
        key("given-name", "The given name.", Shape::Text),
        key("prefix", "Such as `van der`.", Shape::Text),
        key(
            "suffix",
            "What stands behind the name, such as `Jr`.",
            Shape::Text,
        ),
        key(
            "alias",
            "Not used here; kept for other programs.",
            Shape::Any,
        ),
    ]);
    let name = Shape::Form(".*", "Doe, Jane");
    Shape::Either(vec![name, parts.shape()])
}

fn people() -> Shape {
    one_or_more(Shape::Defined("person"))
}

fn work() -> Shape {
    let mut keys = vec![
        key("type", "What it is.", Shape::Text).example("article"),
        key(
            "title",
            "Its title; braces keep capitals: `{HIV}`.",
            Shape::Defined("words"),
        ),
        key(
            "author",
            "Who wrote it: `\"Doe, Jane\"`, or an organisation.",
            people(),
        )
        .example(json!(["Doe, Jane", "Example Health Service"])),
        key("editor", "Who edited it.", people()),
        key(
            "date",
            "When it appeared: `2014`, `2014-05` or `2014-05-03`.",
            Shape::Either(vec![
                Shape::Form("[0-9]", "2014-05"),
                Shape::Integer(None, None),
            ]),
        )
        .example("2014-05"),
        key(
            "organization",
            "The organisation that made it.",
            Shape::Defined("words"),
        ),
        key("location", "Where.", Shape::Defined("words")),
        key(
            "parent",
            "What contains it, such as a journal, with keys of its own.",
            one_or_more(Shape::Defined("work")),
        )
        .example(json!({"type": "periodical", "title": "Journal of Examples", "volume": 7})),
        key(
            "time-range",
            "Not used here; kept for other programs.",
            Shape::Any,
        ),
    ];
    keys.extend(hayagriva::TEXTS.iter().map(|(name, _)| {
        key(
            name,
            "Words or a number, as the work has them.",
            Shape::Defined("words"),
        )
    }));
    keys.extend(with_tables());
    table(keys).shape()
}

/// What is a word, or a table of them.
fn with_tables() -> Vec<Key> {
    let address = table(vec![
        key("value", "The address.", FILLED).needed(),
        key(
            "date",
            "When somebody looked.",
            Shape::Form("[0-9]", "2014-05-03"),
        ),
    ]);
    let publisher = table(vec![
        key("name", "Its name.", Shape::Text),
        key("location", "Where it is.", Shape::Text),
    ])
    .rule("minProperties", json!(1));
    let schemes = hayagriva::SERIALS.iter().map(|(name, _)| *name);
    let schemes = schemes.chain(["arxiv", "serial"]);
    let serial = table(
        schemes
            .map(|name| key(name, "Its number.", Shape::Text))
            .collect(),
    );
    let affiliated = table(vec![
        key("role", "What they did.", Shape::Text).example("translator"),
        key("names", "Who.", people()),
    ])
    .sample(json!({"role": "translator", "names": ["Doe, Jane"]}));
    vec![
        key(
            "url",
            "Its address.",
            Shape::Either(vec![Shape::Text, address.shape()]),
        ),
        key(
            "publisher",
            "Who published it.",
            Shape::Either(vec![Shape::Text, publisher.shape(), words()]),
        ),
        key(
            "serial-number",
            "Its numbers: `{doi: 10.1000/182}`.",
            Shape::Either(vec![Shape::Text, serial.shape()]),
        ),
        key(
            "affiliated",
            "Others who had a part in it.",
            one_or_more(affiliated.shape()),
        ),
    ]
}

/// `content/evidence.yaml`: what is known of works, by their keys.
pub(super) fn evidence() -> Shape {
    let verified = table(vec![
        key(
            "by",
            "Who compared the details with the work: an id of `content/people.yaml`.",
            FILLED,
        )
        .needed(),
        key("on", "The day.", Shape::Date).needed(),
    ]);
    let not_yet = Shape::OneOf(vec![("no", "Nobody has")]);
    let kinds = Kind::NAMES.map(|(name, kind)| (name, about(kind)));
    let strengths = Strength::NAMES.map(|(name, strength)| (name, about_strength(strength)));
    let known = table(vec![
        key(
            "kind",
            "What kind of evidence it is.",
            Shape::OneOf(kinds.to_vec()),
        ),
        key(
            "strength",
            "How strong it is.",
            Shape::OneOf(strengths.to_vec()),
        ),
        key(
            "population",
            "In whom it was found, in plain words.",
            Shape::Text,
        ),
        key("finding", "What was found, in plain words.", Shape::Text),
        key(
            "limits",
            "What it cannot tell, in plain words.",
            Shape::Text,
        ),
        key(
            "open_access",
            "Where it can be read free of charge.",
            whole_address(),
        ),
        key("archive", "A copy in an archive.", whole_address()),
        key(
            "verified",
            "Who has compared the details with the work itself, and when; or `no`.",
            Shape::Either(vec![verified.shape(), not_yet, Shape::No]),
        ),
        key(
            "unsure",
            "Details, by their CSL names, that nobody has confirmed: never printed.",
            one_or_more(Shape::Text),
        ),
        key("status", "Whether it still stands.", status()),
        key(
            "uncited",
            "Why no page cites it, for a work that is kept for later.",
            Shape::Text,
        ),
    ]);
    map(
        "muise2014",
        Shape::Either(vec![known.shape(), Shape::Nothing]),
    )
}

fn status() -> Shape {
    let standings = Standing::NAMES.map(|(name, standing)| (name, about_standing(standing)));
    table(vec![
        key(
            "is",
            "What has become of it.",
            Shape::OneOf(standings.to_vec()),
        )
        .needed(),
        key("checked", "The day on which somebody looked.", Shape::Date).needed(),
        key("notice", "Where the notice of it is.", whole_address()),
    ])
    .shape()
}

/// An address that a browser can open.
fn whole_address() -> Shape {
    Shape::Form(
        "^\\s*[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]\\S*\\s*$",
        "https://example.org/",
    )
}

const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::SystematicReview => "All studies on a question, found and weighed together",
        Kind::Trial => "People were put into groups by chance",
        Kind::Cohort => "People were followed over time",
        Kind::DiaryStudy => "People kept a diary for days or weeks",
        Kind::Survey => "People were asked once",
        Kind::Laboratory => "Something was measured in a laboratory",
        Kind::Interviews => "People were interviewed, or their words were studied",
        Kind::Guideline => "What a professional body advises",
        Kind::Overview => "A summary of a field that does not weigh all of it",
        Kind::Theory => "An idea of how something may work",
        Kind::Experience => "What people with experience say",
        Kind::Book => "A book for everybody",
        Kind::Website => "A page of an organisation",
    }
}

const fn about_strength(strength: Strength) -> &'static str {
    match strength {
        Strength::A => "A systematic review or a meta-analysis, or consistent controlled evidence",
        Strength::B => "One randomised trial, or several consistent observational studies",
        Strength::C => "Small or single observational studies, convenience samples",
        Strength::D => "Theory, experience, what experts say",
    }
}

const fn about_standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "It stands as it was published",
        Standing::Corrected => "A correction was published",
        Standing::Concern => "Its publisher has doubts about it",
        Standing::Retracted => "It was withdrawn",
    }
}
