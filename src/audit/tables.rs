//! Tables whose rows do not have the same number of cells, and lists of terms without terms.

use std::ops::Range;

use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::Code;

/// A table that is open.
#[derive(Debug, Default)]
struct Table {
    depth: usize,
    /// How many columns the first row has.
    columns: Option<usize>,
    /// For each column, in how many of the next rows a cell from above still stands there.
    from_above: Vec<usize>,
    /// The row that is open: its place, and the columns it has so far.
    row: Option<(Range<usize>, Vec<usize>)>,
    /// A span that is no number makes all counting vain.
    is_unclear: bool,
}

/// The tables that are open.
#[derive(Debug, Default)]
pub struct Tables(Vec<Table>);

impl Tables {
    /// A tag; `depth` is how many elements are open with it.
    pub fn start(&mut self, tag: &Tag<'_, '_>, depth: usize, faults: &mut Vec<Fault>) {
        match tag.name {
            "table" => self.0.push(Table {
                depth,
                ..Table::default()
            }),
            "tr" => {
                if let Some(table) = self.0.last_mut() {
                    table.end_row(faults);
                    table.row = Some((tag.span.clone(), Vec::new()));
                }
            }
            // A cell cannot reach from one group of rows into the next.
            "thead" | "tbody" | "tfoot" => {
                if let Some(table) = self.0.last_mut() {
                    table.end_row(faults);
                    table.from_above.clear();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.0.last_mut() {
                    table.cell(tag);
                }
            }
            _ => {}
        }
    }

    /// Only so many elements are open any more.
    pub fn ended(&mut self, depth: usize, faults: &mut Vec<Fault>) {
        while let Some(table) = self.0.last_mut().filter(|table| table.depth > depth) {
            table.end_row(faults);
            self.0.pop();
        }
    }
}

impl Table {
    fn cell(&mut self, tag: &Tag<'_, '_>) {
        let mut span = |name| match tag.attributes.get(name) {
            None => 1,
            Some(written) => match written.trim().parse() {
                Ok(number @ 1..=1000) => number,
                Ok(_) | Err(_) => {
                    self.is_unclear = true;
                    1
                }
            },
        };
        let (columns, rows) = (span("colspan"), span("rowspan"));
        let Some((_, row)) = &mut self.row else {
            return;
        };
        // Columns that a cell from above takes are passed over.
        while self.from_above.get(row.len()).is_some_and(|left| *left > 0) {
            row.push(self.from_above[row.len()]);
        }
        row.extend(std::iter::repeat_n(rows, columns));
    }

    fn end_row(&mut self, faults: &mut Vec<Fault>) {
        let Some((place, mut row)) = self.row.take() else {
            return;
        };
        while self.from_above.get(row.len()).is_some_and(|left| *left > 0) {
            row.push(self.from_above[row.len()]);
        }
        let columns = *self.columns.get_or_insert(row.len());
        if row.len() != columns && !self.is_unclear {
            let cells = |number: usize| {
                if number == 1 {
                    "1 cell".to_owned()
                } else {
                    format!("{number} cells")
                }
            };
            let message = format!(
                "a row of a table has {}, where the first has {columns}",
                cells(row.len())
            );
            faults.push(
                Fault::new(Code::BrokenHtml, message, &place)
                    .help("give each row as many cells as the first, or say with `colspan` how many one stands for"),
            );
        }
        self.from_above = row.into_iter().map(|left| left - 1).collect();
    }
}
