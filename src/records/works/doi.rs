//! Digital object identifiers: `10.1000/182`.

/// A DOI without what people write around it: `https://doi.org/`, `doi:`, a full stop at the end.
pub fn normal(text: &str) -> &str {
    let mut doi = text.trim();
    for prefix in [
        "https://",
        "http://",
        "www.",
        "dx.doi.org/",
        "doi.org/",
        "doi:",
        "doi ",
    ] {
        let is_there = doi
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if is_there {
            doi = doi[prefix.len()..].trim_start();
        }
    }
    doi.trim_end_matches(['.', ',', ';', ' ', '/'])
}

/// What is wrong with a DOI in its normal form, in a phrase; `None` when nothing is.
pub fn mistake(doi: &str) -> Option<&'static str> {
    let Some((prefix, suffix)) = doi.split_once('/') else {
        return Some(if doi.starts_with("10.") {
            "nothing follows the number of the publisher"
        } else {
            "it does not begin with `10.`"
        });
    };
    let Some(registrant) = prefix.strip_prefix("10.") else {
        return Some("it does not begin with `10.`");
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !registrant.split('.').all(is_number) || registrant.split('.').next()?.len() < 4 {
        return Some("the number of the publisher is not a number of at least four digits");
    }
    if doi.contains(char::is_whitespace) {
        return Some("it holds a space");
    }
    suffix
        .trim()
        .is_empty()
        .then_some("nothing follows the number of the publisher")
}

/// The DOI in an address of doi.org.
pub fn in_address(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("dx.").unwrap_or(rest);
    rest.strip_prefix("doi.org/").map(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_prefixes_and_full_stops_go() {
        for (text, expected) in [
            ("10.1000/182", "10.1000/182"),
            ("https://doi.org/10.1000/182", "10.1000/182"),
            ("http://dx.doi.org/10.1000/182.", "10.1000/182"),
            ("DOI: 10.1000/182", "10.1000/182"),
            ("doi:10.1000/a(b)c", "10.1000/a(b)c"),
        ] {
            assert_eq!(normal(text), expected);
            assert_eq!(mistake(normal(text)), None);
        }
    }

    #[test]
    fn what_is_no_doi_is_found() {
        for doi in [
            "10.1000",
            "10.1000/",
            "10.1000/a b",
            "doi:10..1000/1",
            "10.10/1",
            "11.1000/1",
            "doi:10..",
            "",
        ] {
            assert!(mistake(normal(doi)).is_some(), "{doi}");
        }
    }
}
