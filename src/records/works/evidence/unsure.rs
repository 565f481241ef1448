//! Details of a work that nobody has confirmed: `unsure: [volume]`.

use crate::data::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::{Work, variables};

/// Takes the fields that nobody has confirmed out of a work.
pub fn leave_out_unsure(reader: &Reader<'_>, work: &mut Work) {
    let unsure = std::mem::take(&mut work.evidence.unsure);
    for field in &unsure {
        // A detail may be missing altogether: readers are then told that it is not known.
        if variables::holds(&field.value).is_some()
            && !matches!(field.value.as_str(), "id" | "type")
        {
            work.item.0.remove(&field.value);
            work.fields.retain(|(name, _)| *name != field.value);
            continue;
        }
        let finding = Diagnostic::new(
            Code::ContradictoryWork,
            format!("`{}` has no `{}`", work.key.value, field.value),
        )
        .at(reader.path(), field.span.clone(), "nothing to be unsure of");
        let plain = variables::plain(&field.value);
        let names = work.item.0.keys().map(String::as_str);
        reader.report(if work.has(plain) {
            finding.help(format!("did you mean `{plain}`?"))
        } else {
            finding.suggest(
                &field.value,
                names,
                "delete it here, or add the field to the work",
            )
        });
    }
    work.evidence.unsure = unsure;
}
