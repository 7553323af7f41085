//! MovieLens with posters.
//!
//! Ratings and films lie as GroupLens releases them, `u.data` with `u.item` (MovieLens 100K) or `ratings.dat` with
//! `movies.dat` (1M); or in tables that say more:
//!
//! - `ratings.tsv`, tab-separated with a header: `user` and `item`, if known `rating` and `timestamp`, in any order.
//! - Optionally `items.tsv` with a header: `item` and any of `title`, `genres` (joined by `|`) and `overview`. A film's
//!   description is its genres, then its overview.
//!
//! Beside either:
//!
//! - Optionally `text_feat.npy` and `visual_feat.npy`, a row a film, in the order of the lines of `items.txt` and
//!   `visual_items.txt`. Without them our own extractors make the modalities of texts and posters.
//! - Optionally `posters/<item>.jpg`, which become the thumbnails: the middle square of each.

use std::collections::BTreeMap;

use super::content::{self, Source};
use super::identifiers::Identifiers;
use super::lines::Lines;
use super::raw::Reviews;
use super::releases::RELEASES;
use super::stream::{Progress, Report};
use super::texts::Texts;
use super::{Folder, ImportError, Imported, Raw, described};
use crate::data::{ItemText, Provenance, sheet};
use crate::digest::Digest;
use crate::features::{Pixels, decode};

