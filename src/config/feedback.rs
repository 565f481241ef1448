//! `[feedback]`: where readers say whether a page helped, and report a mistake.
//!
//! A plain link either way: a letter that the reader's own program writes, or a form somewhere else.
//! Nothing is counted, and no script is needed.

use crate::data::{Fields, Spanned};
use crate::diagnostic::{Code, Diagnostic};

/// Where readers write to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Feedback {
    /// Nowhere: nobody is named, or it is switched off with an empty `email`.
    #[default]
    Nowhere,
    /// To an e-mail address.
    Email(String),
    /// Into a form at a whole address.
    Form(String),
}

/// Reads the table. Without it, letters go to the practice.
pub(super) fn read(fields: &Fields<'_>, practice_email: &str) -> Feedback {
    let usual = || match practice_email {
        "" => Feedback::Nowhere,
        email => Feedback::Email(email.to_owned()),
    };
    let Some(table) = fields.table("feedback") else {
        return usual();
    };
    let (email, form) = (table.text("email"), table.text("form_url"));
    table.finish();
    if let (Some(_), Some(form)) = (&email, &form) {
        report(
            fields,
            form,
            "`email` and `form_url` are both there".to_owned(),
            "keep the one that readers are to use",
        );
    }
    match (email, form) {
        (_, Some(form)) => {
            if !form.value.starts_with("https://") {
                report(
                    fields,
                    &form,
                    format!("`{}` is not a whole address", form.value),
                    "write an address that begins with `https://`",
                );
            }
            Feedback::Form(form.value)
        }
        (Some(email), None) if email.value.is_empty() => Feedback::Nowhere,
        (Some(email), None) => {
            if !is_address(&email.value) {
                report(
                    fields,
                    &email,
                    format!("`{}` is not an e-mail address", email.value),
                    "write it as `name@example.org`",
                );
            }
            Feedback::Email(email.value)
        }
        (None, None) => usual(),
    }
}

fn is_address(email: &str) -> bool {
    let is_plain = |c: char| !c.is_whitespace() && !"<>,;:?&\"".contains(c);
    email.chars().all(is_plain)
        && email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn report(fields: &Fields<'_>, value: &Spanned<String>, message: String, help: &str) {
    let reader = fields.reader();
    reader.report(
        Diagnostic::new(Code::UnknownValue, message)
            .at(reader.path(), value.span.clone(), "")
            .help(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, toml};
    use crate::path::SourcePath;

    #[track_caller]
    fn check(written: &str, expected: Feedback, said: &[&str]) {
        let path = SourcePath::site_toml();
        let (node, _) = toml::parse(written);
        let reader = Reader::new(&path, written, "`site.toml`");
        let feedback = read(&Fields::new(&reader, &node, "site.toml"), "us@example.org");
        assert_eq!(feedback, expected, "{written}");
        let findings: Vec<_> = reader.into_findings();
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(messages, said, "{written}");
    }

    #[test]
    fn letters_go_to_the_practice_unless_the_site_says_otherwise() {
        let us = || Feedback::Email("us@example.org".to_owned());
        check("", us(), &[]);
        check("[feedback]\n", us(), &[]);
        let other = Feedback::Email("site@example.org".to_owned());
        check("[feedback]\nemail = \"site@example.org\"", other, &[]);
        check("[feedback]\nemail = \"\"", Feedback::Nowhere, &[]);
        let form = Feedback::Form("https://example.org/form".to_owned());
        check(
            "[feedback]\nform_url = \"https://example.org/form\"",
            form,
            &[],
        );
    }

    #[test]
    fn what_is_no_address_is_an_error() {
        let form = Feedback::Form("http://a.example/".to_owned());
        let written = "[feedback]\nform_url = \"http://a.example/\"";
        check(
            written,
            form,
            &["`http://a.example/` is not a whole address"],
        );
        let email = Feedback::Email("us".to_owned());
        check(
            "[feedback]\nemail = \"us\"",
            email,
            &["`us` is not an e-mail address"],
        );
        let both = "[feedback]\nemail = \"a@b.c\"\nform_url = \"https://a.b/\"";
        let form = Feedback::Form("https://a.b/".to_owned());
        check(both, form, &["`email` and `form_url` are both there"]);
    }
}
