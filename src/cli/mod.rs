//! The commands of `afterword`, a file for each, and what they share: how they end and how they
//! print.
//!
//! Results go to the standard output; diagnostics, progress and failures to the standard error.
//! This is the only room that prints and the only one that knows the clock and the terminal; it
//! knows nothing of how a site is made.
//!
//! To add a command: a variant of [`args::Command`] with its help and examples, a file here with
//! one function, and the line in [`run`] that the compiler then asks for.

mod args;
mod build;
mod check;
mod completions;
mod explain;
mod external;
mod new;
mod preview;
mod print;
mod progress;
mod reading;
mod review;
mod reviews;
mod schema;
mod translated;
mod words;

use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use afterword::Error;
use afterword::pipeline::{Options, Workspace};
use clap::Parser;
use jiff::civil::Date;

use args::{Arguments, Command, New, Reading};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It did what was asked.
    Done,
    /// The site has errors; what they are has been said.
    SiteHasErrors,
}

/// Why a command could not go on.
#[derive(Debug)]
enum Failure {
    /// What was asked makes no sense here; the words say what would.
    Usage { message: String, help: String },
    /// The machine said no.
    Denied(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Denied(error)
    }
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are "errors" of clap too; it knows where each is printed. That the
            // reader has closed the pipe is no reason to complain.
            let _ = error.print();
            return exit_code(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let end = match &arguments.command {
        Command::Build(command) => build::run(command),
        Command::Check(command) => check::run(command),
        Command::Preview(command) => preview::run(command),
        Command::New(New::Site(command)) => new::site(command),
        Command::New(New::Page(command)) => new::page(command),
        Command::Review(command) => review::run(command),
        Command::Reviews(command) => reviews::run(command),
        Command::Translated(command) => translated::run(command),
        Command::Reading(command) => reading::run(command),
        Command::Explain(command) => explain::run(command),
        Command::Schema(command) => schema::run(command),
        Command::Completions(command) => completions::run(command),
    };
    match end {
        Ok(End::Done) => exit_code(0),
        Ok(End::SiteHasErrors) => exit_code(1),
        Err(Failure::Usage { message, help }) => {
            print::failure(&message, &help);
            exit_code(2)
        }
        Err(Failure::Denied(error)) => {
            print::failure(&error.to_string(), &error.help);
            exit_code(3)
        }
    }
}

/// Keeps a whole site to the end of the program, which never takes it apart: the system takes the
/// memory back at once, where freeing ten thousand pages one by one takes a tenth of a
/// second.
fn left_to_the_system<T>(value: T) -> ManuallyDrop<T> {
    ManuallyDrop::new(value)
}

fn exit_code(code: u8) -> ExitCode {
    ExitCode::from(code)
}

/// Today, as the system's clock and time zone have it.
fn system_date() -> Date {
    jiff::Zoned::now().date()
}

/// The site that the options name, not read yet. Fails kindly where there is none.
fn workspace(reading: &Reading, base_url: Option<&str>) -> Result<Workspace, Failure> {
    expect_site(&reading.folder.site)?;
    let options = Options {
        today: reading.today.unwrap_or_else(system_date),
        drafts: reading.drafts,
        base_url: base_url.map(str::to_owned),
    };
    Ok(Workspace::new(&reading.folder.site, options))
}

/// Says so when a folder holds no site, which mostly means that one stands in the wrong folder.
fn expect_site(folder: &Path) -> Result<(), Failure> {
    if folder.join("site.toml").exists() {
        return Ok(());
    }
    let message = if !folder.exists() {
        format!("there is no folder `{}`", folder.display())
    } else if folder == Path::new(".") {
        "there is no site here: this folder has no `site.toml`".to_owned()
    } else {
        format!(
            "there is no site in `{}`: it has no `site.toml`",
            folder.display()
        )
    };
    let help = "go to the folder of your site, or name it with `--site DIR`; \
                `afterword new site DIR` makes a new one";
    Err(Failure::Usage {
        message,
        help: help.to_owned(),
    })
}

/// Works with so many threads, or with one for each core.
fn use_threads(threads: Option<usize>) -> Result<(), Failure> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| {
            Failure::Denied(Error::new("start", Path::new("threads"), error.to_string()))
        })
}
