//! Users with tastes that are known, because they are made here.

use rand_chacha::ChaCha8Rng;

use super::catalogue::{Attribute, Brand, Colour, Kind, Material, Pattern, Product, Theme};
use super::recipe::Taste;
use crate::random::Draw;

/// How much one person likes every product, apart from what others think.
#[derive(Clone, Debug, PartialEq)]
pub struct Appeal {
    /// `[items]`: of the picture; mean zero and variance one over the items.
    pub looks: Vec<f64>,
    /// `[items]`: of the text; mean zero and variance one over the items.
    pub words: Vec<f64>,
}

impl Appeal {
    /// What counts where looks and words add up: `[items]`, variance one where they are independent.
    pub fn weighed(&self, taste: &Taste) -> Vec<f64> {
        let length = (taste.looks * taste.looks + taste.words * taste.words).sqrt().max(f64::MIN_POSITIVE);
        let (looks_share, words_share) = (taste.looks / length, taste.words / length);
        self.looks
            .iter()
            .zip(&self.words)
            .map(|(looks, words)| looks_share * looks + words_share * words)
            .collect()
    }

    /// What counts where both must please: `[items]`, the lesser of the two.
    pub fn lesser(&self) -> Vec<f64> {
        self.looks.iter().zip(&self.words).map(|(looks, words)| looks.min(*words)).collect()
    }
}

/// Liking of each value of one attribute.
type Liking = Vec<f64>;

/// Likings of one person or circle.
struct Likings {
    kind: Liking,
    colour: Liking,
    pattern: Liking,
    brand: Liking,
    material: Liking,
    theme: Liking,
}

impl Likings {
    /// Independent standard normal likings.
    fn draw(random: &mut ChaCha8Rng) -> Self {
        Self {
            kind: draw::<Kind>(random),
            colour: draw::<Colour>(random),
            pattern: draw::<Pattern>(random),
            brand: draw::<Brand>(random),
            material: draw::<Material>(random),
            theme: draw::<Theme>(random),
        }
    }

    fn looks(&self, product: &Product, taste: &Taste) -> f64 {
        taste.kind * self.kind[product.kind.number()]
            + taste.colour * self.colour[product.colour.number()]
            + taste.pattern * self.pattern[product.pattern.number()]
    }

    fn words(&self, product: &Product, taste: &Taste) -> f64 {
        taste.brand * self.brand[product.brand.number()]
            + taste.material * self.material[product.material.number()]
            + taste.theme * self.theme[product.theme.number()]
    }
}

fn draw<A: Attribute>(random: &mut ChaCha8Rng) -> Liking {
    A::ALL.iter().map(|_| random.normal()).collect()
}

/// The appeal of all `products` to each of `users` people.
///
/// A person's appeal is a mixture of the circle's and their own, each normalised first, so that
/// [`Taste::conformity`] is the circle's share of the variance.
pub fn appeals(users: u32, products: &[Product], taste: &Taste, random: &mut ChaCha8Rng) -> Vec<Appeal> {
    let judged = |random: &mut ChaCha8Rng| {
        let likings = Likings::draw(random);
        Appeal {
            looks: standardised(products.iter().map(|product| likings.looks(product, taste)).collect()),
            words: standardised(products.iter().map(|product| likings.words(product, taste)).collect()),
        }
    };
    let circles: Vec<Appeal> = (0..taste.circles).map(|_| judged(random)).collect();
    let (shared, personal) = (taste.conformity.sqrt(), (1.0 - taste.conformity).sqrt());
    let mixed = |circle: &[f64], person: &[f64]| {
        standardised(
            circle.iter().zip(person).map(|(circle, person)| shared * circle + personal * person).collect(),
        )
    };
    (0..users)
        .map(|_| {
            let style = &circles[random.below(taste.circles) as usize].looks;
            let jargon = &circles[random.below(taste.circles) as usize].words;
            let own = judged(random);
            Appeal { looks: mixed(style, &own.looks), words: mixed(jargon, &own.words) }
        })
        .collect()
}

/// Shifted and scaled to mean zero and variance one; all zero where the values do not differ.
fn standardised(mut values: Vec<f64>) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let deviation = (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt();
    let scale = if deviation > 1e-9 { 1.0 / deviation } else { 0.0 };
    values.iter_mut().for_each(|value| *value = (*value - mean) * scale);
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Stream, generator};

    const TASTE: Taste = Taste {
        looks: 0.6,
        words: 0.3,
        crowd: 0.1,
        together: 0.0,
        strength: 1.0,
        circles: 4,
        conformity: 0.75,
        kind: 0.0,
        colour: 1.0,
        pattern: 0.0,
        brand: 1.0,
        material: 0.0,
        theme: 0.0,
    };

    fn products(count: usize) -> Vec<Product> {
        let mut random = generator(2, Stream::Twin);
        (0..count).map(|at| Product::draw(Kind::ALL[at % Kind::ALL.len()], &mut random)).collect()
    }

    fn correlation(one: &[f64], other: &[f64]) -> f64 {
        one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>() / one.len() as f64
    }

    #[test]
    fn appeal_depends_on_the_attributes_that_weigh() {
        let products = products(300);
        let appeals = appeals(3, &products, &TASTE, &mut generator(1, Stream::Twin));
        for appeal in &appeals {
            assert!(appeal.looks.iter().sum::<f64>().abs() < 1e-6);
            assert!((correlation(&appeal.looks, &appeal.looks) - 1.0).abs() < 1e-6);
            for (at, product) in products.iter().enumerate() {
                let same_looks = (appeal.looks[at] - appeal.looks[0]).abs() < 1e-9;
                let same_words = (appeal.words[at] - appeal.words[0]).abs() < 1e-9;
                assert_eq!(product.colour == products[0].colour, same_looks);
                assert_eq!(product.brand == products[0].brand, same_words);
            }
        }
    }

    #[test]
    fn members_of_a_circle_agree_by_their_conformity() {
        let taste = Taste { circles: 1, ..TASTE };
        let appeals = appeals(60, &products(400), &taste, &mut generator(3, Stream::Twin));
        let mut agreement = Vec::new();
        for one in 0..appeals.len() {
            agreement.extend((0..one).map(|other| correlation(&appeals[one].looks, &appeals[other].looks)));
        }
        let mean = agreement.iter().sum::<f64>() / agreement.len() as f64;
        // The shared part of the variance, up to chance: 12 colours are few.
        assert!((mean - 0.75).abs() < 0.1, "{mean}");
    }

    #[test]
    fn weighed_adds_and_lesser_needs_both() {
        let appeal = Appeal { looks: vec![2.0, 2.0, -1.0], words: vec![-1.0, 1.0, -1.0] };
        let weighed = appeal.weighed(&Taste { looks: 0.6, words: 0.3, ..TASTE });
        let length = 0.45f64.sqrt();
        for (found, expected) in weighed.iter().zip([0.9, 1.5, -0.9]) {
            assert!((found - expected / length).abs() < 1e-12);
        }
        assert_eq!(appeal.lesser(), [-1.0, 1.0, -1.0]);
    }
}
