//! Dates as bibliographies write them: `2014`, `2014-05`, `2014-05-03`, `2013/2014`, `2014~`, `2014-21`
//! (spring), and what people write in their place.

use std::ops::RangeInclusive;

use citationberg::json::{DateValue, FixedDate, VecDate, VecDateRange};
use jiff::civil::Date;

/// Years that CSL can hold.
const YEARS: RangeInclusive<i32> = -9999..=9999;

/// One day, month, season or year.
#[derive(Debug, Default)]
struct Moment {
    parts: Vec<i16>,
    season: Option<i16>,
    is_about: bool,
}

/// A date of year, month and day, as many of them as are known.
pub fn of_parts(parts: Vec<i16>) -> DateValue {
    DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts)]),
        literal: None,
        season: None,
        circa: false,
    }
}

/// A date that is words alone, such as "in press".
pub fn literal(words: &str) -> DateValue {
    DateValue::DateParts {
        date_parts: VecDateRange(Vec::new()),
        literal: Some(words.to_owned()),
        season: None,
        circa: false,
    }
}

/// A date in the form of ISO 8601, with its extensions for seasons, ranges and approximate dates.
pub fn parse(text: &str) -> Option<DateValue> {
    let text = text.trim();
    let (begin, end) = match text.split_once('/') {
        Some((begin, end)) => (begin, end.trim()),
        None => (text, ""),
    };
    let begin = moment(begin)?;
    // `2014/` and `2014/..` go on without an end.
    let end = match end {
        "" | ".." | "*" => None,
        end => Some(moment(end)?),
    };
    let is_about = begin.is_about || end.as_ref().is_some_and(|end| end.is_about);
    let season = begin.season.map(|season| season.to_string());
    let mut dates = vec![VecDate(begin.parts)];
    dates.extend(end.map(|end| VecDate(end.parts)));
    Some(DateValue::DateParts {
        date_parts: VecDateRange(dates),
        literal: None,
        season,
        circa: is_about,
    })
}

/// A year as people write it: `2014`, `2013-2014`, `2013--14`, `c. 1950`, `[1950]`, `1950a`. What holds
/// no year is a date in words.
pub fn parse_year(text: &str) -> DateValue {
    let text = text.trim();
    let plain = text.replace(['–', '—'], "-").replace("--", "-");
    if let Some((begin, end)) = plain.split_once('-').or_else(|| plain.split_once('/'))
        && let (Some(begin), Some(end)) = (four_digits(begin), short_year(begin, end))
        && end > begin
    {
        return DateValue::DateParts {
            date_parts: VecDateRange(vec![VecDate(vec![begin]), VecDate(vec![end])]),
            literal: None,
            season: None,
            circa: false,
        };
    }
    if let Some(date) = parse(&plain) {
        return date;
    }
    let digits = plain
        .split(|c: char| !c.is_ascii_digit())
        .find_map(four_digits);
    let Some(year) = digits else {
        return literal(text);
    };
    let lower = plain.to_lowercase();
    let is_about = lower.starts_with("ca") || lower.starts_with("c.") || lower.starts_with("circa");
    DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(vec![year])]),
        literal: None,
        season: None,
        circa: is_about,
    }
}

/// True for text that means to be a date in digits, so that a wrong one is worth a word.
pub fn is_in_digits(text: &str) -> bool {
    let mut letters = text.trim().chars().peekable();
    letters.peek().is_some_and(char::is_ascii_digit)
        && letters.all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '~' | '?'))
}

