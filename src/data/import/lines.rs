use serde::Deserialize;

use super::quoted::{Cutter, separator_of};
use super::stream::{Report, Stream};
use super::table::{Header, Row};
use super::{Folder, ImportError};

/// Lines of a dump that cannot be used are left out up to this many, and beyond that up to one in [`MANY`].
const FEW: usize = 10;
const MANY: usize = 100;
/// So many of them are shown.
const SHOWN: usize = 5;
/// Characters of a line that a sentence about it shows.
const SENTENCE: usize = 120;
/// Bytes of the longest line that is read; a hundred times what dumps have.
const LONGEST: usize = 16 << 20;
/// Of lines that a quote leads over: a quote without an end would swallow the file.
const LONGEST_QUOTED: usize = 1 << 20;

/// A text file read line by line, whose lines may be wrong now and then.
pub struct Lines<'a> {
    stream: Stream<'a>,
    /// The last line, and its number from 1.
    text: Vec<u8>,
    number: usize,
    /// Where the file's own lines are: behind the number of a line that quotes lead over several.
    place: usize,
    /// What cuts lines with quotes; without it they are cut at tabs.
    cutter: Option<Cutter>,
    /// Lines that are not blank.
    read: usize,
    malformed: usize,
    first: Vec<ImportError>,
}

/// One line, without its end.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub file: &'a str,
    pub number: usize,
    bytes: &'a [u8],
    /// What has cut it, if it may have quotes.
    cutter: Option<&'a Cutter>,
}

impl<'a> Lines<'a> {
    pub fn open(folder: &'a dyn Folder, file: &'a str, report: Report<'a>) -> Result<Self, ImportError> {
        let stream = Stream::open(folder, file, report)?;
        let (text, first) = (Vec::new(), Vec::new());
        Ok(Self { stream, text, number: 0, place: 0, cutter: None, read: 0, malformed: 0, first })
    }

    /// The same file as comma-separated values: cells may stand in quotes. What separates them is what cuts the first line
    /// into the most.
    pub fn with_quotes(
        folder: &'a dyn Folder,
        file: &'a str,
        report: Report<'a>,
    ) -> Result<Self, ImportError> {
        let mut before = Self::open(folder, file, report)?;
        let separator = before.advance()?.map_or(b',', |line| separator_of(line.bytes));
        Ok(Self { cutter: Some(Cutter::new(separator)), ..Self::open(folder, file, report)? })
    }

    /// Appends the next line of the file, whatever is in it; says whether it is not too long.
    fn read_on(&mut self) -> Result<bool, ImportError> {
        let before = self.text.len();
        let whole = self.stream.line(&mut self.text, LONGEST);
        let whole = whole.map_err(|error| self.stream.wrong(error, &format!("after line {}", self.place)))?;
        self.place += usize::from(self.text.len() > before);
        Ok(whole)
    }

    /// Cuts the last line, and appends those over which a quoted cell goes on; says whether it has not become too long.
    fn cut(&mut self) -> Result<bool, ImportError> {
        let Some(mut cutter) = self.cutter.take() else { return Ok(true) };
        let mut whole = true;
        let mut ended = cutter.cut(without_mark(&self.text, self.number));
        while whole && !ended {
            let before = self.text.len();
            whole = self.read_on()? && self.text.len() <= LONGEST_QUOTED;
            let added = &self.text[before..];
            if added.is_empty() {
                break;
            }
            // Only a quote can end a cell that is open.
            ended = added.contains(&b'"') && cutter.cut(without_mark(&self.text, self.number));
        }
        self.cutter = Some(cutter);
        Ok(whole)
    }

    /// The next line that is not blank.
    pub fn advance(&mut self) -> Result<Option<Line<'_>>, ImportError> {
        loop {
            self.text.clear();
            let whole = self.read_on()?;
            if self.text.is_empty() {
                return Ok(None);
            }
            self.number = self.place;
            let blank = self.text.trim_ascii().is_empty();
            if !whole || (!blank && !self.cut()?) {
                self.read += 1;
                let (file, line) = (self.stream.file.into(), self.number);
                let longest = if whole { LONGEST_QUOTED } else { LONGEST };
                self.leave_out(ImportError::LongLine { file, line, longest })?;
            } else if !blank {
                break;
            }
        }
        self.read += 1;
        let bytes = self.text.strip_suffix(b"\n").unwrap_or(&self.text);
        let bytes = without_mark(bytes.strip_suffix(b"\r").unwrap_or(bytes), self.number);
        Ok(Some(Line { file: self.stream.file, number: self.number, bytes, cutter: self.cutter.as_ref() }))
    }

    /// The names in the next line.
    pub fn header(&mut self) -> Result<Header, ImportError> {
        let file = self.stream.file;
        let line = self.advance()?.ok_or_else(|| Header::missing(file))?;
        let header = Header::of(file, &line.cells()?);
        self.read = 0;
        Ok(header)
    }

    /// Gives every line that is left to `take`. Those that it refuses are left out, which notes say: how many, and the
    /// first of them with the reasons. Too many, or all, are a mistake.
    pub fn each(
        mut self,
        notes: &mut Vec<String>,
        mut take: impl FnMut(Line) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        while let Some(line) = self.advance()? {
            if let Err(error) = take(line) {
                self.leave_out(error)?;
            }
        }
        let Self { stream, read, malformed, first, .. } = self;
        if malformed == 0 {
            return Ok(());
        }
        if malformed == read {
            return Err(ImportError::AllMalformed { file: stream.file.into(), lines: read, first });
        }
        notes
            .push(format!("{}: lines that cannot be used were left out, {malformed} of {read}", stream.file));
        notes.extend(first.iter().map(ImportError::to_string));
        if malformed > first.len() {
            notes.push(format!("{}: and so on", stream.file));
        }
        Ok(())
    }

    fn leave_out(&mut self, error: ImportError) -> Result<(), ImportError> {
        self.malformed += 1;
        if self.first.len() < SHOWN {
            self.first.push(error);
        }
        if self.malformed <= FEW.max(self.read / MANY) {
            return Ok(());
        }
        let (file, first) = (self.stream.file.into(), std::mem::take(&mut self.first));
        Err(ImportError::Malformed { file, malformed: self.malformed, lines: self.read, first })
    }
}

