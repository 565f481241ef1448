//! The command line `afterword`: reads its words, does one thing, says how it went.
//!
//! Everything that only a program may do is here and in [`cli`]: print, ask what day it is, end
//! with a code. The generator itself is the library beside it.

mod cli;

use std::process::ExitCode;

// Rendering makes and drops many small strings on all cores at once, which the system's allocator
// is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
