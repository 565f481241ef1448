//! `afterword explain`: the manual, on the terminal.
//!
//! A reader at a terminal gets a page with its headings and words set off; a pipe gets the Markdown as
//! it is written.

use std::io::IsTerminal;

use afterword::diagnostic::manual::{self, Page};
use afterword::diagnostic::{Code, nearest};

use super::args::Explain;
use super::{End, Failure, print};

/// So many letters of a line can be read at ease.
const WIDTH: usize = 78;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const CODE: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// Prints a page, the whole manual, or the list of all messages.
pub fn run(command: &Explain) -> Result<End, Failure> {
    let text = match &command.code {
        Some(written) => {
            let page = Page::of(named(written)?);
            if std::io::stdout().is_terminal() {
                for_people(page.text)
            } else {
                page.text.to_owned()
            }
        }
        None if command.all => manual::whole(),
        None => list(),
    };
    print::result(&text);
    Ok(End::Done)
}

/// The code that is meant. What messages begin with, `error[broken-link]`, means the code in it.
fn named(written: &str) -> Result<Code, Failure> {
    let inner = written.split_once('[').map_or(written, |(_, inner)| inner);
    let name = inner.trim_end_matches([']', ':', ' ']).to_lowercase();
    Code::named(&name).ok_or_else(|| {
        let names = Code::ALL.iter().map(|code| code.as_str());
        let help = match nearest(&name, names) {
            Some(near) => format!("did you mean `{near}`? `afterword explain` lists all"),
            None => "`afterword explain` lists all".to_owned(),
        };
        Failure::Usage {
            message: format!("no message is called `{written}`"),
            help,
        }
    })
}

/// Every code with its sentence, group by group.
fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max();
    let widest = widest.unwrap_or_default();
    let mut text = String::new();
    for group in Code::groups() {
        text.push_str(&format!("{BOLD}{group}{PLAIN}\n"));
        for code in Code::of_group(group) {
            let name = code.as_str();
            text.push_str(&format!(
                "  {CODE}{name}{PLAIN}{}  {:7}  {}\n",
                " ".repeat(widest - name.len()),
                code.severity().as_str(),
                code.about()
            ));
        }
        text.push('\n');
    }
    text.push_str("`afterword explain CODE` tells more about one of them.\n");
    text
}

/// A page with its headings and words set off, in lines that fit.
fn for_people(page: &str) -> String {
    let mut text = String::new();
    let mut in_block = false;
    for line in page.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            in_block = !in_block;
            // The language means nothing to a reader, the name of the file does.
            if let (true, Some(path)) = (in_block, fence.split_whitespace().nth(1)) {
                text.push_str(&format!("  {DIM}{path}{PLAIN}\n"));
            }
        } else if in_block {
            text.push_str(&format!("  {DIM}|{PLAIN} {line}\n"));
        } else if let Some(title) = line.strip_prefix("# ").or_else(|| line.strip_prefix("## ")) {
            text.push_str(&format!("{BOLD}{}{PLAIN}\n", title.replace('`', "")));
        } else {
            for line in wrapped(line) {
                text.push_str(&with_words_set_off(&line));
                text.push('\n');
            }
        }
    }
    text
}

/// A paragraph in lines that fit; an empty one for an empty one.
fn wrapped(paragraph: &str) -> Vec<String> {
    let indent = if paragraph.starts_with("- ") {
        "  "
    } else {
        ""
    };
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let last = lines.len() - 1;
        let width = lines[last].chars().count() + 1 + word.chars().count();
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if width > WIDTH {
            lines.push(format!("{indent}{word}"));
        } else {
            lines[last].push(' ');
            lines[last].push_str(word);
        }
    }
    lines
}

/// A line with what stands in backticks in another colour, without them. What a line break has taken
/// apart stays as it is.
fn with_words_set_off(line: &str) -> String {
    if line.matches('`').count() % 2 == 1 {
        return line.to_owned();
    }
    let mut text = String::new();
    for (index, piece) in line.split('`').enumerate() {
        if index % 2 == 1 {
            text.push_str(&format!("{CODE}{piece}{PLAIN}"));
        } else {
            text.push_str(piece);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_as_it_stands_in_a_message() {
        let of = |written| named(written).ok();
        assert_eq!(of("broken-link"), Some(Code::BrokenLink));
        assert_eq!(of("error[broken-link]:"), Some(Code::BrokenLink));
        assert_eq!(of("Broken-Link"), Some(Code::BrokenLink));
        let Err(Failure::Usage { help, .. }) = named("brokn-link") else {
            panic!("there is no such code")
        };
        assert_eq!(
            help,
            "did you mean `broken-link`? `afterword explain` lists all"
        );
    }

    #[test]
    fn a_page_is_set_off_and_its_files_are_named() {
        let page = "# `a-b`\n\nOne `two`.\n\n## Example\n\n```markdown content/a.md\n# Not a `title`\n```\n";
        assert_eq!(
            for_people(page),
            format!(
                "{BOLD}a-b{PLAIN}\n\nOne {CODE}two{PLAIN}.\n\n{BOLD}Example{PLAIN}\n\n  \
                 {DIM}content/a.md{PLAIN}\n  {DIM}|{PLAIN} # Not a `title`\n"
            )
        );
        let long = format!("- {}", "word ".repeat(20).trim_end());
        let lines = wrapped(&long);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("  word"));
    }
}
