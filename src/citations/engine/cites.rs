//! How works are cited that are cited together.

use citationberg::IndependentStyle;
use citationberg::json::Item;
use citationberg::taxonomy::Locator as CslLocator;
use hayagriva::{BibliographyDriver, CitationItem, ElemChildren, LocatorPayload, SpecificLocator};

use super::{Double, Engine, Member, Position, dated, put};
use crate::citations::{Locator, locator};

impl Engine {
    /// How each of some works is cited on a page that cites them all, without brackets. They are given
    /// in the order of the list, which is the order of the letters.
    pub(in crate::citations) fn cites(&self, members: &[Member]) -> Vec<ElemChildren> {
        self.print_cites(&self.cites, members, &Asked::All)
    }

    /// The same without letters behind years: what is then alike gets letters.
    pub(in crate::citations) fn cites_without_letters(
        &self,
        members: &[Member],
    ) -> Vec<ElemChildren> {
        self.print_cites(&self.cites_without_letters, members, &Asked::All)
    }

    /// How one of some works is cited.
    pub(in crate::citations) fn cite(
        &self,
        members: &[Member],
        which: usize,
        locator: Option<&Locator>,
        position: Position,
        double: Double,
    ) -> ElemChildren {
        let asked = Asked::One {
            which,
            locator,
            position,
            double,
        };
        let mut cites = self.print_cites(&self.cites, members, &asked);
        cites.pop().unwrap_or_default()
    }

    fn print_cites(
        &self,
        style: &IndependentStyle,
        members: &[Member],
        asked: &Asked<'_>,
    ) -> Vec<ElemChildren> {
        let items = self.items_of(members);
        let companion = dated("issued");
        let mut double = None;
        let mut cites: Vec<CitationItem<'_, Item>> = Vec::new();
        match asked {
            Asked::All => {
                cites.extend(items.iter().map(CitationItem::with_entry));
                if items.len() > 1 {
                    cites.push(CitationItem::with_entry(&companion));
                }
                let all = self.finish(self.driver(style, cites));
                all.into_iter().take(items.len()).collect()
            }
            Asked::One {
                which,
                locator,
                position,
                double: wanted,
            } => {
                let item = &items[*which];
                if *wanted == Double::Before {
                    let double = double.insert(item.clone());
                    put(double, "id", "\u{e000}double");
                    cites.push(CitationItem::with_entry(double));
                }
                let with_locator = || CitationItem::with_locator(item, specific(*locator, style));
                let mut place = cites.len() + which;
                let others = items.iter().enumerate().map(|(index, other)| {
                    if index == *which && *position == Position::First {
                        with_locator()
                    } else {
                        CitationItem::with_entry(other)
                    }
                });
                cites.extend(others);
                let other = || CitationItem::with_entry(&companion);
                if items.len() > 1 {
                    cites.push(other());
                }
                match position {
                    Position::First => {}
                    Position::Subsequent { is_near: true } => cites.push(other()),
                    Position::Subsequent { is_near: false } => {
                        let far = style.citation.near_note_distance + 1;
                        cites.extend((0..far).map(|_| other()));
                    }
                    Position::IbidWithLocator => cites.push(CitationItem::with_entry(item)),
                    Position::Ibid => cites.push(with_locator()),
                }
                if *position != Position::First {
                    place = cites.len();
                    cites.push(with_locator());
                }
                let all = self.finish(self.driver(style, cites));
                all.into_iter().skip(place).take(1).collect()
            }
        }
    }

    /// A driver for works that are cited one after the other.
    fn driver<'a>(
        &'a self,
        style: &'a IndependentStyle,
        cites: Vec<CitationItem<'a, Item>>,
    ) -> BibliographyDriver<'a, Item> {
        let mut driver = BibliographyDriver::new();
        for (cite, note) in cites.into_iter().zip(1..) {
            driver.citation(self.request(style, cite, Some(note)));
        }
        driver
    }
}

/// What is asked about some works.
enum Asked<'a> {
    /// How each is cited the first time.
    All,
    /// How one is cited.
    One {
        which: usize,
        locator: Option<&'a Locator>,
        position: Position,
        double: Double,
    },
}

fn specific<'a>(
    locator: Option<&'a Locator>,
    style: &IndependentStyle,
) -> Option<SpecificLocator<'a>> {
    let locator = locator?;
    let label = locator.label.parse().unwrap_or(CslLocator::Page);
    Some(SpecificLocator(
        label,
        LocatorPayload::Str(locator::stand_in(locator, style)),
    ))
}
