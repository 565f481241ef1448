//! `afterword check`.

use std::time::Instant;

use afterword::checks::borrowed;
use afterword::diagnostic::{self, Diagnostic, Severity, json};
use afterword::pipeline::{self, Loaded};
use afterword::source;

use super::args::{Check, Format};
use super::progress::Bar;
use super::{End, Failure, left_to_the_system, print, use_threads, words, workspace};

/// Does everything that `build` does but write, and tells what is wrong.
pub fn run(command: &Check) -> Result<End, Failure> {
    let start = Instant::now();
    use_threads(command.threads)?;
    let workspace = workspace(&command.reading, command.base_url.as_deref())?;
    let mut workspace = left_to_the_system(workspace);
    let bar = Bar::start();
    let loaded = left_to_the_system(workspace.load()?);
    let checked = pipeline::check(&loaded, &|progress| bar.show(progress));
    drop(bar);
    let checked = checked?;
    let mut findings = loaded.diagnostics.clone();
    findings.extend(checked.diagnostics);
    if let Some(folder) = &command.against {
        let texts = source::texts_below(folder)?;
        findings.extend(borrowed::check(&loaded.inputs, &texts));
    }
    diagnostic::sort(&mut findings);
    match command.format {
        Format::Json => print::result(&json::render(&findings, &*loaded.inputs)),
        Format::Human => {
            print_for_people(&loaded, &findings, checked.pages, start);
        }
    }
    Ok(if fails(&findings, command.strict) {
        End::SiteHasErrors
    } else {
        End::Done
    })
}

fn print_for_people(loaded: &Loaded, findings: &[Diagnostic], pages: usize, start: Instant) {
    print::diagnostics(findings, &*loaded.inputs);
    if !fails(findings, false) {
        print::result(&format!(
            "Checked {} in {}, {}\n",
            words::count(pages, "page"),
            words::time(start.elapsed()),
            words::count(findings.len(), "warning"),
        ));
    }
}

fn fails(findings: &[Diagnostic], strict: bool) -> bool {
    findings.iter().any(|finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict && !finding.code.is_reminder(),
    })
}

#[cfg(test)]
mod tests {
    use afterword::diagnostic::Code;

    use super::*;

    #[test]
    fn strict_fails_on_warnings_and_lets_reminders_pass() {
        let fails = |code, strict| fails(&[Diagnostic::new(code, "")], strict);
        assert!(fails(Code::BrokenLink, false));
        assert!(!fails(Code::UnusedFile, false));
        assert!(fails(Code::UnusedFile, true));
        assert!(!fails(Code::ReviewDue, true));
        assert!(fails(Code::ReviewOverdue, true));
    }
}
