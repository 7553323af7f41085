//! Statistical twins: data that copy published statistics of real data and make up everything else.
//!
//! Products are drawn and written from the same attributes; people like some attributes better than others;
//! so it is known how much looks and words can help a recommender, and how they interact.

mod catalogue;
mod drawing;
mod interactions;
mod people;
mod playing;
mod recipe;
mod shops;
mod writing;

pub use catalogue::{
    Attribute, Build, Colour, Pattern, Price, Product, Register, Rhythm, Scale, Tempo, Tone, Tune,
};
pub use drawing::picture;
pub use people::Appeal;
pub use playing::Timbre;
pub use recipe::{Content, DegreeLaw, Published, Recipe, RecipeError, Recording, Taste};
pub use shops::{Catalogue, Kind, Shop, Words};

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;

use super::{Dataset, Provenance, Sounds, sheet};
use crate::features::{audio, textual, visual};
use crate::random::{Draw, Stream, generator};
use crate::schema::Split;

/// A generated data set and the truth behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Twin {
    pub dataset: Dataset,
    /// `[items]`.
    pub products: Vec<Product>,
    /// `[users]`.
    pub appeals: Vec<Appeal>,
}

/// The twin of a recipe: the same one every time.
///
/// # Errors
/// The first mistake in the recipe, as a [`RecipeError`].
pub fn generate(recipe: &Recipe) -> Result<Dataset, RecipeError> {
    Twin::generate(recipe).map(|twin| twin.dataset)
}

impl Twin {
    /// [`generate`], with the products and tastes that the data come from.
    ///
    /// # Errors
    /// The first mistake in the recipe, as a [`RecipeError`].
    pub fn generate(recipe: &Recipe) -> Result<Self, RecipeError> {
        recipe.check()?;
        let mut random = generator(u64::from(recipe.seed), Stream::Twin);
        let products = products(recipe.catalogue, recipe.items, &mut random);
        let shown = all_but(recipe.content.missing_images, recipe.items, &mut random);
        let described = all_but(recipe.content.missing_descriptions, recipe.items, &mut random);
        let appeals = people::appeals(
            recipe.catalogue.catalogue(),
            recipe.users,
            &products,
            &recipe.taste,
            &mut random,
        );
        let interactions = interactions::interactions(recipe, &appeals, &mut random)?;
        let texts: Vec<_> = products
            .iter()
            .zip(described)
            .map(|(product, described)| {
                writing::text(product, described, recipe.content.told_looks, &mut random)
            })
            .collect();
        let pictures: Vec<_> = products
            .iter()
            .zip(shown)
            .map(|(product, shown)| shown.then(|| picture(product, recipe.content.thumbnail, &mut random)))
            .collect();
        let sounds = recipe
            .sounds
            .as_ref()
            .map(|recording| sounds(recipe.catalogue, recording, &products, &mut random));
        let mut modalities = BTreeMap::from([
            ("visual".to_owned(), visual(&pictures)),
            (
                "textual".to_owned(),
                textual(&texts, recipe.content.text_dimensions as usize, recipe.seed.into()),
            ),
        ]);
        if let Some(sounds) = &sounds {
            modalities.insert("audio".to_owned(), audio(sounds));
        }
        let dataset = Dataset {
            name: recipe.name.clone(),
            provenance: provenance(recipe, interactions.len()),
            users: (1..=recipe.users).map(|user| format!("U{user:05}")).collect(),
            items: (1..=recipe.items).map(|item| format!("P{item:05}")).collect(),
            interactions,
            modalities,
            texts,
            thumbnails: sheet::drawings(&pictures),
            sounds,
        };
        let dataset = dataset.resplit(Split::Random, recipe.seed)?;
        Ok(Self { dataset, products, appeals })
    }
}

/// As many of each kind as of any other, give or take one, in random order.
fn products(shop: Shop, count: u32, random: &mut ChaCha8Rng) -> Vec<Product> {
    let mut kinds: Vec<usize> = (0..shop.catalogue().kinds.len()).cycle().take(count as usize).collect();
    random.shuffle(&mut kinds);
    kinds.into_iter().map(|kind| Product::draw(shop, kind, random)).collect()
}

/// What the products sound like.
fn sounds(shop: Shop, recording: &Recording, products: &[Product], random: &mut ChaCha8Rng) -> Sounds {
    let Recording { rate, missing, .. } = *recording;
    let length = recording.length();
    let timbres = shop.catalogue().timbres;
    let mut present = all_but(missing, products.len() as u32, random);
    let mut samples = Vec::with_capacity(products.len() * length);
    for (product, present) in products.iter().zip(&mut present) {
        match (timbres.get(product.kind), product.tune) {
            (Some(timbre), Some(tune)) if *present => {
                samples.extend(playing::play(timbre, &tune, rate, length, random));
            }
            _ => {
                *present = false;
                samples.resize(samples.len() + length, 0);
            }
        }
    }
    Sounds { rate, length, samples, present }
}

/// `count` flags of which the share `missing`, rounded to whole items, is false at random places.
fn all_but(missing: f64, count: u32, random: &mut ChaCha8Rng) -> Vec<bool> {
    let missing = libm::round(missing * f64::from(count)) as u32;
    let mut flags: Vec<bool> = (0..count).map(|at| at >= missing).collect();
    random.shuffle(&mut flags);
    flags
}

fn provenance(recipe: &Recipe, interactions: usize) -> Provenance {
    let Recipe { name, users, items, taste, published, .. } = recipe;
    let density = interactions as f64 / (f64::from(*users) * f64::from(*items));
    let shares = [
        ("looks", taste.looks),
        ("words", taste.words),
        ("sound", taste.sound),
        ("kind", taste.kind),
        ("crowd", taste.crowd),
    ];
    let shares: Vec<String> = shares
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(what, share)| format!("{what} {:.0} %", 100.0 * share))
        .collect();
    Provenance {
        source: format!(
            "Synthetic: a statistical twin of {}. {users} users, {items} items and {interactions} \
             interactions (density {:.2} %) stand for {}, {} and {} (density {:.2} %). Products, pictures, \
             texts and tastes are made up; what taste weighs: {}.",
            published.name,
            density * 100.0,
            published.users,
            published.items,
            published.interactions,
            published.density() * 100.0,
            shares.join(", "),
        ),
        licence: "CC0-1.0".into(),
        recipe: format!("fusebox twin datasets-small/{name}.toml -o {name}.fbx"),
        synthetic: true,
    }
}
