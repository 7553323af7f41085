//! What shops sell: kinds of things, how they look, and the words for them. A shop is data; how products are made of it,
//! drawn and described is shared.

mod beauty;
mod clothing;
mod music;
mod office;
mod sports;
mod toys;

use serde::{Deserialize, Serialize};

use super::drawing::Silhouette;
use super::playing::Timbre;

/// Where the products come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shop {
    Office,
    Toys,
    Beauty,
    Sports,
    Clothing,
    Music,
}

impl Shop {
    pub const ALL: [Self; 6] =
        [Self::Office, Self::Toys, Self::Beauty, Self::Sports, Self::Clothing, Self::Music];

    pub fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::Office => &office::OFFICE,
            Self::Toys => &toys::TOYS,
            Self::Beauty => &beauty::BEAUTY,
            Self::Sports => &sports::SPORTS,
            Self::Clothing => &clothing::CLOTHING,
            Self::Music => &music::MUSIC,
        }
    }
}

/// Ways to say one thing.
pub type Words = &'static [&'static str];

/// Everything that sets a shop apart. A sentence's `{}` stands for what it is about.
pub struct Catalogue {
    pub kinds: &'static [Kind],
    /// `[kinds]`: how things sound; empty where they are silent.
    pub timbres: &'static [Timbre],
    /// Who makes things. All invented.
    pub brands: Words,
    /// What things are made of, or mostly.
    pub materials: &'static [Words],
    /// Whom or what they are for.
    pub themes: &'static [Words],
    /// What they cost, roughly: nothing is said of the price in the middle.
    pub prices: [Words; 3],
    /// What may stand at the end of a title: a small number, and a letter with three digits.
    pub endings: [&'static str; 2],
    pub material_facts: Words,
    pub theme_facts: Words,
    pub brand_facts: Words,
    /// Sentences that fit anything.
    pub fillers: Words,
}

/// What a product is: its silhouette in the picture, its noun in the text.
pub struct Kind {
    pub names: Words,
    /// What it is good for, in a sentence.
    pub uses: Words,
    /// Those of the shop's materials that suit it.
    pub made_of: &'static [Words],
    pub silhouette: Silhouette,
}

/// The price words of shops that sell things one can hold.
const PRICES: [Words; 3] = [&["Value", "Basic"], &[], &["Premium", "Deluxe"]];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// No two of these say the same.
    fn distinct(words: impl Iterator<Item = &'static str>) -> bool {
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        words.iter().collect::<BTreeSet<_>>().len() == words.len()
    }

    #[test]
    fn every_shop_has_enough_of_everything_and_nothing_twice() {
        let mut brands = Vec::new();
        for shop in Shop::ALL {
            let catalogue = shop.catalogue();
            let counts = [
                catalogue.kinds.len(),
                catalogue.brands.len(),
                catalogue.materials.len(),
                catalogue.themes.len(),
            ];
            assert!(
                counts.iter().zip([12, 8, 6, 6]).all(|(count, least)| *count >= least),
                "{shop:?}: {counts:?}"
            );
            assert!(distinct(catalogue.kinds.iter().flat_map(|kind| kind.names).copied()), "{shop:?}");
            assert!(distinct(catalogue.materials.iter().flat_map(|words| *words).copied()), "{shop:?}");
            assert!(distinct(catalogue.themes.iter().flat_map(|words| *words).copied()), "{shop:?}");
            brands.extend(catalogue.brands);
            assert!(
                catalogue.timbres.is_empty() || catalogue.timbres.len() == catalogue.kinds.len(),
                "{shop:?}"
            );
            for kind in catalogue.kinds {
                assert!(!kind.uses.is_empty() && kind.made_of.len() >= 2, "{:?}", kind.names);
                assert!(
                    kind.made_of.iter().all(|material| catalogue.materials.contains(material)),
                    "{:?}",
                    kind.names
                );
            }
            for facts in
                [catalogue.material_facts, catalogue.theme_facts, catalogue.brand_facts, &catalogue.endings]
            {
                assert!(facts.iter().all(|fact| fact.matches("{}").count() == 1), "{shop:?}: {facts:?}");
            }
        }
        assert!(distinct(brands.into_iter()));
    }
}
