//! What readers can choose from.

use super::{Link, Source};
use crate::theme::shape::{Shared, view};

view! {
    /// What readers can choose from, from the file that the page of kind `picker` names.
    pub struct Picker {
        /// The page of the whole picker.
        page: Link,
        /// A stylesheet of this page alone, by which the answers of `facets` narrow down the ideas without
        /// a script: inside an element of class `found` it hides elements by the `classes` of an idea. The
        /// answers stand in an element of class `ask` before it, with the same parent. Empty on a page of
        /// kind `picker-list`.
        sheet_url: String,
        /// A short text that changes when other ideas are in the file or stand in another order.
        fingerprint: String,
        /// True when two people or more may choose together.
        is_together: bool,
        /// The questions, in their order.
        facets: Vec<Facet>,
        /// The ideas, in groups; on a page of kind `picker-list` only those that fit.
        groups: Vec<IdeaGroup>,
        /// How many ideas there are in all groups.
        count: usize,
        /// The parts of a plan, in their order; empty when there is no plan.
        moments: Vec<Moment>,
        /// The pages of its lists.
        lists: Vec<Link>,
    }
}

view! {
    /// A question of a picker.
    pub struct Facet {
        /// Its key: the `name` of its controls.
        id: String,
        /// What it is about, in a word or two.
        name: String,
        /// The question.
        question: String,
        /// A sentence below it; may be empty.
        help: String,
        /// True when several answers may be given.
        is_several: bool,
        /// The answers. That it does not matter is none of them.
        answers: Vec<Answer>,
    }
}

view! {
    /// An answer to a question of a picker.
    pub struct Answer {
        /// The `id` that its control must have, by which `sheet_url` knows it.
        id: String,
        /// Its key in the file.
        key: String,
        /// Its words.
        name: String,
        /// How many ideas it leaves when it is the only answer.
        count: usize,
    }
}

view! {
    /// Ideas that belong together.
    pub struct IdeaGroup {
        /// For ids; empty for the last group, of ideas that always fit.
        id: String,
        /// Its name; empty when the ideas are not grouped, and for those that always fit.
        name: String,
        /// The ideas.
        ideas: Vec<Idea>,
    }
}

view! {
    /// Something to choose.
    pub struct Idea {
        /// The `id` its element must have, which links lead to: `idea-` and its key.
        id: String,
        /// What to do, as a request.
        name: String,
        /// How, in a sentence.
        how: String,
        /// Why it is not for everyone; may be empty.
        not_for: String,
        /// What to take care of; may be empty.
        safety: String,
        /// A page that tells more; absent when there is none.
        see: Option<Link>,
        /// What it rests on; empty when it is a matter of taste.
        sources: Vec<Shared<Source>>,
        /// True when it is the practice's own suggestion and from no source.
        is_ours: bool,
        /// The theme's picture for it; may be empty.
        picture: String,
        /// True when it fits whatever is answered.
        is_always: bool,
        /// What it says of the questions that lists show, in their order.
        facts: Vec<Fact>,
        /// The classes its element must have, by which `sheet_url` knows it.
        classes: String,
        /// The parts of a plan in which it can stand: ids of `moments`, with spaces between them.
        moments: String,
    }
}

view! {
    /// What an idea says of a question.
    pub struct Fact {
        /// What the question is about.
        name: String,
        /// What the idea says.
        text: String,
    }
}

view! {
    /// A part of a plan.
    pub struct Moment {
        /// For ids.
        id: String,
        /// Its name.
        name: String,
    }
}
