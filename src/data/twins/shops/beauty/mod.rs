//! Beauty: what stands in a bathroom and lies in a handbag.

mod drawings;

use drawings::*;

use super::{Catalogue, Kind, PRICES, Words};
use crate::data::twins::drawing::Silhouette;

pub static BEAUTY: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: &[],
    brands: &[
        "Solvienne",
        "Lushimar",
        "Aurelisse",
        "Petalune",
        "Verdanelle",
        "Glowbriar",
        "Cremalune",
        "Sylphora",
        "Dewmarrow",
        "Ostrabelle",
    ],
    materials: &[SHEA, ALOE, ARGAN, COCONUT, HONEY, CHAMOMILE, CLAY, BAMBOO, CERAMIC, BRISTLE],
    themes: &[
        &["for sensitive skin", "without perfume", "for allergy sufferers"],
        &["for evenings out", "for the stage", "for parties"],
        &["for every morning", "for busy people", "in two minutes"],
        &["for travel", "for the hand luggage", "for the sports bag"],
        &["for gentlemen", "for beards and all else"],
        &["for professionals", "for the salon", "for artists of the face"],
        &["without animal testing", "for vegans", "for a clean conscience"],
        &["as a gift", "in a gift box"],
    ],
    prices: PRICES,
    endings: [" (set of {})", " - No. {}"],
    material_facts: &[
        "Made with {} from start to finish.",
        "The {} feels soft on the skin.",
        "We swear by {}.",
    ],
    theme_facts: &["Thought out {}.", "Customers choose it {}.", "A little luxury {}."],
    brand_facts: &["{} stands behind it.", "From the laboratory of {}."],
    fillers: &[
        "Tested by dermatologists.",
        "Colours may differ slightly from the picture.",
        "Keep out of the eyes.",
        "A favourite with our customers.",
        "Now with a better lid.",
        "Satisfaction guaranteed.",
        "Keeps for a year after opening.",
        "Ships in plain packaging.",
    ],
};

const SHEA: Words = &["Shea Butter", "Shea"];
const ALOE: Words = &["Aloe Vera", "Aloe"];
const ARGAN: Words = &["Argan Oil", "Argan"];
const COCONUT: Words = &["Coconut Oil", "Coconut"];
const HONEY: Words = &["Honey", "Manuka Honey"];
const CHAMOMILE: Words = &["Chamomile"];
const CLAY: Words = &["Clay", "Mineral Clay"];
const BAMBOO: Words = &["Bamboo"];
const CERAMIC: Words = &["Ceramic", "Fired Ceramic"];
const BRISTLE: Words = &["Boar Bristle", "Natural Bristle"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["Lipstick", "Lip Colour", "Matte Lipstick"],
        uses: &["Stays where it is through dinner.", "One stroke, and lips are done."],
        made_of: &[SHEA, ARGAN, COCONUT, HONEY, CLAY],
        silhouette: Silhouette::standing(LIPSTICK),
    },
    Kind {
        names: &["Nail Polish", "Nail Lacquer", "Gel Nail Varnish"],
        uses: &["Dries in a minute and shines for a week.", "Covers in one coat."],
        made_of: &[ARGAN, COCONUT, CLAY, ALOE],
        silhouette: Silhouette::standing(NAIL_POLISH),
    },
    Kind {
        names: &["Perfume", "Eau de Toilette", "Scent"],
        uses: &["Begins fresh and ends warm.", "A scent that people ask about."],
        made_of: &[HONEY, COCONUT, CHAMOMILE, BAMBOO],
        silhouette: Silhouette::standing(PERFUME),
    },
    Kind {
        names: &["Face Cream", "Day Cream", "Moisturiser"],
        uses: &["Sinks in at once and leaves no shine.", "Soothes what wind and frost have done."],
        made_of: &[SHEA, ALOE, ARGAN, HONEY, CHAMOMILE, CLAY],
        silhouette: Silhouette::standing(CREAM_JAR),
    },
    Kind {
        names: &["Mascara", "Volume Mascara", "Lash Mascara"],
        uses: &["Lifts every lash and does not smudge.", "Comes off with warm water alone."],
        made_of: &[ARGAN, COCONUT, CLAY, BRISTLE],
        silhouette: Silhouette::lying(12.0, MASCARA),
    },
    Kind {
        names: &["Hairbrush", "Paddle Brush", "Detangling Brush"],
        uses: &["Goes through knots without a tear.", "A soft cushion that gives way."],
        made_of: &[BRISTLE, BAMBOO, CERAMIC, ARGAN],
        silhouette: Silhouette::lying(32.0, HAIRBRUSH),
    },
    Kind {
        names: &["Hand Mirror", "Vanity Mirror", "Salon Mirror"],
        uses: &["Shows the back of the head.", "Clear glass and a handle that fits."],
        made_of: &[BAMBOO, CERAMIC, CLAY],
        silhouette: Silhouette::lying(-20.0, HAND_MIRROR),
    },
    Kind {
        names: &["Soap Bar", "Bath Soap", "Hand Soap"],
        uses: &["Lathers in hard water too.", "Lasts for two months at the basin."],
        made_of: &[SHEA, ALOE, COCONUT, HONEY, CHAMOMILE, CLAY],
        silhouette: Silhouette::lying(-4.0, SOAP),
    },
    Kind {
        names: &["Shampoo", "Hair Wash", "Daily Shampoo"],
        uses: &["Washes gently and rinses out fast.", "For hair that has seen the sun."],
        made_of: &[ARGAN, ALOE, COCONUT, CHAMOMILE, BAMBOO],
        silhouette: Silhouette::standing(SHAMPOO),
    },
    Kind {
        names: &["Body Lotion", "Pump Lotion", "Body Milk"],
        uses: &["One press is enough for both arms.", "Spreads easily and smells of little."],
        made_of: &[SHEA, ALOE, COCONUT, HONEY, CHAMOMILE],
        silhouette: Silhouette::standing(LOTION),
    },
    Kind {
        names: &["Powder Compact", "Pressed Powder", "Face Powder"],
        uses: &["Takes the shine off at noon.", "Mirror, puff and powder in one round box."],
        made_of: &[CLAY, CHAMOMILE, SHEA, BAMBOO],
        silhouette: Silhouette::lying(0.0, COMPACT),
    },
    Kind {
        names: &["Makeup Brush", "Powder Brush", "Kabuki Brush"],
        uses: &["Picks up little and spreads it evenly.", "Does not shed a single hair."],
        made_of: &[BRISTLE, BAMBOO, CERAMIC],
        silhouette: Silhouette::lying(38.0, MAKEUP_BRUSH),
    },
    Kind {
        names: &["Hair Dryer", "Ionic Dryer", "Blow Dryer"],
        uses: &["Dries long hair in five minutes.", "Three heats and one cold breath."],
        made_of: &[CERAMIC, BAMBOO, ARGAN],
        silhouette: Silhouette::standing(HAIR_DRYER),
    },
    Kind {
        names: &["Hand Cream", "Tube of Hand Balm", "Hand Balm"],
        uses: &["Mends hands after gardening.", "Closes tight, even in a pocket."],
        made_of: &[SHEA, ALOE, ARGAN, HONEY, CHAMOMILE],
        silhouette: Silhouette::lying(22.0, HAND_CREAM),
    },
    Kind {
        names: &["Eyeshadow Palette", "Shadow Palette", "Six Eyeshadows"],
        uses: &["Six shades that go with each other.", "From noon to night in one box."],
        made_of: &[CLAY, COCONUT, SHEA, BAMBOO],
        silhouette: Silhouette::lying(-5.0, PALETTE),
    },
];
