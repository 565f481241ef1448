//! What is going to change by itself in the next twelve months: pages that appear and pages that go,
//! reviews that fall due. Each with a button that shows the site as it will be on that day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::overview::Row;
use super::shell::{Content, count, page_link};
use super::states::words_of;
use super::{Visit, looking};
use crate::preview::problems::escape;
use crate::preview::snapshot::View;
use crate::site::reviews::State;

/// How far one looks.
const MONTHS: i64 = 12;

/// What happens to a page on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Appears,
    Goes,
    IsDue,
}

impl Event {
    const fn words(self) -> &'static str {
        match self {
            Event::Appears => "is published",
            Event::Goes => "expires and is published no longer",
            Event::IsDue => "has its review due",
        }
    }
}

/// The room.
pub fn room(visit: &Visit<'_>) -> Content {
    let address = "/_desk/calendar/".to_owned();
    let last = visit.today.saturating_add(MONTHS.months());
    let mut days: BTreeMap<Date, Vec<(Event, &Row)>> = BTreeMap::new();
    for row in &visit.overview.rows {
        for (event, day) in events(row) {
            if day > visit.today && day <= last {
                days.entry(day).or_default().push((event, row));
            }
        }
    }
    let overdue: Vec<_> = visit
        .overview
        .rows
        .iter()
        .filter(|row| is_overdue(row, visit.today))
        .collect();
    let mut html = format!(
        "<p>What changes by itself from {} to {}, if nobody writes anything.</p>",
        words_of(visit.today),
        words_of(last)
    );
    if !overdue.is_empty() {
        html.push_str(&format!(
            "<p><a href=\"/_desk/?state=overdue\">{}</a> overdue already.</p>",
            match overdue.len() {
                1 => "1 review is".to_owned(),
                number => format!("{} are", count(number, "review")),
            }
        ));
    }
    if days.is_empty() {
        html.push_str("<p>Nothing: no page is scheduled or expires, and no review falls due.</p>");
    }
    html.push_str("<ol class=\"days\">");
    for (day, mut events) in days {
        events.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
        html.push_str(&one_day(visit, day, &events, &address));
    }
    html.push_str("</ol>");
    Content {
        title: "Calendar".to_owned(),
        html: format!("<div id=\"days\" data-live>{html}</div>"),
        address,
    }
}

fn events(row: &Row) -> impl Iterator<Item = (Event, Date)> {
    let is_draft = row.keys.draft.as_ref().is_some_and(|draft| draft.value);
    let keys = &row.keys;
    let from = keys
        .publish_from
        .as_ref()
        .filter(|_| !is_draft)
        .map(|day| (Event::Appears, day.value));
    let until = keys
        .expires
        .as_ref()
        .filter(|_| !is_draft)
        .map(|day| (Event::Goes, day.value));
    let review = row
        .review
        .as_ref()
        .filter(|review| review.state != State::Changed);
    let due = review
        .and_then(|review| review.due)
        .map(|day| (Event::IsDue, day));
    [from, until, due].into_iter().flatten()
}

fn is_overdue(row: &Row, today: Date) -> bool {
    let review = row.review.as_ref();
    let due = review
        .filter(|it| it.state != State::Changed)
        .and_then(|it| it.due);
    due.is_some_and(|due| due < today)
}

fn one_day(visit: &Visit<'_>, day: Date, events: &[(Event, &Row)], back: &str) -> String {
    let site = visit.site();
    let view = View {
        day: Some(day),
        ..visit.snapshot.view()
    };
    let events: String = events
        .iter()
        .map(|(event, row)| {
            let page = page_link(
                &row.document.path,
                &row.title,
                site.language_code(row.language),
            );
            format!("<li>{page} {}</li>", event.words())
        })
        .collect();
    let words = words_of(day);
    let back = escape(back);
    format!(
        "<li id=\"day-{day}\"><h2><time datetime=\"{day}\">{words}</time></h2><ul>{events}</ul>{}</li>",
        looking::button(view, &back, "See that day", &words),
    )
}
