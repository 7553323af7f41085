//! MovieLens as GroupLens releases it. Every release has files of its own making.

use super::identifiers::Identifiers;
use super::lines::Lines;
use super::raw::Reviews;
use super::stream::Report;
use super::table::Row;
use super::texts::Texts;
use super::{Folder, ImportError};
use crate::data::ItemText;

/// The files of one release: user, item, rating and time a line; and item, title and genres a line, in Latin-1.
pub struct Release {
    pub ratings: &'static str,
    pub films: &'static str,
    between_ratings: &'static str,
    between_films: &'static str,
    /// Cells in a line of films.
    cells: usize,
    genres: fn(&Row) -> String,
}

pub static RELEASES: [Release; 2] = [
    // MovieLens 100K.
    Release {
        ratings: "u.data",
        films: "u.item",
        between_ratings: "\t",
        between_films: "|",
        cells: FLAGS + GENRES.len(),
        genres: |row| {
            let flagged = (FLAGS..).zip(GENRES).filter(|(column, _)| row.text(*column) == "1");
            flagged.map(|(_, genre)| genre).collect::<Vec<_>>().join(", ")
        },
    },
    // MovieLens 1M.
    Release {
        ratings: "ratings.dat",
        films: "movies.dat",
        between_ratings: "::",
        between_films: "::",
        cells: 3,
        genres: |row| row.text(2).trim().replace('|', ", "),
    },
];

/// The first column of a film's flags in `u.item`, one a genre.
const FLAGS: usize = 5;
const GENRES: [&str; 19] = [
    "unknown",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

impl Release {
    pub fn ratings(
        &self,
        folder: &dyn Folder,
        report: Report,
        notes: &mut Vec<String>,
    ) -> Result<Reviews, ImportError> {
        let mut reviews = Reviews::default();
        Lines::open(folder, self.ratings, report)?.each(notes, |line| {
            let row = Row::cut(line.file, line.number, line.text()?, self.between_ratings, 4)?;
            let (user, item) = (row.integer(0, "user")?, row.integer(1, "item")?);
            reviews.add(line, &user, &item, row.rating(2)?, row.timestamp(3)?)
        })?;
        Ok(reviews)
    }

    /// Titles, genres as descriptions, and the first of them as kind, `[items]`.
    pub fn texts(
        &self,
        folder: &dyn Folder,
        items: &Identifiers,
        report: Report,
        notes: &mut Vec<String>,
    ) -> Result<Vec<ItemText>, ImportError> {
        let mut texts = Texts::of(items);
        Lines::open(folder, self.films, report)?.each(notes, |line| {
            let text = line.latin_1();
            let row = Row::cut(line.file, line.number, &text, self.between_films, self.cells)?;
            let genres = (self.genres)(&row);
            let kind = genres.split(", ").next().unwrap_or_default().into();
            let text = ItemText { title: row.text(1).trim().into(), description: genres, kind };
            texts.add(&row.integer(0, "item")?, text);
            Ok(())
        })?;
        Ok(texts.finish(self.films, notes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Files, error, files, folder};
    use super::super::{ImportError, Imported, Raw, movielens};
    use crate::schema::Split;

    const RAW: Raw = Raw { core: 1, split: Split::Temporal, seed: 1 };

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        movielens::import(&folder(files), "films", &RAW, &|_| {})
    }

    /// What user 7 says of films 1 to 5, in a release's spelling.
    fn ratings(between: &str) -> String {
        (1..=5)
            .map(|film| ["7", &film.to_string(), "4", &(100 + film).to_string()].join(between) + "\n")
            .collect()
    }

    /// MovieLens 100K: film 1 is an animation for children, film 2 of an unknown genre with an accent in its title.
    fn hundred_thousand() -> Files {
        let flags = |genres: &[usize]| {
            (0..19).map(|genre| if genres.contains(&genre) { "|1" } else { "|0" }).collect::<String>()
        };
        let first = format!("1|Boat, The (1995)|01-Jan-1995||http://example.org/?Boat{}\n", flags(&[3, 4]));
        let second = format!("2|unknown||| {}\n", flags(&[0]));
        let third = format!("3|Bo\u{e2}t (1990)|||{}\n", flags(&[18]));
        let latin: Vec<u8> = [first, second, third].concat().chars().map(|letter| letter as u8).collect();
        files(&[("u.data", ratings("\t").as_bytes()), ("u.item", &latin), ("u.genre", b"unknown|0\n")])
    }

    fn million() -> Files {
        let films = b"1::Boat, The (1995)::Animation|Children's\n2::unknown::\n3::Bo\xe2t (1990)::Western\n";
        files(&[("ratings.dat", ratings("::").as_bytes()), ("movies.dat", films)])
    }

    #[test]
    fn releases_are_read_as_they_are() {
        for (files, unknown) in [(hundred_thousand(), "unknown"), (million(), "")] {
            let Imported { dataset, notes } = imported(&files).unwrap();
            assert_eq!(
                (&dataset.users[..], &dataset.items[..]),
                (&["7".to_owned()][..], &["1", "2", "3", "4", "5"].map(String::from)[..])
            );
            let last = dataset.interactions.last().unwrap();
            assert_eq!((last.user, last.item, last.rating, last.timestamp), (0, 4, 4.0, 105));
            let texts: Vec<_> =
                dataset.texts.iter().map(|text| (text.title.as_str(), text.description.as_str())).collect();
            assert_eq!(
                texts,
                [
                    ("Boat, The (1995)", "Animation, Children's"),
                    ("unknown", unknown),
                    ("Bo\u{e2}t (1990)", "Western"),
                    ("", ""),
                    ("", "")
                ]
            );
            assert!(notes[0].ends_with("items without a line have no text, 2 in all"), "{notes:?}");
        }
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let mut both = million();
        both.extend(hundred_thousand());
        assert_eq!(
            imported(&both).unwrap_err().to_string(),
            "u.data and ratings.dat are both there; only one can be the file of ratings"
        );
        let films = b"1::Boat::Drama\n2::Boat\n";
        let error = |path: &str, bytes: &[u8]| error(million(), path, Some(bytes), imported);
        assert!(
            error("ratings.dat", b"7\t1\t4\t101\n").ends_with("line 1: 1 cells between \"::\", expected 4")
        );
        let mut files = million();
        files.insert("movies.dat".into(), films.to_vec());
        let notes = imported(&files).unwrap().notes;
        assert_eq!(notes[1], "movies.dat, line 2: 2 cells between \"::\", expected 3");
    }
}
