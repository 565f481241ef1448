//! How the site is looked at: with drafts or without, today or on another day.
//!
//! The switches are a form, so that they work without a script. While the site is not shown as readers
//! would meet it today, the desk says so, and so does a small line in every page ([`noted`]).

use jiff::civil::Date;

use super::Visit;
use super::query::Fields;
use super::states::words_of;
use crate::preview::policy::{self, Need};
use crate::preview::problems::escape;
use crate::preview::snapshot::View;

/// Where the form is sent.
pub const ADDRESS: &str = "/_desk/look";

/// A day that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct NoDay;

/// What a form asks for.
pub fn wanted(fields: &Fields) -> Result<View, NoDay> {
    let day = match fields.get("day").trim() {
        "" => None,
        written => Some(written.parse::<Date>().map_err(|_| NoDay)?),
    };
    Ok(View {
        drafts: fields.get("drafts") == "on",
        day,
    })
}

/// Where the form was: an address of the preview, whatever was sent.
pub fn way_back(fields: &Fields) -> &str {
    let written = fields.get("back");
    let is_sound = written.starts_with('/')
        && !written.starts_with("//")
        && written
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_sound { written } else { super::FOLDER }
}

/// How the site is shown, in a sentence; `None` when it is as readers meet it today.
fn said(view: View) -> Option<String> {
    let whole = "drafts, scheduled and expired pages too";
    match (view.day, view.drafts) {
        (None, false) => None,
        (None, true) => Some(format!("Shown with {whole}")),
        (Some(day), false) => Some(format!("Shown as it will be on {}", words_of(day))),
        (Some(day), true) => Some(format!(
            "Shown as it will be on {}, with {whole}",
            words_of(day)
        )),
    }
}

/// A previewed page and its policy, with a small line while it is not shown as readers would meet it today.
/// It is an element like any other, so that it comes and goes with the rest of the page.
pub fn noted(mut html: String, policy: Option<String>, view: View) -> (String, Option<String>) {
    let Some(said) = said(view) else {
        return (html, policy);
    };
    html = policy::loosen(&html, &[Need::Style]);
    let end = html.rfind("</body").unwrap_or(html.len());
    let note = format!(
        "<link rel=\"stylesheet\" href=\"/_desk/note.css\"><desk-note lang=\"en\" dir=\"ltr\" role=\"note\">\
         {said}. <a href=\"/_desk/#looking\">Change this</a></desk-note>"
    );
    html.insert_str(end, &note);
    let policy = policy.map(|policy| policy::loosen_policy(&policy, &[Need::Style]));
    (html, policy)
}

/// The switches, above every room.
pub fn switches(visit: &Visit<'_>, back: &str) -> String {
    let view = visit.snapshot.view();
    let shown = match said(view) {
        Some(said) => format!("<strong>{said}.</strong> Readers do not see it like this today."),
        None => format!(
            "Shown as readers would see it today, {}.",
            words_of(visit.today)
        ),
    };
    let day = view.day.map_or_else(String::new, |day| day.to_string());
    let checked = if view.drafts { " checked" } else { "" };
    let is_usual = view
        == View {
            drafts: false,
            day: None,
        };
    let reset = if is_usual {
        String::new()
    } else {
        button(
            View {
                drafts: false,
                day: None,
            },
            back,
            "As readers see it today",
            "",
        )
    };
    let class = if is_usual { "" } else { " unusual" };
    format!(
        "<section id=\"looking\" class=\"looking{class}\" aria-label=\"How the site is shown\" data-live>\
         <p>{shown}</p>{reset}\
         <details id=\"switches\"><summary>Look at it another way</summary>\
         <form method=\"post\" action=\"{ADDRESS}\" class=\"switches\">\
         <input type=\"hidden\" name=\"back\" value=\"{back}\">\
         <p class=\"field tick\"><input type=\"checkbox\" id=\"drafts\" name=\"drafts\" value=\"on\"{checked}> \
         <label for=\"drafts\">Show drafts, scheduled and expired pages too</label></p>\
         <p class=\"field\"><label for=\"day\">As it will be on</label> \
         <input type=\"date\" id=\"day\" name=\"day\" value=\"{day}\" aria-describedby=\"day-help\"></p>\
         <p id=\"day-help\" class=\"hint\">Leave the day empty for today. Nothing is written or published.</p>\
         <p><button type=\"submit\">Show it like this</button></p></form></details></section>",
        back = escape(back),
    )
}

/// A form of one button that looks at the site in a certain way.
pub fn button(view: View, back: &str, words: &str, hidden_words: &str) -> String {
    let drafts = if view.drafts {
        "<input type=\"hidden\" name=\"drafts\" value=\"on\">"
    } else {
        ""
    };
    let day = view.day.map_or_else(String::new, |day| day.to_string());
    let hidden_words = if hidden_words.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"unseen\">{}</span>", escape(hidden_words))
    };
    format!(
        "<form method=\"post\" action=\"{ADDRESS}\" class=\"one\">{drafts}\
         <input type=\"hidden\" name=\"day\" value=\"{day}\">\
         <input type=\"hidden\" name=\"back\" value=\"{}\">\
         <button type=\"submit\" class=\"plain\">{words}{hidden_words}</button></form>",
        escape(back),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_drafts_and_a_day() {
        let wanted = |text: &str| wanted(&Fields::read(text));
        let view = |drafts, day: Option<&str>| {
            Ok(View {
                drafts,
                day: day.map(|day| day.parse().expect("a day")),
            })
        };
        assert_eq!(
            wanted("drafts=on&day=2026-12-24"),
            view(true, Some("2026-12-24"))
        );
        assert_eq!(wanted("day="), view(false, None));
        assert_eq!(wanted("day=2026-02-30"), Err(NoDay));
        assert_eq!(wanted("day=soon"), Err(NoDay));
    }

    #[test]
    fn the_way_back_never_leads_out() {
        let back = |text: &str| way_back(&Fields::read(text)).to_owned();
        assert_eq!(back("back=/_desk/%3Fq%3Dtea"), "/_desk/?q=tea");
        for out in [
            "//evil.example",
            "https://evil.example",
            "",
            "/a%0d%0ab",
            "/%5cevil",
            "/a b",
        ] {
            assert_eq!(back(&format!("back={out}")), "/_desk/", "{out}");
        }
    }
}
