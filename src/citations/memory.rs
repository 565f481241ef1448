//! What was printed before, shared between threads.

use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

/// Answers by question. An answer depends on nothing but its question, so that it does not matter
/// which thread gives it, or that two give it at once.
#[derive(Debug)]
pub(super) struct Memory<K, V: ?Sized> {
    answers: RwLock<FxHashMap<K, Arc<V>>>,
}

impl<K, V: ?Sized> Default for Memory<K, V> {
    fn default() -> Self {
        Self {
            answers: RwLock::default(),
        }
    }
}

impl<K: Clone + Eq + Hash, V: ?Sized> Memory<K, V> {
    /// The answer to a question, worked out if it was not asked before. Nothing is locked meanwhile.
    pub(super) fn get_or(&self, question: &K, answer: impl FnOnce() -> Arc<V>) -> Arc<V> {
        let known = self.answers.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(question) {
            return Arc::clone(known);
        }
        drop(known);
        let answer = answer();
        let mut known = self.answers.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(question.clone()).or_insert(answer))
    }
}
