//! How texts speak to readers: passive sentences, in which nobody does anything, and sentences that say
//! what somebody should do.
//!
//! Both have their place, so a page may have some: `passive_share` and `obligation_share` of `[voice]`
//! say how many of 100 sentences. Without them nothing is said.
//!
//! To teach it a verb: [`IRREGULAR`], or [`NO_VERBS`] for a word that only looks like one.

use std::ops::Range;

use super::texts::{Texts, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::ProseKind;
use crate::reading::sentences;

/// English participles that do not end in "ed".
const IRREGULAR: &[&str] = &[
    "beaten",
    "begun",
    "bitten",
    "bought",
    "bound",
    "brought",
    "built",
    "caught",
    "chosen",
    "cut",
    "done",
    "drawn",
    "driven",
    "felt",
    "forbidden",
    "forgiven",
    "forgotten",
    "fought",
    "found",
    "given",
    "grown",
    "heard",
    "held",
    "hidden",
    "kept",
    "laid",
    "led",
    "left",
    "lent",
    "made",
    "meant",
    "met",
    "paid",
    "put",
    "read",
    "said",
    "seen",
    "sent",
    "set",
    "shaken",
    "shown",
    "shut",
    "sold",
    "spent",
    "spoken",
    "stolen",
    "sought",
    "taken",
    "taught",
    "thought",
    "thrown",
    "told",
    "understood",
    "won",
    "written",
];

/// Words in "ed" that tell how somebody is, and not what is done to them.
const NO_VERBS: &[&str] = &[
    "aged",
    "allowed",
    "alleged",
    "ashamed",
    "bed",
    "bored",
    "concerned",
    "confused",
    "crowded",
    "depressed",
    "detailed",
    "determined",
    "disabled",
    "disappointed",
    "divorced",
    "embarrassed",
    "engaged",
    "excited",
    "exhausted",
    "experienced",
    "frightened",
    "frustrated",
    "indeed",
    "interested",
    "limited",
    "married",
    "mixed",
    "naked",
    "need",
    "numbed",
    "overwhelmed",
    "pleased",
    "prepared",
    "qualified",
    "red",
    "related",
    "relaxed",
    "retired",
    "rushed",
    "sacred",
    "satisfied",
    "scared",
    "shared",
    "shed",
    "speed",
    "stressed",
    "supposed",
    "surprised",
    "tired",
    "trained",
    "unmarried",
    "upset",
    "used",
    "varied",
    "wicked",
    "worried",
    "wounded",
];

/// Forms of "to be".
const BE: &[&str] = &[
    "am", "are", "aren't", "be", "been", "being", "is", "isn't", "was", "wasn't", "were", "weren't",
];

/// Forms of "ser" that make a passive. "Es" and "son" mostly stand before adjectives.
const SER: &[&str] = &["fue", "fueron", "sido", "será", "serán", "siendo", "ser"];

/// What may stand between "to be" and its verb.
const BETWEEN: &[&str] = &[
    "also", "always", "being", "never", "not", "often", "only", "still",
];

/// Words that put an obligation. "Have to" does only to the reader: "I have to go" tells something.
const ENGLISH: &[&[&str]] = &[
    &["should"],
    &["shouldn't"],
    &["must"],
    &["mustn't"],
    &["ought", "to"],
    &["you", "have", "to"],
    &["you", "need", "to"],
    &["you'd", "better"],
    &["you", "had", "better"],
];

/// The same in Spanish.
const SPANISH: &[&[&str]] = &[
    &["debes"],
    &["debéis"],
    &["deberías"],
    &["deberíais"],
    &["tienes", "que"],
    &["tenéis", "que"],
    &["hay", "que"],
    &["es", "necesario"],
    &["es", "obligatorio"],
];

/// "You do not have to" sets free, and "if you have to go" only asks.
const SETS_FREE: &[&str] = &[
    "don't", "doesn't", "didn't", "if", "never", "no", "nobody", "not", "unless", "what", "when",
    "whether", "who", "without", "nadie", "ni", "nunca", "cuando", "qué", "quien", "si", "sin",
];

/// How many places a finding shows.
const SHOWN: usize = 4;

impl Texts<'_, '_> {
    /// Counts both kinds of sentences and says where they are when they are too many.
    pub(super) fn tone(&mut self) {
        if self.voice.passive_share.is_none() && self.voice.obligation_share.is_none() {
            return;
        }
        let (mut all, mut passive, mut obliging) = (0, Vec::new(), Vec::new());
        for passage in self.passages {
            let is_text = match passage.prose.kind {
                ProseKind::Paragraph | ProseKind::Item => true,
                ProseKind::Cell | ProseKind::Term => false,
            };
            if !is_text {
                continue;
            }
            let text = &passage.prose.text;
            for sentence in sentences(text) {
                let words = words(&text[sentence.clone()]);
                all += usize::from(!words.is_empty());
                let at = |place: Range<usize>| {
                    passage.span(place.start + sentence.start..place.end + sentence.start)
                };
                let found = [
                    (passive_in(&words, self.language()), &mut passive),
                    (obligation_in(&words, self.language()), &mut obliging),
                ];
                for (place, places) in found {
                    if let Some(place) = place
                        && !self.excuses.let_passage_pass(passage)
                    {
                        places.push(at(place));
                    }
                }
            }
        }
        self.report_share(Code::PassiveVoice, self.voice.passive_share, all, &passive);
        self.report_share(
            Code::Obligation,
            self.voice.obligation_share,
            all,
            &obliging,
        );
    }

    fn report_share(
        &mut self,
        code: Code,
        share: Option<usize>,
        all: usize,
        places: &[Range<usize>],
    ) {
        let Some(share) = share else { return };
        // Rounded up, as with long sentences: a short page may have one, unless none may be anywhere.
        let may_be = (all * share).div_ceil(100);
        if places.len() <= may_be {
            return;
        }
        let one = places.len() == 1;
        let (what, help) = match code {
            Code::Obligation => (
                if one {
                    "says what somebody has to do"
                } else {
                    "say what somebody has to do"
                },
                "say what people can do, and what it is good for: `you can`, `it may help to`",
            ),
            _ => (
                if one { "is passive" } else { "are passive" },
                "say who does it: `we checked the numbers` and not `the numbers were checked`",
            ),
        };
        let message = format!(
            "{} of {all} sentences {what}; the limit is {may_be}",
            places.len()
        );
        let finding = Diagnostic::new(code, message);
        let path = &self.subject.document.path;
        let shown = places.iter().take(SHOWN);
        let finding = shown.fold(finding, |finding, place| {
            finding.at(path, place.clone(), "")
        });
        self.findings.push(finding.help(help));
    }
}

type Words = [(Range<usize>, String)];

/// Where a sentence is passive first.
fn passive_in(words: &Words, language: &str) -> Option<Range<usize>> {
    let be = match language {
        "en" => BE,
        "es" => SER,
        _ => return None,
    };
    let mut forms = words
        .iter()
        .enumerate()
        .filter(|(_, (_, word))| be.contains(&word.as_str()));
    forms.find_map(|(index, (place, _))| {
        let rest = words[index + 1..].iter();
        let mut rest = rest.skip_while(|(_, word)| BETWEEN.contains(&word.as_str()));
        let (verb, word) = rest.next()?;
        let is_verb = match language {
            "en" => is_english_participle(word),
            _ => is_spanish_participle(word),
        };
        is_verb.then_some(place.start..verb.end)
    })
}

fn is_english_participle(word: &str) -> bool {
    let is_regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    let is_compound = word.contains('-');
    (is_regular && !NO_VERBS.contains(&word) && !is_compound) || IRREGULAR.contains(&word)
}

fn is_spanish_participle(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"];
    const IRREGULAR: [&str; 6] = ["hecho", "hecha", "escrito", "escrita", "visto", "vista"];
    const NO_VERBS: [&str; 5] = ["adecuado", "adecuada", "complicado", "delicado", "parecido"];
    let is_regular = word.chars().count() > 5 && ENDINGS.iter().any(|end| word.ends_with(end));
    (is_regular && !NO_VERBS.contains(&word)) || IRREGULAR.contains(&word)
}

/// Where a sentence first says what has to be done.
fn obligation_in(words: &Words, language: &str) -> Option<Range<usize>> {
    let phrases = match language {
        "en" => ENGLISH,
        "es" => SPANISH,
        _ => return None,
    };
    (0..words.len()).find_map(|first| {
        let phrase = phrases.iter().find(|phrase| {
            let stretch = words.get(first..first + phrase.len());
            stretch.is_some_and(|it| {
                it.iter()
                    .zip(**phrase)
                    .all(|((_, word), part)| word == part)
            })
        })?;
        let before = &words[first.saturating_sub(3)..first];
        let sets_free = before
            .iter()
            .any(|(_, word)| SETS_FREE.contains(&word.as_str()));
        // "It must be late" and "they must have left" only suppose.
        let word = |index: usize| words.get(index).map_or("", |(_, word)| word.as_str());
        let supposes = word(first) == "must"
            && (word(first + 1) == "have"
                || matches!(
                    word(first.wrapping_sub(1)),
                    "it" | "this" | "that" | "there"
                ));
        let last = first + phrase.len() - 1;
        (!sets_free && !supposes).then_some(words[first].0.start..words[last].0.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str, passive: Option<&str>, obligation: Option<&str>) {
        let words = words(text);
        let found = [
            passive_in(&words, language),
            obligation_in(&words, language),
        ];
        let shown = found.map(|place| place.map(|place| &text[place]));
        assert_eq!(shown, [passive, obligation], "{text}");
    }

    #[test]
    fn passive_is_what_is_done_and_not_how_somebody_is() {
        check(
            "The numbers were checked.",
            "en",
            Some("were checked"),
            None,
        );
        check(
            "It has not been often seen.",
            "en",
            Some("been often seen"),
            None,
        );
        check("You are tired and indeed worried.", "en", None, None);
        check("It is a red bed.", "en", None, None);
        check(
            "El estudio fue publicado.",
            "es",
            Some("fue publicado"),
            None,
        );
        check("Es adecuado y delicado.", "es", None, None);
    }

    #[test]
    fn an_obligation_is_no_freedom() {
        check("You should rest.", "en", None, Some("should"));
        check("You have to rest.", "en", None, Some("You have to"));
        check("You do not have to rest.", "en", None, None);
        check("If you have to go, I need to know.", "en", None, None);
        check("It must be late, they must have left.", "en", None, None);
        check("Hay que descansar.", "es", None, Some("Hay que"));
        check("No hay que correr.", "es", None, None);
    }
}
