//! The typed data files beside the articles.
//!
//! Each file of this room reads one data file into plain values and reports what is wrong with it at
//! its place. It knows no page. To add a data file: copy [`people`], and load it in `pipeline`.

pub mod people;

pub use people::Person;
