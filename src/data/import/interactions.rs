use super::ImportError;
use super::identifiers::Identifiers;
use crate::data::{Interaction, Part};

/// An interaction as a file has it, and where.
pub struct Record<'a> {
    pub user: String,
    pub item: String,
    pub rating: f32,
    pub timestamp: i64,
    pub part: Part,
    pub file: &'a str,
    pub line: usize,
}

/// Interactions by index, and whom the indices mean.
pub struct Indexed {
    pub users: Identifiers,
    pub items: Identifiers,
    /// Sorted by user, then item.
    pub interactions: Vec<Interaction>,
}

/// Numbers users and items and sorts; fails on a pair that occurs twice.
pub fn index(records: &[Record]) -> Result<Indexed, ImportError> {
    let users = Identifiers::ascending(records.iter().map(|record| record.user.as_str()));
    let items = Identifiers::ascending(records.iter().map(|record| record.item.as_str()));
    let pair = |record: &Record| (users.index(&record.user), items.index(&record.item));
    let mut sorted: Vec<_> = records.iter().map(|record| (pair(record), record)).collect();
    // Stable, so that of two records of a pair the one that was read first comes first.
    sorted.sort_by_key(|(pair, _)| *pair);
    if let Some([(_, first), (_, second)]) = sorted.array_windows().find(|[(a, _), (b, _)]| a == b) {
        return Err(ImportError::DuplicatePair {
            file: second.file.into(),
            line: second.line,
            user: second.user.clone(),
            item: second.item.clone(),
            first_file: first.file.into(),
            first_line: first.line,
        });
    }
    let interactions = sorted
        .into_iter()
        .filter_map(|((user, item), &Record { rating, timestamp, part, .. })| {
            Some(Interaction { user: user? as u32, item: item? as u32, rating, timestamp, part })
        })
        .collect();
    Ok(Indexed { users, items, interactions })
}
