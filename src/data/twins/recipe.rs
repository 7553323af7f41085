use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::shops::Shop;
use crate::data::SplitError;
use crate::features::RATES;

/// What a twin is made from. The file's keys are these fields in kebab-case; all are required.
///
/// A recipe carries published statistics of the data it stands for and dials of its own, never rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipe {
    /// Name of the data set, in lower-case letters, digits and hyphens.
    pub name: String,
    pub seed: u32,
    pub catalogue: Shop,
    pub users: u32,
    pub items: u32,
    /// Interactions per user.
    pub user_degrees: DegreeLaw,
    /// Interactions per item; scaled to add up to those of the users.
    pub item_degrees: DegreeLaw,
    /// Shares of one to five stars; they add up to one.
    pub ratings: [f64; 5],
    pub content: Content,
    /// How items sound: only where the catalogue's things do, and always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sounds: Option<Recording>,
    pub taste: Taste,
    pub published: Published,
}

/// A Pareto law of the second kind (Lomax), shifted and truncated: of the numbers above the minimum,
/// P(X ≥ x) is proportional to (1 + (x − minimum) / scale)^(−shape), up to the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DegreeLaw {
    pub minimum: u32,
    pub maximum: u32,
    /// Positive; how far the bulk reaches above the minimum.
    pub scale: f64,
    /// Positive; the smaller, the heavier the tail.
    pub shape: f64,
}

/// How items are shown and told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Content {
    /// Share of items without a picture, drawn at random.
    pub missing_images: f64,
    /// Share of items with a title only, drawn at random.
    pub missing_descriptions: f64,
    /// How much texts repeat what pictures show: the share of titles that name the colour, of those that name the
    /// pattern, of those that name the build, and of descriptions that name colour and pattern.
    pub told_looks: f64,
    /// Width and height of a picture, in pixels.
    pub thumbnail: u32,
    /// Length of the textual vectors.
    pub text_dimensions: u32,
}

/// How items are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recording {
    /// Samples a second, in hertz.
    pub rate: u32,
    pub seconds: f64,
    /// Share of items without a sound, drawn at random.
    pub missing: f64,
}

impl Recording {
    /// Samples of one sound.
    pub fn length(&self) -> usize {
        (f64::from(self.rate) * self.seconds) as usize
    }
}

/// What people go by. `looks`, `words`, `sound`, `kind` and `crowd` add up to one: `crowd` is the share of choices that
/// follow nothing but what everybody takes; the others weigh what only the picture shows, what only the text says, what only
/// the sound tells, and what all tell, the kind of thing, as `looks` to `words` to `sound` to `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Taste {
    pub looks: f64,
    pub words: f64,
    /// 0 where left out.
    #[serde(default)]
    pub sound: f64,
    pub kind: f64,
    pub crowd: f64,
    /// Share of the choices by taste in which looks, words and sound, those that have a share, must all please (the least
    /// counts); in the others they add up.
    pub conjunction: f64,
    /// How strongly a choice follows taste: an item whose appeal is one standard deviation higher is
    /// e^strength times as likely.
    pub strength: f64,
    /// Like-minded groups: as many for looks as for words, sounds and kinds; a person belongs to one of each,
    /// independently.
    pub circles: u32,
    /// Share of a person's taste (of its variance) that is the circle's.
    pub conformity: f64,
    /// What looks are judged by: weights of colour and pattern.
    pub colour: f64,
    pub pattern: f64,
    /// What words are judged by: weights of brand, material and theme.
    pub brand: f64,
    pub material: f64,
    pub theme: f64,
    /// What sounds are judged by: weights of register, tempo and tone, 0 where left out.
    #[serde(default)]
    pub register: f64,
    #[serde(default)]
    pub tempo: f64,
    #[serde(default)]
    pub tone: f64,
}

/// What is published about the real data, shown beside the twin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// Name of the real data.
    pub name: String,
    pub users: u32,
    pub items: u32,
    pub interactions: u32,
}

impl Published {
    /// Share of all user-item pairs that are interactions.
    pub fn density(&self) -> f64 {
        f64::from(self.interactions) / (f64::from(self.users) * f64::from(self.items))
    }
}

