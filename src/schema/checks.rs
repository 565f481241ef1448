//! `[checks]` and `[spelling]` of `site.toml`: what the site has decided about messages.

use serde_json::json;

use super::shape::{FILLED, Key, Shape, key, list, map, table};
use crate::diagnostic::Code;

/// `[spelling]`.
pub(super) fn spelling() -> Key {
    let spelling = table(vec![
        key("check", "`false` leaves spelling alone.", Shape::Flag).usual(true),
        key(
            "folder",
            "The folder of the site that holds dictionaries.",
            Shape::Text,
        )
        .usual(".dictionaries"),
        key(
            "dictionaries",
            "The dictionary of a language: `es = \"es_ES\"`.",
            map("es", Shape::Form(".*", "es_ES")),
        ),
    ]);
    let about = "Holds texts against dictionaries; without the table nothing is.";
    key("spelling", about, spelling.shape())
}

/// `[checks]`.
pub(super) fn checks() -> Key {
    let codes = || Code::ALL.iter().filter(|code| !code.is_fixed());
    let weights = Shape::OneOf(vec![
        ("error", "Nothing is published while it stands"),
        ("warning", "Published; fails a strict check"),
        ("note", "Shown, and never fails"),
        ("off", "Not looked at"),
    ]);
    let severity = codes().map(|code| key(code.as_str(), code.about(), weights.clone()));
    let severity = table(severity.collect()).sample(json!({"percentage": "off"}));
    let names = codes().map(|code| (code.as_str(), code.about()));
    let except = table(vec![
        key(
            "code",
            "The name of the message.",
            Shape::OneOf(names.collect()),
        )
        .needed(),
        key("path", "A file, or a folder that ends with `/`.", FILLED).needed(),
        key(
            "text",
            "Words at the place; any place of the file when they are left out.",
            Shape::Text,
        ),
        key("reason", "Why it is right there.", FILLED).needed(),
    ])
    .sample(json!({
        "code": "percentage", "path": "content/", "text": "20%", "reason": "it is quoted",
    }));
    let checks = table(vec![
        key(
            "severity",
            "How much each kind of message weighs.",
            severity.shape(),
        ),
        key(
            "except",
            "Where a message may stand, with the reason.",
            list(except.shape()),
        ),
    ]);
    key(
        "checks",
        "What the site has decided about messages.",
        checks.shape(),
    )
}
