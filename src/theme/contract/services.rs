//! Whom to call, and every other host that pages name.

use super::Date;
use crate::theme::shape::view;

view! {
    /// A place with whom to call there, from `content/services.yaml`.
    pub struct Region {
        /// The `id` its element must have, which links lead to: `help-now.md#malta`.
        id: String,
        /// What readers call it, in the language of the page.
        name: String,
        /// A sentence about the place as a whole; may be empty.
        note: String,
        /// The emergency number: show it first, and never hide it.
        emergency: Option<Service>,
        /// The others, in the order of the file.
        services: Vec<Service>,
        /// Those of `sexual-violence`, `abuse` and `crisis` for which it names nobody, so that the page
        /// can say whom to ask instead.
        missing: Vec<String>,
    }
}

view! {
    /// Another host that pages name. Nothing is asked of it until a reader presses a link or a button.
    /// Print it as text: a link made from this list would not be counted in it.
    pub struct Address {
        /// The host, such as `www.example.org`, with its port when the address has one.
        host: String,
        /// How many pages name it.
        pages: usize,
        /// True when a form sends there what a reader writes.
        is_form: bool,
    }
}

view! {
    /// Somebody to call, to write to or to visit.
    pub struct Service {
        /// What it is for: `emergency`, `sexual-violence`, `abuse`, `crisis`, `sexual-health`, `lgbt`,
        /// `men`, `young-people`, `deaf-relay`, `other`.
        needs: Vec<String>,
        /// Its name; may be empty.
        name: String,
        /// Its telephone numbers.
        phones: Vec<Number>,
        /// The number that takes text messages; absent when it takes none.
        text: Option<Number>,
        /// The word to send there; may be empty.
        text_word: String,
        /// The whole address of its chat; may be empty.
        chat_url: String,
        /// The whole address of its website; may be empty.
        web_url: String,
        /// When it answers; may be empty.
        hours: String,
        /// The languages in which it answers; may be empty.
        languages: String,
        /// What it costs; may be empty.
        cost: String,
        /// Whether a call may be seen on a bill: `yes`, `no` or `unknown`; empty when the file does not
        /// say.
        on_bill: String,
        /// Anything else a caller may want to know; may be empty.
        note: String,
        /// `unchecked` when nobody has compared the entry with the service's own page, `current` while
        /// the last check holds, `stale` when it is too long ago: say so beside the number, and let a
        /// reader ask for the number first.
        state: String,
        /// When it was checked; absent when nobody has.
        checked: Option<Date>,
        /// The name of who did; empty when nobody has.
        checked_by: String,
    }
}

view! {
    /// A number to call or to write to.
    pub struct Number {
        /// As people read it.
        text: String,
        /// For a link: `tel:` or `sms:` and the digits.
        url: String,
    }
}
