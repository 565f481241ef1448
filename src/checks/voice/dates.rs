//! Times that go stale, and days that cannot be.
//!
//! "Last year" is true for a year and then for nobody. What a reader has lived, "if you have recently
//! given birth", stays true and is left alone.
//!
//! To add a word: a line in [`ENGLISH`] or [`SPANISH`].

use std::ops::Range;

use super::texts::{Texts, phrases, sentence_at, words};
use crate::checks::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Passage;

/// Words for times that move on.
const ENGLISH: &[&str] = &[
    "as of now",
    "currently",
    "earlier this year",
    "in recent months",
    "in recent years",
    "last month",
    "last year",
    "later this year",
    "nowadays",
    "recently",
    "so far this year",
    "this month",
    "this year",
    "until recently",
];

/// The same in Spanish.
const SPANISH: &[&str] = &[
    "actualmente",
    "el año pasado",
    "el mes pasado",
    "en los últimos años",
    "este año",
    "este mes",
    "hace poco",
    "hasta hace poco",
    "hoy en día",
    "recientemente",
    "últimamente",
];

/// Words by which a sentence speaks of the reader's own time.
const OWN_TIME: &[&str] = &[
    "i", "i'm", "i've", "me", "my", "one", "our", "people", "someone", "they", "us", "we", "we've",
    "who", "you", "you're", "you've", "your", "has", "hayas", "mi", "mis", "nosotros", "quien",
    "te", "tu", "tus", "tú", "usted", "vosotros", "yo", "me", "nos",
];

/// Words by which a sentence speaks of what is to come.
const TO_COME: &[&str] = &[
    "before", "by", "due", "expires", "from", "next", "plan", "planned", "plans", "until", "will",
    "antes", "desde", "hasta", "próxima", "próximo", "será", "serán", "vence", "prevista",
    "previsto", "partir",
];

impl<'d> Texts<'_, 'd> {
    /// Words for times that move on, and years that have not come.
    pub(super) fn dates(&mut self) {
        let stale = match self.language() {
            "es" => SPANISH,
            "en" => ENGLISH,
            _ => &[],
        };
        for passage in self.passages {
            let text = &passage.prose.text;
            let all = words(text);
            for (_, first, last) in phrases(&all, stale) {
                let place = all[first].0.start..all[last].0.end;
                let sentence = sentence_at(text, place.start);
                let mut around = all.iter().filter(|(at, _)| sentence.contains(&at.start));
                if around.any(|(_, word)| OWN_TIME.contains(&word.as_str())) {
                    continue;
                }
                let message = format!("words that go stale: `{}`", &text[place.clone()]);
                let help = "write the year or the month, such as `in 2025`";
                self.report(Code::RelativeDate, passage, place, message, help);
            }
            self.years(passage, &all);
        }
    }

    /// Years later than this one, in sentences that tell of what has been.
    fn years(&mut self, passage: &Passage<'d>, all: &[(Range<usize>, String)]) {
        let today = self.subject.site.today;
        let text = &passage.prose.text;
        for (place, word) in all {
            let is_year = word.len() == 4 && word.starts_with("20");
            let Some(year) = word.parse::<i16>().ok().filter(|_| is_year) else {
                continue;
            };
            let before = text[..place.start].chars().next_back();
            let after = text[place.end..].chars().next();
            // "2,050 people", "£2050" and "2050 people" are amounts.
            let is_part = before.is_some_and(|c| !c.is_whitespace() && !"(“\"—–".contains(c))
                || after.is_some_and(|c| {
                    c == ',' && text[place.end + 1..].starts_with(char::is_numeric)
                });
            let named = all.iter().rev().find(|(at, _)| at.end <= place.start);
            let is_named = named.is_some_and(|(_, word)| YEAR_AFTER.contains(&word.as_str()));
            if year <= today.year() || is_part || !is_named {
                continue;
            }
            let sentence = sentence_at(text, place.start);
            let mut around = all.iter().filter(|(at, _)| sentence.contains(&at.start));
            if around.any(|(_, word)| TO_COME.contains(&word.as_str())) {
                continue;
            }
            let message = format!("the year {year} has not come yet");
            let help = "correct the year, or say that it is still to come: `will`, `by`, `from`";
            self.report(Code::FutureDate, passage, place.clone(), message, help);
        }
    }
}

/// Words that stand before a year.
const YEAR_AFTER: &[&str] = &[
    "in",
    "of",
    "since",
    "during",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "early",
    "late",
    "en",
    "de",
    "del",
    "desde",
    "year",
    "año",
];

/// Days in front matter that contradict each other or the calendar.
pub fn check_keys(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let keys = &subject.document.front_matter;
    let path = &subject.document.path;
    let today = subject.site.today;
    if let (Some(published), Some(updated)) = (&keys.published, &keys.updated)
        && updated.value < published.value
    {
        findings.push(
            Diagnostic::new(
                Code::UpdatedBeforePublished,
                format!("updated on {}, before it was published", updated.value),
            )
            .at(path, updated.span.clone(), "earlier")
            .at(path, published.span.clone(), "published on this day")
            .help("correct one of the days, or take `updated` away"),
        );
    }
    // `published` may be a day to come, on a page that `publish_from` keeps back or that is seen in
    // advance; a change that is still to come has not been made.
    if let Some(updated) = keys.updated.as_ref().filter(|day| day.value > today) {
        findings.push(
            Diagnostic::new(
                Code::FutureDate,
                format!("updated on {}, which is still to come", updated.value),
            )
            .at(path, updated.span.clone(), "after today")
            .help("write the day of the last change that matters to readers"),
        );
    }
}
