use serde::Serialize;

use super::lines::Lines;
use super::{Folder, ImportError};

/// Characters of a cell that are shown.
const SHOWN: usize = 120;
/// Cells of a row that are shown.
const COLUMNS: usize = 100;

/// How a text file begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Head {
    /// Its first lines that are not blank, in cells; a line that has none is one.
    pub rows: Vec<Vec<String>>,
}

impl Head {
    /// The first rows of a file, unpacked if it is packed.
    pub fn of(folder: &dyn Folder, file: &str, rows: usize) -> Result<Self, ImportError> {
        let mut lines = Lines::with_quotes(folder, file, &|_| {})?;
        let mut head = Self { rows: Vec::new() };
        while head.rows.len() < rows {
            let Some(line) = lines.advance()? else { break };
            // Objects have commas between what are no cells.
            let text = line.text()?;
            let cells = if text.starts_with('{') { vec![text] } else { line.cells()? };
            let shown = |cell: &&str| cell.chars().take(SHOWN).collect();
            head.rows.push(cells.iter().take(COLUMNS).map(shown).collect());
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{files, folder, gzip};
    use super::*;

    #[test]
    fn a_table_begins_with_cells_and_a_dump_with_lines() {
        let folder = folder(&files(&[
            ("a.csv.gz", &gzip(b"user;item\n1;\"x;y\"\n2;z\n")),
            ("b.json", b"{\"a\": 1, \"b\": 2}\n"),
            ("c.csv", b""),
            ("d.csv", b"\xff\xfe\x00"),
        ]));
        let rows = |file: &str, rows: usize| Head::of(&folder, file, rows).map(|head| head.rows);
        assert_eq!(rows("a.csv.gz", 2).unwrap(), [["user", "item"], ["1", "x;y"]]);
        assert_eq!(rows("b.json", 9).unwrap(), [["{\"a\": 1, \"b\": 2}"]]);
        assert_eq!(rows("c.csv", 9).unwrap(), [[""; 0]; 0]);
        assert!(rows("d.csv", 9).unwrap_err().to_string().contains("not UTF-8"));
    }
}
