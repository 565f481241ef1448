//! The links by which readers say whether a page helped, and report a mistake.
//!
//! A letter names the page by its discreet title and its path, so that whoever sees the subject in a
//! list of letters learns no more than from the page's tab.

use crate::config::Feedback;
use crate::site::{PageId, Site};

/// What a reader writes about.
#[derive(Debug, Clone, Copy)]
pub enum Matter {
    /// Whether the page helped.
    Helpful,
    /// A mistake on it.
    Mistake,
}

impl Matter {
    /// The key of the subject in the strings files.
    const fn subject(self) -> &'static str {
        match self {
            Matter::Helpful => "helpful_subject",
            Matter::Mistake => "report_subject",
        }
    }
}

/// The whole address of the link; empty when readers write nowhere.
pub fn url(site: &Site, id: PageId, matter: Matter) -> String {
    match &site.config.feedback {
        Feedback::Nowhere => String::new(),
        Feedback::Form(url) => url.clone(),
        Feedback::Email(email) => {
            let page = site.page(id);
            let words = site.theme.words(site.language_code(page.language));
            let subject = words.fill(
                matter.subject(),
                &[("title", page.short_title()), ("path", page.url.as_str())],
            );
            format!("mailto:{}?subject={}", encoded(email), encoded(&subject))
        }
    }
}

/// Text as it may stand in an address: anything but plain letters, digits, `-._~/@` by its bytes.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_subject_can_end_it_or_add_to_the_letter() {
        for (text, expected) in [
            ("Rest: a note", "Rest%3A%20a%20note"),
            ("a&body=b#c?d", "a%26body%3Db%23c%3Fd"),
            ("más 50%", "m%C3%A1s%2050%25"),
            ("name+site@example.org", "name%2Bsite@example.org"),
            ("two\r\nlines", "two%0D%0Alines"),
        ] {
            assert_eq!(encoded(text), expected);
        }
    }
}
