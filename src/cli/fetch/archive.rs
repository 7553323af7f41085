use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder};

use super::content::BUFFER;
use super::error::FetchError;
use crate::cli::{CliError, files};

/// An archive may grow by this factor, and by [`FREE_GROWTH`] beyond, so that a small one cannot fill the disk.
const GROWTH: u64 = 64;
const FREE_GROWTH: u64 = 16 << 20;

/// Whether a path names something below the folder that it is seen from.
pub fn is_below(path: &str) -> bool {
    !path.contains('\\') && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Unpacks what lies below a folder of a ZIP archive into the folder where the archive is. No path in the archive may lead
/// out of it, and none of `taken`, the names of what was fetched, is written over.
pub fn unpack(path: &Path, below: &str, taken: &[&str]) -> Result<(), CliError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unreadable = |source| CliError::Read { path: path.into(), source };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let damaged = |reason: String| FetchError::Archive { archive: name.clone(), reason };
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipArchive::from_file(file, &mut buffer).map_err(|error| damaged(error.to_string()))?;

    let mut members = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(|error| damaged(error.to_string()))? {
        let path = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let inside = Path::new(&path).strip_prefix(below).map(Path::to_owned);
        let over = |inside: &PathBuf| taken.iter().any(|taken| inside.starts_with(taken));
        if !is_below(&path) || inside.as_ref().is_ok_and(over) {
            return Err(FetchError::Path { archive: name, path }.into());
        }
        if let (Ok(inside), false) = (inside, entry.is_dir()) {
            members.push(Member { inside, method: entry.compression_method(), at: entry.wayfinder() });
        }
    }
    if members.is_empty() {
        return Err(FetchError::NoFolder { archive: name, folder: below.into() }.into());
    }

    let folder = path.parent().unwrap_or(Path::new("."));
    let limit = size.saturating_mul(GROWTH).saturating_add(FREE_GROWTH);
    let mut room = limit;
    for Member { inside, method, at } in members {
        let damaged = |reason: String| damaged(format!("{}: {reason}", inside.display()));
        let entry = archive.get_entry(at).map_err(|error| damaged(error.to_string()))?;
        let unpacked: Box<dyn Read> = match method {
            CompressionMethod::STORE => Box::new(entry.reader()),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(entry.reader())),
            other => return Err(damaged(format!("it is packed by {other:?}, not by DEFLATE")).into()),
        };
        let mut unpacked = entry.verifying_reader(unpacked);
        let mut draft = files::Draft::at(&place(folder, &inside)?)?;
        let mut buffer = vec![0; BUFFER];
        loop {
            let count = unpacked.read(&mut buffer).map_err(|error| damaged(error.to_string()))?;
            if count == 0 {
                break;
            }
            let left = room.checked_sub(count as u64);
            room = left.ok_or_else(|| FetchError::Growth { archive: name.clone(), limit })?;
            draft.write(&buffer[..count])?;
        }
        draft.close()?;
    }
    Ok(())
}

/// A file in an archive.
struct Member {
    /// Below the folder that is unpacked.
    inside: PathBuf,
    method: CompressionMethod,
    at: ZipArchiveEntryWayfinder,
}

/// The place of a file below a folder, with the folders above it made.
fn place(folder: &Path, inside: &Path) -> Result<PathBuf, CliError> {
    let place = folder.join(inside);
    if let Some(above) = place.parent() {
        fs::create_dir_all(above).map_err(|source| CliError::Write { path: above.into(), source })?;
    }
    Ok(place)
}
