//! Dates as the people of a language write them.

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_locale_core::Locale;
use jiff::civil;

use crate::theme::contract;

/// Writes the dates of one language.
pub struct Dates(Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>);

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Dates").field(&self.0.is_some()).finish()
    }
}

impl Dates {
    /// For a language code. Plain English is taken for day and month: `en` alone means American
    /// order to the library, and `21 November 2026` is understood by all.
    pub fn new(language: &str) -> Self {
        let code = if language == "en" { "en-GB" } else { language };
        let locale: Option<Locale> = code.parse().ok();
        Self(locale.and_then(|locale| {
            FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).ok()
        }))
    }

    /// A date for templates.
    pub fn view(&self, date: civil::Date) -> contract::Date {
        let iso = date.to_string();
        let text = self.text(date).unwrap_or_else(|| iso.clone());
        contract::Date { iso, text }
    }

    fn text(&self, date: civil::Date) -> Option<String> {
        let (month, day) = (
            u8::try_from(date.month()).ok()?,
            u8::try_from(date.day()).ok()?,
        );
        let date = Date::try_new_gregorian(date.year().into(), month, day).ok()?;
        Some(self.0.as_ref()?.format(&date).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_dates_its_own_way() {
        let text = |language: &str| Dates::new(language).view(civil::date(2026, 11, 21)).text;
        assert_eq!(text("en"), "21 November 2026");
        assert_eq!(text("es"), "21 de noviembre de 2026");
        assert_eq!(text("de"), "21. November 2026");
        assert_eq!(text("??"), "2026-11-21");
    }
}
