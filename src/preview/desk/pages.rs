//! The first room: every text with how it stands, to be filtered and sorted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Visit;
use super::overview::{Row, Tallies};
use super::query::{AT_A_TIME, Column, Query};
use super::shell::{Content, address_of, count, edit, grouped, tally};
use super::states::{self, Choice, Translated, words_of};
use crate::preview::problems::escape;
use crate::records::reviews::shown;
use crate::render::minutes;
use crate::site::reviews::State;

/// The room.
pub fn room(visit: &Visit<'_>) -> Content {
    let query = Query::read(visit.fields);
    let tallies = visit.tallies();
    let waiting = measuring(visit, &query);
    let rows = query.rows(visit.overview, &tallies);
    let parts = rows.len().div_ceil(AT_A_TIME).max(1);
    let query = Query {
        part: query.part.min(parts),
        ..query
    };
    let first = (query.part - 1) * AT_A_TIME;
    let listed = &rows[first..rows.len().min(first + AT_A_TIME)];
    let html = format!(
        "{}{}<section id=\"list\" aria-label=\"The pages\" data-live>{waiting}{}{}{}</section>",
        summary(visit, &tallies),
        filters(visit, &query),
        found(&rows, first, listed.len(), visit.overview.rows.len()),
        table(visit, &query, listed, &tallies),
        ways(&query, parts),
    );
    Content {
        title: "Pages".to_owned(),
        html,
        address: query.address(),
    }
}

/// What is said while a list by reading age is not final.
fn measuring(visit: &Visit<'_>, query: &Query) -> String {
    let all = visit.overview.rows.len();
    if query.column != Column::Age {
        return String::new();
    }
    match visit.overview.measured() {
        done if done >= all => String::new(),
        done => format!(
            "<p class=\"hint\" data-wait>Reading ages are being measured, {} of {}; the order is not final.</p>",
            grouped(done),
            grouped(all)
        ),
    }
}

/// How many pages stand how, each number a way to them.
fn summary(visit: &Visit<'_>, tallies: &Tallies<'_>) -> String {
    let mut html = String::new();
    for (choice, name, words, _) in Choice::ALL {
        let rows = visit.overview.rows.iter();
        let number = rows
            .filter(|row| row.is(choice, &tallies.of(&row.document.path)))
            .count();
        if number > 0 {
            let number = grouped(number);
            let _ = write!(
                html,
                "<li><a href=\"/_desk/?state={name}\"><b>{number}</b> {words}</a></li>"
            );
        }
    }
    format!("<ul id=\"summary\" class=\"summary\" data-live>{html}</ul>")
}

fn filters(visit: &Visit<'_>, query: &Query) -> String {
    let mut groups: BTreeMap<&str, String> = BTreeMap::new();
    let mut order = Vec::new();
    for (choice, name, words, group) in Choice::ALL {
        if !order.contains(&group) {
            order.push(group);
        }
        let _ = write!(
            groups.entry(group).or_default(),
            "{}",
            option(name, words, query.choice == Some(choice))
        );
    }
    let states: String = order
        .iter()
        .map(|group| {
            format!(
                "<optgroup label=\"{group}\">{}</optgroup>",
                groups.get(group).map_or("", |it| it)
            )
        })
        .collect();
    let sections: BTreeSet<&str> = visit
        .overview
        .rows
        .iter()
        .map(|row| row.section.as_str())
        .collect();
    let sections: String = sections
        .into_iter()
        .filter(|it| !it.is_empty())
        .map(|it| option(it, it, query.section == it))
        .collect();
    let languages = &visit.site().config.languages;
    let codes: String = languages
        .iter()
        .map(|it| option(&it.code, &it.code, query.language == it.code))
        .collect();
    let language = if languages.len() > 1 {
        field("language", "Language", &codes)
    } else {
        String::new()
    };
    let sort = Column::ALL
        .iter()
        .find(|row| row.0 == query.column)
        .map_or("", |row| row.1);
    let turned = if query.is_turned {
        "<input type=\"hidden\" name=\"turned\" value=\"yes\">"
    } else {
        ""
    };
    format!(
        "<form id=\"filter\" class=\"filter\" method=\"get\" action=\"/_desk/\" role=\"search\" aria-label=\"Pages\">\
         <p class=\"field\"><label for=\"q\">Title or file</label>\
         <input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" autocomplete=\"off\"></p>\
         {}{}{language}\
         <input type=\"hidden\" name=\"sort\" value=\"{sort}\">{turned}\
         <p class=\"field\"><button type=\"submit\">Filter</button> <a class=\"clear\" href=\"/_desk/\">Show all</a></p></form>",
        escape(&query.words),
        field("state", "How it stands", &states),
        field("section", "Section", &sections),
    )
}

