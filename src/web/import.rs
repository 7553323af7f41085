//! Importing what a reader dropped on the page.

use std::io::{self, Read};

use wasm_bindgen::prelude::*;

use super::failure::Failure;
use super::value::{from_js, to_js};
use crate::data::import::{Folder, Head, ImportError, Imported, Opened, Recognised, Wanted};
use crate::data::{Dataset, DatasetSummary, Subsample, subsample, write_bundle};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Recognised")]
    pub type JsRecognised;
    #[wasm_bindgen(typescript_type = "Head")]
    pub type JsHead;
    #[wasm_bindgen(typescript_type = "Wanted")]
    pub type JsWanted;
    #[wasm_bindgen(typescript_type = "DatasetSummary")]
    pub type JsSummary;
    /// Bytes of a file by its place in the list of files, from a byte on and up to another; throws when it cannot be read.
    #[wasm_bindgen(typescript_type = "(file: number, from: number, to: number) => Uint8Array")]
    pub type JsRead;
}

/// Bytes that are asked for at once.
const PIECE: u64 = 1 << 20;
/// Bytes of the largest file that is held; those that are read from start to end are not.
const LARGEST: u64 = 1 << 30;
/// Of the users that are drawn.
const SEED: u32 = 1;

/// Files that the page reads where they lie, piece by piece.
struct PageFolder {
    paths: Vec<String>,
    /// In their order: the place of each file in the page's list, and its size in bytes.
    files: Vec<(usize, u64)>,
    read: js_sys::Function,
}

/// The bytes of a file from a place on.
struct Pieces<'a> {
    read: &'a js_sys::Function,
    file: usize,
    /// What was read last, and how much of it was taken.
    piece: Vec<u8>,
    taken: usize,
    at: u64,
    size: u64,
}

impl Folder for PageFolder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, ImportError> {
        let missing = |_| ImportError::Unreadable { file: path.into(), reason: "it does not exist".into() };
        let at = self.paths.binary_search_by(|known| known.as_str().cmp(path)).map_err(missing)?;
        let (file, size) = self.files[at];
        let pieces = Pieces { read: &self.read, file, piece: Vec::new(), taken: 0, at: 0, size };
        Ok(Opened { content: Box::new(pieces), size })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ImportError> {
        let Opened { mut content, size } = self.open(path)?;
        if size > LARGEST {
            let (file, megabyte) = (path.into(), 1_000_000);
            return Err(ImportError::TooLarge { file, size: size / megabyte, most: LARGEST / megabyte });
        }
        let mut bytes = Vec::with_capacity(size as usize);
        let unreadable =
            |error: io::Error| ImportError::Unreadable { file: path.into(), reason: error.to_string() };
        content.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.piece.len() {
            let to = self.size.min(self.at + PIECE);
            if to == self.at {
                return Ok(0);
            }
            let (file, from) = (self.file as f64, self.at as f64);
            let read = self.read.call3(&JsValue::NULL, &file.into(), &from.into(), &(to as f64).into());
            self.piece = js_sys::Uint8Array::new(&read.map_err(reason)?).to_vec();
            self.taken = 0;
            self.at += self.piece.len() as u64;
        }
        let left = &self.piece[self.taken..];
        let count = left.len().min(room.len());
        room[..count].copy_from_slice(&left[..count]);
        self.taken += count;
        Ok(count)
    }
}

/// What the browser says of a file that it cannot read.
fn reason(thrown: JsValue) -> io::Error {
    let message =
        js_sys::Reflect::get(&thrown, &"message".into()).ok().and_then(|message| message.as_string());
    io::Error::other(message.unwrap_or_else(|| "the browser does not say why".into()))
}

/// Files on their way to a bundle.
#[wasm_bindgen]
pub struct Dropped {
    folder: PageFolder,
    imported: Option<Imported>,
    /// What is taken of the data, if not all.
    part: Option<Dataset>,
}

#[wasm_bindgen]
impl Dropped {
    /// Files by their paths and their sizes in bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(paths: Vec<String>, sizes: Vec<f64>, read: JsRead) -> Self {
        let mut sorted: Vec<_> = paths.into_iter().zip(sizes).enumerate().collect();
        sorted.sort_by(|(_, (one, _)), (_, (other, _))| one.cmp(other));
        let files = sorted.iter().map(|(file, (_, size))| (*file, *size as u64)).collect();
        let paths = sorted.into_iter().map(|(_, (path, _))| path).collect();
        let folder = PageFolder { paths, files, read: read.unchecked_into() };
        Self { folder, imported: None, part: None }
    }

    /// Whose layout the files have; throws a `Failure` when it is nobody's.
    pub fn recognise(&self) -> Result<JsRecognised, JsValue> {
        to_js(&Recognised::of(&self.folder).map_err(failed)?)
    }

    /// The first rows of a file.
    pub fn head(&self, file: &str, rows: usize) -> Result<JsHead, JsValue> {
        to_js(&Head::of(&self.folder, file, rows).map_err(failed)?)
    }

    /// Makes data of the files; throws a `Failure` when they cannot be used.
    pub fn import(&mut self, wanted: JsWanted) -> Result<JsSummary, JsValue> {
        (self.imported, self.part) = (None, None);
        let imported = from_js::<Wanted>(&wanted)?.import(&self.folder, &|_| {}).map_err(failed)?;
        let summary = DatasetSummary::of(&imported.dataset);
        self.imported = Some(imported);
        to_js(&summary)
    }

    /// What the importer has to say.
    pub fn notes(&self) -> Vec<String> {
        self.imported.iter().flat_map(|imported| imported.notes.clone()).collect()
    }

    /// Takes so many users of the data, all when there is no number, and then the core.
    pub fn take(&mut self, users: Option<u32>, core: u32) -> Result<JsSummary, JsValue> {
        let dataset = &self.imported.as_ref().ok_or_else(nothing)?.dataset;
        self.part = None;
        if users.is_some() || core > 1 {
            let users = users.map(|users| users as usize);
            let wanted = Subsample { users, core: core as usize, seed: SEED };
            let part = subsample(dataset, &wanted).map_err(|error| failed(error.into()))?;
            self.part = Some(part);
        }
        to_js(&DatasetSummary::of(self.part.as_ref().unwrap_or(dataset)))
    }

    /// What was taken, as a bundle's bytes.
    pub fn bundle(&self) -> Result<Vec<u8>, JsValue> {
        let all = self.imported.as_ref().map(|imported| &imported.dataset);
        Ok(write_bundle(self.part.as_ref().or(all).ok_or_else(nothing)?))
    }
}

fn failed(error: ImportError) -> Failure {
    Failure::new("import", &error.to_string())
}

fn nothing() -> Failure {
    Failure::new("import", "nothing has been imported yet")
}
