//! The words of styles ("and", "chapter", "n.d.") in the language of a page.
//!
//! They come with the CSL engine, 63 languages packed. To unpack them all takes a noticeable time, so
//! only those are unpacked that a language falls back on.

use citationberg::{Locale, LocaleCode};
use hayagriva::archive::LOCALES;

use super::mend;

/// The languages that have several variants, each with the one to take when a page does not say.
const USUAL: [(&str, &str); 9] = [
    ("de", "de-DE"),
    ("en", "en-US"),
    ("es", "es-ES"),
    ("fr", "fr-FR"),
    ("nb", "nb-NO"),
    ("no", "nb-NO"),
    ("pt", "pt-PT"),
    ("sr", "sr-Cyrl-RS"),
    ("zh", "zh-CN"),
];

/// The locale for a page's language: the very one, else what the style is written for when that is
/// of the same language, else the usual variant. English where there is none.
pub(super) fn for_language(language: &str, of_style: Option<&LocaleCode>) -> LocaleCode {
    let exact = codes().find(|code| code.eq_ignore_ascii_case(language));
    if let Some(exact) = exact {
        return LocaleCode(exact.to_owned());
    }
    let base = base(language);
    if let Some(code) = of_style.filter(|code| self::base(&code.0).eq_ignore_ascii_case(base)) {
        return code.clone();
    }
    let usual = USUAL
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(base));
    let usual = usual.map(|(_, code)| *code);
    let any = || codes().find(|code| self::base(code).eq_ignore_ascii_case(base));
    LocaleCode(usual.or_else(any).unwrap_or("en-US").to_owned())
}

/// A locale and those it falls back on, unpacked.
pub(super) fn unpacked(code: &LocaleCode) -> Vec<Locale> {
    let wanted = [
        Some(code.clone()),
        code.fallback(),
        Some(LocaleCode::en_us()),
    ];
    LOCALES
        .iter()
        .filter(|bytes| {
            let code = code_of(bytes);
            wanted
                .iter()
                .flatten()
                .any(|wanted| Some(wanted.0.as_str()) == code)
        })
        .filter_map(|bytes| ciborium::from_reader(*bytes).ok())
        .map(|mut locale| {
            mend::mend_locale(&mut locale);
            locale
        })
        .collect()
}

fn codes() -> impl Iterator<Item = &'static str> {
    LOCALES.iter().filter_map(|bytes| code_of(bytes))
}

fn base(code: &str) -> &str {
    code.split('-').next().unwrap_or(code)
}

/// The code of a packed locale, read without unpacking it: it is the first entry of a table, a key of
/// nine letters and a short text, each after a byte that tells kind and length.
fn code_of(bytes: &'static [u8]) -> Option<&'static str> {
    const KEY: &[u8] = b"\x69@xml:lang";
    const SHORT_TEXT: u8 = 0x60;
    let (length, code) = bytes.get(1..)?.strip_prefix(KEY)?.split_first()?;
    let length = usize::from(length.checked_sub(SHORT_TEXT)?);
    std::str::from_utf8(code.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_packed_locale_has_a_code() {
        let codes: Vec<_> = codes().collect();
        assert_eq!(codes.len(), LOCALES.len());
        assert!(codes.contains(&"es-ES") && codes.contains(&"sr-Cyrl-RS"));
    }

    #[test]
    fn a_language_finds_its_locale() {
        let check = |language: &str, of_style: Option<&str>, expected: &str| {
            let of_style = of_style.map(|code| LocaleCode(code.to_owned()));
            let found = for_language(language, of_style.as_ref());
            assert_eq!(found.0, expected, "{language}");
        };
        check("es", None, "es-ES");
        check("es-MX", None, "es-MX");
        check("es-AR", None, "es-ES");
        check("en", None, "en-US");
        check("en", Some("en-GB"), "en-GB");
        check("fr", Some("en-GB"), "fr-FR");
        check("fi", None, "fi-FI");
        check("ar", None, "ar");
        check("tlh", None, "en-US");
        for (_, code) in USUAL {
            assert!(codes().any(|other| other == code), "{code}");
        }
    }

    #[test]
    fn only_the_locales_that_are_needed_are_unpacked() {
        assert_eq!(unpacked(&LocaleCode("es-MX".to_owned())).len(), 3);
        assert_eq!(unpacked(&LocaleCode::en_us()).len(), 1);
    }
}
