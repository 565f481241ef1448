//! Afterword: a static-site generator for health education that has to be trusted.
//!
//! The whole program is one sentence: **read the site folder into plain data, assemble a
//! [`site::Site`], and render any route of it as a pure function.** `build` renders every route and
//! publishes; `preview` renders the one route that a browser asks for. There is no second road.
//!
//! ```text
//!  disk ─source─▶ Inputs ─document─▶ Document* ─site─▶ Site ──render(route)──▶ Artifact ─┬─output──▶ public/
//!                   ├─config────▶ Config ────────────▶ │                                 └─preview─▶ browser
//!                   ├─records───▶ people ────────────▶ │
//!                   └─theme─────▶ Theme ─────────────▶ │
//!                                                      └──checks──▶ Diagnostic*
//! ```
//!
//! [`pipeline`] is that sentence in code: start reading there. What holds everywhere:
//!
//! - Stages are functions from plain data to plain data. Only [`source`] reads the disk, only
//!   [`output`], [`scaffold`] and the memory of [`external`] write it, only [`external`] asks other
//!   hosts for anything, only the program (`main.rs`, `cli`) prints and asks what
//!   day it is.
//! - [`site::Site`] is read-only. One constructor makes it of its parts; another takes over all that an
//!   edit leaves as it is. Nothing tracks what depends on what: a document is remembered by its text, a
//!   page is rendered when it is asked for, and any route rendered from the kept state equals the same
//!   route from an empty start, byte for byte.
//! - What an author can fix is a [`diagnostic::Diagnostic`], gathered and never thrown. What the
//!   machine denies is an [`Error`]. What cannot happen is a panic with its reason.
//! - Themes see only [`theme::contract`].
//! - The output is the same bytes on one core or many, from any folder, on any day but for what
//!   `today` decides. What is published is complete or not there.
//!
//! | I want to | I open |
//! | --- | --- |
//! | add a page kind | [`site::kind`], then follow the compiler |
//! | change how a citation is printed | [`citations`] |
//! | add a check | copy the shortest file in [`checks`], one line in its table |
//! | look at what is about to be published | [`audit`] |
//! | ask whether other sites are still there | [`external`] |
//! | add a front-matter key | [`document::front_matter`] |
//! | add a key of `site.toml` | [`config`] |
//! | tell editors of a key | [`schema`]; a test names what was forgotten |
//! | give themes a new value | [`theme::contract`]; the manual page follows by a test |
//! | change what a translation is held against | [`document::paragraphs`] |
//! | change what `[checks]` of `site.toml` and `allow` comments do | [`exceptions`] |
//! | add a directive (`:::name`) | the theme: `theme.toml` and `templates/directives/` |
//! | change what readers can choose from, or how answers narrow it down | [`records::pickers`] |
//! | change how the difficulty of texts is measured | [`reading`] |
//! | read dictionaries in another way | [`spelling`], and [`source::dictionaries`] for where they lie |
//! | publish another kind of file | one file in [`render`], one variant of [`render::Route`] |
//! | change what a page may load | [`contacts`] |
//! | keep more from one edit to the next | `pipeline/workspace.rs`, `site/edited.rs`, `site/refiled/` |
//! | change what the author's desk tells | `preview/desk` |
//! | change how an error looks | [`diagnostic::terminal`], `preview/problems.rs` |

// The documentation is for those who work on the code, who read it with private items.
#![allow(rustdoc::private_intra_doc_links)]

pub mod audit;
pub mod checks;
pub mod citations;
pub mod config;
pub mod contacts;
pub mod data;
pub mod diagnostic;
pub mod document;
mod error;
pub mod exceptions;
pub mod external;
pub mod output;
pub mod path;
pub mod pipeline;
pub mod preview;
pub mod reading;
pub mod records;
pub mod render;
pub mod scaffold;
pub mod schema;
pub mod site;
pub mod source;
pub mod spelling;
pub mod theme;

pub use error::Error;
