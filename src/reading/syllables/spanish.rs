//! Spanish syllables, which follow rules: each syllable has one of `a e o`, or a group of vowels that
//! belong together.
//!
//! Two of `a e o` part; `i` and `u` lean on their neighbour unless an accent makes them stand alone.
//! The `h` between vowels is not heard, nor the `u` of `que`, `gui`. The words that many say with one
//! syllable more than the rules have (`cruel`, `viaje` in some places) follow the rules.

/// The syllables of a word in small letters.
pub(super) fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let mut count = 0;
    // The vowel just before, if nothing but an `h` stands between.
    let mut before: Option<char> = None;
    for (index, letter) in letters.iter().enumerate() {
        let last = index.checked_sub(1).map(|last| letters[last]);
        let next = letters.get(index + 1);
        let is_silent = *letter == 'u'
            && (last == Some('q') || last == Some('g'))
            && next.is_some_and(|next| "eiéí".contains(*next));
        if is_silent {
            continue;
        }
        if !is_vowel(*letter, next) {
            if *letter != 'h' {
                before = None;
            }
            continue;
        }
        if before.is_none_or(|before| parts(before, *letter)) {
            count += 1;
        }
        before = Some(*letter);
    }
    count.max(1)
}

/// `y` is a vowel at the end of a word: `muy`, `y`.
fn is_vowel(letter: char, next: Option<&char>) -> bool {
    "aeiouáéíóúü".contains(letter) || letter == 'y' && next.is_none()
}

/// True when two vowels in a row belong to two syllables.
fn parts(one: char, other: char) -> bool {
    let is_strong = |c| "aeoáéó".contains(c);
    let stands_alone = |c| "íú".contains(c);
    match (is_strong(one), is_strong(other)) {
        (true, true) => true,
        (true, false) => stands_alone(other),
        (false, true) => stands_alone(one),
        // `chiita`: the same one twice.
        (false, false) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_of_the_rules() {
        let known = [
            (1, "y muy bien que pues dio luz guion seis tú rey quien"),
            (
                2,
                "guerra agua cuerpo caer leer día ahí búho ciudad hablar quiero mayo cuidar después país \
                 prohibir noche hielo",
            ),
            (
                3,
                "ahora pareja persona relación pingüino cuidado siguiente tranquilo violencia Uruguay toalla",
            ),
            (
                4,
                "compañía vehículo emociones necesitas poesía averiguáis sexualidad",
            ),
            (5, "universidad acompañamos comunicación"),
            (6, "responsabilidad"),
        ];
        for (expected, words) in known {
            for word in words.split(' ') {
                assert_eq!(syllables(&word.to_lowercase()), expected, "{word}");
            }
        }
    }
}
