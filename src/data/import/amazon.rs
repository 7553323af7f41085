//! What the Amazon dumps have in common: reviews, and products with texts.

use std::borrow::Cow;

use super::identifiers::Identifiers;
use super::lines::{Line, Lines};
use super::raw::{Raw, Reviews};
use super::stream::Report;
use super::texts::Texts;
use super::{Folder, ImportError, Imported, described};
use crate::data::{ItemText, Provenance};

/// One year's files, and how their lines are read.
pub struct Dump<'a> {
    /// As on the command line.
    pub layout: &'static str,
    pub reviews: &'a str,
    pub products: Option<&'a str>,
    pub review: fn(Line) -> Result<Review, ImportError>,
    pub product: fn(Line) -> Result<Product, ImportError>,
}

/// What is kept of a review.
pub struct Review<'a> {
    pub user: Cow<'a, str>,
    pub item: Cow<'a, str>,
    pub rating: f32,
    /// In seconds.
    pub timestamp: i64,
}

/// What is kept of a product.
pub struct Product {
    pub item: String,
    pub text: ItemText,
}

/// The only file that has a kind of name, if there is one.
pub fn only<'a>(
    folder: &'a dyn Folder,
    what: &str,
    is_it: impl Fn(&str) -> bool,
) -> Result<Option<&'a str>, ImportError> {
    let mut found = folder.paths().iter().filter(|path| !path.contains('/') && is_it(path));
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => {
            Err(ImportError::Ambiguous { what: what.into(), first: first.clone(), second: second.clone() })
        }
        (found, _) => Ok(found.map(String::as_str)),
    }
}

/// Interactions, texts, and the textual modality that our own extractor makes of them.
pub fn import(
    dump: &Dump,
    folder: &dyn Folder,
    name: &str,
    raw: &Raw,
    report: Report,
) -> Result<Imported, ImportError> {
    let mut notes = Vec::new();
    let mut reviews = Reviews::default();
    Lines::open(folder, dump.reviews, report)?.each(&mut notes, |line| {
        let Review { user, item, rating, timestamp } = (dump.review)(line)?;
        reviews.add(line, &user, &item, rating, timestamp)
    })?;
    let provenance = Provenance {
        source: format!("{name}, files in the layout of {}", dump.layout),
        licence: "Amazon's reviews: for research only, not to be handed on".into(),
        recipe: format!("import {}", dump.layout),
        synthetic: false,
    };
    let Imported { mut dataset, notes: more } = reviews.prepare(name, provenance, raw)?;
    notes.extend(more);
    let Some(products) = dump.products else {
        notes.push("there is no file of products, so the items have no texts".into());
        return Ok(Imported { dataset, notes });
    };
    let items = Identifiers::in_order(dataset.items.clone());
    let mut texts = Texts::of(&items);
    Lines::open(folder, products, report)?.each(&mut notes, |line| {
        let Product { item, text } = (dump.product)(line)?;
        texts.add(&item, text);
        Ok(())
    })?;
    dataset.texts = texts.finish(products, &mut notes);
    let textual = described::textual(&dataset.texts, &mut notes)?;
    dataset.modalities.extend(textual.map(|features| ("textual".to_owned(), features)));
    Ok(Imported { dataset, notes })
}