fn field(name: &str, label: &str, options: &str) -> String {
    format!(
        "<p class=\"field\"><label for=\"by-{name}\">{label}</label>\
         <select id=\"by-{name}\" name=\"{name}\"><option value=\"\">any</option>{options}</select></p>"
    )
}

fn option(value: &str, words: &str, is_chosen: bool) -> String {
    let chosen = if is_chosen { " selected" } else { "" };
    format!(
        "<option value=\"{}\"{chosen}>{}</option>",
        escape(value),
        escape(words)
    )
}

fn found(rows: &[&Row], first: usize, listed: usize, all: usize) -> String {
    let words = match (rows.len(), listed == rows.len()) {
        (0, _) => "No page is like that.".to_owned(),
        (number, _) if number == all && listed == all => {
            format!("{}.", capital(&count(all, "page")))
        }
        (number, true) => format!("{} of {}.", grouped(number), count(all, "page")),
        (number, false) => format!(
            "{} to {} of {}.",
            grouped(first + 1),
            grouped(first + listed),
            count(number, "page")
        ),
    };
    format!("<p id=\"found\" class=\"found\" role=\"status\">{words}</p>")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn table(visit: &Visit<'_>, query: &Query, rows: &[&Row], tallies: &Tallies<'_>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut heads = String::new();
    for (column, name, words) in Column::ALL {
        let sorted = match (column == query.column, query.is_down()) {
            (false, _) => "",
            (true, true) => " aria-sort=\"descending\"",
            (true, false) => " aria-sort=\"ascending\"",
        };
        let address = query.sorted_by(column).address();
        let _ = write!(
            heads,
            "<th scope=\"col\" role=\"columnheader\" class=\"{name}\"{sorted}><a href=\"{}\">{words}</a></th>",
            escape(&address)
        );
    }
    let rows: String = rows.iter().map(|row| line(visit, row, tallies)).collect();
    // Cells stand below each other on a phone, which takes the meaning of a table away in browsers;
    // the roles keep it.
    format!(
        "<table class=\"pages\" role=\"table\"><caption class=\"unseen\">Pages, sorted by the column that is marked</caption>\
         <thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\
         <tbody role=\"rowgroup\">{rows}</tbody></table>"
    )
}

fn line(visit: &Visit<'_>, row: &Row, tallies: &Tallies<'_>) -> String {
    let site = visit.site();
    let file = &row.document.path;
    let code = site.language_code(row.language);
    let lang = if code == "en" {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(code))
    };
    let see = row.page.map_or_else(String::new, |page| {
        format!(
            "<a href=\"{}\">See<span class=\"unseen\"> {}</span></a> ",
            escape(site.page(page).url.as_str()),
            escape(&row.title)
        )
    });
    let mut html = format!(
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"page\">\
         <a class=\"title\" href=\"{}\"{lang}>{}</a>\
         <span class=\"file\">{}</span><div class=\"ways\">{see}{}</div></th>",
        address_of(file),
        escape(&row.title),
        escape(shown(file)),
        edit(file, 1, 1, &row.title),
    );
    let age = row.age(site).map_or_else(none, |age| format!("{age:.1}"));
    let words = row.words();
    let problems = tallies.of(file);
    let problems = if problems.all() == 0 {
        "none".to_owned()
    } else {
        format!(
            "<a href=\"{}#problems\">{}</a>",
            address_of(file),
            tally(&problems)
        )
    };
    let number = |number: usize| if number == 0 { none() } else { grouped(number) };
    let cells = [
        ("state", "State", publication(row)),
        ("review", "Review", review(row)),
        ("translation", "Translations", translations(visit, row)),
        ("age number", "Reading age", age),
        (
            "words number",
            "Words",
            format!(
                "{} <span class=\"small\">{} min</span>",
                grouped(words),
                minutes(words)
            ),
        ),
        ("sources number", "Sources", number(row.sources)),
        ("in number", "Links in", number(row.links_in)),
        ("out number", "Links out", number(row.links_out)),
        ("problems", "Problems", problems),
    ];
    for (class, label, cell) in cells {
        let _ = write!(
            html,
            "<td role=\"cell\" class=\"{class}\" data-label=\"{label}\">{cell}</td>"
        );
    }
    html.push_str("</tr>");
    html
}

