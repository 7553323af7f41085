use std::collections::BTreeSet;

use half::f16;
use ndarray::Array2;
use thiserror::Error;

use super::{Dataset, Features, Interaction, Precision, Sounds};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// What is wrong with a data set.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DatasetError {
    #[error("there are {count} {what}; at most {} are possible", u32::MAX)]
    TooMany { what: &'static str, count: usize },
    #[error("two {what} have the same identifier, \"{identifier}\"; identifiers must be distinct")]
    DuplicateIdentifier { what: &'static str, identifier: String },
    #[error("there is not a single interaction")]
    NoInteractions,
    #[error("interaction {position} names {what} {index}, but there are only {count}, counted from 0")]
    OutOfRange { position: usize, what: &'static str, index: u32, count: usize },
    #[error(
        "interaction {position} (user {user}, item {item}) is out of order; they must ascend by user, then item"
    )]
    OutOfOrder { position: usize, user: u32, item: u32 },
    #[error("user \"{user}\" and item \"{item}\" interact twice; a pair may occur once")]
    DuplicatePair { user: String, item: String },
    #[error("interaction {position} has the rating {rating}; ratings must be finite")]
    Rating { position: usize, rating: f32 },
    #[error("{what} has {found} rows, but there are {expected} items")]
    Rows { what: String, found: usize, expected: usize },
    #[error("modality {modality} has vectors of length 0")]
    NoValues { modality: String },
    #[error("modality {modality}, item {item}: value {column} is {value}; features must be finite")]
    NotFinite { modality: String, item: usize, column: usize, value: f32 },
    #[error(
        "modality {modality}, item {item}: value {column} is {value}, but an item without the modality is all zero"
    )]
    NotZero { modality: String, item: usize, column: usize, value: f32 },
    #[error(
        "modality {modality}, item {item}: value {column} is {value}, which 16 bits cannot hold; keep it as f32"
    )]
    NotHalf { modality: String, item: usize, column: usize, value: f32 },
    #[error("the {what} is 0; it must be positive")]
    Zero { what: &'static str },
    #[error("the thumbnail of item {item} is at position {}, beyond any sheet", u32::MAX)]
    Position { item: usize },
    #[error("the thumbnails' sheet is neither a PNG nor a JPEG picture")]
    Sheet,
    #[error("the sounds have {found} samples, but there are {items} items with {length} samples each")]
    Samples { found: usize, items: usize, length: usize },
    #[error("item {item} has no sound, but one of its samples is {value}; they must all be 0")]
    NotSilent { item: usize, value: i16 },
}

impl Dataset {
    /// Whether everything that the fields' documentation promises holds; the first thing that does not.
    ///
    /// Importers and the bundle reader give out nothing that fails this.
    pub fn check(&self) -> Result<(), DatasetError> {
        check_identifiers("users", &self.users)?;
        check_identifiers("items", &self.items)?;
        self.check_interactions()?;
        for (name, features) in &self.modalities {
            features.check(name, self.items.len())?;
        }
        if !self.texts.is_empty() {
            self.check_rows("the table of texts", self.texts.len())?;
        }
        if let Some(thumbnails) = &self.thumbnails {
            self.check_rows("the thumbnails' positions", thumbnails.position.len())?;
            check_positive("thumbnails' tile size", thumbnails.tile)?;
            check_positive("thumbnails' number of columns", thumbnails.columns)?;
            // The bundle counts positions from 1 and keeps 0 for none.
            if let Some(item) = thumbnails.position.iter().position(|&position| position == Some(u32::MAX)) {
                return Err(DatasetError::Position { item });
            }
            if !thumbnails.sheet.starts_with(PNG) && !thumbnails.sheet.starts_with(JPEG) {
                return Err(DatasetError::Sheet);
            }
        }
        if let Some(sounds) = &self.sounds {
            self.check_rows("the presence mask of the sounds", sounds.present.len())?;
            sounds.check()?;
        }
        Ok(())
    }

    fn check_interactions(&self) -> Result<(), DatasetError> {
        if self.interactions.is_empty() {
            return Err(DatasetError::NoInteractions);
        }
        let (users, items) = (self.users.len(), self.items.len());
        let mut previous = None;
        for (position, &Interaction { user, item, rating, .. }) in self.interactions.iter().enumerate() {
            for (what, index, count) in [("user", user, users), ("item", item, items)] {
                if index as usize >= count {
                    return Err(DatasetError::OutOfRange { position, what, index, count });
                }
            }
            if previous == Some((user, item)) {
                let (user, item) = (self.users[user as usize].clone(), self.items[item as usize].clone());
                return Err(DatasetError::DuplicatePair { user, item });
            }
            if previous > Some((user, item)) {
                return Err(DatasetError::OutOfOrder { position, user, item });
            }
            if !rating.is_finite() {
                return Err(DatasetError::Rating { position, rating });
            }
            previous = Some((user, item));
        }
        Ok(())
    }

