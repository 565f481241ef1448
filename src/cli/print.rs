//! Printing that respects `NO_COLOR`, pipes and readers that go away.
//!
//! What is printed carries colour codes; the streams take them out where nobody would see them.

use std::io::Write;

use afterword::diagnostic::{Diagnostic, Sources, terminal};

/// A result, to the standard output.
pub fn result(text: &str) {
    write(&mut anstream::stdout().lock(), text);
}

/// News about the work, to the standard error.
pub fn news(text: &str) {
    write(&mut anstream::stderr().lock(), text);
}

/// Diagnostics, to the standard error.
pub fn diagnostics(diagnostics: &[Diagnostic], sources: &dyn Sources) {
    news(&terminal::render(diagnostics, sources, true));
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
