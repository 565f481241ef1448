//! Whole pages, in whatever order they are printed.

use proptest::prelude::*;

use super::*;
use crate::citations::Cited;
use crate::citations::page::{self, Grouping};
use crate::records::works::WorkId;

#[test]
fn works_have_a_short_name_whatever_the_style() {
    for style in Style::USUAL {
        let citer = citer(style, library());
        let short = |key: &str| citer.short(citer.works().find(key).unwrap());
        assert_eq!(short("two"), "Sample & Specimen, 2012", "{style}");
        assert_eq!(short("warm"), "Third et al., 2009", "{style}");
        assert_eq!(short("page"), "Helpline, n.d.", "{style}");
    }
}

#[test]
fn a_page_that_cites_nothing_needs_no_engine() {
    let citer = citer("apa", library());
    assert_eq!(citer.page(&[]), Cited::default());
    assert!(!citer.has_engine());
}

#[test]
fn every_bundled_style_can_be_read_and_cites() {
    for style in hayagriva::archive::ArchivedStyle::all() {
        let citer = citer(style.names()[0], library());
        let marks = marks(&citer, &["two zest", "@two@3"]);
        assert!(
            marks.iter().all(|mark| !mark.is_empty()),
            "{style:?}: {marks:?}"
        );
    }
}

/// Whether the author is part of the sentence, and the works: which, with a locator, without an author.
type Written = (bool, Vec<(u32, bool, bool)>);

fn pages(works: u32) -> impl Strategy<Value = Vec<Written>> {
    let items = prop::collection::vec((0..works, any::<bool>(), any::<bool>()), 1..4);
    prop::collection::vec((prop::bool::weighted(0.2), items), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// Asking the engine only about works that read the same gives what asking it about all works of
    /// the page at once gives, in whatever order pages are printed. Brackets and delimiters are ours in
    /// both: how whole citations read is held against another program by `tests/citations/compare.py`.
    #[test]
    fn pages_put_together_equal_pages_printed_whole(pages in prop::collection::vec(pages(12), 1..4)) {
        for style in Style::USUAL {
            let kept = citer(style, library());
            let other = citer(style, library());
            for page in &pages {
                let clusters: Vec<_> = page
                    .iter()
                    .map(|(is_in_text, items)| {
                        let mut cluster = Cluster {
                            form: if *is_in_text { Form::InText } else { Form::Bracketed },
                            items: Vec::new(),
                        };
                        for (work, has_page, is_author_suppressed) in items {
                            cluster.items.push(ClusterItem {
                                work: WorkId(*work),
                                locator: has_page.then(|| Locator { label: "page", value: "7".to_owned() }),
                                prefix: String::new(),
                                suffix: String::new(),
                                is_author_suppressed: *is_author_suppressed,
                            });
                        }
                        cluster
                    })
                    .collect();
                let whole = page::print(&other, &clusters, Grouping::Whole);
                prop_assert_eq!(kept.page(&clusters), whole, "{}", style);
            }
        }
    }
}

#[test]
fn pages_are_the_same_in_whatever_order_threads_ask_for_them() {
    const PAGES: [&[&str]; 6] = [
        &["zest", "calm late@3"],
        &["calm zest", "@two", "warm"],
        &["ada", "bo", "@ada@3", "-bo@4"],
        &["warm cold", "page page2", "nobody", "warmer"],
        &["late", "zest@7", "zest@7", "cold"],
        &["page2", "page", "two ada bo", "-zest"],
    ];
    let print = |citer: &Citer, page: usize| {
        let clusters: Vec<_> = PAGES[page]
            .iter()
            .map(|words| match words.strip_prefix('@') {
                Some(words) => cluster(citer, Form::InText, words),
                None => cluster(citer, Form::Bracketed, words),
            })
            .collect();
        citer.page(&clusters)
    };
    for style in Style::USUAL {
        let alone: Vec<_> = (0..PAGES.len())
            .map(|page| print(&citer(style, library()), page))
            .collect();
        let shared = citer(style, library());
        std::thread::scope(|scope| {
            for thread in 0..12 {
                let (shared, alone, print) = (&shared, &alone, &print);
                scope.spawn(move || {
                    for step in 0..alone.len() {
                        let is_forward = thread % 2 == 0;
                        let step = if is_forward {
                            step
                        } else {
                            alone.len() - 1 - step
                        };
                        let page = (step + thread / 2) % alone.len();
                        assert_eq!(print(shared, page), alone[page], "{style}, page {page}");
                    }
                });
            }
        });
    }
}
