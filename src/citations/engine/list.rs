//! The list of references: how an entry reads, and in which order works stand.

use citationberg::json::Item;
use citationberg::{IndependentStyle, Sort};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren,
};

use super::{BY_LABEL, Engine, dated, put};

impl Engine {
    /// The entry of a work in the list: the label before it, if the style sets one apart, and the
    /// entry. `letter` counts the letter behind its year from nought.
    pub(in crate::citations) fn entry(
        &self,
        index: u32,
        letter: Option<u8>,
    ) -> Option<(Option<ElemChildren>, ElemChildren)> {
        let by_label = BY_LABEL.as_ref()?;
        let item = &self.guarded[index as usize];
        let before = letter.unwrap_or_default();
        let mut same: Vec<Item> = (0..=before).map(|_| item.clone()).collect();
        for (number, item) in same.iter_mut().enumerate() {
            put(item, "annote", "same");
            // The work itself comes last, or first and alone.
            if number < usize::from(before) {
                put(item, "id", &format!("\u{e000}{number}"));
            }
        }
        let mut others = Vec::new();
        if letter == Some(0) {
            let mut other = item.clone();
            put(&mut other, "annote", "same");
            put(&mut other, "id", "\u{e000}after");
            others.push(other);
        }
        if letter.is_some() {
            others.push(dated("available-date"));
        }
        let mut driver = BibliographyDriver::new();
        for item in same.iter().chain(&others) {
            driver.citation(self.request(by_label, CitationItem::with_entry(item), None));
        }
        let request =
            BibliographyRequest::new(&self.entries, Some(self.code.clone()), &self.locales);
        let entries = driver.finish(request).bibliography?.items;
        let entry = entries.into_iter().nth(usize::from(before))?;
        let label = entry.first_field.map(|label| ElemChildren(vec![label]));
        Some((label, entry.content))
    }

    /// All works in an order that a style asks for.
    pub(in crate::citations) fn order(&self, sort: &Sort) -> Vec<u32> {
        let mut style = self.entries.clone();
        let Some(bibliography) = &mut style.bibliography else {
            return self.order_without_list(sort);
        };
        bibliography.sort = Some(sort.clone());
        bibliography.layout.elements.clear();
        self.sorted(&style)
    }

    fn order_without_list(&self, sort: &Sort) -> Vec<u32> {
        let mut style = self.entries.clone();
        let layout = citationberg::Layout::with_elements(Vec::new());
        let mut bibliography = citationberg::Bibliography::with_layout(layout);
        bibliography.sort = Some(sort.clone());
        style.bibliography = Some(bibliography);
        self.sorted(&style)
    }

    /// All works in the order of the list of a style.
    fn sorted(&self, style: &IndependentStyle) -> Vec<u32> {
        let Some(by_label) = BY_LABEL.as_ref() else {
            return (0..self.items.len() as u32).collect();
        };
        let mut items = self.items.clone();
        for (index, item) in items.iter_mut().enumerate() {
            put(item, "annote", &index.to_string());
            put(item, "id", &index.to_string());
        }
        let mut driver = BibliographyDriver::new();
        let all = items.iter().map(CitationItem::with_entry).collect();
        driver.citation(CitationRequest::new(
            all,
            by_label,
            Some(self.code.clone()),
            &self.locales,
            None,
        ));
        let request = BibliographyRequest::new(style, Some(self.code.clone()), &self.locales);
        let sorted = driver.finish(request).bibliography;
        sorted
            .into_iter()
            .flat_map(|list| list.items)
            .filter_map(|entry| entry.key.parse().ok())
            .collect()
    }
}
