//! Titles and descriptions of products, from the same attributes as the drawings, with what real shop texts
//! have: synonyms, things left out, and phrases that say nothing.

use rand_chacha::ChaCha8Rng;

use super::catalogue::{Attribute, Build, Colour, Pattern, Product, pick};
use crate::data::ItemText;
use crate::random::Draw;

/// How often a title names what no picture shows.
const BRAND_IN_TITLE: f64 = 0.92;
const MATERIAL_IN_TITLE: f64 = 0.7;
const THEME_IN_TITLE: f64 = 0.7;
const PRICE_IN_TITLE: f64 = 0.3;
/// How often a description comes back to a fact.
const FACT_IN_DESCRIPTION: f64 = 0.75;

/// The text of a product; `told_looks` is how often it names what the picture shows.
pub fn text(product: &Product, described: bool, told_looks: f64, random: &mut ChaCha8Rng) -> ItemText {
    let title = title(product, told_looks, random);
    let description = if described { description(product, told_looks, random) } else { String::new() };
    ItemText { title, description, kind: product.kind().names[0].to_owned() }
}

fn title(product: &Product, told_looks: f64, random: &mut ChaCha8Rng) -> String {
    let catalogue = product.shop.catalogue();
    let mut words: Vec<&str> = Vec::new();
    let mut say = |random: &mut ChaCha8Rng, chance: f64, choices: &[&'static str]| {
        if !choices.is_empty() && random.unit() < chance {
            words.push(pick(random, choices));
        }
    };
    say(random, BRAND_IN_TITLE, &[catalogue.brands[product.brand]]);
    say(random, PRICE_IN_TITLE, catalogue.prices[product.price.number()]);
    say(random, told_looks, build(product.build));
    say(random, told_looks, colour(product.colour));
    say(random, told_looks, pattern(product.pattern));
    say(random, MATERIAL_IN_TITLE, catalogue.materials[product.material]);
    say(random, 1.0, product.kind().names);
    let mut title = words.join(" ");
    if random.unit() < THEME_IN_TITLE {
        title.push_str(", ");
        title.push_str(pick(random, catalogue.themes[product.theme]));
    }
    let [small, large] = catalogue.endings;
    match random.below(8) {
        0 => title.push_str(&about(small, &(2 + random.below(11)).to_string())),
        1 => {
            let letter = pick(random, &["A", "K", "R", "X"]);
            title.push_str(&about(large, &format!("{letter}{}", 100 + random.below(900))));
        }
        _ => {}
    }
    title
}

/// A sentence of a catalogue about something.
fn about(sentence: &str, what: &str) -> String {
    sentence.replace("{}", what)
}

fn description(product: &Product, told_looks: f64, random: &mut ChaCha8Rng) -> String {
    let catalogue = product.shop.catalogue();
    let mut sentences = vec![pick(random, product.kind().uses).to_owned()];
    if random.unit() < FACT_IN_DESCRIPTION {
        let material = pick(random, catalogue.materials[product.material]).to_lowercase();
        sentences.push(about(pick(random, catalogue.material_facts), &material));
    }
    if random.unit() < FACT_IN_DESCRIPTION {
        let theme = pick(random, catalogue.themes[product.theme]);
        sentences.push(about(pick(random, catalogue.theme_facts), theme));
    }
    if random.unit() < told_looks {
        let colour = pick(random, colour(product.colour)).to_lowercase();
        sentences.push(match pattern(product.pattern) {
            [] => format!("Comes in {colour}."),
            patterns => format!("Comes in {colour}, {}.", pick(random, patterns).to_lowercase()),
        });
    }
    if random.unit() < FACT_IN_DESCRIPTION {
        sentences.push(about(pick(random, catalogue.brand_facts), catalogue.brands[product.brand]));
    }
    for _ in 0..random.below(3) {
        sentences.push(pick(random, catalogue.fillers).to_owned());
    }
    let (_, later) = sentences.split_at_mut(1);
    random.shuffle(later);
    sentences.join(" ")
}

fn build(build: Build) -> &'static [&'static str] {
    match build {
        Build::Slim => &["Slim", "Narrow", "Slimline"],
        Build::Regular => &[],
        Build::Wide => &["Wide", "Broad", "Large"],
    }
}

