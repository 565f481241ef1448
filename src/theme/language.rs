//! What is known of a language when its strings file does not say.

/// Languages by code, each with its own name for itself.
const NAMES: [(&str, &str); 44] = [
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 12] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ur", "yi",
];

/// Scripts written from right to left, as in `pa-Arab`.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 4] = ["Arab", "Hebr", "Syrc", "Thaa"];

fn wide(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
}

/// The language's own name for itself, or its code when the table does not have it.
pub(super) fn name(code: &str) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == wide(code));
    known.map_or_else(|| code.to_owned(), |(_, name)| (*name).to_owned())
}

/// `ltr` or `rtl`.
pub(super) fn direction(code: &str) -> &'static str {
    let script = code.split('-').nth(1).filter(|part| part.len() == 4);
    let rtl = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS
            .iter()
            .any(|rtl| rtl.eq_ignore_ascii_case(script)),
        None => RIGHT_TO_LEFT.contains(&wide(code)),
    };
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gives_name_and_direction() {
        let case = |code| (name(code), direction(code));
        assert_eq!(case("fa"), ("فارسی".to_owned(), "rtl"));
        assert_eq!(case("es-MX"), ("Español".to_owned(), "ltr"));
        assert_eq!(case("ku-Latn"), ("ku-Latn".to_owned(), "ltr"));
        assert_eq!(case("pa-Arab"), ("pa-Arab".to_owned(), "rtl"));
    }
}
