//! What a build would publish now, held against the last one: which pages are new, which are gone, and
//! which words of the others change.

use std::time::Duration;

use super::Visit;
use super::changes::{Change, Comparison, Comparisons, Outcome, Words};
use super::difference::{Hunk, Piece};
use super::overview::Tally;
use super::shell::{Content, count, grouped};
use super::states::words_of;
use crate::diagnostic::Severity;
use crate::preview::problems::{escape, words};

/// How long an answer waits before it tells how far the comparison is.
const PATIENCE: Duration = Duration::from_millis(400);

/// How many files of a kind are listed.
const LISTED: usize = 300;

/// The room.
pub fn room(visit: &Visit<'_>, comparisons: &Comparisons) -> Content {
    let out = &visit.site().config.output.folder;
    let mut html = format!(
        "<p>What <code>afterword build</code> would change in <code>{}</code> today, {}, without drafts. \
         Nothing is written by looking. <a href=\"/_desk/publish/\">Look again</a></p>",
        escape(&out.to_string()),
        words_of(visit.today),
    );
    // Whether anything would be published at all, only the checks can tell.
    if visit.snapshot.is_checked() {
        let comparing = comparisons.of(visit.snapshot, visit.today, PATIENCE);
        match comparing.outcome() {
            None | Some(Outcome::Stopped) => html.push_str(&going_on(comparing.progress())),
            Some(outcome) => html.push_str(&ended(visit, outcome)),
        }
    } else {
        html.push_str(&going_on((0, 0)));
    }
    Content {
        title: "To be published".to_owned(),
        html: format!("<div id=\"publish\" data-live>{html}</div>"),
        address: "/_desk/publish/".to_owned(),
    }
}

fn ended(visit: &Visit<'_>, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Stopped => String::new(),
        Outcome::Refused(errors) => refused(visit, *errors),
        Outcome::NoBuild(files) => format!(
            "<p>There is no build there to compare with. The first one would write {}.</p>",
            count(*files, "file")
        ),
        Outcome::Denied(what, help) => format!(
            "<p>It cannot be compared: {}. {}</p>",
            words(what),
            words(help)
        ),
        Outcome::Compared(comparison) => compared(comparison),
    }
}

fn going_on((done, all): (usize, usize)) -> String {
    let far = match all {
        0 => String::new(),
        all => format!(
            "<progress aria-label=\"How far it is\" max=\"{all}\" value=\"{done}\"></progress>\
             <p>{} of {}.</p>",
            grouped(done),
            count(all, "file")
        ),
    };
    // With a script, the page asks again by itself.
    format!(
        "<div data-wait><p role=\"status\">The whole site is being made, to be compared with the last build.</p>{far}\
         <noscript><p><a href=\"/_desk/publish/\">See how far it is</a></p></noscript></div>"
    )
}

fn refused(visit: &Visit<'_>, errors: usize) -> String {
    let shown = Tally::new(visit.problems()).of(Severity::Error);
    let way = if shown > 0 {
        "<a href=\"/_desk/problems/\">See the problems</a>"
    } else {
        "They are in templates, or show when drafts are left out: <code>afterword check</code> lists them"
    };
    format!(
        "<p><strong>Nothing would be published:</strong> the site has {}, and what readers see stays as it is \
         until that is mended. {way}.</p>",
        count(errors, "error")
    )
}

