//! Toys: what rolls, flies, floats and is hugged.

mod drawings;

use drawings::*;

use super::{Catalogue, Kind, PRICES, Words};
use crate::data::twins::drawing::Silhouette;

pub static TOYS: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: &[],
    brands: &[
        "Wobbelund",
        "Tinkerloft",
        "Pomfribble",
        "Zippernook",
        "Dandlewood",
        "Marblegate",
        "Hopskotten",
        "Bumblevane",
        "Quokkaloo",
        "Snickelbow",
    ],
    materials: &[WOOD, PLUSH, PLASTIC, TIN, COTTON, FELT, CARDBOARD, RUBBER],
    themes: &[
        &["for toddlers", "for the very small", "from twelve months"],
        &["for the bathtub", "for splashing about"],
        &["for rainy afternoons", "for days indoors"],
        &["for the garden", "for the park and the meadow"],
        &["for learning to count", "for clever heads", "for the nursery class"],
        &["for two to play", "for brothers and sisters"],
        &["for collectors", "for the glass cabinet", "as in grandmother's days"],
        &["as a birthday present", "with a ribbon around it"],
    ],
    prices: PRICES,
    endings: [" ({} pieces)", " - Series {}"],
    material_facts: &[
        "Made of {} that survives a childhood.",
        "The {} is smooth and has no sharp edge.",
        "We chose {} because children notice.",
    ],
    theme_facts: &["Thought out {}.", "Parents buy it {}.", "A fine thing {}, again and again."],
    brand_facts: &["{} has made toys for three generations.", "From the toy shop of {}."],
    fillers: &[
        "Batteries not included where needed.",
        "Tested by a class of six-year-olds.",
        "Colours may differ slightly from the picture.",
        "Small parts are kept away from babies.",
        "A favourite with our customers.",
        "The box is a toy itself.",
        "New and improved.",
        "Two-year guarantee.",
    ],
};

const WOOD: Words = &["Wooden", "Beech Wood"];
const PLUSH: Words = &["Plush", "Soft Plush"];
const PLASTIC: Words = &["Plastic", "Sturdy Plastic"];
const TIN: Words = &["Tin", "Tinplate"];
const COTTON: Words = &["Cotton", "Organic Cotton"];
const FELT: Words = &["Felt", "Wool Felt"];
const CARDBOARD: Words = &["Cardboard", "Pressboard"];
const RUBBER: Words = &["Rubber", "Natural Rubber"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["Teddy Bear", "Cuddly Bear", "Bear"],
        uses: &[
            "Listens to every secret and tells nobody.",
            "Wants to be hugged and never minds the washing.",
        ],
        made_of: &[PLUSH, COTTON, FELT],
        silhouette: Silhouette::standing(TEDDY),
    },
    Kind {
        names: &["Toy Car", "Racing Car", "Little Motor Car"],
        uses: &["Rolls under every sofa.", "Four wheels that run straight on carpet and floor."],
        made_of: &[WOOD, PLASTIC, TIN, RUBBER],
        silhouette: Silhouette::standing(CAR),
    },
    Kind {
        names: &["Building Blocks", "Stacking Cubes", "Toy Bricks"],
        uses: &["Builds towers as high as arms can reach.", "Stacks, falls and stacks again."],
        made_of: &[WOOD, PLASTIC, CARDBOARD, RUBBER, FELT],
        silhouette: Silhouette::standing(BLOCKS),
    },
    Kind {
        names: &["Beach Ball", "Bouncing Ball", "Play Ball"],
        uses: &["Bounces higher than you think.", "Light enough to throw and soft enough to catch."],
        made_of: &[PLASTIC, RUBBER, PLUSH, FELT],
        silhouette: Silhouette::lying(0.0, BALL),
    },
    Kind {
        names: &["Kite", "Single-Line Kite", "Stunt Kite"],
        uses: &["Rises in the first breeze.", "Flies steadily and packs into its own pocket."],
        made_of: &[COTTON, PLASTIC, CARDBOARD],
        silhouette: Silhouette::lying(18.0, KITE),
    },
    Kind {
        names: &["Spinning Top", "Humming Top", "Whirligig"],
        uses: &["Spins for two minutes on one push.", "Hums a chord while it turns."],
        made_of: &[WOOD, TIN, PLASTIC],
        silhouette: Silhouette::standing(TOP),
    },
    Kind {
        names: &["Toy Train", "Locomotive", "Steam Engine"],
        uses: &["Pulls the whole nursery.", "Fits all common tracks and whistles at stations."],
        made_of: &[WOOD, TIN, PLASTIC, CARDBOARD],
        silhouette: Silhouette::standing(TRAIN),
    },
    Kind {
        names: &["Toy Robot", "Walking Robot", "Wind-Up Robot"],
        uses: &["Walks in a straight line and blinks.", "Guards the bed at night."],
        made_of: &[TIN, PLASTIC, CARDBOARD, WOOD],
        silhouette: Silhouette::standing(ROBOT),
    },
    Kind {
        names: &["Rocking Horse", "Nursery Horse", "Rocking Pony"],
        uses: &["Gallops on the spot for hours.", "A broad seat and handles that do not slip."],
        made_of: &[WOOD, PLUSH, FELT, COTTON],
        silhouette: Silhouette::standing(HORSE),
    },
    Kind {
        names: &["Bath Duck", "Floating Duck", "Squeaky Duck"],
        uses: &["Floats upright and squeaks politely.", "Has never been known to sink."],
        made_of: &[RUBBER, PLASTIC, PLUSH],
        silhouette: Silhouette::standing(DUCK),
    },
    Kind {
        names: &["Toy Xylophone", "Glockenspiel", "Chime Bars"],
        uses: &["Five notes in tune and one mallet.", "For a first song and many after it."],
        made_of: &[WOOD, TIN, PLASTIC],
        silhouette: Silhouette::lying(-6.0, XYLOPHONE),
    },
    Kind {
        names: &["Toy Sailing Boat", "Sailboat", "Little Yacht"],
        uses: &["Crosses a pond in a light wind.", "Rights itself after every wave."],
        made_of: &[WOOD, PLASTIC, TIN, COTTON],
        silhouette: Silhouette::standing(BOAT),
    },
    Kind {
        names: &["Toy Rocket", "Space Rocket", "Moon Rocket"],
        uses: &["Counts down from ten.", "Three fins and a hatch for the crew."],
        made_of: &[CARDBOARD, PLASTIC, TIN, WOOD, FELT],
        silhouette: Silhouette::lying(28.0, ROCKET),
    },
    Kind {
        names: &["Doll's House", "Play House", "Miniature Villa"],
        uses: &["Two floors and a door that shuts.", "Opens at the back for moving in."],
        made_of: &[WOOD, CARDBOARD, PLASTIC],
        silhouette: Silhouette::standing(HOUSE),
    },
];
