//! Addresses of the web.

/// True for a whole address that a browser can open: `https://example.org/a`.
pub fn is_whole(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let schemes = ["https", "http"];
    let is_known = schemes
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_known && !rest.is_empty() && !rest.starts_with('/') && !url.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_address_names_its_scheme_and_its_host() {
        for url in [
            "https://example.org",
            "http://example.org/a",
            "HTTPS://EXAMPLE.ORG/A",
        ] {
            assert!(is_whole(url), "{url}");
        }
        for url in [
            "",
            "example.org",
            "https://",
            "https:///a",
            "htp://example.org",
            "javascript:alert(1)",
            "javascript://example.org",
            "https://example.org/a b",
        ] {
            assert!(!is_whole(url), "{url}");
        }
    }
}