fn none() -> String {
    "<span class=\"none\"><span aria-hidden=\"true\">–</span><span class=\"unseen\">none</span></span>".to_owned()
}

/// Whether a text is published, marked.
pub fn publication(row: &Row) -> String {
    let class = if row.publication.is_none() {
        "open"
    } else {
        "closed"
    };
    format!(
        "<span class=\"mark {class}\">{}</span>",
        states::publication(row.publication)
    )
}

/// How the review of a text stands.
pub fn review(row: &Row) -> String {
    let Some(review) = &row.review else {
        return "<span class=\"none\">needs none</span>".to_owned();
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, words_of);
    let by = format!(
        "<span class=\"small\">by {} on {}</span>",
        escape(&review.by),
        day(review.on)
    );
    match review.state {
        State::Awaiting => "<span class=\"mark wait\">awaits review</span>".to_owned(),
        State::Current => format!(
            "<span class=\"mark open\">reviewed</span> {by} <span class=\"small\">next {}</span>",
            day(review.due)
        ),
        State::Changed => format!("<span class=\"mark wait\">changed since review</span> {by}"),
        State::Overdue => format!(
            "<span class=\"mark wait\">overdue since {}</span> {by}",
            day(review.due)
        ),
    }
}

/// How the translations of a text stand.
pub fn translations(visit: &Visit<'_>, row: &Row) -> String {
    let site = visit.site();
    let parts: Vec<_> = row
        .translations
        .iter()
        .map(|(language, state)| {
            let class = if *state == Translated::Current {
                "open"
            } else {
                "wait"
            };
            format!(
                "<span class=\"mark {class}\"><b>{}</b> {}</span>",
                escape(site.language_code(*language)),
                state.words()
            )
        })
        .collect();
    if parts.is_empty() {
        none()
    } else {
        parts.join(" ")
    }
}

fn ways(query: &Query, parts: usize) -> String {
    if parts < 2 {
        return String::new();
    }
    let to = |part: usize, words: &str, is_there: bool| {
        if !is_there {
            return String::new();
        }
        let query = Query {
            part,
            ..query.clone()
        };
        format!(
            "<li><a href=\"{}\">{words}</a></li>",
            escape(&query.address())
        )
    };
    format!(
        "<nav class=\"parts\" aria-label=\"Parts of the list\"><ul>{}{}<li aria-current=\"page\">part {} of {parts}</li>{}{}</ul></nav>",
        to(1, "First", query.part > 1),
        to(query.part.saturating_sub(1), "Before", query.part > 1),
        query.part,
        to(query.part + 1, "Next", query.part < parts),
        to(parts, "Last", query.part < parts),
    )
}
