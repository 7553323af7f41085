use super::sheet::{SheetError, thumbnails};
use super::{Extractor, Pixels, Reads, Sound};
use crate::data::{Dataset, ItemText};

/// Something of an item's: nothing where it has none, the reason where what it has cannot be used.
pub type Reading<T> = Option<Result<T, String>>;

/// What there is of all items for extractors to read.
pub struct Material<'a> {
    pub items: usize,
    /// `[items]`; none where the data have no thumbnails.
    pub thumbnails: Option<Vec<Reading<Pixels>>>,
    /// `[items]`, or empty.
    pub texts: &'a [ItemText],
    /// Each item's sound, asked for when it is needed: a minute of it is as large as a thousand thumbnails.
    pub sounds: Option<Box<dyn Fn(usize) -> Reading<Sound> + 'a>>,
}

impl<'a> Material<'a> {
    /// What the extractors read of a data set.
    pub fn of(dataset: &'a Dataset, extractors: &[Extractor]) -> Result<Self, SheetError> {
        let read = |what| extractors.iter().any(|extractor| extractor.description().reads == what);
        let sheet = dataset.thumbnails.as_ref().filter(|_| read(Reads::Thumbnails));
        Ok(Self {
            items: dataset.items.len(),
            thumbnails: sheet.map(thumbnails).transpose()?,
            texts: &dataset.texts,
            sounds: dataset.sounds.as_ref().filter(|_| read(Reads::Sounds)).map(|sounds| {
                let read = |item| {
                    Some(Sound::of_integers(sounds.rate, sounds.of(item)?).map_err(|error| error.to_string()))
                };
                Box::new(read) as Box<dyn Fn(usize) -> Reading<Sound>>
            }),
        })
    }
}
