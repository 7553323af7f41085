use thiserror::Error;

use super::lock;

/// Why a file did not come, or is not what it should be.
#[derive(Debug, Error)]
pub enum FetchError {
    #[error("{url} cannot be fetched: {reason}")]
    Refused { url: String, reason: String },
    #[error(
        "{name} has come as far as {length} bytes{of}: {reason}; they are kept, and the same command goes on from there",
        of = total.map(|total| format!(" of {total}")).unwrap_or_default()
    )]
    Interrupted { name: String, length: u64, total: Option<u64>, reason: String },
    #[error("{name} has {found} bytes; its recipe says {expected}")]
    Size { name: String, found: u64, expected: u64 },
    #[error("{name} goes on after {expected} bytes, its size by its recipe or when it was first fetched")]
    TooLong { name: String, expected: u64 },
    #[error("{name} has the SHA-256 {found}; its recipe says {expected}")]
    Digest { name: String, found: String, expected: String },
    #[error("{name} has the MD5 {found}; its host says {expected}")]
    Md5 { name: String, found: String, expected: String },
    #[error("{name} has {found} bytes and had {expected} when it was first fetched; {}", accept())]
    ChangedSize { name: String, found: u64, expected: u64 },
    #[error("{name} has the SHA-256 {found} and had {expected} when it was first fetched; {}", accept())]
    Changed { name: String, found: String, expected: String },
    #[error("{file} is there and not what it should be, so nothing was fetched in its place: {problem}")]
    There { file: String, problem: Box<FetchError> },
    #[error("{file} is being written by another fetch")]
    Busy { file: String },
    #[error("{archive} cannot be unpacked: {reason}")]
    Archive { archive: String, reason: String },
    #[error("{archive} cannot be unpacked: the path \"{path}\" in it leads elsewhere")]
    Path { archive: String, path: String },
    #[error(
        "{archive} cannot be unpacked: it grows to more than {limit} bytes, the most for an archive of its size"
    )]
    Growth { archive: String, limit: u64 },
    #[error("{archive} has no files below \"{folder}\"")]
    NoFolder { archive: String, folder: String },
    #[error("no file of {recipe} can be left out for \"{modality}\"; {known}")]
    Without { recipe: String, modality: String, known: String },
}

fn accept() -> String {
    format!("if its source has rightly changed it, delete its lines in {} and fetch again", lock::NAME)
}