    fn check_rows(&self, what: &str, found: usize) -> Result<(), DatasetError> {
        let expected = self.items.len();
        if found == expected {
            Ok(())
        } else {
            Err(DatasetError::Rows { what: what.into(), found, expected })
        }
    }

    /// The same data with all features rounded to a precision.
    pub fn at_precision(mut self, precision: Precision) -> Result<Self, DatasetError> {
        self.modalities = std::mem::take(&mut self.modalities)
            .into_iter()
            .map(|(name, features)| Ok((name.clone(), features.at_precision(&name, precision)?)))
            .collect::<Result<_, DatasetError>>()?;
        Ok(self)
    }
}

impl Features {
    /// Features `[items, dim]` that keep this type's promises: rows of items without the modality are cleared, values
    /// are rounded to the precision.
    pub fn new(
        modality: &str,
        mut values: Array2<f32>,
        present: Vec<bool>,
        precision: Precision,
        origin: String,
    ) -> Result<Self, DatasetError> {
        for (mut row, _) in values.rows_mut().into_iter().zip(&present).filter(|(_, present)| !**present) {
            row.fill(0.0);
        }
        let features = Self { values, present, precision: Precision::F32, origin };
        features.check(modality, features.present.len())?;
        features.at_precision(modality, precision)
    }

    /// The same features rounded to a precision; fails when a value is too large for it.
    pub fn at_precision(mut self, modality: &str, precision: Precision) -> Result<Self, DatasetError> {
        if precision == Precision::F16 {
            for ((item, column), value) in self.values.indexed_iter_mut() {
                let half = f16::from_f32(*value);
                if !half.is_finite() {
                    return Err(DatasetError::NotHalf {
                        modality: modality.into(),
                        item,
                        column,
                        value: *value,
                    });
                }
                *value = half.to_f32();
            }
        }
        self.precision = precision;
        Ok(self)
    }

    /// Whether everything that this type promises holds for data of so many items; the first thing that does not.
    pub fn check(&self, modality: &str, items: usize) -> Result<(), DatasetError> {
        for (what, found) in [("feature table", self.values.nrows()), ("presence mask", self.present.len())] {
            if found != items {
                let what = format!("the {what} of modality {modality}");
                return Err(DatasetError::Rows { what, found, expected: items });
            }
        }
        if self.values.ncols() == 0 {
            return Err(DatasetError::NoValues { modality: modality.into() });
        }
        for ((item, column), &value) in self.values.indexed_iter() {
            let modality = || modality.to_owned();
            if !value.is_finite() {
                return Err(DatasetError::NotFinite { modality: modality(), item, column, value });
            }
            if !self.present[item] && value != 0.0 {
                return Err(DatasetError::NotZero { modality: modality(), item, column, value });
            }
            if self.precision == Precision::F16 && f16::from_f32(value).to_f32() != value {
                return Err(DatasetError::NotHalf { modality: modality(), item, column, value });
            }
        }
        Ok(())
    }
}

impl Sounds {
    fn check(&self) -> Result<(), DatasetError> {
        check_positive("sounds' rate", self.rate)?;
        let (found, items, length) = (self.samples.len(), self.present.len(), self.length);
        if length == 0 {
            return Err(DatasetError::Zero { what: "sounds' length" });
        }
        if Some(found) != items.checked_mul(length) {
            return Err(DatasetError::Samples { found, items, length });
        }
        for (item, samples) in
            self.samples.chunks(length).enumerate().filter(|(item, _)| !self.present[*item])
        {
            if let Some(&value) = samples.iter().find(|sample| **sample != 0) {
                return Err(DatasetError::NotSilent { item, value });
            }
        }
        Ok(())
    }
}

fn check_positive(what: &'static str, value: u32) -> Result<(), DatasetError> {
    if value == 0 { Err(DatasetError::Zero { what }) } else { Ok(()) }
}

