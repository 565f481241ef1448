//! Details of a work that nobody has confirmed: `unsure: [volume]`.
//!
//! Authors name them as their bibliography does, `year` and `number`, or as CSL does, `issued` and
//! `issue`. From here on only the names of CSL are known.

use crate::data::{Reader, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::{Work, variables};

/// Takes the fields that nobody has confirmed out of a work.
pub fn leave_out_unsure(reader: &Reader<'_>, work: &mut Work) {
    let mut unsure = std::mem::take(&mut work.evidence.unsure);
    for field in &mut unsure {
        let variable = variable(work, &field.value);
        // A detail may be missing altogether: readers are then told that it is not known.
        if variables::holds(variable).is_none() {
            reader.report(unknown(reader, work, field));
            continue;
        }
        field.value = variable.to_owned();
    }
    for field in &unsure {
        work.item.0.remove(&field.value);
        work.fields.retain(|(name, _)| *name != field.value);
    }
    work.evidence.unsure = unsure;
}

/// The variable of CSL that a field of a work became.
fn variable<'a>(work: &Work, name: &'a str) -> &'a str {
    let is_bibtex = work.file.extension() == "bib";
    match name {
        // BibTeX has one word for the issue of a journal, the volume of a series and the number of a
        // report.
        "number" if is_bibtex => ["issue", "collection-number"]
            .into_iter()
            .find(|variable| work.has(variable))
            .unwrap_or(name),
        _ => variables::plain(name),
    }
}

fn unknown(reader: &Reader<'_>, work: &Work, field: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        Code::ContradictoryWork,
        format!("`{}` has no `{}`", work.key.value, field.value),
    )
    .at(reader.path(), field.span.clone(), "nothing to be unsure of")
    .suggest(
        &field.value,
        work.item.0.keys().map(String::as_str),
        "delete it here, or add the field to the work",
    )
}