const LAYOUT: &str = "movielens";
const RATINGS: &str = "ratings.tsv";
const ITEMS: &str = "items.tsv";
const POSTERS: &str = "posters";
/// Width and height of a thumbnail.
const TILE: usize = 64;
/// Pixels of a poster, at most.
const MOST_PIXELS: usize = 1 << 24;
/// So many pictures that cannot be decoded are shown.
const SHOWN: usize = 5;

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str, raw: &Raw, report: Report) -> Result<Imported, ImportError> {
    let has = |file: &str| folder.paths().iter().any(|path| path == file);
    let kinds = [RATINGS].into_iter().chain(RELEASES.iter().map(|release| release.ratings));
    match kinds.filter(|file| has(file)).collect::<Vec<_>>()[..] {
        [] => {
            let expected = "ratings.tsv, u.data or ratings.dat";
            return Err(ImportError::MissingFile { layout: LAYOUT, expected });
        }
        [_] => {}
        [first, second, ..] => {
            let (first, second) = (first.into(), second.into());
            return Err(ImportError::Ambiguous { what: "file of ratings".into(), first, second });
        }
    }
    let release = RELEASES.iter().find(|release| has(release.ratings));
    let films = release.map_or(ITEMS, |release| release.films);
    let mut notes = Vec::new();
    let reviews = match release {
        Some(release) => release.ratings(folder, report, &mut notes)?,
        None => ratings(folder, report, &mut notes)?,
    };
    let provenance = Provenance {
        source: format!("{name}, files in the layout of {LAYOUT}"),
        licence: "MovieLens: for research, not to be handed on; posters and overviews are their owners'"
            .into(),
        recipe: format!("import {LAYOUT}"),
        synthetic: false,
    };
    let Imported { mut dataset, notes: more } = reviews.prepare(name, provenance, raw)?;
    notes.extend(more);
    let items = Identifiers::in_order(dataset.items.clone());
    if has(films) {
        dataset.texts = match release {
            Some(release) => release.texts(folder, &items, report, &mut notes)?,
            None => texts(folder, &items, report, &mut notes)?,
        };
    } else {
        notes.push(format!("there is no {films}, so the items have no texts"));
    }
    let posters = posters(folder, &items, report, &mut notes)?;
    for (modality, file, order) in
        [("textual", "text_feat.npy", "items.txt"), ("visual", "visual_feat.npy", "visual_items.txt")]
    {
        let features = if has(file) {
            let source = Source::Listed { file: file.into(), order: order.into() };
            Some(content::features(folder, modality, &source, &items, &mut notes)?)
        } else if modality == "visual" {
            described::visual(&posters, &mut notes)?
        } else {
            described::textual(&dataset.texts, &mut notes)?
        };
        dataset.modalities.extend(features.map(|features| (modality.to_owned(), features)));
    }
    if let Some(visual) = dataset.modalities.get("visual") {
        described::compare(&dataset.texts, &visual.present, &mut notes);
    }
    dataset.thumbnails = sheet::photographs(&posters);
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

fn ratings(folder: &dyn Folder, report: Report, notes: &mut Vec<String>) -> Result<Reviews, ImportError> {
    let mut lines = Lines::open(folder, RATINGS, report)?;
    let header = lines.header()?;
    let (user, item) = (header.need("user")?, header.need("item")?);
    let (rating, timestamp) = (header.find("rating"), header.find("timestamp"));
    let mut reviews = Reviews::default();
    lines.each(notes, |line| {
        let row = line.row(&header)?;
        let (user, item) = (row.integer(user, "user")?, row.integer(item, "item")?);
        let rating = rating.map_or(Ok(1.0), |column| row.rating(column))?;
        let timestamp = timestamp.map_or(Ok(0), |column| row.timestamp(column))?;
        reviews.add(line, &user, &item, rating, timestamp)
    })?;
    Ok(reviews)
}

/// Titles, descriptions, and the first genre as kind, `[items]`.
fn texts(
    folder: &dyn Folder,
    items: &Identifiers,
    report: Report,
    notes: &mut Vec<String>,
) -> Result<Vec<ItemText>, ImportError> {
    let mut lines = Lines::open(folder, ITEMS, report)?;
    let header = lines.header()?;
    let item = header.need("item")?;
    let [title, genres, overview] = ["title", "genres", "overview"].map(|column| header.find(column));
    let mut texts = Texts::of(items);
    lines.each(notes, |line| {
        let row = line.row(&header)?;
        let text = |column: Option<usize>| column.map_or("", |column| row.text(column).trim());
        let listed = text(genres).replace('|', ", ");
        let sentences = [listed.as_str(), text(overview)].into_iter().filter(|text| !text.is_empty());
        let description = sentences.collect::<Vec<_>>().join(". ");
        let kind = text(genres).split('|').next().unwrap_or_default().trim().into();
        texts.add(&row.integer(item, "item")?, ItemText { title: text(title).into(), description, kind });
        Ok(())
    })?;
    Ok(texts.finish(ITEMS, notes))
}

/// Thumbnails of posters `[items]`.
fn posters(
    folder: &dyn Folder,
    items: &Identifiers,
    report: Report,
    notes: &mut Vec<String>,
) -> Result<Vec<Option<Pixels>>, ImportError> {
    let below = |path: &&String| path.strip_prefix(POSTERS).is_some_and(|rest| rest.starts_with('/'));
    let files: Vec<&String> = folder.paths().iter().filter(below).collect();
    let mut pictures = vec![None; items.names().len()];
    let mut with_picture = BTreeMap::<String, usize>::new();
    let (mut unnamed, mut left_out) = (0, 0);
    let mut undecoded = Vec::new();
    let mut file_of_item = BTreeMap::<usize, &str>::new();
    for (done, file) in (1..).zip(&files) {
        report(Progress { what: POSTERS, done, total: files.len() as u64 });
        let name = file[POSTERS.len() + 1..].strip_suffix(".jpg");
        let Some(item) = name.and_then(|name| name.parse::<u64>().ok()) else {
            unnamed += 1;
            continue;
        };
        let Some(item) = items.index(&item.to_string()) else {
            left_out += 1;
            continue;
        };
        if let Some(first) = file_of_item.insert(item, file) {
            let what = format!("poster of item {}", items.names()[item]);
            return Err(ImportError::Ambiguous { what, first: first.into(), second: (*file).clone() });
        }
        let bytes = folder.read(file)?;
        match decode(&bytes, MOST_PIXELS) {
            Ok(picture) => {
                pictures[item] = Some(picture.middle_square(TILE));
                *with_picture.entry(Digest::of(&bytes)).or_default() += 1;
            }
            Err(reason) => undecoded.push(format!("{file}: {reason}")),
        }
    }
    let same: usize = with_picture.into_values().filter(|count| *count > 1).sum();
    let missing = pictures.iter().filter(|picture| picture.is_none()).count();
    for (count, sentence) in [
        (undecoded.len(), "pictures that cannot be decoded count as missing"),
        (unnamed, "files whose names are not <item>.jpg were left out"),
        (left_out, "pictures of items that are not in the data were left out"),
        (same, "items share one picture with another, so it may be the wrong one"),
        (missing, "items have no picture"),
    ] {
        if count > 0 && !files.is_empty() {
            notes.push(format!("{POSTERS}: {sentence}, {count} in all"));
        }
    }
    notes.extend(undecoded.into_iter().take(SHOWN));
    Ok(pictures)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use ndarray::array;
    use proptest::prelude::*;

    use super::super::sample::{Files, error, files, folder, jpeg, table};
    use super::*;
    use crate::schema::Split;

    const RAW: Raw = Raw { core: 1, split: Split::Temporal, seed: 1 };

    /// Films 2, 9, 10, 11 and 12. 2 has everything, 9 no line, 10 a broken poster, 11 no poster, 12 that of 9.
    fn small() -> Files {
        let mut ratings = "item\tuser\ttimestamp\trating\n".to_owned();
        for user in [7, 30] {
            for (time, item) in [2, 9, 10, 11, 12].iter().enumerate() {
                ratings += &format!("{item}\t{user}\t{time}\t{}\n", user % 7);
            }
        }
        let items = "item\ttitle\tyear\tgenres\toverview\thas_poster\n\
                     2\tThe Boat (1990)\t1990\tDrama|War\tMen in a boat.\t1\n\
                     10\tBoat II\t\tDrama\t\t1\n\
                     11\tNo genres\t1999\t\tA boat.\t0\n\
                     12\tOnly a title\t1999\t\t\t0\n\
                     77\tNobody's\t1999\tWar\t\t0\n";
        let red = jpeg(92, 138, [220, 20, 20]);
        let mut torn = red.clone();
        torn.truncate(300);
        files(&[
            ("ratings.tsv", ratings.as_bytes()),
            ("items.tsv", items.as_bytes()),
            ("posters/2.jpg", &jpeg(64, 80, [20, 20, 220])),
            ("posters/9.jpg", &red),
            ("posters/10.jpg", &torn),
            ("posters/12.jpg", &red),
            ("posters/77.jpg", &red),
            ("posters/Thumbs.db", b"?"),
        ])
    }

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        import(&folder(files), "films", &RAW, &|_| {})
    }

    #[test]
    fn everything_is_matched_by_identifier() {
        let Imported { dataset, notes } = imported(&small()).unwrap();
        assert_eq!(
            (&dataset.users[..], &dataset.items[..]),
            (&["7", "30"].map(String::from)[..], &["2", "9", "10", "11", "12"].map(String::from)[..])
        );
        let last = dataset.interactions.last().unwrap();
        assert_eq!((last.user, last.item, last.rating, last.timestamp), (1, 4, 2.0, 4));
        let texts: Vec<_> =
            dataset.texts.iter().map(|text| (text.title.as_str(), text.description.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("The Boat (1990)", "Drama, War. Men in a boat."),
                ("", ""),
                ("Boat II", "Drama"),
                ("No genres", "A boat."),
                ("Only a title", "")
            ]
        );
        let thumbnails = dataset.thumbnails.as_ref().unwrap();
        assert_eq!(thumbnails.position, [Some(0), Some(1), None, None, Some(2)]);
        assert_eq!((thumbnails.tile, thumbnails.columns), (64, 2));
        let sheet = decode(&thumbnails.sheet, MOST_PIXELS).unwrap();
        assert!(sheet.near(32, 32)[2] > 200 && sheet.near(96, 32)[0] > 200 && sheet.near(32, 96)[0] > 200);
        let visual = &dataset.modalities["visual"];
        assert_eq!(visual.present, [true, true, false, false, true]);
        assert_eq!(visual.values.row(1), visual.values.row(4));
        assert_eq!(dataset.modalities["textual"].present, [true, false, true, true, false]);
        assert_eq!(
            notes,
            [
                "items.tsv: items without a line have no text, 1 in all",
                "items.tsv: lines of items that are not in the data were left out, 1 in all",
                "posters: pictures that cannot be decoded count as missing, 1 in all",
                "posters: files whose names are not <item>.jpg were left out, 1 in all",
                "posters: pictures of items that are not in the data were left out, 1 in all",
                "posters: items share one picture with another, so it may be the wrong one, 2 in all",
                "posters: items have no picture, 2 in all",
                notes[7].as_str(),
                "textual: nothing to make a vector of for 2 of 5 items",
                "visual: nothing to make a vector of for 2 of 5 items",
                "items with a text and no picture: 2; with a picture and no text: 1",
            ]
        );
        assert!(notes[7].starts_with("posters/10.jpg: "), "{}", notes[7]);
    }

    #[test]
    fn vectors_lie_in_the_order_that_a_list_says() {
        let mut files = small();
        files.insert("text_feat.npy".into(), table(1, &[12.0, 77.0, 2.0]));
        files.insert("items.txt".into(), b"12\n77\n2\n".to_vec());
        files.insert("visual_feat.npy".into(), table(2, &[9.0, -9.0, 11.0, -11.0]));
        files.insert("visual_items.txt".into(), b"9\n11".to_vec());
        let Imported { dataset, notes } = imported(&files).unwrap();
        let (textual, visual) = (&dataset.modalities["textual"], &dataset.modalities["visual"]);
        assert_eq!(textual.values, array![[2.0], [0.0], [0.0], [0.0], [12.0]]);
        assert_eq!(visual.values, array![[0.0, 0.0], [9.0, -9.0], [0.0, 0.0], [11.0, -11.0], [0.0, 0.0]]);
        assert_eq!(
            (textual.origin.as_str(), &visual.present[..]),
            ("from text_feat.npy", &[false, true, false, true, false][..])
        );
        assert!(notes.contains(
            &"text_feat.npy: vectors of items that are not in the data were left out, 1 in all".into()
        ));

        let error = |path: &str, bytes: Option<&[u8]>| error(files.clone(), path, bytes, imported);
        assert_eq!(error("items.txt", None), "items.txt cannot be read: it does not exist");
        assert_eq!(
            error("visual_items.txt", Some(b"9\n11\n12\n")),
            "visual_feat.npy has 2 rows, while visual_items.txt names 3 items; there must be as many"
        );
        assert_eq!(
            error("visual_items.txt", Some(b"9\n9\n")),
            "visual_items.txt, line 2: item 9 occurs a second time (first in line 1)"
        );
    }

    #[test]
    fn ratings_alone_are_enough() {
        let files = files(&[("ratings.tsv", b"user\titem\n1\t1\n1\t2\n1\t3\n")]);
        let raw = Raw { split: Split::Random, ..RAW };
        let Imported { dataset, notes } = import(&folder(&files), "films", &raw, &|_| {}).unwrap();
        assert!(dataset.modalities.is_empty() && dataset.texts.is_empty() && dataset.thumbnails.is_none());
        assert!(dataset.interactions.iter().all(|pair| pair.rating == 1.0 && pair.timestamp == 0));
        let expected = [
            "there is no items.tsv, so the items have no texts",
            "textual: no two items have a word in common, so there is no textual modality",
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn lines_that_are_wrong_are_counted_and_shown() {
        let mut files = small();
        files.get_mut("ratings.tsv").unwrap().extend(b"2\t8\t1\n\n2\tx\t1\t1\n2\t8\t1\tNaN\n2\t8\t\xff\t1\n");
        files.get_mut("items.tsv").unwrap().extend(b"x\t\t\t\t\t\n");
        let notes = imported(&files).unwrap().notes;
        assert_eq!(
            notes[..7],
            [
                "ratings.tsv: lines that cannot be used were left out, 4 of 14",
                "ratings.tsv, line 12: 3 tab-separated columns, expected 4 as in the first line",
                "ratings.tsv, line 14: the user is \"x\", expected a whole number of 0 or more",
                "ratings.tsv, line 15: the rating is \"NaN\", expected a finite number",
                "ratings.tsv is not UTF-8 text: line 16 has a byte that cannot be",
                "items.tsv: lines that cannot be used were left out, 1 of 6",
                "items.tsv, line 7: the item is \"x\", expected a whole number of 0 or more",
            ]
        );
    }

    #[test]
    fn progress_is_told_by_file_and_by_poster() {
        let seen = RefCell::new(Vec::new());
        let report = |progress: Progress| {
            seen.borrow_mut().push((progress.what.to_owned(), progress.done, progress.total))
        };
        import(&folder(&small()), "films", &RAW, &report).unwrap();
        let posters: Vec<_> = seen
            .borrow()
            .iter()
            .filter(|(what, ..)| what == "posters")
            .map(|step| (step.1, step.2))
            .collect();
        assert_eq!(posters, [(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]);
        assert!(seen.borrow().iter().any(|(what, done, total)| what == "ratings.tsv" && done == total));
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |path: &str, bytes: Option<&[u8]>| error(small(), path, bytes, imported);
        assert_eq!(
            error("ratings.tsv", None),
            "there is no ratings.tsv, u.data or ratings.dat; the movielens layout needs it"
        );
        assert_eq!(
            error("ratings.tsv", Some(b"")),
            "ratings.tsv is empty; a line that names the columns is expected"
        );
        assert_eq!(
            error("ratings.tsv", Some(b"userId,movieId\n")),
            "ratings.tsv, line 1: there is no column user; the header has userId,movieId"
        );
        assert_eq!(error("ratings.tsv", Some(b"user\titem\n")), "there is not a single interaction");
        assert!(
            error("ratings.tsv", Some(b"user\titem\nx\t1\n"))
                .starts_with("ratings.tsv: not one of its 1 lines")
        );
        assert_eq!(
            error("posters/02.jpg", Some(b"")),
            "posters/02.jpg and posters/2.jpg are both there; only one can be the poster of item 2"
        );
        assert!(error("items.tsv", Some(b"id\ttitle\n")).contains("there is no column item"));
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_no_harm(text in "[0-9a-z.\\t\\n\\r\u{e9} -]{0,60}", path in 0usize..8) {
            let mut files = small();
            let path = files.keys().nth(path).unwrap().clone();
            files.insert(path, text.into_bytes());
            if let Ok(imported) = imported(&files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
