//! `afterword reviews`.

use std::path::Path;

use afterword::records::reviews::shown;
use afterword::render::render_calendar;
use afterword::scaffold::records;
use afterword::site::reviews::{Standing, State};
use afterword::site::{PageId, Site};
use jiff::ToSpan;
use jiff::civil::Date;

use super::args::{Format, Reviews};
use super::words::count;
use super::{End, Failure, left_to_the_system, print, words, workspace};

/// A page that needs review.
struct Row<'a> {
    id: PageId,
    page: &'a str,
    standing: Standing<'a>,
    /// In how many places the source of a translation has changed since; none when it is no translation,
    /// or nobody has written down of what.
    moved: Option<usize>,
}

/// Lists the pages that need review, and when.
pub fn run(command: &Reviews) -> Result<End, Failure> {
    let mut workspace = left_to_the_system(workspace(&command.reading, None)?);
    let loaded = left_to_the_system(workspace.load()?);
    let site = &*loaded.site;
    let mut rows = rows(site);
    if let Some(days) = command.due_within {
        let last = site.today.saturating_add(i64::from(days).days());
        rows.retain(|row| match row.standing.state {
            State::Changed | State::Overdue => true,
            State::Current => row.standing.due.is_some_and(|due| due <= last),
            State::Awaiting => false,
        });
    }
    let written = match &command.calendar {
        Some(file) => Some(write_calendar(site, &rows, file)?),
        None => None,
    };
    match command.format {
        Format::Json => print::result(&json(site, &rows)),
        Format::Human => print::result(&(table(site, &rows) + &written.unwrap_or_default())),
    }
    Ok(End::Done)
}

/// The pages that need review: first those whose day comes first, last those without one.
fn rows(site: &Site) -> Vec<Row<'_>> {
    let mut rows: Vec<_> = site
        .ids()
        .filter(|id| !site.page(*id).is_fallback())
        .filter_map(|id| {
            let document = site.page(id).document.as_ref()?;
            Some(Row {
                id,
                page: shown(&document.path),
                standing: site.standing(id)?,
                moved: site.translation(document).and_then(|translation| {
                    translation.record?;
                    Some(translation.moved())
                }),
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.standing.due.unwrap_or(Date::MAX), row.page));
    rows
}

fn write_calendar(site: &Site, rows: &[Row<'_>], file: &Path) -> Result<String, Failure> {
    let pages: Vec<_> = rows.iter().map(|row| row.id).collect();
    let Some(calendar) = render_calendar(site, &pages) else {
        return Err(Failure::Usage {
            message: "no page has a day for its next review, so there is no calendar".to_owned(),
            help: "write down a review with `afterword review PAGE --by PERSON` first".to_owned(),
        });
    };
    records::write_file(file, &calendar)?;
    Ok(format!("\nWrote the calendar `{}`.\n", file.display()))
}

fn table(site: &Site, rows: &[Row<'_>]) -> String {
    if rows.is_empty() {
        return "No page needs review.\n".to_owned();
    }
    let width = rows.iter().map(|row| row.page.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for row in rows {
        let due = row
            .standing
            .due
            .map_or_else(|| "-".to_owned(), |due| due.to_string());
        let said = said(site, &row.standing) + &behind(row.moved);
        text.push_str(&format!("{due:<10}  {:<width$}  {said}\n", row.page));
    }
    let of_state = |state| {
        let rows = rows.iter();
        rows.filter(|row| row.standing.state == state).count()
    };
    text.push_str(&format!(
        "\n{}: {} reviewed, {} changed since, {} overdue, {} awaiting review\n",
        words::count(rows.len(), "page"),
        of_state(State::Current),
        of_state(State::Changed),
        of_state(State::Overdue),
        of_state(State::Awaiting),
    ));
    text
}

fn said(site: &Site, standing: &Standing<'_>) -> String {
    let Some(record) = standing.record else {
        return "awaits review".to_owned();
    };
    let name = site
        .person(&record.by.value)
        .map_or(&record.by.value, |(_, person)| &person.name);
    let reviewed = format!("reviewed by {name} on {}", record.on.value);
    match standing.state {
        State::Awaiting | State::Current => reviewed,
        State::Changed => format!("{reviewed}, changed since"),
        State::Overdue => format!("{reviewed}, overdue"),
    }
}

fn behind(moved: Option<usize>) -> String {
    match moved {
        None | Some(0) => String::new(),
        Some(places) => format!("; its source has changed in {}", count(places, "place")),
    }
}

fn json(site: &Site, rows: &[Row<'_>]) -> String {
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let lines = rows.iter().map(|row| {
        let record = row.standing.record;
        let line = serde_json::json!({
            "page": row.page,
            "address": site.page(row.id).url.as_str(),
            "state": row.standing.state.name(),
            "by": record.map(|record| record.by.value.as_str()),
            "on": date(record.map(|record| record.on.value)),
            "due": date(row.standing.due),
            "moved": row.moved,
        });
        format!("{line}\n")
    });
    lines.collect()
}
