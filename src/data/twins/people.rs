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
    /// What counts where both must please: `[items]`, the lesser of the two.
    pub fn both(&self) -> Vec<f64> {
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
    let (shared, own) = (taste.conformity.sqrt(), (1.0 - taste.conformity).sqrt());
    let mixed = |circle: &[f64], person: &[f64]| {
        standardised(
            circle.iter().zip(person).map(|(circle, person)| shared * circle + own * person).collect(),
        )
    };
    (0..users)
        .map(|_| {
            let circle = &circles[random.below(taste.circles) as usize];
            let person = judged(random);
            Appeal { looks: mixed(&circle.looks, &person.looks), words: mixed(&circle.words, &person.words) }
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
