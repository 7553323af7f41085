use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

/// What may stand between the cells of a table.
pub const SEPARATORS: [u8; 4] = *b",;\t|";

/// Cuts records of comma-separated values, whose cells may stand in quotes and then hold separators, line ends and
/// doubled quotes.
pub struct Cutter {
    reader: Reader,
    /// The cells of the last record one after another, without their quotes, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cutter {
    pub fn new(separator: u8) -> Self {
        // A carriage return ends a record only before the line end, where it is taken away.
        let reader = ReaderBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).build();
        Self { reader, text: Vec::new(), ends: Vec::new() }
    }

    /// Cuts a record, given with or without its line end; says whether it is whole, or a quoted cell goes on.
    pub fn cut(&mut self, record: &[u8]) -> bool {
        self.reader.reset();
        // No more cells than there are bytes, and one; no more text than there was.
        self.text.resize(record.len() + 1, 0);
        self.ends.resize(record.len() + 2, 0);
        let line = record.strip_suffix(b"\n").unwrap_or(record);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (_, _, written, cells) = self.reader.read_record(line, &mut self.text, &mut self.ends);
        let (result, _, _, more) =
            self.reader.read_record(b"\n", &mut self.text[written..], &mut self.ends[cells..]);
        self.ends.truncate(cells + more);
        matches!(result, ReadRecordResult::Record)
    }

    /// The cells of the record that was cut last; the first byte that is not UTF-8 makes them none.
    pub fn cells(&self) -> Option<Vec<&str>> {
        let starts = [0].iter().chain(&self.ends);
        let cells = starts.zip(&self.ends).map(|(&start, &end)| self.text.get(start..end));
        cells.map(|cell| std::str::from_utf8(cell?).ok()).collect()
    }
}

/// What cuts a line into the most cells; a comma where nothing does.
pub fn separator_of(line: &[u8]) -> u8 {
    let cells = |separator: u8| {
        let mut cutter = Cutter::new(separator);
        cutter.cut(line);
        cutter.ends.len()
    };
    // Of equals the last one counts.
    SEPARATORS.into_iter().rev().max_by_key(|&separator| cells(separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(separator: u8, record: &str) -> Option<Vec<String>> {
        let mut cutter = Cutter::new(separator);
        let whole = cutter.cut(record.as_bytes());
        let cells = cutter.cells()?.into_iter().map(str::to_owned).collect();
        whole.then_some(cells)
    }

    #[test]
    fn quotes_hold_what_would_otherwise_end_a_cell() {
        let cells = |record: &str| cut(b',', record).unwrap();
        assert_eq!(cells("a,b,,c"), ["a", "b", "", "c"]);
        assert_eq!(cells("a,b,\r\n"), ["a", "b", ""]);
        assert_eq!(cells("\"Boat, The\",\"a \"\"good\"\" one\"\n"), ["Boat, The", "a \"good\" one"]);
        assert_eq!(cells("7,\"two\r\nlines\",x"), ["7", "two\r\nlines", "x"]);
        assert_eq!(cells("5\" pipe,1"), ["5\" pipe", "1"]);
        assert_eq!(cut(b';', "1,5;\"x;y\""), Some(vec!["1,5".into(), "x;y".into()]));
        assert_eq!(cut(b',', "7,\"no end\n"), None);
    }

    #[test]
    fn the_separator_is_what_cuts_most() {
        let separator = |line: &str| char::from(separator_of(line.as_bytes()));
        assert_eq!(separator("user,item,rating"), ',');
        assert_eq!(separator("user;item;1,5"), ';');
        assert_eq!(separator("user\titem, or\trating"), '\t');
        assert_eq!(separator("\"a;b;c;d\"|x"), '|');
        assert_eq!(separator("user"), ',');
    }

    proptest! {
        /// Against the definition: cells joined as the format says come back as they were.
        #[test]
        fn what_was_joined_is_cut(cells in prop::collection::vec("[a,\"\n\r é]{0,4}", 2..6)) {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            prop_assert_eq!(cut(b',', &quoted.join(",")), Some(cells));
        }

        #[test]
        fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut cutter = Cutter::new(separator_of(&bytes));
            cutter.cut(&bytes);
            cutter.cells();
        }
    }
}
