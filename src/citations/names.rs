//! Names that are written otherwise so that works are told apart, or short enough to be named.

use citationberg::json::{Item, LiteralName, NameItem, NameValue, Value};

/// The first author of a work: who is named when works are told apart.
pub(super) fn first_author(item: &Item) -> Option<&NameItem> {
    let names = item.0.get("author").or_else(|| item.0.get("editor"))?;
    match names {
        Value::Names(names) => match names.first()? {
            NameValue::Item(name) => Some(name),
            NameValue::Literal(_) => None,
        },
        Value::String(_) | Value::Number(_) | Value::Date(_) => None,
    }
}

/// The given name of an author as a style shortens it: each initial with what the style puts behind
/// it; all of it where the style does not shorten.
pub(super) fn initials(name: &NameItem, with: Option<&str>) -> String {
    let given = name.given.as_deref().unwrap_or_default();
    let Some(with) = with else {
        return given.to_owned();
    };
    let mut initials = String::new();
    for word in given.split_whitespace() {
        for (index, part) in word.split('-').filter(|part| !part.is_empty()).enumerate() {
            if index > 0 {
                let trimmed = initials.trim_end().len();
                initials.truncate(trimmed);
                initials.push('-');
            }
            initials.extend(part.chars().next());
            initials.push_str(with);
        }
    }
    initials.trim_end().to_owned()
}

/// Puts the initials of the first author before the family name, where all styles print them.
pub(super) fn put_initials(item: &mut Item, with: Option<&str>) {
    let key = if item.0.contains_key("author") {
        "author"
    } else {
        "editor"
    };
    let Some(Value::Names(names)) = item.0.get_mut(key) else {
        return;
    };
    let Some(first) = names.first_mut() else {
        return;
    };
    if let NameValue::Item(name) = first {
        let initials = initials(name, with);
        let particle = name.non_dropping_particle.as_deref();
        let parts = [Some(initials.as_str()), particle, Some(&name.family)];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let literal = parts.join(" ");
        *first = NameValue::Literal(LiteralName { literal });
    }
}

/// The beginning of a title: to the colon, or a few words.
pub(super) fn shortened(title: &str) -> String {
    const WORDS: usize = 6;
    let main = title.split(": ").next().unwrap_or(title);
    let words: Vec<_> = main.split(' ').collect();
    if words.len() <= WORDS {
        return main.to_owned();
    }
    format!("{} …", words[..WORDS].join(" "))
}