fn colour(colour: Colour) -> &'static [&'static str] {
    match colour {
        Colour::Red => &["Red", "Crimson", "Cherry"],
        Colour::Orange => &["Orange", "Tangerine"],
        Colour::Yellow => &["Yellow", "Lemon", "Sunflower"],
        Colour::Green => &["Green", "Leaf Green", "Fern"],
        Colour::Teal => &["Teal", "Turquoise", "Lagoon"],
        Colour::Blue => &["Blue", "Cobalt", "Royal Blue"],
        Colour::Purple => &["Purple", "Violet", "Plum"],
        Colour::Pink => &["Pink", "Rose", "Blush"],
        Colour::Brown => &["Brown", "Chestnut", "Cocoa"],
        Colour::Grey => &["Grey", "Slate", "Pewter"],
        Colour::Black => &["Black", "Midnight", "Charcoal"],
        Colour::White => &["White", "Snow", "Ivory"],
    }
}

fn pattern(pattern: Pattern) -> &'static [&'static str] {
    match pattern {
        Pattern::Plain => &[],
        Pattern::Striped => &["Striped", "Pinstripe"],
        Pattern::Dotted => &["Dotted", "Polka Dot"],
        Pattern::Checked => &["Checked", "Gingham"],
        Pattern::Zigzag => &["Zigzag", "Chevron"],
        Pattern::Starry => &["Starry", "Star Print"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::twins::shops::Shop;
    use crate::random::{Stream, generator};

    /// As many products of each kind in turn.
    fn products(shop: Shop, count: usize, random: &mut ChaCha8Rng) -> Vec<Product> {
        let kinds = shop.catalogue().kinds.len();
        (0..count).map(|at| Product::draw(shop, at % kinds, random)).collect()
    }

    #[test]
    fn texts_name_the_kind_and_only_true_facts() {
        for shop in Shop::ALL {
            let mut random = generator(5, Stream::Twin);
            let catalogue = shop.catalogue();
            let mut brands_named = 0;
            for (round, product) in products(shop, 600, &mut random).iter().enumerate() {
                let text = text(product, round % 2 == 0, 0.4, &mut random);
                let named = product.kind().names.iter().any(|name| text.title.contains(name));
                assert!(named, "{product:?}: {text:?}");
                assert_eq!(text.description.is_empty(), round % 2 == 1);
                let said = format!("{} {}", text.title, text.description);
                for (at, brand) in catalogue.brands.iter().enumerate() {
                    assert!(at == product.brand || !said.contains(brand), "{product:?}: {said}");
                }
                for (at, theme) in catalogue.themes.iter().enumerate() {
                    let told = theme.iter().any(|phrase| said.contains(phrase));
                    assert!(at == product.theme || !told, "{product:?}: {said}");
                }
                brands_named += usize::from(text.title.contains(catalogue.brands[product.brand]));
            }
            assert!((500..590).contains(&brands_named), "{shop:?}: some titles leave it out: {brands_named}");
        }
    }

    #[test]
    fn looks_are_told_as_often_as_asked() {
        for shop in Shop::ALL {
            let mut random = generator(6, Stream::Twin);
            let mut told = |told_looks: f64| {
                let products = products(shop, 600, &mut random);
                let tells = |(round, product): (usize, &Product)| {
                    let text = text(product, round % 2 == 0, told_looks, &mut random);
                    let looks = [colour(product.colour), pattern(product.pattern), build(product.build)];
                    let named = looks.concat().iter().any(|word| text.title.contains(word));
                    (named, text.description.contains("Comes in "))
                };
                let told: Vec<_> = products.iter().enumerate().map(tells).collect();
                let count = |which: fn(&(bool, bool)) -> bool| told.iter().filter(|told| which(told)).count();
                (count(|told| told.0), count(|told| told.1))
            };
            assert_eq!(told(0.0), (0, 0), "{shop:?}");
            assert_eq!(told(1.0), (600, 300), "{shop:?}");
            let (titles, descriptions) = told(0.4);
            assert!(
                (240..540).contains(&titles) && (80..160).contains(&descriptions),
                "{titles} {descriptions}"
            );
        }
    }
}
