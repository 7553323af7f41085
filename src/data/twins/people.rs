//! Users with tastes that are known, because they are made here.

use rand_chacha::ChaCha8Rng;

use super::catalogue::{Attribute, Colour, Pattern, Product, Register, Tempo, Tone};
use super::recipe::Taste;
use super::shops::{Catalogue, Kind};
use crate::random::Draw;

/// How much one person likes every product, apart from what others think: `[items]` each, mean zero and variance one.
#[derive(Clone, Debug, PartialEq)]
pub struct Appeal {
    /// Of what only the picture shows.
    pub looks: Vec<f64>,
    /// Of what only the text says.
    pub words: Vec<f64>,
    /// Of what only the sound tells; all zero where things are silent.
    pub sound: Vec<f64>,
    /// Of the kind of thing that it is, which both tell.
    pub kind: Vec<f64>,
}

impl Appeal {
    /// What counts where looks, words and sound add up: `[items]`, variance one.
    pub fn weighed(&self, taste: &Taste) -> Vec<f64> {
        self.judged(taste, |contents| contents.iter().map(|(share, appeal)| share * appeal).sum())
    }

    /// What counts where all of them must please: `[items]`, with the least of those that have a share in the place of their
    /// sum.
    pub fn least(&self, taste: &Taste) -> Vec<f64> {
        let together = length(&[taste.looks, taste.words, taste.sound]);
        self.judged(taste, |contents| {
            let with_share = contents.iter().filter(|(share, _)| *share > 0.0).map(|(_, appeal)| *appeal);
            together * with_share.reduce(f64::min).unwrap_or(0.0)
        })
    }

    /// The kind beside what is made of the shares and appeals of looks, words and sound.
    fn judged(&self, taste: &Taste, of_contents: impl Fn([(f64, f64); 3]) -> f64) -> Vec<f64> {
        let length = length(&[taste.looks, taste.words, taste.sound, taste.kind]).max(f64::MIN_POSITIVE);
        let of_item = |item: usize| {
            let contents = [
                (taste.looks, self.looks[item]),
                (taste.words, self.words[item]),
                (taste.sound, self.sound[item]),
            ];
            (of_contents(contents) + taste.kind * self.kind[item]) / length
        };
        (0..self.kind.len()).map(of_item).collect()
    }
}

fn length(shares: &[f64]) -> f64 {
    shares.iter().map(|share| share * share).sum::<f64>().sqrt()
}

/// Liking of each value of one attribute.
type Liking = Vec<f64>;

/// Likings of one person or circle.
struct Likings {
    kind: Liking,
    colour: Liking,
    pattern: Liking,
    brand: Liking,
    /// By kind, of all materials.
    material: Vec<Liking>,
    theme: Liking,
    register: Liking,
    tempo: Liking,
    tone: Liking,
}

impl Likings {
    /// Independent standard normal likings.
    fn draw(catalogue: &Catalogue, random: &mut ChaCha8Rng) -> Self {
        let mut liking = |values: usize| (0..values).map(|_| random.normal()).collect::<Liking>();
        let if_heard = |values: usize| if catalogue.sounds() { values } else { 0 };
        Self {
            kind: liking(catalogue.kinds.len()),
            colour: liking(Colour::ALL.len()),
            pattern: liking(Pattern::ALL.len()),
            brand: liking(catalogue.brands.len()),
            material: {
                let material = liking(catalogue.materials.len());
                catalogue.kinds.iter().map(|kind| suited(catalogue, kind, &material)).collect()
            },
            theme: liking(catalogue.themes.len()),
            register: liking(if_heard(Register::ALL.len())),
            tempo: liking(if_heard(Tempo::ALL.len())),
            tone: liking(if_heard(Tone::ALL.len())),
        }
    }

    fn looks(&self, product: &Product, taste: &Taste) -> f64 {
        taste.colour * self.colour[product.colour.number()]
            + taste.pattern * self.pattern[product.pattern.number()]
    }

    fn words(&self, product: &Product, taste: &Taste) -> f64 {
        taste.brand * self.brand[product.brand]
            + taste.material * self.material[product.kind][product.material]
            + taste.theme * self.theme[product.theme]
    }

