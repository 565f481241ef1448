//! `afterword completions`.

use clap::CommandFactory;

use super::args::{Arguments, Completions};
use super::{End, Failure, print};

/// Prints what a shell needs to complete our commands and options.
pub fn run(command: &Completions) -> Result<End, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        command.shell,
        &mut Arguments::command(),
        "afterword",
        &mut script,
    );
    print::result(&String::from_utf8_lossy(&script));
    Ok(End::Done)
}
