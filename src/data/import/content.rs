//! Feature files and the items that their vectors are of.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1};

use super::identifiers::Identifiers;
use super::table::Table;
use super::{Folder, ImportError, npy};
use crate::data::{Features, Precision};

/// Where a modality's vectors are.
pub enum Source {
    /// A folder of one file an item.
    Files { folder: String, files: Vec<File> },
    /// One file with a row an item, at the item's number.
    Stacked(String),
    /// One file with a row an item, in the order of the lines of another.
    Listed { file: String, order: String },
}

/// A file of one vector.
pub struct File {
    pub item: String,
    pub path: String,
}

impl Source {
    pub fn name(&self) -> &str {
        match self {
            Self::Files { folder, .. } => folder,
            Self::Stacked(file) | Self::Listed { file, .. } => file,
        }
    }
}

/// The modality that a folder or file of this stem describes: `image_feat`, `visual`, `text_features`, …
pub fn modality_of(stem: &str) -> Option<&'static str> {
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

/// The source of each modality in layouts that number their items. A folder goes before a stacked file of the same
/// stem, which a note says; two folders or two files of one modality are refused.
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
    for (directory, paths) in folders.into_iter().filter(|(directory, _)| modality_of(directory).is_some()) {
        let files = paths.into_iter().map(numbered).collect::<Result<_, _>>()?;
        add(directory, Source::Files { folder: directory.into(), files })?;
    }
    for (stem, path) in stacked {
        add(stem, Source::Stacked(path.clone()))?;
    }
    Ok(sources)
}

/// The file of the item whose number it is named by.
fn numbered(path: String) -> Result<File, ImportError> {
    let name = path.rsplit('/').next().unwrap_or(&path);
    let stem = name.split('.').next().unwrap_or(name);
    match stem.parse::<u64>() {
        Ok(item) => Ok(File { item: item.to_string(), path }),
        Err(_) => Err(ImportError::FileName { file: path }),
    }
}

/// The features `[items, dim]` of one modality; items that no file has are marked missing.
pub fn features(
    folder: &dyn Folder,
    modality: &str,
    source: &Source,
    items: &Identifiers,
    notes: &mut Vec<String>,
) -> Result<Features, ImportError> {
    let rows = match source {
        Source::Files { files, .. } => rows_of_files(folder, files, items)?,
        Source::Stacked(file) => rows_of_stack(folder, file, items)?,
        Source::Listed { file, order } => rows_of_list(folder, file, order, items)?,
    };
    rows.features(modality, source.name(), notes)
}

/// Vectors on their way to their items.
pub struct Rows {
    /// `[items]`.
    pub of_item: Vec<Option<Vec<f32>>>,
    pub dim: usize,
    pub precision: Precision,
    /// Vectors of items that are not in the data.
    pub left_out: usize,
}

impl Rows {
    pub fn features(
        mut self,
        modality: &str,
        source: &str,
        notes: &mut Vec<String>,
    ) -> Result<Features, ImportError> {
        let count = self.of_item.len();
        let missing = self.of_item.iter().filter(|row| row.is_none()).count();
        if missing > 0 {
            notes.push(format!("{modality}: no vector for {missing} of {count} items"));
        }
        if self.left_out > 0 {
            let left_out = self.left_out;
            notes.push(format!(
                "{source}: vectors of items that are not in the data were left out, {left_out} in all"
            ));
        }
        let unreadable = |reason| ImportError::Unreadable { file: source.into(), reason };
        let mut values = Vec::new();
        let room = count.checked_mul(self.dim).ok_or(());
        if room.and_then(|room| values.try_reserve_exact(room).map_err(|_| ())).is_err() {
            let reason = format!("{count} items with vectors of length {} do not fit into memory", self.dim);
            return Err(unreadable(reason));
        }
        let present = self.of_item.iter().map(Option::is_some).collect();
        for row in &mut self.of_item {
            match row.take() {
                Some(row) => values.extend(row),
                None => values.extend(std::iter::repeat_n(0.0, self.dim)),
            }
        }
        let values = Array2::from_shape_vec((count, self.dim), values)
            .map_err(|error| unreadable(error.to_string()))?;
        Ok(Features::new(modality, values, present, self.precision, format!("from {source}"))?)
    }
}

fn rows_of_files(folder: &dyn Folder, files: &[File], items: &Identifiers) -> Result<Rows, ImportError> {
    let mut rows =
        Rows { of_item: vec![None; items.names().len()], dim: 1, precision: Precision::F16, left_out: 0 };
    let mut file_of_item = BTreeMap::<usize, &str>::new();
    for File { item, path: file } in files {
        let Some(item) = items.index(item) else {
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

fn rows_of_list(
    folder: &dyn Folder,
    file: &str,
    order: &str,
    items: &Identifiers,
) -> Result<Rows, ImportError> {
    let table = read(folder, file)?;
    let (rows, dim) = table.values.dim();
    let mut of_item = vec![None; items.names().len()];
    let bytes = folder.read(order)?;
    let lines = Table::new(order, &bytes)?;
    let mut line_of_item = BTreeMap::new();
    for (row, line) in lines.rows().enumerate() {
        let line = line?;
        let item = line.integer(0, "item")?;
        if let Some(index) = items.index(&item).filter(|_| row < rows) {
            of_item[index] = Some(finite(table.values.row(row), file, row)?);
        }
        if let Some(first_line) = line_of_item.insert(item.clone(), line.line) {
            let (file, line) = (order.into(), line.line);
            return Err(ImportError::DuplicateRow { file, line, field: "item", value: item, first_line });
        }
    }
    let names = line_of_item.len();
    if names != rows {
        return Err(ImportError::RowNames { file: file.into(), rows, order: order.into(), names });
    }
    let left_out = names - of_item.iter().flatten().count();
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
