//! `afterword check`.
//!
//! To add a format: a variant of [`CheckFormat`], a file in `diagnostic` that renders it, and an arm in
//! [`run`].

use std::time::Instant;

use afterword::checks::borrowed;
use afterword::diagnostic::sarif::{self, Suppressed};
use afterword::diagnostic::{Diagnostic, Severity, github, json, terminal};
use afterword::exceptions::{Excepted, Settled};
use afterword::pipeline::{self, Loaded};
use afterword::source;

use super::args::{Check, CheckFormat};
use super::progress::Bar;
use super::{End, Failure, external, left_to_the_system, print, use_threads, words, workspace};

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
    let mut settled = Settled {
        findings: loaded.diagnostics.clone(),
        excepted: loaded.excepted.clone(),
    };
    settled.join(Settled {
        findings: checked.diagnostics,
        excepted: checked.excepted,
    });
    if let Some(folder) = &command.against {
        let texts = source::texts_below(folder)?;
        let borrowed = borrowed::check(&loaded.inputs, &texts);
        settled.join(loaded.rulings.settle(borrowed, &*loaded.inputs));
    }
    if command.external {
        let found = external::findings(&loaded)?;
        settled.join(loaded.rulings.settle(found, &*loaded.inputs));
    }
    let findings = &settled.findings;
    let sources = &*loaded.inputs;
    let folder = &command.reading.folder.site;
    match command.format {
        CheckFormat::Json => print::result(&json::render(findings, sources)),
        CheckFormat::Sarif => {
            let suppressed: Vec<_> = settled.excepted.iter().map(suppressed).collect();
            print::result(&sarif::render(findings, &suppressed, sources, folder));
        }
        CheckFormat::Github => {
            print::result(&github::render(findings, sources, folder));
            print::news(&format!("{}\n", terminal::summary(findings)));
        }
        CheckFormat::Human => {
            print_for_people(&loaded, findings, checked.pages, start);
        }
    }
    Ok(if fails(findings, command.strict) {
        End::SiteHasErrors
    } else {
        End::Done
    })
}

fn suppressed(excepted: &Excepted) -> Suppressed<'_> {
    Suppressed {
        diagnostic: &excepted.finding,
        reason: &excepted.reason,
        is_in_source: excepted.is_in_source(),
    }
}

fn print_for_people(loaded: &Loaded, findings: &[Diagnostic], pages: usize, start: Instant) {
    print::diagnostics(findings, &*loaded.inputs);
    if !fails(findings, false) {
        print::result(&format!(
            "Checked {} in {}, {}\n",
            words::count(pages, "page"),
            words::time(start.elapsed()),
            words::warnings(findings),
        ));
    }
}

fn fails(findings: &[Diagnostic], strict: bool) -> bool {
    findings.iter().any(|finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    })
}

#[cfg(test)]
mod tests {
    use afterword::diagnostic::Code;

    use super::*;

    #[test]
    fn strict_fails_on_warnings_and_never_on_notes() {
        let fails = |code, strict| fails(&[Diagnostic::new(code, "")], strict);
        assert!(fails(Code::BrokenLink, false));
        assert!(!fails(Code::UnusedFile, false));
        assert!(fails(Code::UnusedFile, true));
        assert!(!fails(Code::ReviewDue, true));
        assert!(fails(Code::ReviewOverdue, true));
    }
}
