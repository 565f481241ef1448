//! When a work appeared: `date`, or `year` with `month` and `day`.

use citationberg::json::Value;

use super::{Mapping, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::works::dates;

impl Mapping<'_> {
    pub(super) fn dates(&mut self, path: &SourcePath, findings: &mut Vec<Diagnostic>) {
        for (name, variable) in [
            ("date", "issued"),
            ("urldate", "accessed"),
            ("lastchecked", "accessed"),
            ("eventdate", "event-date"),
            ("origdate", "original-date"),
        ] {
            let Some(field) = self.field(name) else {
                continue;
            };
            // `~` is no space here: it says that the date is not exact.
            let text = tex::verbatim(&field.tex);
            let span = field.span.clone();
            let date = dates::parse(&text).or_else(|| {
                let loose = dates::parse_year(&tex::text(&field.tex));
                if !dates::is_in_digits(&text) || dates::moments(&loose).len() == 2 {
                    return Some(loose);
                }
                findings.push(
                    Diagnostic::new(
                        Code::WrongDate,
                        format!("`{text}` is not a date, which `{name}` needs"),
                    )
                    .at(path, span.clone(), "not a date")
                    .help("write `2014`, `2014-05` or `2014-05-03`; a range as `2013/2014`"),
                );
                None
            });
            if let Some(date) = date
                && !self.work.has(variable)
            {
                self.work.set(variable, Value::Date(date), span);
            }
        }
        findings.extend(self.two_years(path));
        self.year();
    }

    /// A `year` that is not that of the `date`.
    fn two_years(&self, path: &SourcePath) -> Option<Diagnostic> {
        let (year, date) = (self.field("year")?, self.field("date")?);
        let years = |date| dates::moments(date).into_iter().map(|moment| moment[0]);
        let written = dates::parse_year(&tex::text(&year.tex));
        let written = years(&written).next()?;
        let Some(Value::Date(issued)) = self.work.item.0.get("issued") else {
            return None;
        };
        let differ = years(issued).all(|year| year != written);
        differ.then(|| {
            let (key, day) = (&self.entry.key.value, tex::text(&date.tex));
            Diagnostic::new(
                Code::ContradictoryWork,
                format!("`{key}` has the `year` {written} and the `date` {day}"),
            )
            .at(path, year.span.clone(), "not used")
            .at(path, date.span.clone(), "printed")
            .help("delete the one that is wrong")
        })
    }

    /// `year`, `month` and `day`, for entries without `date`.
    fn year(&mut self) {
        let Some(field) = self.field("year") else {
            return;
        };
        if self.work.has("issued") || self.field("date").is_some() {
            return;
        }
        let (year, span) = (tex::text(&field.tex), field.span.clone());
        let mut date = dates::parse_year(&year);
        let moments = dates::moments(&date);
        if moments.is_empty() {
            // "in press" and "forthcoming" say how far it is, and not when it was.
            let is_status = year.to_lowercase();
            if ["in press", "forthcoming", "submitted", "in preparation"].contains(&&*is_status) {
                self.set("status", year, span);
                return;
            }
        }
        if let [moment] = moments.as_slice()
            && moment.len() == 1
            && !date.is_approx()
            && let Some((month, day)) = self.month()
        {
            let mut parts = vec![moment[0], month];
            parts.extend(day);
            date = dates::of_parts(parts);
        }
        self.work.set("issued", Value::Date(date), span);
    }

    /// The month and the day: `may`, `5`, `may # "~3"`, and `day` beside it.
    fn month(&self) -> Option<(i16, Option<i16>)> {
        let text = self.text_of("month").replace('\u{a0}', " ");
        let written = text.trim();
        // `may # "~3"` is `may~3` here, `"3~" # may` is `3~may`.
        let (digits, words): (Vec<_>, Vec<_>) = written
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '–' | '-'))
            .filter(|word| !word.is_empty())
            .partition(|word| {
                word.bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
            });
        let (month, day) = match (words.first(), digits.first()) {
            (Some(word), day) => (dates::month(word)?, day.copied()),
            (None, Some(number)) => (dates::month(number)?, digits.get(1).copied()),
            (None, None) => return None,
        };
        let day = day
            .map(str::to_owned)
            .or_else(|| self.field("day").map(|field| tex::text(&field.tex)));
        let day = day.and_then(|day| day.trim_end_matches('.').parse::<i16>().ok());
        Some((month, day.filter(|day| (1..=31).contains(day))))
    }
}
