//! Tables that tell their readers too little: without words at the top of a column, or of one column.
//!
//! Who listens to a table hears the words at the top of a column before each cell.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::outline::Table;

/// Checks every table of the text.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for table in &subject.document.outline().tables {
        let Some((code, message, help)) = of_one(table) else {
            continue;
        };
        findings.push(
            Diagnostic::new(code, message)
                .at(&subject.document.path, table.head.clone(), "")
                .help(help),
        );
    }
}

fn of_one(table: &Table) -> Option<(Code, String, &'static str)> {
    // The corner above names of rows may be empty.
    let mut others = table.columns.iter().enumerate().skip(1);
    if table.columns.len() == 1 {
        return Some((
            Code::OneColumn,
            "a table with one column".to_owned(),
            "write a list: `- one` on a line each",
        ));
    }
    if table.columns.iter().all(String::is_empty) {
        return Some((
            Code::TableHeader,
            "a table without words at the top of its columns".to_owned(),
            "write in its first row what each column holds",
        ));
    }
    let (empty, _) = others.find(|(_, words)| words.is_empty())?;
    Some((
        Code::TableHeader,
        format!("column {} of a table has no words at its top", empty + 1),
        "write in the first row what the column holds",
    ))
}
