//! What a dump says of what is not kept costs no memory: neither what is written in reviews, nor products that nobody took.

use std::io::{self, Read};

use fusebox::data::import::{Folder, ImportError, Imported, Opened, Raw, amazon_2014, amazon_2023};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const USERS: usize = 400;
const ITEMS: usize = 300;
/// Reviews of each user.
const REVIEWS: usize = 10;

/// A dump that is never anywhere as a whole: its lines are written as they are read.
struct Dump {
    paths: [String; 2],
    /// Characters in what a review says.
    words: usize,
    /// Products in the file of products, of which [`ITEMS`] are reviewed.
    products: usize,
}

impl Dump {
    fn review(&self, at: usize) -> String {
        let (user, item) = (at / REVIEWS, (at / REVIEWS + 7 * (at % REVIEWS)) % ITEMS);
        let text = "word ".repeat(self.words / 5);
        format!(
            "{{\"reviewerID\": \"U{user}\", \"user_id\": \"U{user}\", \"asin\": \"P{item}\", \"parent_asin\": \"P{item}\", \
             \"reviewText\": \"{text}\", \"text\": \"{text}\", \"overall\": 5.0, \"rating\": 5.0}}\n"
        )
    }

    fn product(&self, at: usize) -> String {
        let both = format!("\"asin\": \"P{at}\", \"parent_asin\": \"P{at}\", \"title\": \"Pen number {at}\"");
        format!("{{{both}, \"images\": [\"{}\"]}}\n", "x".repeat(2000))
    }
}

impl Folder for Dump {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, ImportError> {
        let content: Box<dyn Read> = if path.starts_with("meta") {
            Box::new(Written::by((0..self.products).map(|at| self.product(at))))
        } else {
            Box::new(Written::by((0..USERS * REVIEWS).map(|at| self.review(at))))
        };
        Ok(Opened { content, size: 0 })
    }
}

/// Lines as one stream of bytes.
struct Written<L> {
    lines: L,
    line: io::Cursor<String>,
}

impl<L: Iterator<Item = String>> Written<L> {
    fn by(lines: L) -> Self {
        Self { lines, line: io::Cursor::new(String::new()) }
    }
}

impl<L: Iterator<Item = String>> Read for Written<L> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.line.read(room)? {
                0 => match self.lines.next() {
                    Some(line) => self.line = io::Cursor::new(line),
                    None => return Ok(0),
                },
                count => return Ok(count),
            }
        }
    }
}

type Import =
    fn(&dyn Folder, &str, &Raw, &dyn Fn(fusebox::data::import::Progress)) -> Result<Imported, ImportError>;

/// Megabytes that an import holds at most, and what it imports.
fn import(import: Import, paths: [&str; 2], words: usize, products: usize) -> (f64, Imported) {
    let dump = Dump { paths: paths.map(String::from), words, products };
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let imported = import(&dump, "dump", &Raw::default(), &|_| {}).unwrap();
    ((ALLOCATOR.peak_usage() - before) as f64 / 1e6, imported)
}

#[test]
fn memory_does_not_grow_with_what_is_not_kept() {
    for (layout, paths) in [
        (amazon_2014::import as Import, ["meta_Pens.json", "reviews_Pens.json"]),
        (amazon_2023::import, ["Pens.jsonl", "meta_Pens.jsonl"]),
    ] {
        let (small, few) = import(layout, paths, 100, ITEMS);
        let (large, many) = import(layout, paths, 10_000, 100 * ITEMS);
        assert_eq!(few.dataset, many.dataset);
        assert_eq!(few.dataset.interactions.len(), USERS * REVIEWS);
        println!("{}: {small:.2} MB for a dump of 2 MB, {large:.2} MB for one of 150 MB", paths[0]);
        assert!(large < small + 0.5, "{small} MB, then {large} MB");
    }
}