/// The number of a month, by its name or digits: `5`, `may`, `May`, `Mai`.
pub fn month(text: &str) -> Option<i16> {
    let text = text.trim().trim_end_matches('.');
    if let Ok(number) = text.parse::<i16>() {
        return (1..=12).contains(&number).then_some(number);
    }
    const NAMES: [&[&str]; 12] = [
        &["jan", "ene"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mei"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû", "ago"],
        &["sep", "set"],
        &["oct", "okt", "out", "ott"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let lower = text.to_lowercase();
    let found = NAMES
        .iter()
        .position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    i16::try_from(found + 1).ok()
}

/// The beginning of a date and its end: year, month, day, as many as are known.
pub fn moments(date: &DateValue) -> Vec<Vec<i16>> {
    match date {
        DateValue::Raw { raw, .. } => {
            // The library counts months and days from 0.
            let parts = |date: &FixedDate| {
                let mut parts = vec![date.year];
                parts.extend(date.month.map(|month| i16::from(month) + 1));
                parts.extend(date.day.map(|day| i16::from(day) + 1));
                parts
            };
            let mut moments = vec![parts(&raw.start)];
            moments.extend(raw.end.as_ref().map(parts));
            moments
        }
        DateValue::DateParts { date_parts, .. } => {
            let moments = date_parts.0.iter().map(|date| date.0.clone());
            moments.filter(|parts| !parts.is_empty()).collect()
        }
    }
}

/// The year in which it begins.
pub fn year(date: &DateValue) -> Option<i16> {
    moments(date)
        .first()
        .and_then(|parts| parts.first().copied())
}

/// What stands in the place of a date, or beside it: "in press".
pub fn words(date: &DateValue) -> Option<&str> {
    match date {
        DateValue::Raw { literal, .. } | DateValue::DateParts { literal, .. } => literal.as_deref(),
    }
}

/// The date in the form that [`parse`] reads; `None` for a date in words.
pub fn iso(date: &DateValue) -> Option<String> {
    let season = match date {
        DateValue::Raw { season, .. } | DateValue::DateParts { season, .. } => season.as_deref(),
    };
    let season = season.and_then(|season| season.parse::<i16>().ok());
    let text: Vec<_> = moments(date)
        .iter()
        .enumerate()
        .map(|(index, parts)| {
            let mut text = format!("{:04}", parts[0]);
            for part in &parts[1..] {
                text.push_str(&format!("-{part:02}"));
            }
            if let (0, 1, Some(season)) = (index, parts.len(), season) {
                text.push_str(&format!("-{}", season + 20));
            }
            text
        })
        .collect();
    let about = if date.is_approx() { "~" } else { "" };
    (!text.is_empty()).then(|| format!("{}{about}", text.join("/")))
}

fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let is_about = text.contains(['~', '?', '%']);
    let text = text.trim_matches(['~', '?', '%']);
    // A time of day says nothing that is printed.
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let mut parts = Vec::new();
    for part in digits.split('-') {
        let is_sound = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_sound {
            return None;
        }
        parts.push(part.parse::<i32>().ok()?);
    }
    parts[0] *= sign;
    let is_year = YEARS.contains(&parts[0]) && digits.split('-').next()?.len() <= 4;
    let month = parts.get(1).copied();
    match (parts.len(), month) {
        _ if !is_year => return None,
        (1, _) => {}
        (2, Some(21..=24)) => {
            return Some(Moment {
                parts: vec![i16::try_from(parts[0]).ok()?],
                season: i16::try_from(parts[1] - 20).ok(),
                is_about,
            });
        }
        (2, Some(1..=12)) => {}
        (3, Some(1..=12)) => {
            let year = i16::try_from(parts[0]).ok()?;
            let (month, day) = (i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?);
            Date::new(year, month, day).ok()?;
        }
        _ => return None,
    }
    let parts: Result<Vec<_>, _> = parts.into_iter().map(i16::try_from).collect();
    Some(Moment {
        parts: parts.ok()?,
        season: None,
        is_about,
    })
}

fn four_digits(text: &str) -> Option<i16> {
    let text = text.trim();
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| text.parse().ok()).flatten()
}

/// The second year of `2013-2014`, `1994-95`. Not of `2003-04`, which is a month.
fn short_year(begin: &str, end: &str) -> Option<i16> {
    let end = end.trim();
    if end.len() == 2 && end.parse::<u8>().is_ok_and(|number| number > 24) {
        return four_digits(&format!("{}{end}", begin.trim().get(..2)?));
    }
    four_digits(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<DateValue>) -> String {
        date.map_or_else(
            || "-".to_owned(),
            |date| iso(&date).unwrap_or_else(|| "words".to_owned()),
        )
    }

    #[test]
    fn dates_in_digits_are_read_and_written() {
        for (text, expected) in [
            ("2014", "2014"),
            ("2014-05", "2014-05"),
            ("2014-05-03", "2014-05-03"),
            ("2014-05-03T10:00:00Z", "2014-05-03"),
            ("2013/2014", "2013/2014"),
            ("2013-12/2014-01", "2013-12/2014-01"),
            ("2013/..", "2013"),
            ("2014-21", "2014-21"),
            ("~2003-06-21", "2003-06-21~"),
            ("1950?", "1950~"),
            ("-0044", "-044"),
            ("2014-13", "-"),
            ("2014-02-30", "-"),
            ("2014-5-x", "-"),
            ("05/03/2014", "-"),
            ("spring", "-"),
        ] {
            assert_eq!(shown(parse(text)), expected, "{text}");
        }
    }

    #[test]
    fn years_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2014", "2014"),
            ("2013-2014", "2013/2014"),
            ("1994--95", "1994/1995"),
            ("2003-04", "2003-04"),
            ("c. 1950", "1950~"),
            ("[1950]", "1950"),
            ("1950a", "1950"),
            ("Spring 2014", "2014"),
            ("in press", "words"),
        ] {
            assert_eq!(shown(Some(parse_year(text))), expected, "{text}");
        }
    }

    #[test]
    fn months_have_names_and_numbers() {
        for (text, expected) in [
            ("5", Some(5)),
            ("may", Some(5)),
            ("Sept.", Some(9)),
            ("Dezember", Some(12)),
            ("13", None),
            ("soon", None),
        ] {
            assert_eq!(month(text), expected, "{text}");
        }
    }
}
