use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;

use super::{Folder, ImportError};

/// How far the reading of one thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// A file or a folder.
    pub what: &'a str,
    /// Bytes of a file as it lies there, packed or not; files of a folder.
    pub done: u64,
    pub total: u64,
}

/// Who is told about progress.
pub type Report<'a> = &'a dyn Fn(Progress);

/// What a packed file begins with.
const GZIP: &[u8] = b"\x1f\x8b";
/// Read from the file at once.
const BUFFER: usize = 1 << 16;

/// A file that is read from its start to its end and never held; unpacked on the way if its name ends in `.gz`.
pub struct Stream<'a> {
    pub file: &'a str,
    content: Box<dyn BufRead + 'a>,
}

impl<'a> Stream<'a> {
    pub fn open(folder: &'a dyn Folder, file: &'a str, report: Report<'a>) -> Result<Self, ImportError> {
        let opened = folder.open(file)?;
        let watched = Watched {
            content: opened.content,
            progress: Progress { what: file, done: 0, total: opened.size },
            report,
        };
        let mut content = BufReader::with_capacity(BUFFER, watched);
        if !file.ends_with(".gz") {
            return Ok(Self { file, content: Box::new(content) });
        }
        let start = content.fill_buf().map_err(|error| wrong(file, error, "at its start"))?;
        if !start.starts_with(GZIP) {
            return Err(ImportError::NotGzip { file: file.into() });
        }
        Ok(Self { file, content: Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(content))) })
    }

    /// Appends bytes up to and with the next line end; at most `longest`, and says whether that was enough. The rest of
    /// a longer line is passed over.
    pub fn line(&mut self, line: &mut Vec<u8>, longest: usize) -> io::Result<bool> {
        let limit = longest as u64 + 1;
        self.content.by_ref().take(limit).read_until(b'\n', line)?;
        if line.len() <= longest || line.ends_with(b"\n") {
            return Ok(true);
        }
        self.content.skip_until(b'\n')?;
        Ok(false)
    }

    /// Reads as many bytes as there is room for, or all that are left; says how many.
    pub fn fill(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < room.len() {
            match self.content.read(&mut room[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// The mistake behind an error that came at a place in the file.
    pub fn wrong(&self, error: io::Error, place: &str) -> ImportError {
        wrong(self.file, error, place)
    }
}

fn wrong(file: &str, error: io::Error, place: &str) -> ImportError {
    let (file, place, reason) = (file.into(), place.into(), error.to_string());
    match error.kind() {
        ErrorKind::UnexpectedEof => ImportError::CutOff { file, place },
        // What the decoder says of bytes that are not what gzip would have written.
        ErrorKind::InvalidInput | ErrorKind::InvalidData => ImportError::Damaged { file, place, reason },
        _ => ImportError::Unreadable { file, reason },
    }
}

/// Tells about every piece that is read.
struct Watched<'a> {
    content: Box<dyn Read + 'a>,
    progress: Progress<'a>,
    report: Report<'a>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.progress.done += count as u64;
        (self.report)(self.progress);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::MemoryFolder;
    use super::super::sample::gzip;
    use super::*;

    fn folder(file: &str, bytes: &[u8]) -> MemoryFolder {
        MemoryFolder::new(BTreeMap::from([(file.to_owned(), bytes.to_vec())]))
    }

    /// All lines, or the first mistake.
    fn lines(file: &str, bytes: &[u8], longest: usize) -> Result<Vec<String>, ImportError> {
        let folder = folder(file, bytes);
        let mut stream = Stream::open(&folder, file, &|_| {})?;
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            match stream.line(&mut line, longest) {
                Ok(_) if line.is_empty() => return Ok(lines),
                Ok(_) => lines.push(String::from_utf8_lossy(&line).into_owned()),
                Err(error) => return Err(stream.wrong(error, &format!("after line {}", lines.len()))),
            }
        }
    }

    #[test]
    fn packed_and_plain_files_have_the_same_lines() {
        let text = "one\ntwo\n\nthree";
        for (file, bytes) in [("a.txt", text.as_bytes().to_vec()), ("a.txt.gz", gzip(text.as_bytes()))] {
            assert_eq!(lines(file, &bytes, 100).unwrap(), ["one\n", "two\n", "\n", "three"]);
            assert_eq!(
                lines(file, &bytes, 3).unwrap(),
                ["one\n", "two\n", "\n", "thre"],
                "a long line is cut"
            );
        }
        // As `cat a.gz b.gz` makes it.
        let two = [gzip(b"one\ntw"), gzip(b"o\n")].concat();
        assert_eq!(lines("a.gz", &two, 100).unwrap(), ["one\n", "two\n"]);
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |bytes: &[u8]| lines("a.gz", bytes, 100).unwrap_err().to_string();
        assert_eq!(error(b"hello\n"), "a.gz is not packed by gzip, as its name says it is");
        assert_eq!(error(b""), "a.gz is not packed by gzip, as its name says it is");
        let packed = gzip("line\n".repeat(3).as_bytes());
        assert_eq!(error(&packed[..packed.len() - 1]), "a.gz is cut off after line 3");
        assert_eq!(error(&packed[..11]), "a.gz is cut off after line 0");
        let mut changed = packed.clone();
        let checksum = changed.len() - 8;
        changed[checksum] ^= 1;
        assert!(
            error(&changed).starts_with("a.gz is damaged after line 3: corrupt gzip stream"),
            "{}",
            error(&changed)
        );
        assert!(
            error(&[&packed[..], b"and more of it"].concat()).starts_with("a.gz is damaged after line 3: ")
        );
    }

    #[test]
    fn progress_ends_at_the_size_of_the_file() {
        let bytes = gzip(
            &(0..200_000u32).flat_map(|x| x.wrapping_mul(2_654_435_761).to_le_bytes()).collect::<Vec<_>>(),
        );
        let folder = folder("a.b.gz", &bytes);
        let seen = RefCell::new(Vec::new());
        let report = |progress: Progress| {
            assert_eq!((progress.what, progress.total), ("a.b.gz", bytes.len() as u64));
            seen.borrow_mut().push(progress.done);
        };
        let mut stream = Stream::open(&folder, "a.b.gz", &report).unwrap();
        let mut room = vec![0; 900_000];
        assert_eq!(stream.fill(&mut room).unwrap(), 800_000);
        let seen = seen.borrow();
        assert!(
            seen.len() > 5 && seen.is_sorted() && *seen.last().unwrap() == bytes.len() as u64,
            "{seen:?}"
        );
    }

    proptest! {
        #[test]
        fn no_changed_byte_goes_unnoticed(position in 10usize..10_000, change in 1u8..=255) {
            let text = "a line of text\n".repeat(20);
            let mut bytes = gzip(text.as_bytes());
            let position = 10 + position % (bytes.len() - 10);
            bytes[position] ^= change;
            prop_assert!(lines("a.gz", &bytes, 100).is_err());
        }

        #[test]
        fn arbitrary_bytes_after_the_magic_number_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [GZIP, &bytes].concat();
            prop_assert!(lines("a.gz", &bytes, 100).is_err());
        }
    }
}
