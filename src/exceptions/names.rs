//! Which code an author means, and whether it may be used so.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// What an author wants to do with a kind of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Set how much it weighs.
    Severity,
    /// Let one pass.
    Exception,
}

/// The code that is written at a place, or what is wrong with it.
pub fn usable(
    written: &str,
    purpose: Use,
    path: &SourcePath,
    span: Range<usize>,
) -> Result<Code, Diagnostic> {
    let Some(code) = Code::named(written) else {
        let names = Code::ALL.iter().map(|code| code.as_str());
        return Err(
            Diagnostic::new(Code::UnknownValue, format!("no message is called `{written}`"))
                .at(path, span, "not known")
                .suggest(
                    written,
                    names,
                    "write the name in brackets that the message begins with; `afterword explain` lists all",
                ),
        );
    };
    if code.is_fixed() {
        let wish = match purpose {
            Use::Severity => "the weight of `{}` cannot be set",
            Use::Exception => "`{}` cannot be excepted",
        };
        return Err(
            Diagnostic::new(Code::UnknownValue, wish.replace("{}", code.as_str()))
                .at(path, span, "stands for something that cannot be published as it is")
                .help(format!(
                    "take this away, and mend what the message names; `afterword explain {code}` tells how"
                )),
        );
    }
    Ok(code)
}

/// An exception that does not say why.
pub fn unexplained(path: &SourcePath, span: Range<usize>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::UnexplainedException, "an exception without a reason")
        .at(path, span, "")
        .help(help)
}
