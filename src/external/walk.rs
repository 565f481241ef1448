//! Asks many hosts at once, and each of them politely: one question at a time, a pause between two,
//! only as much as needed, and not at all while it asks to be left in peace.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Outcome;
use super::addresses::{follow, host};
use super::http::{Answer, Ask, Method};

/// How patient and how quick it is.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// The pause between two questions to one host.
    pub pause: Duration,
    /// The longest time that it waits because a host asks for it.
    pub patience: Duration,
    /// How many hosts are asked at once.
    pub at_once: usize,
    /// How many times it follows an answer that sends on.
    pub most_redirects: usize,
    /// After so many hosts that could not be reached, and none that could, the computer is offline.
    pub hosts_to_be_offline: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(30),
            at_once: 8,
            most_redirects: 10,
            hosts_to_be_offline: 4,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// Each address with what became of it.
    Asked(BTreeMap<String, Outcome>),
    /// No host at all could be reached: nothing is known.
    Offline,
}

/// Asks for all these addresses. `progress` is told how many are done.
pub fn ask_all(
    addresses: &[String],
    ask: &dyn Ask,
    manners: Manners,
    progress: &(dyn Fn(usize) + Sync),
) -> Walked {
    let mut by_host: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        by_host
            .entry(host(address).unwrap_or_default())
            .or_default()
            .push(address);
    }
    // The longest lists first, so that none is left alone at the end.
    let mut lists: Vec<_> = by_host.into_values().collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.len()));
    let walk = Walk {
        ask,
        manners,
        hosts: Mutex::default(),
        has_reached: AtomicBool::new(false),
        unreached: AtomicUsize::new(0),
    };
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let outcomes: Mutex<BTreeMap<String, Outcome>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..manners.at_once.clamp(1, lists.len().max(1)) {
            scope.spawn(|| {
                while let Some(list) = lists.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let known =
                        walk.host(list, &|| progress(done.fetch_add(1, Ordering::Relaxed) + 1));
                    lock(&outcomes).extend(known);
                }
            });
        }
    });
    let outcomes = outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if !addresses.is_empty() && !walk.has_reached.load(Ordering::Relaxed) {
        return Walked::Offline;
    }
    Walked::Asked(outcomes)
}

/// What is known of a host while others are asked.
#[derive(Debug, Default)]
struct Host {
    /// When it was asked last.
    last: Option<Instant>,
    /// Whether it asked to be left in peace for longer than we wait.
    is_tired: bool,
}

struct Walk<'a> {
    ask: &'a dyn Ask,
    manners: Manners,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    has_reached: AtomicBool,
    /// How many hosts could not be reached.
    unreached: AtomicUsize,
}

impl Walk<'_> {
    /// Asks one host for all its addresses.
    fn host(&self, addresses: &[&str], done: &dyn Fn()) -> Vec<(String, Outcome)> {
        let mut outcomes = Vec::new();
        let mut unreached: Option<String> = None;
        for address in addresses {
            // A host that cannot be reached for one address cannot be for the others.
            if let Some(why) = &unreached {
                outcomes.push(((*address).to_owned(), Outcome::Failed(why.clone())));
            } else if !self.is_offline() {
                let (outcome, is_unreached) = self.address(address);
                if is_unreached {
                    self.unreached.fetch_add(1, Ordering::Relaxed);
                    if let Outcome::Failed(why) = &outcome {
                        unreached = Some(why.clone());
                    }
                }
                outcomes.push(((*address).to_owned(), outcome));
            }
            done();
        }
        outcomes
    }

    fn is_offline(&self) -> bool {
        !self.has_reached.load(Ordering::Relaxed)
            && self.unreached.load(Ordering::Relaxed) >= self.manners.hosts_to_be_offline
    }

    /// What became of an address, and whether its own host could not be reached.
    fn address(&self, address: &str) -> (Outcome, bool) {
        let mut at = address.to_owned();
        let mut moved = None;
        let mut is_for_good = true;
        for step in 0..=self.manners.most_redirects {
            let (status, location) = match self.settled(&at) {
                Answer::Said {
                    status, location, ..
                } => (status, location),
                Answer::Silence { why, is_unreached } => {
                    return (Outcome::Failed(why), is_unreached && step == 0);
                }
            };
            let outcome = match status {
                200..=299 | 304 => Outcome::There { moved },
                301 | 302 | 303 | 307 | 308 => {
                    let Some(next) = location.and_then(|location| follow(&at, &location)) else {
                        return (Outcome::Failed("it sends on to nowhere".to_owned()), false);
                    };
                    // What comes after a detour of today may be another detour tomorrow.
                    is_for_good &= matches!(status, 301 | 308);
                    if is_for_good {
                        moved = Some(next.clone());
                    }
                    at = next;
                    continue;
                }
                // It may well be there for people: many publishers let no program in.
                400 | 401 | 402 | 403 | 405 | 406 | 409 | 418 | 425 | 429 | 451 | 503 | 999 => {
                    Outcome::Closed
                }
                404 | 410 => Outcome::Failed(format!("it is not there ({status})")),
                _ => Outcome::Failed(format!("it answers {status}")),
            };
            return (outcome, false);
        }
        (Outcome::Failed("it sends on and on".to_owned()), false)
    }

    /// Asks without reading first, which costs a host the least, and for all of it when that tells
    /// nothing.
    fn settled(&self, address: &str) -> Answer {
        let answer = self.polite(Method::Head, address);
        let tells = match &answer {
            Answer::Said { status, .. } => matches!(status, 200..=399 | 429 | 503),
            Answer::Silence { is_unreached, .. } => *is_unreached,
        };
        if tells {
            answer
        } else {
            self.polite(Method::Get, address)
        }
    }

    /// One question, when it is this host's turn.
    fn polite(&self, method: Method, address: &str) -> Answer {
        let name = host(address).unwrap_or_default().to_owned();
        let host = Arc::clone(lock(&self.hosts).entry(name).or_default());
        let mut host = lock(&host);
        let tired = Answer::Said {
            status: 429,
            location: None,
            patience: None,
        };
        if host.is_tired {
            return tired;
        }
        let mut answer = self.once(&mut host, method, address);
        if let Answer::Said {
            status: 429 | 503,
            patience: Some(wait),
            ..
        } = &answer
        {
            if *wait > self.manners.patience {
                host.is_tired = true;
            } else {
                thread::sleep(*wait);
                answer = self.once(&mut host, method, address);
            }
        }
        answer
    }

    fn once(&self, host: &mut Host, method: Method, address: &str) -> Answer {
        if let Some(last) = host.last {
            thread::sleep(self.manners.pause.saturating_sub(last.elapsed()));
        }
        let answer = self.ask.ask(method, address);
        host.last = Some(Instant::now());
        if !matches!(
            answer,
            Answer::Silence {
                is_unreached: true,
                ..
            }
        ) {
            self.has_reached.store(true, Ordering::Relaxed);
        }
        answer
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
