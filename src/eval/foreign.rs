use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, BufRead};

use super::Lists;

/// Lists that another system made.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignLists {
    /// By the data's user index. Items that the data do not have got the indices from the number of
    /// items on, in the order in which they appear: they keep their places and are never relevant.
    pub lists: Lists,
    /// The source's identifiers of those items.
    pub unknown_items: Vec<String>,
    /// Number of lines that were left out because the data do not have their user.
    pub unknown_user_lines: usize,
}

/// Why lists cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    #[error("the lists cannot be read: {0}")]
    Read(#[from] io::Error),
    #[error("line {line}: not UTF-8 text")]
    Encoding { line: usize },
    #[error("line {line}: {found} tab-separated columns, but there must be three: user, item, score")]
    Columns { line: usize, found: usize },
    #[error("line {line}: the score `{score}` is not a number (the file must have no header)")]
    Score { line: usize, score: String },
    #[error("line {line}: item `{item}` of user `{user}` is already in line {first}")]
    Duplicate { line: usize, first: usize, user: String, item: String },
}

/// One line of the file.
struct Row {
    user: u32,
    item: u32,
    score: f64,
}

/// Reads `user<TAB>item<TAB>score` lines without a header, in any order; `users` and `items` are the
/// data's identifiers, by index.
///
/// Each user's items are sorted by score, the best first. Of equal scores the earlier line comes first,
/// which is how Elliot reads such files. Empty lines are skipped, and so is a byte order mark.
///
/// # Errors
/// On a line without exactly three columns, a score that is no number or NaN, and an item that a user has
/// twice.
pub fn read_lists(
    mut source: impl BufRead,
    users: &[String],
    items: &[String],
) -> Result<ForeignLists, ForeignError> {
    let user_index: HashMap<&str, u32> = users.iter().map(String::as_str).zip(0..).collect();
    let mut item_index: HashMap<String, u32> = items.iter().cloned().zip(0..).collect();
    let mut unknown_items = Vec::new();
    let mut unknown_user_lines = 0;
    let mut first_line = HashMap::new();
    let mut rows = Vec::new();
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if source.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        let text = str::from_utf8(&bytes).map_err(|_| ForeignError::Encoding { line })?;
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            continue;
        }
        let (user, item, score) = columns(text, line)?;
        let Some(&user_position) = user_index.get(user) else {
            unknown_user_lines += 1;
            continue;
        };
        let position = match item_index.get(item) {
            Some(&position) => position,
            None => {
                let position = (items.len() + unknown_items.len()) as u32;
                item_index.insert(item.to_owned(), position);
                unknown_items.push(item.to_owned());
                position
            }
        };
        match first_line.entry((user_position, position)) {
            Entry::Vacant(entry) => entry.insert(line),
            Entry::Occupied(entry) => {
                let (user, item) = (user.to_owned(), item.to_owned());
                return Err(ForeignError::Duplicate { line, first: *entry.get(), user, item });
            }
        };
        rows.push(Row { user: user_position, item: position, score });
    }
    // A stable sort: lines of equal score stay in the file's order.
    rows.sort_by(|a, b| a.user.cmp(&b.user).then(b.score.total_cmp(&a.score)));
    let mut lists = Lists::with_capacity(users.len(), 0);
    let mut rest = rows.as_slice();
    for user in 0..users.len() as u32 {
        let (own, others) = rest.split_at(rest.partition_point(|row| row.user == user));
        lists.push(own.iter().map(|row| (row.item, row.score as f32)));
        rest = others;
    }
    Ok(ForeignLists { lists, unknown_items, unknown_user_lines })
}

fn columns(text: &str, line: usize) -> Result<(&str, &str, f64), ForeignError> {
    let mut columns = text.split('\t');
    let (Some(user), Some(item), Some(score), None) =
        (columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return Err(ForeignError::Columns { line, found: text.split('\t').count() });
    };
    match score.trim().parse::<f64>() {
        // Adding zero makes -0 into +0, which is the same score.
        Ok(number) if !number.is_nan() => Ok((user, item, number + 0.0)),
        _ => Err(ForeignError::Score { line, score: score.to_owned() }),
    }
}
