//! Lists as files: user, item and score, tab separated; packed where the name ends with `.gz`.

use std::io::{BufReader, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::{CliError, files};
use crate::data::Dataset;
use crate::eval::{ForeignLists, Lists, read_lists};

/// All users' lists, by the source's own identifiers.
pub fn text(dataset: &Dataset, lists: &Lists) -> String {
    let mut text = String::new();
    for (user, id) in dataset.users.iter().enumerate() {
        for (&item, score) in lists.items(user).iter().zip(lists.scores(user)) {
            text += &format!("{id}\t{}\t{score}\n", dataset.items[item as usize]);
        }
    }
    text
}

/// The same, packed.
pub fn packed(dataset: &Dataset, lists: &Lists) -> Result<Vec<u8>, CliError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(text(dataset, lists).as_bytes()).and_then(|()| encoder.finish());
    packed.map_err(CliError::Output)
}

/// Reads any system's lists.
pub fn read(path: &Path, dataset: &Dataset) -> Result<ForeignLists, CliError> {
    let bytes = files::read(path)?;
    let lists = match path.extension().is_some_and(|ending| ending == "gz") {
        true => read_lists(BufReader::new(GzDecoder::new(bytes.as_slice())), &dataset.users, &dataset.items),
        false => read_lists(bytes.as_slice(), &dataset.users, &dataset.items),
    };
    lists.map_err(|source| CliError::Lists { path: path.into(), source })
}
