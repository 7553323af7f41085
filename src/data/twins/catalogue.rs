//! What a shop sells: kinds of products, and the attributes that both the drawing and the text are made from.

use rand_chacha::ChaCha8Rng;

use crate::random::Draw;

/// One product. Kind, colours, pattern and build are drawn; kind, brand, material, theme and price band are
/// written, colour and pattern only sometimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    pub kind: Kind,
    pub colour: Colour,
    /// The colour of caps, labels and other small parts, and of the pattern; never the main colour.
    pub accent: Colour,
    pub pattern: Pattern,
    pub build: Build,
    pub brand: Brand,
    pub material: Material,
    pub theme: Theme,
    pub price: Price,
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
    choices[random.below(choices.len() as u32) as usize]
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
    /// What a product is: its silhouette in the picture, its noun in the text.
    Kind: Pen, Pencil, Marker, GlueStick, Ruler, Scissors, Stapler, HolePunch, TapeDispenser, PaperClip,
    Binder, Notebook, Folder, Clipboard, Envelope, PaperReam, StickyNotes, DeskCalendar, RubberStamp, PenCup,
    LetterTray, Calculator, LabelMaker, Printer, WallClock, DeskLamp, OfficeChair, Desk, FilingCabinet,
    Whiteboard,
);
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
    /// Who makes it. All invented.
    Brand: Quillmoor, PindleFay, Harrowbrook, Tessolo, Ondrift, Marrowby, Kestrelline, Lumenfold, Bramwick,
    Oxtally, Northpebble, Velluna, Stackenby, Grindlewick, Corvessa, Umberleaf,
);
attribute!(
    /// What it is made of, or mostly.
    Material: Plastic, Steel, Aluminium, Oak, Bamboo, Leather, Felt, Cardboard, Recycled, Linen,
);
attribute!(
    /// Whom or what it is for.
    Theme: Travel, Classroom, HomeOffice, Executive, Studio, Workshop, Planet, Gift,
);
attribute!(
    /// What it costs, roughly.
    Price: Budget, Everyday, Premium,
);

impl Product {
    /// Products are drawn attribute by attribute: half of them plain, half of them of regular build, the
    /// material among those that suit the kind, all else uniform.
    pub fn draw(kind: Kind, random: &mut ChaCha8Rng) -> Self {
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
            kind,
            colour,
            accent,
            pattern,
            build,
            brand: Brand::draw(random),
            material: pick(random, kind.materials()),
            theme: Theme::draw(random),
            price: Price::draw(random),
        }
    }
}

impl Kind {
    /// What such a thing may be made of.
    pub fn materials(self) -> &'static [Material] {
        use Material::*;
        match self {
            Self::Pen => &[Plastic, Steel, Aluminium, Bamboo, Recycled, Oak],
            Self::Pencil => &[Oak, Bamboo, Recycled, Plastic],
            Self::Marker | Self::GlueStick => &[Plastic, Recycled, Aluminium, Bamboo],
            Self::Ruler => &[Plastic, Steel, Aluminium, Oak, Bamboo, Recycled],
            Self::Scissors | Self::Stapler | Self::HolePunch => &[Plastic, Steel, Aluminium, Recycled],
            Self::TapeDispenser | Self::LetterTray => &[Plastic, Steel, Oak, Bamboo, Recycled, Aluminium],
            Self::PaperClip => &[Steel, Aluminium, Plastic, Recycled],
            Self::Binder | Self::Folder => &[Plastic, Cardboard, Leather, Felt, Linen, Recycled],
            Self::Notebook => &[Leather, Linen, Felt, Cardboard, Recycled, Bamboo],
            Self::Clipboard => &[Plastic, Oak, Bamboo, Aluminium, Leather, Cardboard],
            Self::Envelope | Self::PaperReam | Self::StickyNotes => &[Recycled, Linen, Cardboard, Bamboo],
            Self::DeskCalendar => &[Cardboard, Recycled, Linen, Oak, Bamboo, Leather],
            Self::RubberStamp => &[Plastic, Oak, Bamboo, Recycled],
            Self::PenCup => &[Plastic, Steel, Leather, Felt, Bamboo, Oak, Recycled, Linen],
            Self::Calculator | Self::LabelMaker | Self::Printer => &[Plastic, Aluminium, Recycled, Bamboo],
            Self::WallClock | Self::DeskLamp => &[Plastic, Steel, Aluminium, Oak, Bamboo, Felt],
            Self::OfficeChair => &[Leather, Felt, Linen, Plastic, Steel],
            Self::Desk => &[Oak, Bamboo, Steel, Aluminium, Recycled],
            Self::FilingCabinet | Self::Whiteboard => &[Steel, Aluminium, Oak, Bamboo, Recycled],
        }
    }
}