    fn sound(&self, product: &Product, taste: &Taste) -> f64 {
        product.tune.map_or(0.0, |tune| {
            taste.register * self.register[tune.register.number()]
                + taste.tempo * self.tempo[tune.tempo.number()]
                + taste.tone * self.tone[tune.tone.number()]
        })
    }
}

/// The appeal of all `products`, which are from this catalogue, to each of `users` people.
///
/// A person's appeal is a mixture of the circle's and their own, each normalised first, so that
/// [`Taste::conformity`] is the circle's share of the variance.
pub fn appeals(
    catalogue: &Catalogue,
    users: u32,
    products: &[Product],
    taste: &Taste,
    random: &mut ChaCha8Rng,
) -> Vec<Appeal> {
    let judged = |random: &mut ChaCha8Rng| {
        let likings = Likings::draw(catalogue, random);
        let of_all = |liking: &dyn Fn(&Product) -> f64| products.iter().map(liking).collect::<Vec<f64>>();
        Appeal {
            looks: standardised(of_all(&|product| likings.looks(product, taste))),
            words: standardised(of_all(&|product| likings.words(product, taste))),
            sound: standardised(of_all(&|product| likings.sound(product, taste))),
            kind: standardised(of_all(&|product| likings.kind[product.kind])),
        }
    };
    let circles: Vec<Appeal> = (0..taste.circles).map(|_| judged(random)).collect();
    let (shared, personal) = (taste.conformity.sqrt(), (1.0 - taste.conformity).sqrt());
    let mixture = |circle: &[f64], person: &[f64]| -> Vec<f64> {
        circle.iter().zip(person).map(|(circle, person)| shared * circle + personal * person).collect()
    };
    (0..users)
        .map(|_| {
            let mut circle = || &circles[random.below(taste.circles) as usize];
            let (style, jargon, trade) = (circle(), circle(), circle());
            let scene = if catalogue.sounds() { circle() } else { style };
            let own = judged(random);
            Appeal {
                looks: standardised(mixture(&style.looks, &own.looks)),
                words: standardised(mixture(&jargon.words, &own.words)),
                sound: standardised(mixture(&scene.sound, &own.sound)),
                kind: standardised(mixture(&trade.kind, &own.kind)),
            }
        })
        .collect()
}

/// Likings of materials, standardised among those that suit a kind. Otherwise the kind, which pictures show too, would
/// foretell a part of what only texts say; all else is drawn alike for every kind.
fn suited(catalogue: &Catalogue, kind: &Kind, material: &[f64]) -> Liking {
    let suitable: Vec<f64> = kind.made_of.iter().map(|words| material[catalogue.number_of(words)]).collect();
    let (mean, scale) = normal_form(&suitable);
    material.iter().map(|value| (value - mean) * scale).collect()
}

/// Shifted and scaled to mean zero and variance one; all zero where the values do not differ.
fn standardised(values: Vec<f64>) -> Vec<f64> {
    let (mean, scale) = normal_form(&values);
    values.into_iter().map(|value| (value - mean) * scale).collect()
}

