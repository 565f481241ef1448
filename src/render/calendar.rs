//! The reviews that are due as a calendar file (iCalendar, RFC 5545), for the calendars of those who
//! review.
//!
//! One event of a whole day for each page, with a reminder two weeks ahead. Its name is the discreet
//! title of the page, since calendars are seen by others. The same site gives the same bytes: an
//! event is stamped with the day of the review before it, not by a clock, and its id stays the same,
//! so that a newer file moves the events of an older one.

use jiff::civil::Date;

use crate::records::Review;
use crate::records::reviews::shown;
use crate::site::{PageId, Site};

/// The calendar of the next reviews of pages; `None` when none of them has a day.
pub fn render(site: &Site, pages: &[PageId]) -> Option<String> {
    let events: Vec<_> = pages
        .iter()
        .filter_map(|id| {
            let standing = site.standing(*id)?;
            Some(event(site, *id, standing.record?, standing.due?))
        })
        .collect();
    if events.is_empty() {
        return None;
    }
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Afterword//Reviews//EN".to_owned(),
    ];
    lines.extend(events.into_iter().flatten());
    lines.push("END:VCALENDAR".to_owned());
    Some(lines.iter().map(|line| folded(line)).collect())
}

fn event(site: &Site, id: PageId, review: &Review, due: Date) -> Vec<String> {
    let page = site.page(id);
    let path = shown(&review.page.value);
    let hash = blake3::hash(format!("{} {path}", site.config.base_url.absolute("")).as_bytes());
    let name = escaped(&format!("Review due: {}", page.short_title()));
    let address = site.config.base_url.absolute(&site.page_address(id));
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:review-{}@afterword", &hash.to_hex()[..32]),
        format!("DTSTAMP:{}T000000Z", digits(review.on.value)),
        format!("DTSTART;VALUE=DATE:{}", digits(due)),
        format!("SUMMARY:{name}"),
        format!("URL:{address}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "TRIGGER:-P14D".to_owned(),
        format!("DESCRIPTION:{name}"),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
    ]
}

/// A day as the format writes it: `20261122`.
fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\");
    let text = text.replace(';', "\\;").replace(',', "\\,");
    text.split(['\r', '\n']).collect::<Vec<_>>().join(" ")
}

/// A line with its end, broken where it is longer than 75 bytes.
fn folded(line: &str) -> String {
    const LONGEST: usize = 75;
    let mut folded = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "ñ".repeat(80));
        let folded = folded(&line);
        assert!(
            folded.split("\r\n").all(|line| line.len() <= 75),
            "{folded}"
        );
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d e");
        assert_eq!(digits(jiff::civil::date(2026, 1, 2)), "20260102");
    }
}
