//! What a style asks for somewhere, found wherever it stands.

use crate::citations::title::Letters;

/// The first value of an attribute, anywhere in a style.
pub(super) fn find<'a>(json: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    match json {
        Object(table) => {
            let here = table.get(key).filter(|value| !value.is_null());
            here.or_else(|| table.values().find_map(|value| find(value, key)))
        }
        Array(list) => list.iter().find_map(|value| find(value, key)),
        Null | Bool(_) | Number(_) | String(_) => None,
    }
}

/// Titles are guarded where the style wants title case, unless it also wants sentence case, for which
/// the engine has rules of its own.
pub(super) fn letters(json: &serde_json::Value) -> Letters {
    if has_text_case(json, "title") && !has_text_case(json, "sentence") {
        Letters::Guarded
    } else {
        Letters::Free
    }
}

fn has_text_case(json: &serde_json::Value, case: &str) -> bool {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    match json {
        Object(table) => {
            table
                .get("@text-case")
                .is_some_and(|value| value.as_str() == Some(case))
                || table.values().any(|value| has_text_case(value, case))
        }
        Array(list) => list.iter().any(|value| has_text_case(value, case)),
        Null | Bool(_) | Number(_) | String(_) => false,
    }
}
