//! Tests of the whole program from outside, a module for each subject.

mod cli;
mod preview;
