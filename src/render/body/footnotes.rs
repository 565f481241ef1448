//! Footnotes: their marks in the text, the list of them, and the ways back.

use super::BodyRenderer;
use crate::document::body::{Body, Footnote};
use crate::render::escaped;
use crate::render::references::Note;
use crate::theme::shape::Html;

impl BodyRenderer<'_> {
    /// The footnotes of a text as a section, with the citations of a style that cites in notes.
    pub fn footnotes(&mut self, body: &Body) -> Html {
        self.enter(body);
        let notes = std::mem::take(&mut self.citations.notes);
        let own = (0..body.footnotes.len()).map(|note| Note::Own(self.body, note));
        let list = if notes.is_empty() {
            own.collect()
        } else {
            notes.clone()
        };
        self.citations.notes = notes;
        if list.is_empty() {
            return Html::default();
        }
        let mut html = String::from(
            "<section class=\"footnotes\" aria-labelledby=\"footnotes\"><h2 id=\"footnotes\">",
        );
        html.push_str(&escaped(self.words.text("footnotes_title")));
        html.push_str("</h2><ol>\n");
        for (index, note) in list.iter().enumerate() {
            let number = index + 1;
            html.push_str(&format!("<li id=\"fn-{number}\">"));
            match note {
                Note::Own(place, index) if *place == self.body => {
                    self.footnote(body, &body.footnotes[*index], number, &mut html);
                }
                // Only the text of a page may have footnotes.
                Note::Own(..) => {}
                Note::Cited { html: text, mark } => {
                    html.push_str("<p>");
                    html.push_str(text);
                    html.push_str(&self.back(number, mark, ""));
                    html.push_str("</p>");
                }
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
        Html(html)
    }

    fn footnote(&mut self, body: &Body, footnote: &Footnote, number: usize, html: &mut String) {
        let mut text = self.nodes(body, &footnote.nodes).0;
        let backs = self.backs(number, footnote.uses);
        // The way back stands at the end of the last paragraph, not on a line of its own.
        match text.trim_end().strip_suffix("</p>").map(str::len) {
            Some(length) => {
                text.truncate(length);
                html.push_str(&text);
                html.push_str(&backs);
                html.push_str("</p>");
            }
            None => {
                html.push_str(&text);
                html.push_str(&backs);
            }
        }
    }

    fn backs(&self, number: usize, uses: u32) -> String {
        (0..uses)
            .map(|use_number| {
                // Several ways back need names of their own.
                let which = match uses {
                    1 => String::new(),
                    _ => format!(" ({})", use_number + 1),
                };
                self.back(number, &mark_id(number, use_number), &which)
            })
            .collect()
    }

    /// The way back from a note to one of its marks.
    fn back(&self, number: usize, mark: &str, which: &str) -> String {
        let label = self
            .words
            .fill("footnote_back", &[("number", &number.to_string())]);
        let label = escaped(&label);
        format!(" <a class=\"footnote-back\" href=\"#{mark}\" aria-label=\"{label}{which}\">↩</a>")
    }

    /// The mark of a footnote in the text.
    pub(super) fn footnote_mark(&self, number: usize, use_number: u32, html: &mut String) {
        let label = self
            .words
            .fill("footnote_ref", &[("number", &number.to_string())]);
        let label = escaped(&label);
        let mark = mark_id(number, use_number);
        html.push_str(&format!(
            "<sup class=\"footnote-ref\" id=\"{mark}\"><a href=\"#fn-{number}\" aria-label=\"{label}\">{number}</a></sup>"
        ));
    }
}

/// The id of a footnote's mark: `fnref-3`, and `fnref-3-2` for its second use.
fn mark_id(number: usize, use_number: u32) -> String {
    match use_number {
        0 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{}", use_number + 1),
    }
}
