//! Bibliographic data made fit for the CSL engine.
//!
//! The engine takes CSL-JSON, but trips over some of it: it stops the program at a range of dates or
//! at a date without parts, takes the first word of a family name for a given name when there is no
//! given name, and counts an empty field as there. [`fit`] mends that, and nothing else.

use citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDateRange};

use super::html::{self, HYPHEN};
use super::title::{self, Letters};

/// A copy of an item that the engine can print. `id` tells it from all others.
pub(super) fn fit(item: &Item, id: &str) -> Item {
    let mut fit = Item(Default::default());
    for (field, value) in &item.0 {
        let value = match value {
            Value::String(text) => text_value(field, text),
            Value::Number(number) if *number < 0 => Some(Value::String(number.to_string())),
            Value::Number(number) => Some(Value::Number(*number)),
            Value::Names(names) => names_value(names),
            Value::Date(date) => date_value(date),
        };
        if let Some(value) = value {
            fit.0.insert(field.clone(), value);
        }
    }
    let kind = fit.type_().map(|kind| kind.into_owned());
    if kind.is_none() {
        let document = Value::String("document".to_owned());
        fit.0.insert("type".to_owned(), document);
    }
    fit.0.insert("id".to_owned(), Value::String(id.to_owned()));
    fit
}

/// A copy of an item with its titles marked, see [`title`].
pub(super) fn guarded(item: &Item, letters: Letters) -> Item {
    let mut guarded = item.clone();
    for (field, value) in &mut guarded.0 {
        if let Value::String(text) = value
            && title::is_title(field)
        {
            *text = title::guarded(text, letters);
        }
    }
    guarded
}

fn text_value(field: &str, text: &str) -> Option<Value> {
    let text: String = text.chars().filter(|letter| !is_private(*letter)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match field {
        "URL" => text,
        "DOI" => bare_doi(&text).to_owned(),
        "number" => one_number(&text.replace("--", "–")),
        "page" | "volume" | "issue" | "number-of-pages" => text.replace("--", "–"),
        _ => with_apostrophes(&text),
    };
    (!text.is_empty()).then_some(Value::String(text))
}

/// The number of a report, as "2018-7", is one number and no range. For the engine it is the number
/// 2018 with something behind it.
fn one_number(text: &str) -> String {
    let Some((before, after)) = text.split_once('-') else {
        return text.to_owned();
    };
    let has_digit = before.ends_with(|letter: char| letter.is_ascii_digit());
    let disguised = after.chars().map(|letter| match letter.to_digit(10) {
        _ if letter == '-' => HYPHEN,
        Some(digit) if has_digit => html::disguised(digit),
        Some(_) | None => letter,
    });
    let mut number = before.to_owned();
    number.push(HYPHEN);
    number.extend(disguised);
    number
}

/// Straight apostrophes inside and at the end of words as printers set them.
fn with_apostrophes(text: &str) -> String {
    let mut curly = String::with_capacity(text.len());
    let mut after_letter = false;
    for letter in text.chars() {
        curly.push(if letter == '\'' && after_letter {
            '’'
        } else {
            letter
        });
        after_letter = letter.is_alphanumeric();
    }
    curly
}

/// A DOI without the address of its resolver.
fn bare_doi(text: &str) -> &str {
    text.find("10.").map_or(text, |start| {
        let before = text[..start].to_ascii_lowercase();
        let is_address = before.ends_with("doi.org/") || before.trim_end().ends_with("doi:");
        if is_address { &text[start..] } else { text }
    })
}

fn names_value(names: &[NameValue]) -> Option<Value> {
    let names: Vec<_> = names.iter().filter_map(fit_name).collect();
    (!names.is_empty()).then_some(Value::Names(names))
}

fn fit_name(name: &NameValue) -> Option<NameValue> {
    match name {
        NameValue::Literal(name) => literal(&name.literal),
        NameValue::Item(name) => {
            let given = name.given.as_deref().and_then(clean);
            let Some(family) = clean(&name.family) else {
                return literal(&given?);
            };
            // A family name alone is the name of a group, or of a person who has but one. Given as
            // it is, the engine would split it at its last small letter.
            if given.is_none() && name.non_dropping_particle.is_none() {
                return literal(&family);
            }
            let (particle, family) = match name.non_dropping_particle.as_deref().and_then(clean) {
                Some(particle) => (Some(particle), family),
                None => split_particle(family),
            };
            Some(NameValue::Item(NameItem {
                family,
                given,
                non_dropping_particle: particle,
                dropping_particle: name.dropping_particle.as_deref().and_then(clean),
                suffix: name.suffix.as_deref().and_then(clean),
                comma_suffix: name.comma_suffix,
            }))
        }
    }
}

/// Small words in front of a family name, as in "van der Berg". The engine would drop them where it
/// prints the family name alone.
fn split_particle(family: String) -> (Option<String>, String) {
    let is_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let words: Vec<_> = family.split(' ').collect();
    let particles = words.iter().take_while(|word| is_small(word)).count();
    if particles == 0 || particles == words.len() {
        return (None, family);
    }
    (
        Some(words[..particles].join(" ")),
        words[particles..].join(" "),
    )
}

fn literal(name: &str) -> Option<NameValue> {
    clean(name).map(|literal| NameValue::Literal(LiteralName { literal }))
}

fn clean(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|letter| !is_private(*letter)).collect();
    let text = with_apostrophes(&text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Letters that mean something to this room only.
fn is_private(letter: char) -> bool {
    ('\u{e000}'..='\u{e02f}').contains(&letter)
}

/// The first day of a date, as far as it is one.
fn date_value(date: &DateValue) -> Option<Value> {
    let (parts, season, circa) = match date {
        DateValue::Raw { raw, season, .. } => {
            (VecDateRange::from(*raw), season.clone(), raw.start.circa)
        }
        DateValue::DateParts {
            date_parts,
            season,
            circa,
            ..
        } => (date_parts.clone(), season.clone(), *circa),
    };
    let is_raw = matches!(date, DateValue::Raw { .. });
    let mut first = parts.0.into_iter().next()?;
    if is_raw {
        // Parsed text counts months and days from nought, lists of parts from one.
        first.0.iter_mut().skip(1).for_each(|part| *part += 1);
    }
    first.0.truncate(3);
    let is_month = first.0.get(1).is_none_or(|month| (1..=12).contains(month));
    let is_day = first.0.get(2).is_none_or(|day| (1..=31).contains(day));
    if !is_month {
        first.0.truncate(1);
    } else if !is_day {
        first.0.truncate(2);
    }
    if first.0.is_empty() {
        return None;
    }
    Some(Value::Date(DateValue::DateParts {
        date_parts: VecDateRange(vec![first]),
        literal: None,
        season,
        circa,
    }))
}
