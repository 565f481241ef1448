//! Numbers of books: `978-0-262-13472-9`, `0-8044-2957-X`.

/// What is wrong with an ISBN, in a phrase; `None` when nothing is. Programs write several of them into
/// one field, and words such as `(paperback)` beside them.
pub fn mistake(text: &str) -> Option<&'static str> {
    let numbers: Vec<String> = text
        .split([' ', ',', ';', '/'])
        .map(|word| word.chars().filter_map(digit).collect())
        .filter(|digits: &String| !digits.is_empty())
        .collect();
    // `978 0 262 13472 9` is one number, with spaces in it.
    let whole = numbers.concat();
    if is_long_enough(&whole) {
        return mistake_of(&whole);
    }
    numbers.iter().find_map(|digits| mistake_of(digits))
}

fn digit(c: char) -> Option<char> {
    let c = c.to_ascii_uppercase();
    (c.is_ascii_digit() || c == 'X').then_some(c)
}

fn is_long_enough(digits: &str) -> bool {
    matches!(digits.len(), 10 | 13)
}

fn mistake_of(digits: &str) -> Option<&'static str> {
    if !is_long_enough(digits) {
        return Some("it has neither 10 nor 13 digits");
    }
    let is_short = digits.len() == 10;
    let mut sum = 0;
    for (index, c) in digits.chars().enumerate() {
        let value = match c.to_digit(10) {
            Some(value) => value,
            None if is_short && index == 9 => 10,
            None => return Some("an `X` stands only at the end of ten digits"),
        };
        let weight = match (is_short, index % 2) {
            (true, _) => 10 - index as u32,
            (false, 0) => 1,
            (false, _) => 3,
        };
        sum += weight * value;
    }
    let is_sound = sum % if is_short { 11 } else { 10 } == 0;
    (!is_sound).then_some("its last digit does not fit the others")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_follows_from_the_others() {
        for text in [
            "978-0-262-13472-9",
            "9780262134729",
            "978 0 262 13472 9",
            "0-8044-2957-X",
            "080442957x",
            "978-0-262-13472-9 (paperback), 0-8044-2957-X",
        ] {
            assert_eq!(mistake(text), None, "{text}");
        }
        for (text, expected) in [
            (
                "978-0-262-13472-8",
                "its last digit does not fit the others",
            ),
            ("0-8044-2957-1", "its last digit does not fit the others"),
            ("978-0-262-1347", "it has neither 10 nor 13 digits"),
            (
                "978026213472X",
                "an `X` stands only at the end of ten digits",
            ),
            (
                "978-0-262-13472-9, 0-8044-2957-1",
                "its last digit does not fit the others",
            ),
        ] {
            assert_eq!(mistake(text), Some(expected), "{text}");
        }
    }
}
