//! Products, and the attributes that both the drawing and the text are made from.

use rand_chacha::ChaCha8Rng;

use super::shops::{Catalogue, Kind, Shop, Words};
use crate::random::Draw;

/// One product. Kind, colours, pattern and build are drawn; kind, brand, material, theme and price band are written,
/// colour, pattern and build as often as the recipe says; kind and tune are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    pub shop: Shop,
    /// The position among the shop's kinds, as of brand, material and theme.
    pub kind: usize,
    pub colour: Colour,
    /// The colour of caps, labels and other small parts, and of the pattern; never the main colour.
    pub accent: Colour,
    pub pattern: Pattern,
    pub build: Build,
    pub brand: usize,
    pub material: usize,
    pub theme: usize,
    pub price: Price,
    /// Only of things that sound.
    pub tune: Option<Tune>,
}

/// What only the sound of a product tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tune {
    pub register: Register,
    pub tempo: Tempo,
    pub tone: Tone,
    pub scale: Scale,
    pub rhythm: Rhythm,
    /// Semitones above the register's lowest key, less than an octave.
    pub key: u8,
}

/// An attribute with a fixed list of values, numbered from zero.
pub trait Attribute: Copy + 'static {
    const ALL: &'static [Self];

    /// The position in [`Attribute::ALL`].
    fn number(self) -> usize;

    fn draw(random: &mut ChaCha8Rng) -> Self {
        pick(random, Self::ALL)
    }
}

/// A uniformly random one of `choices`, which must not be empty.
pub fn pick<T: Copy>(random: &mut ChaCha8Rng, choices: &[T]) -> T {
    choices[place(random, choices)]
}

/// A uniformly random position.
fn place<T>(random: &mut ChaCha8Rng, choices: &[T]) -> usize {
    random.below(choices.len() as u32) as usize
}

macro_rules! attribute {
    ($(#[$note:meta])* $name:ident: $($value:ident),+ $(,)?) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($value),+ }

        impl Attribute for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn number(self) -> usize {
                self as usize
            }
        }
    };
}

attribute!(
    /// The main colour.
    Colour: Red, Orange, Yellow, Green, Teal, Blue, Purple, Pink, Brown, Grey, Black, White,
);
attribute!(
    /// What is printed on the main colour.
    Pattern: Plain, Striped, Dotted, Checked, Zigzag, Starry,
);
attribute!(
    /// The proportions.
    Build: Slim, Regular, Wide,
);
attribute!(
    /// What it costs, roughly.
    Price: Budget, Everyday, Premium,
);

attribute!(
    /// How high a piece is.
    Register: Deep, Middle, High,
);
attribute!(
    /// How fast its notes follow each other.
    Tempo: Slow, Walking, Fast,
);
attribute!(
    /// How much of its upper partials is heard.
    Tone: Mellow, Clear, Bright,
);
attribute!(
    /// The notes that it is made of.
    Scale: Major, Minor, Pentatonic, WholeTone,
);
attribute!(
    /// How long its notes are, beside each other.
    Rhythm: Even, Dotted, Waltz, Rolling,
);

impl Tune {
    fn draw(random: &mut ChaCha8Rng) -> Self {
        Self {
            register: Register::draw(random),
            tempo: Tempo::draw(random),
            tone: Tone::draw(random),
            scale: Scale::draw(random),
            rhythm: Rhythm::draw(random),
            key: random.below(12) as u8,
        }
    }
}

impl Product {
    /// Products are drawn attribute by attribute: half of them plain, half of them of regular build, the
    /// material among those that suit the kind, all else uniform.
    pub fn draw(shop: Shop, kind: usize, random: &mut ChaCha8Rng) -> Self {
        let catalogue = shop.catalogue();
        let colour = Colour::draw(random);
        let accent = loop {
            let accent = Colour::draw(random);
            if accent != colour {
                break accent;
            }
        };
        let pattern = if random.unit() < 0.5 { Pattern::Plain } else { pick(random, &Pattern::ALL[1..]) };
        let build =
            if random.unit() < 0.5 { Build::Regular } else { pick(random, &[Build::Slim, Build::Wide]) };
        Self {
            shop,
            kind,
            colour,
            accent,
            pattern,
            build,
            brand: place(random, catalogue.brands),
            material: catalogue.number_of(pick(random, catalogue.kinds[kind].made_of)),
            theme: place(random, catalogue.themes),
            price: Price::draw(random),
            tune: catalogue.sounds().then(|| Tune::draw(random)),
        }
    }

    /// What it is.
    pub fn kind(&self) -> &'static Kind {
        &self.shop.catalogue().kinds[self.kind]
    }
}

impl Catalogue {
    /// Whether its things sound.
    pub fn sounds(&self) -> bool {
        !self.timbres.is_empty()
    }

    /// The position of a material.
    pub fn number_of(&self, material: Words) -> usize {
        let place = self.materials.iter().position(|other| *other == material);
        place.expect("kinds are made of the shop's materials, as a test holds them to")
    }
}
