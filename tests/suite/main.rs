//! Tests of the whole program from outside, a module for each subject. `tests/README.md` tells how
//! to add one.

mod built;
mod citations;
mod cli;
mod contract;
mod determinism;
mod folder;
mod house_rules;
mod html;
mod law;
mod odd_files;
mod preview;
mod promises;
mod robust;
mod shipped;
mod sites;
mod specimen;
mod translations;