/// A mistake in a recipe.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RecipeError {
    #[error(transparent)]
    Split(#[from] SplitError),
    #[error("recipe: name is {0:?}; it must be made of lower-case letters, digits and hyphens")]
    Name(String),
    #[error("recipe: {field} is {value}; it must be {least} to {most}")]
    Count { field: &'static str, value: u32, least: u32, most: u32 },
    #[error("recipe: {field} is {value}; it must be a number from {least} to {most}")]
    Number { field: &'static str, value: f64, least: f64, most: f64 },
    #[error("recipe: {fields} add up to {sum}; they must add up to 1")]
    Shares { fields: &'static str, sum: f64 },
    #[error("recipe: {fields} are all zero; at least one must be positive")]
    Weights { fields: &'static str },
    #[error("recipe: taste.conjunction is {conjunction}, but only one of looks, words and sound has a share")]
    Conjunction { conjunction: f64 },
    #[error("recipe: things of this catalogue sound, so it needs [sounds]")]
    NoSounds,
    #[error("recipe: things of this catalogue are silent; [sounds] and taste.sound must be left out")]
    Silent,
    #[error("recipe: {field} runs from {minimum} to {maximum}; the minimum must not be above the maximum")]
    Range { field: &'static str, minimum: u32, maximum: u32 },
    #[error(
        "recipe: users have {interactions} interactions in all; {items} items can take {least} to {most}"
    )]
    Total { interactions: u64, items: u32, least: u64, most: u64 },
    #[error(
        "recipe: no way was found to give every user and item its number of interactions with no pair twice"
    )]
    Crowded,
}

/// Largest numbers of users and items of a twin.
const MOST: u32 = 100_000;

impl Recipe {
    /// Whether a twin can be made; the first mistake otherwise.
    ///
    /// # Errors
    /// Any [`RecipeError`] but [`RecipeError::Total`] and [`RecipeError::Crowded`], which show while
    /// generating.
    pub fn check(&self) -> Result<(), RecipeError> {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.name.is_empty() || !self.name.chars().all(plain) {
            return Err(RecipeError::Name(self.name.clone()));
        }
        count("users", self.users, 1, MOST)?;
        count("items", self.items, 2, MOST)?;
        self.user_degrees.check(
            ["user-degrees", "user-degrees.maximum", "user-degrees.scale", "user-degrees.shape"],
            self.items,
        )?;
        self.item_degrees.check(
            ["item-degrees", "item-degrees.maximum", "item-degrees.scale", "item-degrees.shape"],
            self.users,
        )?;
        for &share in &self.ratings {
            number("ratings", share, 0.0, 1.0)?;
        }
        shares("ratings", &self.ratings)?;
        self.content.check()?;
        self.taste.check()?;
        match (self.catalogue.catalogue().sounds(), &self.sounds) {
            (true, Some(sounds)) => sounds.check()?,
            (true, None) => return Err(RecipeError::NoSounds),
            (false, None) if self.taste.sound == 0.0 => {}
            (false, _) => return Err(RecipeError::Silent),
        }
        count("published.users", self.published.users, 1, u32::MAX)?;
        count("published.items", self.published.items, 1, u32::MAX)
    }
}

impl DegreeLaw {
    fn check(&self, [law, maximum, scale, shape]: [&'static str; 4], others: u32) -> Result<(), RecipeError> {
        if self.minimum > self.maximum {
            return Err(RecipeError::Range { field: law, minimum: self.minimum, maximum: self.maximum });
        }
        count(maximum, self.maximum, 1, others)?;
        number(scale, self.scale, 0.01, 1e4)?;
        number(shape, self.shape, 0.05, 50.0)
    }
}

impl Content {
    fn check(&self) -> Result<(), RecipeError> {
        number("content.missing-images", self.missing_images, 0.0, 1.0)?;
        number("content.missing-descriptions", self.missing_descriptions, 0.0, 1.0)?;
        number("content.told-looks", self.told_looks, 0.0, 1.0)?;
        count("content.thumbnail", self.thumbnail, 16, 256)?;
        count("content.text-dimensions", self.text_dimensions, 1, 1024)
    }
}

impl Recording {
    fn check(&self) -> Result<(), RecipeError> {
        count("sounds.rate", self.rate, *RATES.start(), *RATES.end())?;
        number("sounds.seconds", self.seconds, 0.05, 30.0)?;
        number("sounds.missing", self.missing, 0.0, 1.0)
    }
}

impl Taste {
    fn check(&self) -> Result<(), RecipeError> {
        for (field, value) in [
            ("taste.looks", self.looks),
            ("taste.words", self.words),
            ("taste.sound", self.sound),
            ("taste.kind", self.kind),
            ("taste.crowd", self.crowd),
            ("taste.conjunction", self.conjunction),
            ("taste.conformity", self.conformity),
            ("taste.colour", self.colour),
            ("taste.pattern", self.pattern),
            ("taste.brand", self.brand),
            ("taste.material", self.material),
            ("taste.theme", self.theme),
            ("taste.register", self.register),
            ("taste.tempo", self.tempo),
            ("taste.tone", self.tone),
        ] {
            number(field, value, 0.0, 1.0)?;
        }
        let all = [self.looks, self.words, self.sound, self.kind, self.crowd];
        shares("taste.looks, taste.words, taste.sound, taste.kind and taste.crowd", &all)?;
        let with_share = all[..3].iter().filter(|share| **share > 0.0).count();
        if self.conjunction > 0.0 && with_share < 2 {
            return Err(RecipeError::Conjunction { conjunction: self.conjunction });
        }
        number("taste.strength", self.strength, 0.0, 10.0)?;
        count("taste.circles", self.circles, 1, 1000)?;
        if self.colour + self.pattern == 0.0 {
            return Err(RecipeError::Weights { fields: "taste.colour and taste.pattern" });
        }
        if self.brand + self.material + self.theme == 0.0 {
            return Err(RecipeError::Weights { fields: "taste.brand, taste.material and taste.theme" });
        }
        if self.sound > 0.0 && self.register + self.tempo + self.tone == 0.0 {
            return Err(RecipeError::Weights { fields: "taste.register, taste.tempo and taste.tone" });
        }
        Ok(())
    }
}

fn count(field: &'static str, value: u32, least: u32, most: u32) -> Result<(), RecipeError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(RecipeError::Count { field, value, least, most })
    }
}

fn number(field: &'static str, value: f64, least: f64, most: f64) -> Result<(), RecipeError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(RecipeError::Number { field, value, least, most })
    }
}

fn shares(fields: &'static str, values: &[f64]) -> Result<(), RecipeError> {
    let sum: f64 = values.iter().sum();
    if (sum - 1.0).abs() < 1e-9 { Ok(()) } else { Err(RecipeError::Shares { fields, sum }) }
}