impl<'a> Line<'a> {
    pub fn text(self) -> Result<&'a str, ImportError> {
        let torn = |_| ImportError::NotText { file: self.file.into(), line: self.number };
        std::str::from_utf8(self.bytes).map_err(torn)
    }

    /// The line as text of a time before UTF-8, in which every byte is a letter.
    pub fn latin_1(self) -> String {
        self.bytes.iter().copied().map(char::from).collect()
    }

    /// The cells between tabs, or as quotes and separators have it.
    pub fn cells(self) -> Result<Vec<&'a str>, ImportError> {
        match self.cutter {
            None => Ok(self.text()?.split('\t').collect()),
            Some(cutter) => cutter
                .cells()
                .ok_or_else(|| ImportError::NotText { file: self.file.into(), line: self.number }),
        }
    }

    /// The line as cells, as many as the header has columns.
    pub fn row(self, header: &Header) -> Result<Row<'a>, ImportError> {
        let cells = self.cells()?;
        let (found, expected) = (cells.len(), header.columns());
        if self.cutter.is_some() && found != expected {
            return Err(ImportError::Uneven { file: self.file.into(), line: self.number, found, expected });
        }
        Row::of(self.file, self.number, cells, expected)
    }

    /// The line as one JSON value.
    pub fn json<T: Deserialize<'a>>(self) -> Result<T, ImportError> {
        serde_json::from_slice(self.bytes).map_err(|error| {
            let message = error.to_string();
            // The library's own place counts from the start of the line as if that were a file.
            let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
            let (file, line, column) = (self.file.into(), self.number, error.column());
            ImportError::Json { file, line, column, reason: shortened(reason) }
        })
    }

    /// A value of this line that cannot be used.
    pub fn wrong(self, field: &'static str, value: impl ToString, expected: &'static str) -> ImportError {
        let (file, value) = (self.file.into(), shortened(&value.to_string()));
        ImportError::Field { file, line: self.number, field, value, expected }
    }
}

/// A line without the byte order mark that the first one may begin with.
fn without_mark(line: &[u8], number: usize) -> &[u8] {
    let unmarked = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| number == 1);
    unmarked.unwrap_or(line)
}

