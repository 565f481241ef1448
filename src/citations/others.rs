//! "And others": authors whose names a bibliography does not give.
//!
//! BibTeX writes them as `and others`, which becomes a name `others` in the item, and Hayagriva YAML as
//! an author `others`. No style knows that name, so it is printed as if somebody were called so, and is
//! mended here: "Aa, B., & others" becomes "Aa, B., et al."

use citationberg::json::{Item, NameValue, Value};

/// How styles join the last name to those before it, in HTML and in plain text, the longest first.
const JOINED: [&str; 10] = [
    ", &amp; others",
    ", & others",
    ", and others",
    ", y others",
    " &amp; others",
    " & others",
    " and others",
    " y others",
    ", others",
    " others",
];

/// The name of those whose names are not given.
pub const OTHERS: &str = "others";

/// True for a work some of whose authors have no name.
pub fn has_others(item: &Item) -> bool {
    item.0.values().any(|value| match value {
        Value::Names(names) => names
            .iter()
            .any(|name| matches!(name, NameValue::Literal(name) if name.literal == OTHERS)),
        Value::String(_) | Value::Number(_) | Value::Date(_) => false,
    })
}

/// What is printed for such a work, mended.
pub fn mended(printed: &str) -> String {
    for joined in JOINED {
        let Some(start) = printed.find(joined) else {
            continue;
        };
        let comma = if joined.starts_with(',') { "," } else { "" };
        let rest = &printed[start + joined.len()..];
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        return format!("{}{comma} et al.{rest}", &printed[..start]);
    }
    printed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_et_al_whatever_joins_them() {
        for (printed, expected) in [
            ("Aa &amp; others, 2021", "Aa et al., 2021"),
            ("Aa, B., &amp; others. (2021).", "Aa, B., et al. (2021)."),
            ("Aa B, others. Title.", "Aa B, et al. Title."),
            ("Aa, B., and others. Title.", "Aa, B., et al. Title."),
            ("Aa, 2021", "Aa, 2021"),
        ] {
            assert_eq!(mended(printed), expected);
        }
    }
}
