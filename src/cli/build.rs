//! `afterword build`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use afterword::diagnostic::{self, Diagnostic};
use afterword::output::Published;
use afterword::pipeline::{self, BuildOutcome, Loaded};

use super::args::Build;
use super::progress::Bar;
use super::{End, Failure, left_to_the_system, print, use_threads, words, workspace};

/// Makes the site and publishes it.
pub fn run(command: &Build) -> Result<End, Failure> {
    let start = Instant::now();
    use_threads(command.threads)?;
    let workspace = workspace(&command.reading, command.base_url.as_deref())?;
    let mut workspace = left_to_the_system(workspace);
    let bar = Bar::start();
    let loaded = left_to_the_system(workspace.load()?);
    if loaded.has_errors() {
        drop(bar);
        return Ok(refuse(&loaded, Vec::new()));
    }
    let out = out_folder(command, &loaded);
    let outcome = pipeline::build(&loaded, &out, &|progress| bar.show(progress));
    drop(bar);
    match outcome? {
        BuildOutcome::Published { pages, published } => {
            print::diagnostics_in_short(&loaded.diagnostics, &*loaded.inputs);
            let line = closing_line(pages, &published, start.elapsed(), &loaded.diagnostics);
            print::result(&line);
            Ok(End::Done)
        }
        BuildOutcome::Refused { diagnostics } => Ok(refuse(&loaded, diagnostics)),
    }
}

fn out_folder(command: &Build, loaded: &Loaded) -> PathBuf {
    match &command.out {
        Some(out) => out.clone(),
        None => loaded.output_folder(),
    }
}

fn refuse(loaded: &Loaded, mut more: Vec<Diagnostic>) -> End {
    more.extend(loaded.diagnostics.iter().cloned());
    diagnostic::sort(&mut more);
    print::diagnostics_in_short(&more, &*loaded.inputs);
    print::news("Nothing was published; what was published before is as it was.\n");
    End::SiteHasErrors
}

/// The line at the end: `Built 1,234 pages, 1,300 files, 12.3 MB in 0.84 s, no warnings`.
fn closing_line(
    pages: usize,
    published: &Published,
    time: Duration,
    findings: &[Diagnostic],
) -> String {
    let unchanged = match published.unchanged {
        0 => String::new(),
        number => format!(" ({} unchanged)", words::grouped(number)),
    };
    format!(
        "Built {}, {}{unchanged}, {} in {}, {}\n",
        words::count(pages, "page"),
        words::count(published.files, "file"),
        words::size(published.bytes),
        words::time(time),
        words::warnings(findings),
    )
}

#[cfg(test)]
mod tests {
    use afterword::diagnostic::Code;

    use super::*;

    #[test]
    fn the_closing_line_counts_in_words() {
        let published = Published {
            files: 1_300,
            bytes: 12_340_000,
            written: 1_300,
            unchanged: 0,
            removed: 0,
        };
        let time = Duration::from_millis(840);
        assert_eq!(
            closing_line(1_234, &published, time, &[]),
            "Built 1,234 pages, 1,300 files, 12.3 MB in 0.84 s, no warnings\n"
        );
        let published = Published {
            files: 1,
            bytes: 900,
            written: 0,
            unchanged: 1,
            removed: 0,
        };
        assert_eq!(
            closing_line(
                1,
                &published,
                time,
                &[Diagnostic::new(Code::UnusedFile, "m")]
            ),
            "Built 1 page, 1 file (1 unchanged), 900 B in 0.84 s, 1 warning\n"
        );
    }
}
