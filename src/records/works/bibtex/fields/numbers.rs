//! The numbers of a work: volume and issue, pages, edition.

use super::{Mapping, tex};

impl Mapping<'_> {
    pub(super) fn numbers(&mut self) {
        if let Some(field) = self.field("pages") {
            let (text, span) = (pages(&tex::text(&field.tex)), field.span.clone());
            self.set("page", text, span);
        }
        if let Some(field) = self.field("edition") {
            let (text, span) = (edition(&tex::text(&field.tex)), field.span.clone());
            self.set("edition", text, span);
        }
        if let Some(field) = self.field("eid").or_else(|| self.field("articleno")) {
            let (text, span) = (tex::text(&field.tex), field.span.clone());
            self.set("number", text, span);
        }
        let csl = self.work.text("type");
        let is_issue =
            csl.starts_with("article-") || matches!(csl.as_str(), "periodical" | "review");
        let is_part_of_series = matches!(
            csl.as_str(),
            "book" | "chapter" | "entry-encyclopedia" | "paper-conference" | "pamphlet"
        );
        let variable = match (is_issue, is_part_of_series) {
            (true, _) => "issue",
            (false, true) => "collection-number",
            (false, false) => "number",
        };
        let number = self
            .field("number")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        let issue = self
            .field("issue")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        match (number, issue) {
            (Some((number, span)), Some((issue, _))) if is_issue => {
                self.set("issue", format!("{number}, {issue}"), span);
            }
            (number, issue) => {
                if let Some((number, span)) = number {
                    self.set(variable, number, span);
                }
                if let Some((issue, span)) = issue {
                    self.set("issue", issue, span);
                }
            }
        }
    }
}

/// `10-19` and `10--19` as `10–19`; other hyphens stay.
fn pages(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut pages = String::with_capacity(text.len() + 2);
    for (index, c) in chars.iter().enumerate() {
        let near = |at: Option<usize>| at.and_then(|at| chars.get(at));
        let is_between = near(index.checked_sub(1)).is_some_and(|c| c.is_alphanumeric())
            && near(Some(index + 1)).is_some_and(|c| c.is_alphanumeric());
        pages.push(if *c == '-' && is_between { '–' } else { *c });
    }
    pages
}

/// `2nd`, `Second` and `2nd ed.` as `2`, which styles write as they like.
fn edition(text: &str) -> String {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let lower = text.to_lowercase();
    let plain = lower
        .trim_end_matches("edition")
        .trim_end_matches("ed.")
        .trim();
    if let Some(index) = WORDS.iter().position(|word| *word == plain) {
        return (index + 1).to_string();
    }
    let digits = ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|ending| plain.strip_suffix(ending))
        .unwrap_or(plain);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        digits.to_owned()
    } else {
        text.to_owned()
    }
}
