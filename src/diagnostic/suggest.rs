//! "Did you mean": the nearest of the words that would have been right.

/// The candidate nearest to what was written, when one is near enough to be worth naming.
///
/// Near means at most a third of the letters changed, swapped neighbours counting once, or the same
/// beginning; case and `-`, `_` and spaces do not count.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(written, candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How far two words are from each other, when they are near. In paths, folders and endings that are
/// the same say nothing: `parts/note.html` is as far from `parts/art.html` as `note` from `art`.
fn distance(written: &str, candidate: &str) -> Option<usize> {
    let (a, b) = without_shared_ends(written, candidate);
    let (a, b) = (plain(a), plain(b));
    let (shorter, longer) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    let changed = strsim::damerau_levenshtein(&a, &b);
    // A long name that only goes on, or stops early, is the same name to the one who wrote it.
    let goes_on = shorter >= 5 && (a.starts_with(&b) || b.starts_with(&a));
    // Of two single letters each is as far from the other as can be.
    let is_near = changed <= (longer / 3).max(1) && (changed == 0 || changed < longer);
    (is_near || goes_on).then_some(changed)
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace(['-', '_', ' '], "")
}

fn without_shared_ends<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let folder = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
    let (mut a, mut b) = (a, b);
    if a[..folder(a)] == b[..folder(b)] {
        (a, b) = (&a[folder(a)..], &b[folder(b)..]);
    }
    match (a.rsplit_once('.'), b.rsplit_once('.')) {
        (Some((a, ending)), Some((b, same))) if ending == same => (a, b),
        _ => (a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_finds_its_word() {
        let keys = ["description", "draft", "title", "key_messages"];
        assert_eq!(nearest("desription", keys), Some("description"));
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("KeyMessages", keys), Some("key_messages"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("E", ["A", "B"]), None);
    }

    #[test]
    fn paths_are_compared_by_what_differs() {
        let files = [
            "parts/art.html",
            "parts/cards.html",
            "a-short-rest-by-day.md",
        ];
        assert_eq!(nearest("parts/note.html", files), None);
        assert_eq!(nearest("parts/card.html", files), Some("parts/cards.html"));
        assert_eq!(
            nearest("a-short-rest.md", files),
            Some("a-short-rest-by-day.md")
        );
    }
}
