//! "Did you mean": the nearest of the words that would have been right.

/// The candidate nearest to what was written, when one is near enough to be worth naming.
///
/// Near means at most a third of the letters changed, swapped neighbours counting once, or equal
/// but for case and `-`, `_` and spaces.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = plain(written);
    let limit = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&wanted, &plain(candidate)),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
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
    }
}
