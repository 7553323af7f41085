use super::ImportError;

/// Tab-separated text whose rows all have as many cells as its first line. Blank lines, a byte order mark and
/// carriage returns at line ends do not count; there are no quotes, as in the layouts that use it.
pub struct Table<'a> {
    file: &'a str,
    columns: usize,
    /// Line numbers from 1, and the lines.
    lines: Vec<(usize, &'a str)>,
}

/// One row of a [`Table`].
pub struct Row<'a> {
    pub file: &'a str,
    pub line: usize,
    cells: Vec<&'a str>,
}

/// The names in a table's first line.
pub struct Header {
    file: String,
    names: Vec<String>,
}

impl<'a> Table<'a> {
    pub fn new(file: &'a str, bytes: &'a [u8]) -> Result<Self, ImportError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            ImportError::NotText {
                file: file.into(),
                line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
            }
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<_> =
            (1..).zip(text.lines()).filter(|(_, line)| !line.trim_matches(' ').is_empty()).collect();
        let columns = lines.first().map_or(0, |(_, line)| line.split('\t').count());
        Ok(Self { file, columns, lines })
    }

    pub fn with_header(file: &'a str, bytes: &'a [u8]) -> Result<(Header, Self), ImportError> {
        let mut table = Self::new(file, bytes)?;
        if table.lines.is_empty() {
            return Err(Header::missing(file));
        }
        let (_, names) = table.lines.remove(0);
        Ok((Header::of(file, &cells(names)), table))
    }

    /// Cells in each row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn rows(&self) -> impl Iterator<Item = Result<Row<'a>, ImportError>> {
        self.lines.iter().map(|&(line, text)| Row::of(self.file, line, cells(text), self.columns))
    }
}

/// Of a line without quotes.
fn cells(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

impl Header {
    /// The names in a line's cells.
    pub fn of(file: &str, cells: &[&str]) -> Self {
        Self { file: file.into(), names: cells.iter().map(|name| name.trim().to_owned()).collect() }
    }

    /// Columns are called by their number from 1 where they have no name, and all of them if a line is no header.
    pub fn numbered(mut self, named: bool) -> Self {
        for (name, number) in self.names.iter_mut().zip(1..) {
            if !named || name.is_empty() {
                *name = number.to_string();
            }
        }
        self
    }

    /// The mistake of a file that ends before it names its columns.
    pub fn missing(file: &str) -> ImportError {
        ImportError::NoLines { file: file.into(), expected: "a line that names the columns is" }
    }

    /// Cells in each row below.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    pub fn find(&self, column: &str) -> Option<usize> {
        self.names.iter().position(|name| *name == column)
    }

    pub fn need(&self, column: &str) -> Result<usize, ImportError> {
        self.find(column).ok_or_else(|| {
            let found = self.names.join(", ");
            ImportError::NoColumn { file: self.file.clone(), column: column.into(), found }
        })
    }
}

impl<'a> Row<'a> {
    /// Cells of a line, which must be as many as the table has columns.
    pub fn of(file: &'a str, line: usize, cells: Vec<&'a str>, columns: usize) -> Result<Self, ImportError> {
        let found = cells.len();
        if found == columns {
            return Ok(Self { file, line, cells });
        }
        let expected = format!("{columns} as in the first line");
        Err(ImportError::Columns { file: file.into(), line, found, expected })
    }

    /// A line that a separator must cut into so many cells.
    pub fn cut(
        file: &'a str,
        line: usize,
        text: &'a str,
        separator: &'static str,
        expected: usize,
    ) -> Result<Self, ImportError> {
        let cells: Vec<&str> = text.split(separator).collect();
        let found = cells.len();
        if found == expected {
            return Ok(Self { file, line, cells });
        }
        Err(ImportError::Cells { file: file.into(), line, found, separator, expected })
    }

    /// The cell of a column, counted from 0; empty beyond the last.
    pub fn text(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// Text that is not empty, without spaces around it.
    pub fn identifier(&self, column: usize, field: &'static str) -> Result<String, ImportError> {
        match self.text(column).trim() {
            "" => Err(self.wrong(column, field, "an identifier")),
            text => Ok(text.to_owned()),
        }
    }

    /// A whole number of 0 or more, in its shortest spelling.
    pub fn integer(&self, column: usize, field: &'static str) -> Result<String, ImportError> {
        match self.text(column).trim().parse::<u64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(self.wrong(column, field, "a whole number of 0 or more")),
        }
    }

    pub fn rating(&self, column: usize) -> Result<f32, ImportError> {
        let number = self.text(column).trim().parse::<f32>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.wrong(column, "rating", "a finite number"))
    }

    /// Seconds; a fraction is cut off.
    pub fn timestamp(&self, column: usize) -> Result<i64, ImportError> {
        let text = self.text(column).trim();
        let whole =
            || text.parse::<f64>().ok().filter(|seconds| seconds.is_finite()).map(|seconds| seconds as i64);
        text.parse().ok().or_else(whole).ok_or_else(|| self.wrong(column, "timestamp", "a number of seconds"))
    }

    pub fn wrong(&self, column: usize, field: &'static str, expected: &'static str) -> ImportError {
        let value = self.text(column).chars().take(80).collect();
        ImportError::Field { file: self.file.into(), line: self.line, field, value, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file_whatever_its_line_ends() {
        let bytes = "\u{feff}a\tb\r\n\r\n1\t2.5\r\n7\tx".as_bytes();
        let (header, table) = Table::with_header("t.tsv", bytes).unwrap();
        assert_eq!((header.find("a"), header.find("b"), header.find("c")), (Some(0), Some(1), None));
        let rows: Vec<_> = table.rows().map(Result::unwrap).collect();
        assert_eq!((rows[0].line, rows[0].text(0), rows[0].rating(1)), (3, "1", Ok(2.5)));
        assert_eq!(
            rows[1].rating(1).unwrap_err().to_string(),
            "t.tsv, line 4: the rating is \"x\", expected a finite number"
        );
        assert_eq!(
            header.need("c").err().unwrap().to_string(),
            "t.tsv, line 1: there is no column c; the header has a, b"
        );
    }

    #[test]
    fn numbers_are_read_as_their_kind() {
        let table = Table::new("t", b"007\tNaN\t1.4e9\t-1\n").unwrap();
        let row = table.rows().next().unwrap().unwrap();
        assert_eq!(row.integer(0, "item"), Ok("7".into()));
        assert!(row.rating(1).is_err() && row.integer(3, "item").is_err() && row.integer(9, "item").is_err());
        assert_eq!(row.timestamp(2), Ok(1_400_000_000));
    }

    #[test]
    fn torn_text_is_refused_where_it_is_torn() {
        let error = Table::new("t", b"1\t2\n\xff").err().unwrap();
        assert_eq!(error.to_string(), "t is not UTF-8 text: line 2 has a byte that cannot be");
        let table = Table::new("t", b"1\t2\n3\n").unwrap();
        let error = table.rows().find_map(Result::err).unwrap();
        assert_eq!(error.to_string(), "t, line 2: 1 tab-separated columns, expected 2 as in the first line");
        assert!(Table::with_header("t", b"\n").is_err());
    }
}
