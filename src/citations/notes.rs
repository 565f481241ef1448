//! Where each citation of a page stands among the earlier ones, for styles with notes.

use citationberg::{IndependentStyle, StyleClass};
use rustc_hash::FxHashMap;

use super::engine::Position;
use super::{Cluster, ClusterItem};
use crate::records::works::WorkId;

/// The notes of a page so far, for styles that shorten what was cited before.
#[derive(Default)]
pub(super) struct Notes<'a> {
    count: usize,
    last_of: FxHashMap<WorkId, usize>,
    previous: Vec<&'a ClusterItem>,
}

impl<'a> Notes<'a> {
    /// The position of each work of the next citation. Only notes have any.
    pub(super) fn positions(
        &mut self,
        cluster: &'a Cluster,
        style: &IndependentStyle,
    ) -> Vec<Position> {
        if style.settings.class != StyleClass::Note {
            return vec![Position::First; cluster.items.len()];
        }
        self.count += 1;
        let mut positions = Vec::new();
        for (index, item) in cluster.items.iter().enumerate() {
            let previous = match (index, self.previous.as_slice()) {
                (0, [one]) => Some(*one),
                (0, _) => None,
                _ => Some(&cluster.items[index - 1]),
            };
            let previous = previous.filter(|previous| previous.work == item.work);
            let near = style.citation.near_note_distance as usize;
            let position = match (self.last_of.get(&item.work), previous) {
                (None, _) => Position::First,
                (Some(_), Some(previous)) if previous.locator == item.locator => Position::Ibid,
                (Some(_), Some(_)) if item.locator.is_some() => Position::IbidWithLocator,
                (Some(last), _) => Position::Subsequent {
                    is_near: self.count - last <= near,
                },
            };
            positions.push(position);
            self.last_of.insert(item.work, self.count);
        }
        self.previous = cluster.items.iter().collect();
        positions
    }
}
