//! What a stylesheet loads: the addresses in its `url(...)`.

use super::policy::{Kind, Loads};

/// The endings of fonts.
const FONTS: [&str; 5] = [".woff2", ".woff", ".ttf", ".otf", ".eot"];

/// Reads a finished stylesheet, in which every address is the site's own or a `data:` address.
pub fn loads(css: &str) -> Loads {
    let mut loads = Loads::default();
    for rest in css.split("url(").skip(1) {
        let quoted = rest.trim_start().trim_start_matches(['"', '\'']);
        let end = quoted.find([')', '"', '\'']).unwrap_or(quoted.len());
        let address = quoted[..end].trim().to_ascii_lowercase();
        let file = address.split(['?', '#']).next().unwrap_or_default();
        if let Some(data) = address.strip_prefix("data:") {
            let is_font = data.starts_with("font/") || data.starts_with("application/font");
            loads.data(if is_font { Kind::Font } else { Kind::Image });
        } else if FONTS.iter().any(|ending| file.ends_with(ending)) {
            loads.own(&[Kind::Font]);
        } else if !file.is_empty() {
            loads.own(&[Kind::Image]);
        }
    }
    loads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_and_pictures_are_told_apart() {
        for (css, expected) in [
            ("a{color:red}", ""),
            ("a{src:url(f.WOFF2?v#x)}", "font-src 'self'; "),
            ("a{background:url( \"a.svg#b\" )}", "img-src 'self'; "),
            ("a{filter:url(#f)}", ""),
            ("a{background:url(data:image/svg+xml,x)}", "img-src data:; "),
            ("a{src:url('data:font/woff2;base64,x')}", "font-src data:; "),
        ] {
            let policy = loads(css).policy();
            let expected =
                format!("default-src 'none'; {expected}base-uri 'none'; form-action 'none'");
            assert_eq!(policy, expected, "{css}");
        }
    }
}
