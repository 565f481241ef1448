//! Tests of the whole program from outside, a module for each subject. `tests/README.md` tells how
//! to add one.

mod built;
mod citations;
mod cli;
mod contract;
mod defects;
mod determinism;
mod external;
mod folder;
mod house_rules;
mod html;
mod law;
mod manual;
mod messages;
mod odd_files;
mod preview;
mod promises;
mod robust;
mod shipped;
mod sites;
mod specimen;
mod translations;