/// As much of a line as a sentence can show.
fn shortened(text: &str) -> String {
    text.chars().take(SENTENCE).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::MemoryFolder;
    use super::*;

    /// The lines that begin with an `x`, and what is said of the others.
    fn read(text: &[u8]) -> Result<(Vec<String>, Vec<String>), ImportError> {
        let folder = MemoryFolder::new(BTreeMap::from([("a.txt".to_owned(), text.to_vec())]));
        let (mut taken, mut notes) = (Vec::new(), Vec::new());
        Lines::open(&folder, "a.txt", &|_| {})?.each(&mut notes, |line| {
            let text = line.text()?;
            match text.starts_with('x') {
                true => taken.push(format!("{} {text}", line.number)),
                false => return Err(line.wrong("letter", text, "an x")),
            }
            Ok(())
        })?;
        Ok((taken, notes))
    }

    #[test]
    fn lines_are_those_of_the_file_whatever_its_line_ends() {
        let (taken, notes) = read("\u{feff}xa\r\n\r\n  \nx \n\nxc".as_bytes()).unwrap();
        assert_eq!(taken, ["1 xa", "4 x ", "6 xc"]);
        assert_eq!(notes, [""; 0]);
        assert_eq!(read(b"").unwrap(), (vec![], vec![]));
    }

    #[test]
    fn a_quoted_cell_may_go_on_over_lines() {
        let text = "\u{feff}\"a, b\",c\r\n1,\"two\n\nlines\"\r\n\n2,\"\"\"x\"\"\"\n3,\"no end\n4,x\n";
        let folder = MemoryFolder::new(BTreeMap::from([("a.csv".to_owned(), text.into())]));
        let mut lines = Lines::with_quotes(&folder, "a.csv", &|_| {}).unwrap();
        let header = lines.header().unwrap();
        assert_eq!((header.find("a, b"), header.find("c")), (Some(0), Some(1)));
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        let read = lines.each(&mut notes, |line| {
            let row = line.row(&header)?;
            rows.push(format!("{} {:?} {:?}", row.line, row.text(0), row.text(1)));
            Ok(())
        });
        assert_eq!(read, Ok(()));
        assert_eq!(rows, [r#"2 "1" "two\n\nlines""#, r#"6 "2" "\"x\"""#]);
        assert_eq!(notes[1], "a.csv, line 7: 1 cells, expected 2 as in the first line");
    }

    #[test]
    fn a_quote_without_an_end_does_not_swallow_a_large_file() {
        let text = format!("a,b\n1,\"x\n{}2,y\n", "3,z\n".repeat(LONGEST_QUOTED / 4));
        let folder = MemoryFolder::new(BTreeMap::from([("a.csv".to_owned(), text.into())]));
        let mut notes = Vec::new();
        let mut rows = 0;
        let mut lines = Lines::with_quotes(&folder, "a.csv", &|_| {}).unwrap();
        let header = lines.header().unwrap();
        let read = lines.each(&mut notes, |line| line.row(&header).map(|_| rows += 1));
        assert_eq!((read, rows), (Ok(()), 2));
        assert_eq!(notes[1], "a.csv, line 2: it is longer than 1048576 bytes");
    }

    #[test]
    fn a_few_lines_may_be_wrong_and_the_first_of_them_are_shown() {
        let (taken, notes) = read(b"xa\n\nb\nx\xff\nxc\n").unwrap();
        assert_eq!(taken, ["1 xa", "5 xc"]);
        assert_eq!(
            notes,
            [
                "a.txt: lines that cannot be used were left out, 2 of 4",
                "a.txt, line 3: the letter is \"b\", expected an x",
                "a.txt is not UTF-8 text: line 4 has a byte that cannot be",
            ]
        );
        let (_, notes) = read(&[&b"x\n"[..], &b"b\n".repeat(7)].concat()).unwrap();
        assert_eq!(notes.len(), 1 + SHOWN + 1);
        assert_eq!(notes.last().unwrap(), "a.txt: and so on");
    }

    #[test]
    fn too_many_wrong_lines_end_the_reading_where_they_become_too_many() {
        let error =
            read(&[&b"x\n".repeat(50)[..], &b"b\n".repeat(11), &b"x\n".repeat(9000)].concat()).unwrap_err();
        let ImportError::Malformed { malformed: 11, lines: 61, first, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(first.len(), SHOWN);
        let start = "a.txt: 11 of the first 61 lines cannot be used, more than ten and more than one in a hundred: \
                     a.txt, line 51: the letter is \"b\", expected an x; a.txt, line 52: ";
        assert!(error.to_string().starts_with(start), "{error}");
        // One in a hundred of ten thousand.
        let spread = |every: usize| {
            (1..=10_000).map(|n| if n % every == 0 { "b\n" } else { "x\n" }).collect::<String>()
        };
        let (taken, notes) = read(spread(100).as_bytes()).unwrap();
        assert_eq!(
            (taken.len(), notes[0].as_str()),
            (9900, "a.txt: lines that cannot be used were left out, 100 of 10000")
        );
        assert!(read(spread(80).as_bytes()).is_err());
    }

    #[test]
    fn not_a_single_good_line_is_a_mistake() {
        let error = read(b"b\nc\n").unwrap_err().to_string();
        assert!(error.starts_with("a.txt: not one of its 2 lines can be used: a.txt, line 1: "), "{error}");
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let long = [b"xa\nx", &vec![b'y'; LONGEST][..], b"\nxb\n"].concat();
        let (taken, notes) = read(&long).unwrap();
        assert_eq!(taken, ["1 xa", "3 xb"]);
        assert_eq!(notes[1], "a.txt, line 2: it is longer than 16777216 bytes");
    }

    #[test]
    fn a_sentence_shows_the_start_of_a_long_value() {
        let text = format!("x\n{}\n", "b".repeat(5000));
        let (_, notes) = read(text.as_bytes()).unwrap();
        assert_eq!(
            notes[1],
            format!("a.txt, line 2: the letter is \"{}\", expected an x", "b".repeat(SENTENCE))
        );
        let json = format!("{text:?}");
        let line = Line { file: "a.json", number: 1, bytes: json.as_bytes(), cutter: None };
        assert!(line.json::<u8>().unwrap_err().to_string().len() < 200);
    }

    #[test]
    fn json_says_where_it_goes_wrong() {
        let line =
            |text: &'static str| Line { file: "a.json", number: 7, bytes: text.as_bytes(), cutter: None };
        assert_eq!(line("[1, 2]").json::<Vec<u8>>(), Ok(vec![1, 2]));
        assert_eq!(
            line("[1, x]").json::<Vec<u8>>().unwrap_err().to_string(),
            "a.json, line 7, column 5: expected value"
        );
    }
}
