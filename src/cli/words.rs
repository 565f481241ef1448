//! Numbers, sizes and times in words.

use std::time::Duration;

pub use afterword::checks::weight::grouped;
use afterword::diagnostic::{Diagnostic, Severity};

/// `no pages`, `1 page`, `1,234 pages`.
pub fn count(number: usize, one: &str) -> String {
    match number {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", grouped(number)),
    }
}

/// `no warnings`, `2 warnings`, `1 warning, 3 notes`: what is told beside errors.
pub fn warnings(findings: &[Diagnostic]) -> String {
    let of = |severity| {
        let of = |finding: &&Diagnostic| finding.severity == severity;
        findings.iter().filter(of).count()
    };
    let warnings = count(of(Severity::Warning), "warning");
    match of(Severity::Note) {
        0 => warnings,
        notes => format!("{warnings}, {}", count(notes, "note")),
    }
}

/// `812 B`, `9.4 kB`, `12.3 MB`, `1.2 GB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        // Not 1000: 999.96 would be printed as 1000.0.
        if amount < 999.95 {
            break;
        }
        amount /= 1000.0;
        unit = larger;
    }
    format!("{amount:.1} {unit}")
}

/// `0.84 s`, `12.3 s`, `2 min 5 s`.
pub fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 9.995 {
        format!("{seconds:.2} s")
    } else if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else {
        let whole = seconds.round() as u64;
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use afterword::diagnostic::Code;

    use super::*;

    #[test]
    fn one_is_singular_and_thousands_are_grouped() {
        assert_eq!(count(0, "warning"), "no warnings");
        assert_eq!(count(1, "page"), "1 page");
        assert_eq!(count(999, "page"), "999 pages");
        assert_eq!(count(1_234, "file"), "1,234 files");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn warnings_are_counted_always_and_notes_where_there_are_any() {
        let of = |code| Diagnostic::new(code, "m");
        assert_eq!(warnings(&[of(Code::UnusedFile)]), "1 warning");
        let notes = [of(Code::ReviewDue), of(Code::ReviewDue)];
        assert_eq!(warnings(&notes), "no warnings, 2 notes");
    }

    #[test]
    fn sizes_and_times_take_the_unit_that_reads_best() {
        let sizes = [0, 999, 1_000, 12_345_678, 999_960, 5_000_000_000].map(size);
        assert_eq!(
            sizes,
            ["0 B", "999 B", "1.0 kB", "12.3 MB", "1.0 MB", "5.0 GB"]
        );
        let times = [0.004, 0.84, 12.34, 59.97, 125.2].map(|s| time(Duration::from_secs_f64(s)));
        assert_eq!(
            times,
            ["0.00 s", "0.84 s", "12.3 s", "1 min 0 s", "2 min 5 s"]
        );
    }
}
