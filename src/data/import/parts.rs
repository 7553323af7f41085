use super::interactions::Record;
use super::table::{Row, Table};
use super::{Folder, ImportError};
use crate::data::Part;

/// The stems that each part's file may have.
const PARTS: [(Part, &[&str], &str); 3] = [
    (Part::Train, &["train"], "train.txt or train.tsv"),
    (Part::Validation, &["val", "valid", "validation"], "val.txt or val.tsv"),
    (Part::Test, &["test"], "test.txt or test.tsv"),
];

/// The interactions of `train`, `val` and `test`, each `.txt` or `.tsv`: tab-separated without a header, the user, the
/// item and, if known, the rating and the timestamp. Ratings count only if train has them.
pub fn read<'a>(
    folder: &'a dyn Folder,
    layout: &'static str,
    item: impl Fn(&Row) -> Result<String, ImportError>,
) -> Result<Vec<Record<'a>>, ImportError> {
    let mut files = Vec::new();
    for (part, stems, expected) in PARTS {
        files.push((part, path_of(folder, layout, stems, expected)?));
    }
    let mut records = Vec::new();
    let mut rated = true;
    for (part, path) in files {
        let bytes = folder.read(path)?;
        let table = Table::new(path, &bytes)?;
        if part == Part::Train {
            rated = table.columns() > 2;
        }
        read_part(path, &table, part, rated, &item, &mut records)?;
    }
    Ok(records)
}

fn path_of<'a>(
    folder: &'a dyn Folder,
    layout: &'static str,
    stems: &[&str],
    expected: &'static str,
) -> Result<&'a str, ImportError> {
    let is_part = |path: &&String| {
        path.strip_suffix(".txt")
            .or_else(|| path.strip_suffix(".tsv"))
            .is_some_and(|stem| stems.contains(&stem))
    };
    let mut found = folder.paths().iter().filter(is_part);
    match (found.next(), found.next()) {
        (None, _) => Err(ImportError::MissingFile { layout, expected }),
        (Some(path), None) => Ok(path),
        (Some(first), Some(second)) => {
            let what = format!("{} part", stems[0]);
            Err(ImportError::Ambiguous { what, first: first.clone(), second: second.clone() })
        }
    }
}

fn read_part<'a>(
    file: &'a str,
    table: &Table,
    part: Part,
    rated: bool,
    item: impl Fn(&Row) -> Result<String, ImportError>,
    records: &mut Vec<Record<'a>>,
) -> Result<(), ImportError> {
    if table.is_empty() {
        return Err(ImportError::EmptyPart { file: file.into(), part });
    }
    let columns = table.columns();
    if columns < 2 || (rated && columns < 3) {
        let expected = if rated { "user, item and rating" } else { "user and item" };
        return Err(ImportError::Columns {
            file: file.into(),
            line: 1,
            found: columns,
            expected: expected.into(),
        });
    }
    for row in table.rows() {
        let row = row?;
        records.push(Record {
            user: row.identifier(0, "user")?,
            item: item(&row)?,
            rating: if rated { row.rating(2)? } else { 1.0 },
            timestamp: if columns > 3 { row.timestamp(3)? } else { 0 },
            part,
            file,
            line: row.line,
        });
    }
    Ok(())
}