fn compared(comparison: &Comparison) -> String {
    let Comparison {
        new,
        changed,
        gone,
        unchanged,
    } = comparison;
    if new.is_empty() && changed.is_empty() && gone.is_empty() {
        return format!(
            "<p>Nothing would change: {} stay as they are.</p>",
            count(*unchanged, "file")
        );
    }
    let mut html = format!(
        "<ul class=\"summary\"><li><b>{}</b> new</li><li><b>{}</b> changed</li><li><b>{}</b> gone</li>\
         <li><b>{}</b> unchanged</li></ul>",
        grouped(new.len()),
        grouped(changed.len()),
        grouped(gone.len()),
        grouped(*unchanged),
    );
    let of = |is: fn(&Words) -> bool| {
        changed
            .iter()
            .filter(|it| is(&it.words))
            .collect::<Vec<_>>()
    };
    let texts = of(|it| matches!(it, Words::Changed(_) | Words::ChangedSomehow));
    html.push_str(&part("Pages whose words change", &texts, |it| text(it)));
    let (pages, files): (Vec<_>, Vec<_>) = new.iter().partition(|(path, _)| is_page(path));
    html.push_str(&part("New pages", &pages, |(path, _)| {
        format!("<li>{}</li>", place(path))
    }));
    let (lost, others): (Vec<_>, Vec<_>) = gone.iter().partition(|path| is_page(path));
    html.push_str(&part("Pages that will be gone", &lost, |path| {
        format!("<li>{}</li>", address(path))
    }));
    let same = of(|it| matches!(it, Words::Same));
    html.push_str(&part(
        "Pages whose words stay, while something around them changes",
        &same,
        |it| format!("<li>{} {}</li>", place(&it.path), sizes(it)),
    ));
    let data = of(|it| matches!(it, Words::None));
    html.push_str(&part("Other files that change", &data, |it| {
        format!("<li>{} {}</li>", place(&it.path), sizes(it))
    }));
    html.push_str(&part("Other new files", &files, |(path, bytes)| {
        format!(
            "<li>{} <span class=\"small\">{}</span></li>",
            place(path),
            size(*bytes)
        )
    }));
    html.push_str(&part("Other files that will be gone", &others, |path| {
        format!("<li>{}</li>", escape(path))
    }));
    html
}

fn part<T>(title: &str, files: &[T], line: impl Fn(&T) -> String) -> String {
    if files.is_empty() {
        return String::new();
    }
    let lines: String = files.iter().take(LISTED).map(line).collect();
    let more = match files.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("<li>... and {} more</li>", grouped(more)),
    };
    format!(
        "<h2>{title} <span class=\"small\">{}</span></h2><ul class=\"changes\">{lines}{more}</ul>",
        grouped(files.len())
    )
}

fn text(change: &Change) -> String {
    let Words::Changed(hunks) = &change.words else {
        return format!("<li>{}</li>", place(&change.path));
    };
    let hunks: String = hunks.iter().map(hunk).collect();
    format!(
        "<li><details id=\"change-{}\"><summary>{}</summary><div class=\"diff\">{hunks}</div><p>{}</p></details></li>",
        escape(&change.path.replace('/', "-")),
        address(&change.path),
        place(&change.path).replacen(&address(&change.path), "See the page as it will be", 1),
    )
}

fn hunk(hunk: &Hunk) -> String {
    match hunk {
        Hunk::New(words) => format!(
            "<p><span class=\"what\">New:</span> <ins>{}</ins></p>",
            escape(words)
        ),
        Hunk::Gone(words) => {
            format!(
                "<p><span class=\"what\">Taken out:</span> <del>{}</del></p>",
                escape(words)
            )
        }
        Hunk::Changed(pieces) => {
            let pieces: Vec<_> = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Same(words) => escape(words),
                    Piece::New(words) => format!("<ins>{}</ins>", escape(words)),
                    Piece::Gone(words) => format!("<del>{}</del>", escape(words)),
                })
                .collect();
            format!(
                "<p><span class=\"what\">Changed:</span> {}</p>",
                pieces.join(" ")
            )
        }
    }
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The address of a file as the preview serves it.
fn address(path: &str) -> String {
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    escape(&format!("/{folder}"))
}

fn place(path: &str) -> String {
    let address = address(path);
    format!("<a href=\"{address}\">{address}</a>")
}

fn sizes(change: &Change) -> String {
    let (then, now) = change.sizes;
    format!(
        "<span class=\"small\">{} before, {} now</span>",
        size(then),
        size(now)
    )
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        _ => format!("{:.1} kB", bytes as f64 / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_and_goes_is_marked_and_never_markup() {
        let changed = Hunk::Changed(vec![
            Piece::Same("a <b>".to_owned()),
            Piece::Gone("c".to_owned()),
            Piece::New("d & e".to_owned()),
        ]);
        assert_eq!(
            hunk(&changed),
            "<p><span class=\"what\">Changed:</span> a &lt;b&gt; <del>c</del> <ins>d &amp; e</ins></p>"
        );
    }

    #[test]
    fn a_file_is_named_as_the_preview_serves_it() {
        assert_eq!(address("caring/low/index.html"), "/caring/low/");
        assert_eq!(address("index.html"), "/");
        assert_eq!(address("404.html"), "/404.html");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(2550), "2.5 kB");
    }
}