/// The mean, and one over the deviation: zero where the values do not differ.
fn normal_form(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let deviation = (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt();
    (mean, if deviation > 1e-9 { 1.0 / deviation } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::super::shops::Shop;
    use super::*;
    use crate::random::{Stream, generator};

    const TASTE: Taste = Taste {
        looks: 0.5,
        words: 0.2,
        sound: 0.0,
        kind: 0.2,
        crowd: 0.1,
        conjunction: 0.0,
        strength: 1.0,
        circles: 4,
        conformity: 0.75,
        colour: 1.0,
        pattern: 0.0,
        brand: 1.0,
        material: 0.0,
        theme: 0.0,
        register: 0.0,
        tempo: 0.0,
        tone: 0.0,
    };

    fn products(count: usize) -> Vec<Product> {
        let mut random = generator(2, Stream::Twin);
        let kinds = Shop::Office.catalogue().kinds.len();
        (0..count).map(|at| Product::draw(Shop::Office, at % kinds, &mut random)).collect()
    }

    fn correlation(one: &[f64], other: &[f64]) -> f64 {
        one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>() / one.len() as f64
    }

    #[test]
    fn appeal_depends_on_the_attributes_that_weigh() {
        let products = products(300);
        let office = Shop::Office.catalogue();
        for appeal in appeals(office, 3, &products, &TASTE, &mut generator(1, Stream::Twin)) {
            for appeals in [&appeal.looks, &appeal.words, &appeal.kind] {
                assert!(appeals.iter().sum::<f64>().abs() < 1e-6);
                assert!((correlation(appeals, appeals) - 1.0).abs() < 1e-6);
            }
            for (at, product) in products.iter().enumerate() {
                let same = |appeals: &[f64]| (appeals[at] - appeals[0]).abs() < 1e-9;
                assert_eq!(product.colour == products[0].colour, same(&appeal.looks));
                assert_eq!(product.brand == products[0].brand, same(&appeal.words));
                assert_eq!(product.kind == products[0].kind, same(&appeal.kind));
            }
        }
    }

    /// Where words are judged by materials alone, of which each kind has its own.
    #[test]
    fn the_kind_does_not_foretell_what_texts_say() {
        let products = products(9000);
        let taste = Taste { brand: 0.0, material: 1.0, ..TASTE };
        let office = Shop::Office.catalogue();
        for appeal in appeals(office, 3, &products, &taste, &mut generator(1, Stream::Twin)) {
            for kind in 0..office.kinds.len() {
                let items = products.iter().zip(&appeal.words).filter(|(product, _)| product.kind == kind);
                let words: Vec<f64> = items.map(|(_, words)| *words).collect();
                let mean = words.iter().sum::<f64>() / words.len() as f64;
                // Three hundred of each: a mean is known to a seventeenth. Uncorrected, one in two is beyond a quarter.
                assert!(mean.abs() < 0.25, "{kind}: {mean}");
            }
        }
    }

    #[test]
    fn members_of_a_circle_agree_by_their_conformity() {
        let taste = Taste { circles: 1, ..TASTE };
        let appeals =
            appeals(Shop::Office.catalogue(), 60, &products(400), &taste, &mut generator(3, Stream::Twin));
        let mut agreement = Vec::new();
        for one in 0..appeals.len() {
            agreement.extend((0..one).map(|other| correlation(&appeals[one].looks, &appeals[other].looks)));
        }
        let mean = agreement.iter().sum::<f64>() / agreement.len() as f64;
        // The shared part of the variance, up to chance: 12 colours are few.
        assert!((mean - 0.75).abs() < 0.1, "{mean}");
    }

    /// By hand: the shares are as 2 to 1 to 2, so over 3 long.
    #[test]
    fn weighed_adds_and_least_needs_all_that_have_a_share() {
        let appeal = Appeal {
            looks: vec![2.0, 2.0, -1.0],
            words: vec![-1.0, 1.0, -1.0],
            sound: vec![-9.0, 1.0, 0.0],
            kind: vec![0.0, 1.0, -0.5],
        };
        let taste = Taste { looks: 0.4, words: 0.2, kind: 0.4, crowd: 0.0, ..TASTE };
        let close = |found: Vec<f64>, expected: [f64; 3]| {
            found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12)
        };
        assert!(close(appeal.weighed(&taste), [1.0, 7.0 / 3.0, -4.0 / 3.0]));
        let both = 5f64.sqrt();
        assert!(close(appeal.least(&taste), [-both / 3.0, (both + 2.0) / 3.0, (-both - 1.0) / 3.0]));
        // As 1 to 2 to 2, so over 3 long, of which 5 lie along words and sound.
        let taste = Taste { looks: 0.0, words: 0.2, sound: 0.4, kind: 0.4, ..taste };
        assert!(close(appeal.weighed(&taste), [-19.0 / 3.0, 5.0 / 3.0, -2.0 / 3.0]));
        assert!(close(appeal.least(&taste), [-9.0 * both / 3.0, (both + 2.0) / 3.0, (-both - 1.0) / 3.0]));
    }
}
