//! Printing that respects `NO_COLOR`, pipes and readers that go away.
//!
//! What is printed carries colour codes; the streams take them out where nobody would see them.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Once;

use afterword::diagnostic::{Code, Diagnostic, Severity, Sources, terminal};

use super::words;

/// A result, to the standard output.
pub fn result(text: &str) {
    write(&mut anstream::stdout().lock(), text);
}

/// News about the work, to the standard error.
pub fn news(text: &str) {
    write(&mut anstream::stderr().lock(), text);
}

/// Diagnostics, to the standard error. The first time in a run, with a way to read more.
pub fn diagnostics(diagnostics: &[Diagnostic], sources: &dyn Sources) {
    static HINT: Once = Once::new();
    news(&terminal::render(diagnostics, sources, true));
    if let Some(first) = diagnostics.first() {
        HINT.call_once(|| {
            let code = first.code;
            news(&format!(
                "To read more about a message: `afterword explain {code}`\n"
            ));
        });
    }
}

/// Diagnostics in short, to the standard error: of many warnings of one kind only the first ones, so
/// that a build does not bury its own last line. `check` prints them all.
pub fn diagnostics_in_short(all: &[Diagnostic], sources: &dyn Sources) {
    let (shown, left_out) = in_short(all);
    diagnostics(&shown, sources);
    for (code, number) in left_out {
        news(&format!(
            "... and {} of the kind `{code}`; `afterword check` lists them all\n\n",
            words::count(number, "more message")
        ));
    }
}

/// The diagnostics to show, and how many of each kind are left out.
fn in_short(all: &[Diagnostic]) -> (Vec<Diagnostic>, BTreeMap<Code, usize>) {
    const SHOWN: usize = 3;
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    let shown = all
        .iter()
        .filter(|diagnostic| {
            if diagnostic.severity == Severity::Error {
                return true;
            }
            let count = seen.entry(diagnostic.code).or_default();
            *count += 1;
            *count <= SHOWN
        })
        .cloned()
        .collect();
    let left_out = seen
        .into_iter()
        .filter(|(_, count)| *count > SHOWN)
        .map(|(code, count)| (code, count - SHOWN))
        .collect();
    (shown, left_out)
}

/// Why a command could not go on, in the look of a diagnostic.
pub fn failure(message: &str, help: &str) {
    const RED: &str = "\x1b[1m\x1b[91m";
    const BOLD: &str = "\x1b[1m";
    const PLAIN: &str = "\x1b[0m";
    let mut text = format!("{RED}error{PLAIN}{BOLD}: {message}{PLAIN}\n");
    if !help.is_empty() {
        text.push_str(&format!("  = {BOLD}help{PLAIN}: {help}\n"));
    }
    news(&text);
}

fn write(stream: &mut dyn Write, text: &str) {
    // The reader of a pipe may go away (`afterword check | head`). There is nobody left to tell.
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_warnings_of_one_kind_are_cut_short_and_errors_never() {
        let of = |code, number| (0..number).map(move |_| Diagnostic::new(code, "m"));
        let all: Vec<_> = of(Code::BrokenLink, 5)
            .chain(of(Code::UnusedFile, 5))
            .chain(of(Code::UnusedFootnote, 2))
            .collect();
        let (shown, left_out) = in_short(&all);
        assert_eq!(shown.len(), 5 + 3 + 2);
        assert_eq!(left_out, BTreeMap::from([(Code::UnusedFile, 2)]));
    }
}