fn check_identifiers(what: &'static str, identifiers: &[String]) -> Result<(), DatasetError> {
    if identifiers.len() > u32::MAX as usize {
        return Err(DatasetError::TooMany { what, count: identifiers.len() });
    }
    let mut seen = BTreeSet::new();
    match identifiers.iter().find(|identifier| !seen.insert(*identifier)) {
        Some(identifier) => Err(DatasetError::DuplicateIdentifier { what, identifier: identifier.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::super::sample::{sample, sounds};
    use super::*;

    #[test]
    fn a_sound_data_set_passes() {
        assert_eq!(sample().check(), Ok(()));
        assert_eq!(Dataset { sounds: Some(sounds()), ..sample() }.check(), Ok(()));
    }

    type Change = fn(&mut Dataset);

    #[test]
    fn each_broken_promise_is_named() {
        let broken: [(Change, &str); 23] = [
            (|data| data.users[1] = "ann".into(), "two users have the same identifier, \"ann\""),
            (|data| data.items[3] = "10".into(), "two items have the same identifier, \"10\""),
            (|data| data.interactions.clear(), "not a single interaction"),
            (|data| data.interactions[5].user = 3, "interaction 5 names user 3, but there are only 3"),
            (|data| data.interactions[0].item = 9, "interaction 0 names item 9, but there are only 4"),
            (|data| data.interactions.swap(0, 1), "interaction 1 (user 0, item 0) is out of order"),
            (|data| data.interactions[1].item = 0, "user \"ann\" and item \"10\" interact twice"),
            (|data| data.interactions[3].rating = f32::NAN, "interaction 3 has the rating NaN"),
            (|data| data.texts.truncate(2), "the table of texts has 2 rows, but there are 4 items"),
            (|data| visual(data).present.truncate(1), "the presence mask of modality visual has 1 rows"),
            (
                |data| visual(data).values = Array2::zeros((5, 2)),
                "the feature table of modality visual has 5 rows",
            ),
            (|data| visual(data).values = Array2::zeros((4, 0)), "modality visual has vectors of length 0"),
            (|data| visual(data).values[[1, 2]] = f32::INFINITY, "modality visual, item 1: value 2 is inf"),
            (
                |data| visual(data).values[[2, 0]] = 1.0,
                "modality visual, item 2: value 0 is 1, but an item without",
            ),
            (|data| visual(data).values[[0, 0]] = 0.1, "value 0 is 0.1, which 16 bits cannot hold"),
            (|data| thumbnails(data).columns = 0, "the thumbnails' number of columns is 0"),
            (|data| thumbnails(data).position[1] = Some(u32::MAX), "the thumbnail of item 1 is at position"),
            (|data| thumbnails(data).sheet = b"GIF89a".to_vec(), "neither a PNG nor a JPEG"),
            (
                |data| sounding(data).present.truncate(3),
                "the presence mask of the sounds has 3 rows, but there are 4",
            ),
            (|data| sounding(data).rate = 0, "the sounds' rate is 0; it must be positive"),
            (|data| sounding(data).length = 0, "the sounds' length is 0"),
            (|data| sounding(data).length = 4, "have 12 samples, but there are 4 items with 4 samples each"),
            (|data| sounding(data).samples[7] = -2, "item 2 has no sound, but one of its samples is -2"),
        ];
        for (position, (change, expected)) in broken.into_iter().enumerate() {
            let mut dataset = sample();
            change(&mut dataset);
            let error = dataset.check().unwrap_err().to_string();
            assert!(error.contains(expected), "{position}: {error}");
        }
    }

    fn visual(dataset: &mut Dataset) -> &mut Features {
        dataset.modalities.get_mut("visual").unwrap()
    }

    fn thumbnails(dataset: &mut Dataset) -> &mut super::super::Thumbnails {
        dataset.thumbnails.as_mut().unwrap()
    }

    fn sounding(dataset: &mut Dataset) -> &mut Sounds {
        dataset.sounds.insert(sounds())
    }

    #[test]
    fn new_features_keep_their_promises() {
        let values = array![[0.1, 2.0], [7.0, f32::NAN]];
        let features = Features::new("x", values, vec![true, false], Precision::F16, "y".into()).unwrap();
        assert_eq!(features.values, array![[f16::from_f32(0.1).to_f32(), 2.0], [0.0, 0.0]]);
        let large = Features::new("x", array![[70_000.0]], vec![true], Precision::F16, "y".into());
        assert!(large.unwrap_err().to_string().contains("value 0 is 70000, which 16 bits cannot hold"));
        let halved = sample().at_precision(Precision::F16).unwrap();
        assert_eq!(halved.check(), Ok(()));
        assert!((halved.modalities["textual"].values[[0, 0]] - 0.1).abs() < 1e-4);
    }
}
