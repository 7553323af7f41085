//! Clothing: from beanie to boot.

mod drawings;

use drawings::*;

use super::{Catalogue, Kind, PRICES, Words};
use crate::data::twins::drawing::Silhouette;

pub static CLOTHING: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: &[],
    brands: &[
        "Threadwyn",
        "Lindenhem",
        "Corduvane",
        "Stitchmere",
        "Wrenloom",
        "Havelstrand",
        "Buttonby",
        "Fjordell",
        "Samtara",
        "Oaksleeve",
    ],
    materials: &[COTTON, WOOL, DENIM, LINEN, SILK, LEATHER, FLEECE, RECYCLED],
    themes: &[
        &["for the office", "for meetings and more"],
        &["for weekends", "for the sofa", "for slow Sundays"],
        &["for weddings", "for festive evenings", "for the opera"],
        &["for winter", "for frosty mornings", "for January"],
        &["for summer", "for the heat", "for the seaside"],
        &["for tall people", "for long arms and legs"],
        &["for the bicycle", "for wind and weather"],
        &["as a gift", "in a gift box"],
    ],
    prices: PRICES,
    endings: [" ({} pack)", " - Style {}"],
    material_facts: &[
        "Made of {} that lasts.",
        "The {} feels good on the skin and washes at thirty degrees.",
        "We chose {} because it ages well.",
    ],
    theme_facts: &["Cut {}.", "Customers wear it {}.", "A good companion {}."],
    brand_facts: &["Sewn by {}.", "From the tailors of {}."],
    fillers: &[
        "Please see the table of sizes.",
        "Colours may differ slightly from the picture.",
        "The model is one metre eighty.",
        "A favourite with our customers.",
        "Do not tumble dry.",
        "Exchanges are free.",
        "Buttons to spare are in the pocket.",
        "Ships in plain packaging.",
    ],
};

const COTTON: Words = &["Cotton", "Organic Cotton"];
const WOOL: Words = &["Wool", "Merino Wool"];
const DENIM: Words = &["Denim", "Stonewashed Denim"];
const LINEN: Words = &["Linen", "Woven Linen"];
const SILK: Words = &["Silk", "Mulberry Silk"];
const LEATHER: Words = &["Leather", "Soft Leather"];
const FLEECE: Words = &["Fleece", "Brushed Fleece"];
const RECYCLED: Words = &["Recycled Fibre", "Recycled"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["T-Shirt", "Crew Neck Tee", "Short Sleeve Shirt"],
        uses: &["Keeps its shape after fifty washes.", "Sits well with everything."],
        made_of: &[COTTON, LINEN, SILK, RECYCLED],
        silhouette: Silhouette::lying(-3.0, T_SHIRT),
    },
    Kind {
        names: &["Dress", "Summer Dress", "A-Line Dress"],
        uses: &["Swings when you turn.", "Has pockets, deep ones."],
        made_of: &[COTTON, LINEN, SILK, DENIM, WOOL],
        silhouette: Silhouette::lying(3.0, DRESS),
    },
    Kind {
        names: &["Jeans", "Five-Pocket Jeans", "Straight Leg Jeans"],
        uses: &["Gives a little and then no more.", "Better after a year than on the first day."],
        made_of: &[DENIM, COTTON, RECYCLED],
        silhouette: Silhouette::lying(0.0, JEANS),
    },
    Kind {
        names: &["Skirt", "Midi Skirt", "Pleated Skirt"],
        uses: &["Pleats that stay where they were ironed.", "Sits at the waist and stays there."],
        made_of: &[COTTON, WOOL, DENIM, LINEN, SILK, LEATHER],
        silhouette: Silhouette::lying(0.0, SKIRT),
    },
    Kind {
        names: &["Sneakers", "High-Top Sneakers", "Canvas Shoes"],
        uses: &["Walks all day on cobbles.", "Laces that do not come undone."],
        made_of: &[COTTON, LEATHER, DENIM, RECYCLED],
        silhouette: Silhouette::standing(SNEAKER),
    },
    Kind {
        names: &["Ankle Boots", "Lace-Up Boots", "Walking Boots"],
        uses: &["Keeps puddles outside.", "Soles that can be replaced, twice."],
        made_of: &[LEATHER, RECYCLED, WOOL, FLEECE],
        silhouette: Silhouette::standing(BOOT),
    },
    Kind {
        names: &["Baseball Cap", "Peaked Cap", "Cap"],
        uses: &["Shades the eyes and fits every head.", "Closes at the back with a buckle."],
        made_of: &[COTTON, DENIM, WOOL, LINEN, LEATHER],
        silhouette: Silhouette::standing(CAP),
    },
    Kind {
        names: &["Beanie", "Bobble Hat", "Knitted Hat"],
        uses: &["Covers the ears and does not itch.", "Knitted in one piece."],
        made_of: &[WOOL, COTTON, FLEECE, RECYCLED],
        silhouette: Silhouette::standing(BEANIE),
    },
    Kind {
        names: &["Scarf", "Fringed Scarf", "Shawl"],
        uses: &["Goes around twice.", "Warm without weight."],
        made_of: &[WOOL, SILK, COTTON, LINEN, FLEECE],
        silhouette: Silhouette::lying(0.0, SCARF),
    },
    Kind {
        names: &["Socks", "Crew Socks", "Pair of Socks"],
        uses: &["Do not slide into the shoe.", "Heels that outlast the toes."],
        made_of: &[COTTON, WOOL, SILK, RECYCLED, FLEECE],
        silhouette: Silhouette::lying(-6.0, SOCKS),
    },
    Kind {
        names: &["Handbag", "Tote", "Shoulder Bag"],
        uses: &["Finds room for an umbrella.", "Stands by itself when put down."],
        made_of: &[LEATHER, COTTON, DENIM, RECYCLED, LINEN],
        silhouette: Silhouette::standing(HANDBAG),
    },
    Kind {
        names: &["Coat", "Overcoat", "Trench Coat"],
        uses: &["Closes up to the chin.", "Lined, light, and long enough to sit on."],
        made_of: &[WOOL, COTTON, LEATHER, RECYCLED, FLEECE],
        silhouette: Silhouette::lying(0.0, COAT),
    },
    Kind {
        names: &["Necktie", "Tie", "Evening Tie"],
        uses: &["Knots well and unknots without a crease.", "For collars of any kind."],
        made_of: &[SILK, WOOL, LINEN, COTTON],
        silhouette: Silhouette::lying(10.0, TIE),
    },
    Kind {
        names: &["Hoodie", "Hooded Sweatshirt", "Hooded Jumper"],
        uses: &["A hood that is one, and a pocket for both hands.", "Soft inside from the first day."],
        made_of: &[COTTON, FLEECE, RECYCLED, WOOL],
        silhouette: Silhouette::lying(0.0, HOODIE),
    },
    Kind {
        names: &["Shorts", "Bermuda Shorts", "Drawstring Shorts"],
        uses: &["Ends above the knee.", "Dries on the way home."],
        made_of: &[COTTON, LINEN, DENIM, RECYCLED],
        silhouette: Silhouette::lying(0.0, SHORTS),
    },
];
