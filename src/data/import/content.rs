//! Feature files of layouts that number their items.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1};

use super::identifiers::Identifiers;
use super::{Folder, ImportError, npy};
use crate::data::{Features, Precision};

/// Where a modality's vectors are.
pub enum Source {
    /// A folder of one file an item, named by the item's number.
    Files { folder: String, files: Vec<String> },
    /// One file with a row an item, at the item's number.
    Stacked(String),
}

impl Source {
    fn name(&self) -> &str {
        match self {
            Self::Files { folder, .. } => folder,
            Self::Stacked(file) => file,
        }
    }
}

/// The modality that a folder or file of this stem describes: `image_feat`, `visual`, `text_features`, …
fn modality_of(stem: &str) -> Option<&'static str> {
    let (sense, rest) = stem.split_once('_').unwrap_or((stem, ""));
    if !["", "feat", "feats", "feature", "features", "embeddings", "embeddings_indexed"].contains(&rest) {
        return None;
    }
    match sense {
        "image" | "images" | "visual" => Some("visual"),
        "text" | "texts" | "textual" => Some("textual"),
        "audio" => Some("audio"),
        _ => None,
    }
}

/// The source of each modality. A folder goes before a stacked file of the same stem, which a note says; two folders or
/// two files of one modality are refused.
pub fn sources(
    folder: &dyn Folder,
    notes: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, Source>, ImportError> {
    let mut folders = BTreeMap::<&str, Vec<String>>::new();
    let mut stacked = Vec::new();
    for path in folder.paths() {
        let Some(stem) = path.strip_suffix(".npy") else { continue };
        match stem.split_once('/') {
            Some((directory, file)) if !file.contains('/') => {
                folders.entry(directory).or_default().push(path.clone());
            }
            Some(_) => {}
            None => stacked.push((stem, path)),
        }
    }
    let mut sources = BTreeMap::<&'static str, Source>::new();
    let mut add = |stem: &str, source: Source| {
        let Some(modality) = modality_of(stem) else { return Ok(()) };
        let Some(first) = sources.get(modality) else {
            sources.insert(modality, source);
            return Ok(());
        };
        let (first, second) = (first.name().to_owned(), source.name().to_owned());
        if first == stem {
            notes.push(format!("{second} was left out in favour of the folder {first}"));
            return Ok(());
        }
        Err(ImportError::Ambiguous { what: format!("source of the {modality} features"), first, second })
    };
    for (directory, files) in folders {
        add(directory, Source::Files { folder: directory.into(), files })?;
    }
    for (stem, path) in stacked {
        add(stem, Source::Stacked(path.clone()))?;
    }
    Ok(sources)
}

/// The features `[items, dim]` of one modality; items that no file has are marked missing.
pub fn features(
    folder: &dyn Folder,
    modality: &str,
    source: &Source,
    items: &Identifiers,
    notes: &mut Vec<String>,
) -> Result<Features, ImportError> {
    let mut rows = match source {
        Source::Files { files, .. } => rows_of_files(folder, files, items)?,
        Source::Stacked(file) => rows_of_stack(folder, file, items)?,
    };
    let missing = rows.of_item.iter().filter(|row| row.is_none()).count();
    if missing > 0 {
        notes.push(format!("{modality}: no vector for {missing} of {} items", items.names().len()));
    }
    if rows.left_out > 0 {
        let (name, count) = (source.name(), rows.left_out);
        notes.push(format!("{name}: vectors of items without interactions were left out, {count} in all"));
    }
    let count = items.names().len();
    let mut values = Vec::new();
    let room = count.checked_mul(rows.dim).ok_or(());
    if room.and_then(|room| values.try_reserve_exact(room).map_err(|_| ())).is_err() {
        let reason = format!("{count} items with vectors of length {} do not fit into memory", rows.dim);
        return Err(ImportError::Unreadable { file: source.name().into(), reason });
    }
    let present = rows.of_item.iter().map(Option::is_some).collect();
    for row in &mut rows.of_item {
        match row.take() {
            Some(row) => values.extend(row),
            None => values.extend(std::iter::repeat_n(0.0, rows.dim)),
        }
    }
    let values = Array2::from_shape_vec((count, rows.dim), values)
        .map_err(|error| ImportError::Unreadable { file: source.name().into(), reason: error.to_string() })?;
    Ok(Features::new(modality, values, present, rows.precision, format!("from {}", source.name()))?)
}

/// Vectors on their way to their items.
struct Rows {
    /// `[items]`.
    of_item: Vec<Option<Vec<f32>>>,
    dim: usize,
    precision: Precision,
    /// Vectors of items that are not in the data.
    left_out: usize,
}

fn rows_of_files(folder: &dyn Folder, files: &[String], items: &Identifiers) -> Result<Rows, ImportError> {
    let mut rows =
        Rows { of_item: vec![None; items.names().len()], dim: 1, precision: Precision::F16, left_out: 0 };
    let mut file_of_item = BTreeMap::<usize, &str>::new();
    for file in files {
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.split('.').next().unwrap_or(name);
        let item: u64 = stem.parse().map_err(|_| ImportError::FileName { file: file.clone() })?;
        let Some(item) = items.index(&item.to_string()) else {
            rows.left_out += 1;
            continue;
        };
        let first_file = file_of_item.values().next().copied();
        if let Some(first) = file_of_item.insert(item, file) {
            let what = format!("vector of item {}", items.names()[item]);
            return Err(ImportError::Ambiguous { what, first: first.into(), second: file.clone() });
        }
        let table = read(folder, file)?;
        let (count, dim) = table.values.dim();
        if count != 1 {
            return Err(ImportError::NotOneVector { file: file.clone(), rows: count, dim });
        }
        match first_file {
            None => rows.dim = dim,
            Some(first_file) if dim != rows.dim => {
                let (first_file, expected) = (first_file.into(), rows.dim);
                return Err(ImportError::Length { file: file.clone(), found: dim, first_file, expected });
            }
            Some(_) => {}
        }
        if table.precision == Precision::F32 {
            rows.precision = Precision::F32;
        }
        rows.of_item[item] = Some(finite(table.values.row(0), file, 0)?);
    }
    Ok(rows)
}

fn rows_of_stack(folder: &dyn Folder, file: &str, items: &Identifiers) -> Result<Rows, ImportError> {
    let table = read(folder, file)?;
    let (count, dim) = table.values.dim();
    let of_item = items.names().iter().map(|item| {
        let row = item.parse().ok().filter(|&row: &usize| row < count);
        let row = row.ok_or_else(|| ImportError::TooFewRows {
            file: file.into(),
            rows: count,
            item: item.clone(),
        })?;
        Ok(Some(finite(table.values.row(row), file, row)?))
    });
    let of_item = of_item.collect::<Result<Vec<_>, ImportError>>()?;
    let left_out = count - of_item.len();
    Ok(Rows { of_item, dim, precision: table.precision, left_out })
}

fn read(folder: &dyn Folder, file: &str) -> Result<npy::Table, ImportError> {
    npy::read(&folder.read(file)?).map_err(|source| ImportError::Npy { file: file.into(), source })
}

fn finite(values: ArrayView1<f32>, file: &str, row: usize) -> Result<Vec<f32>, ImportError> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(column) => Err(ImportError::NotFinite { file: file.into(), row, column, value: values[column] }),
        None => Ok(values.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::modality_of;

    #[test]
    fn names_of_the_layouts_are_known_and_others_are_not() {
        for (stem, modality) in [
            ("image_feat", Some("visual")),
            ("visual", Some("visual")),
            ("visual_embeddings_indexed", Some("visual")),
            ("text_feat", Some("textual")),
            ("textual_features", Some("textual")),
            ("audio_feat", Some("audio")),
            ("user_graph_dict", None),
            ("text_adj_10", None),
        ] {
            assert_eq!(modality_of(stem), modality, "{stem}");
        }
    }
}
