//! What tells a work from all others, and where it is found: its DOI, its ISBN, its address.

use super::contradiction;
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::{Work, address, doi, isbn};

/// What is wrong with the identifiers of a work.
pub fn check(work: &Work) -> impl Iterator<Item = Diagnostic> + use<> {
    let found = [doi(work), two_dois(work), url(work), isbn_of(work)];
    found.into_iter().flatten()
}

fn doi(work: &Work) -> Option<Diagnostic> {
    let doi = work.text("DOI");
    if doi.is_empty() {
        return None;
    }
    let mistake = doi::mistake(&doi)?;
    Some(
        Diagnostic::new(
            Code::MalformedDoi,
            format!("`{doi}` is not a DOI: {mistake}"),
        )
        .at(&work.file, work.span_of("DOI"), "")
        .help("copy it from the first page of the work: it looks like `10.1000/xyz123`"),
    )
}

fn two_dois(work: &Work) -> Option<Diagnostic> {
    let (doi, url) = (work.text("DOI"), work.text("URL"));
    let other = doi::in_address(&url)?;
    let differ = !doi.is_empty() && !doi.eq_ignore_ascii_case(&other.replace("%2F", "/"));
    differ.then(|| {
        contradiction(
            work,
            "URL",
            format!(
                "`{}` has one DOI and the address of another",
                work.key.value
            ),
        )
        .at(&work.file, work.span_of("DOI"), "the DOI")
        .help("correct one of the two, or delete the address")
    })
}

fn url(work: &Work) -> Option<Diagnostic> {
    let url = work.text("URL");
    (!url.is_empty() && !address::is_whole(&url)).then(|| {
        Diagnostic::new(
            Code::MalformedAddress,
            format!("`{url}` is not a whole address, which `url` needs"),
        )
        .at(&work.file, work.span_of("URL"), "")
        .help("write it from `https://` on, as the browser shows it")
    })
}

fn isbn_of(work: &Work) -> Option<Diagnostic> {
    let isbn = work.text("ISBN");
    let mistake = isbn::mistake(&isbn)?;
    Some(
        Diagnostic::new(
            Code::MalformedIsbn,
            format!("`{isbn}` is not an ISBN: {mistake}"),
        )
        .at(&work.file, work.span_of("ISBN"), "")
        .help("copy it from the back of the book, or from the page with its publisher"),
    )
}
