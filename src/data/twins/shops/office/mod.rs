//! Office supplies: what belongs on a desk, into it and around it.

mod drawings;

use drawings::*;

use super::{Catalogue, Kind, PRICES, Words};
use crate::data::twins::drawing::Silhouette;

pub static OFFICE: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: &[],
    brands: &[
        "Quillmoor",
        "PindleFay",
        "Harrowbrook",
        "Tessolo",
        "Ondrift",
        "Marrowby",
        "Kestrelline",
        "Lumenfold",
        "Bramwick",
        "Oxtally",
        "Northpebble",
        "Velluna",
        "Stackenby",
        "Grindlewick",
        "Corvessa",
        "Umberleaf",
    ],
    materials: &[PLASTIC, STEEL, ALUMINIUM, OAK, BAMBOO, LEATHER, FELT, CARDBOARD, RECYCLED, LINEN],
    themes: &[
        &["for travel", "for commuters", "for the suitcase"],
        &["for the classroom", "for teachers", "for pupils and school"],
        &["for the home office", "for working from home"],
        &["for the executive suite", "for the boardroom", "for executives"],
        &["for the studio", "for artists", "for sketching and crafts"],
        &["for heavy duty use", "for the warehouse", "for heavy workshop days"],
        &["for a greener planet", "with no plastic waste", "for eco friendly desks"],
        &["as a gift", "in a gift box", "as a birthday present"],
    ],
    prices: PRICES,
    endings: [" ({} pack)", " - Model {}"],
    material_facts: &[
        "Made of {} that lasts.",
        "The {} feels good in the hand and is easy to clean.",
        "We chose {} because it ages well.",
    ],
    theme_facts: &[
        "Thought out {}.",
        "Customers buy it {}, and come back for more.",
        "A small thing {} that makes the day easier.",
    ],
    brand_facts: &["{} stands behind it.", "From the workshop of {}."],
    fillers: &[
        "Ships in plain packaging.",
        "Satisfaction guaranteed.",
        "Colours may differ slightly from the picture.",
        "Please check the measurements before ordering.",
        "A favourite with our customers.",
        "Batteries not included where needed.",
        "Tested by people who sit at desks all day.",
        "New and improved.",
        "Makes a tidy desk look tidier.",
        "Two-year guarantee.",
    ],
};

const PLASTIC: Words = &["Plastic", "Acrylic"];
const STEEL: Words = &["Steel", "Stainless Steel"];
const ALUMINIUM: Words = &["Aluminium", "Brushed Aluminium"];
const OAK: Words = &["Oak", "Solid Oak"];
const BAMBOO: Words = &["Bamboo"];
const LEATHER: Words = &["Leather", "Soft Leather"];
const FELT: Words = &["Felt", "Wool Felt"];
const CARDBOARD: Words = &["Cardboard", "Pressboard"];
const RECYCLED: Words = &["Recycled Fibre", "Recycled"];
const LINEN: Words = &["Linen", "Woven Linen"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["Ballpoint Pen", "Gel Pen", "Pen"],
        uses: &["Writes without a blot from the first word.", "Smooth ink for long letters."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, BAMBOO, RECYCLED, OAK],
        silhouette: Silhouette::lying(35.0, PEN),
    },
    Kind {
        names: &["Pencil", "HB Pencil", "Pencil with Eraser"],
        uses: &["Sharpens to a fine point and erases cleanly.", "Soft graphite for notes and margins."],
        made_of: &[OAK, BAMBOO, RECYCLED, PLASTIC],
        silhouette: Silhouette::lying(-35.0, PENCIL),
    },
    Kind {
        names: &["Marker", "Highlighter", "Chisel Marker"],
        uses: &["Bold lines that do not bleed through.", "Marks what matters in a broad bright stroke."],
        made_of: &[PLASTIC, RECYCLED, ALUMINIUM, BAMBOO],
        silhouette: Silhouette::lying(20.0, MARKER),
    },
    Kind {
        names: &["Glue Stick", "Paper Glue Stick"],
        uses: &["Sticks paper in seconds and does not wrinkle it.", "Washes out of sleeves."],
        made_of: &[PLASTIC, RECYCLED, ALUMINIUM, BAMBOO],
        silhouette: Silhouette::standing(GLUE_STICK),
    },
    Kind {
        names: &["Ruler", "30 cm Ruler", "Straightedge Ruler"],
        uses: &["Clear marks on both edges.", "Draws a line as straight as your intentions."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, OAK, BAMBOO, RECYCLED],
        silhouette: Silhouette::lying(-32.0, RULER),
    },
    Kind {
        names: &["Scissors", "Paper Scissors", "Desk Shears"],
        uses: &["Cuts ten sheets at once.", "Sharp blades and soft handles, left or right."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, RECYCLED],
        silhouette: Silhouette::lying(12.0, SCISSORS),
    },
    Kind {
        names: &["Stapler", "Desktop Stapler", "Full Strip Stapler"],
        uses: &["Staples twenty sheets without jamming.", "Opens flat for the notice board."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, RECYCLED],
        silhouette: Silhouette::standing(STAPLER),
    },
    Kind {
        names: &["Hole Punch", "Two-Hole Punch", "Paper Punch"],
        uses: &["Punches clean holes through a dozen sheets.", "The drawer below catches all confetti."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, RECYCLED],
        silhouette: Silhouette::standing(HOLE_PUNCH),
    },
    Kind {
        names: &["Tape Dispenser", "Desk Tape Dispenser"],
        uses: &["Heavy enough to tear tape with one hand.", "A sharp edge and a foot that does not slip."],
        made_of: &[PLASTIC, STEEL, OAK, BAMBOO, RECYCLED, ALUMINIUM],
        silhouette: Silhouette::standing(TAPE_DISPENSER),
    },
    Kind {
        names: &["Paper Clips", "Jumbo Paper Clips", "Paperclip Set"],
        uses: &["Holds a chapter together without a dent.", "Strong wire that keeps its bend."],
        made_of: &[STEEL, ALUMINIUM, PLASTIC, RECYCLED],
        silhouette: Silhouette::lying(24.0, PAPER_CLIP),
    },
    Kind {
        names: &["Ring Binder", "Binder", "Lever Arch Binder"],
        uses: &["Rings that close without a gap.", "Holds four hundred sheets and a spine label."],
        made_of: &[PLASTIC, CARDBOARD, LEATHER, FELT, LINEN, RECYCLED],
        silhouette: Silhouette::standing(BINDER),
    },
    Kind {
        names: &["Spiral Notebook", "Notebook", "Ruled Journal"],
        uses: &["Lies flat on the desk and tears off clean.", "Eighty ruled leaves on a spiral."],
        made_of: &[LEATHER, LINEN, FELT, CARDBOARD, RECYCLED, BAMBOO],
        silhouette: Silhouette::lying(-6.0, NOTEBOOK),
    },
    Kind {
        names: &["File Folder", "Document Folder", "Folder with Tab"],
        uses: &["Keeps loose sheets where they belong.", "A tab you can read from across the drawer."],
        made_of: &[PLASTIC, CARDBOARD, LEATHER, FELT, LINEN, RECYCLED],
        silhouette: Silhouette::lying(0.0, FOLDER),
    },
    Kind {
        names: &["Clipboard", "Letter Size Clipboard"],
        uses: &["A firm clip and a board to write on anywhere.", "Keeps the list flat while you stand."],
        made_of: &[PLASTIC, OAK, BAMBOO, ALUMINIUM, LEATHER, CARDBOARD],
        silhouette: Silhouette::lying(5.0, CLIPBOARD),
    },
    Kind {
        names: &["Envelopes", "Mailing Envelopes", "Envelope Set"],
        uses: &["Seals with one stroke.", "Fits a letter folded in three."],
        made_of: &[RECYCLED, LINEN, CARDBOARD, BAMBOO],
        silhouette: Silhouette::lying(-5.0, ENVELOPE),
    },
    Kind {
        names: &["Copy Paper", "Printer Paper Ream", "Multipurpose Paper"],
        uses: &[
            "Five hundred bright sheets that feed without curling.",
            "For copies, drafts and paper planes.",
        ],
        made_of: &[RECYCLED, LINEN, CARDBOARD, BAMBOO],
        silhouette: Silhouette::standing(PAPER_REAM),
    },
    Kind {
        names: &["Sticky Notes", "Self-Stick Note Pad", "Notes"],
        uses: &["Sticks, lifts off and sticks again.", "A hundred sheets for a hundred thoughts."],
        made_of: &[RECYCLED, LINEN, CARDBOARD, BAMBOO],
        silhouette: Silhouette::lying(6.0, STICKY_NOTES),
    },
    Kind {
        names: &["Desk Calendar", "Flip Calendar", "Monthly Planner"],
        uses: &["A month on a page with room for plans.", "Stands by itself and turns quietly."],
        made_of: &[CARDBOARD, RECYCLED, LINEN, OAK, BAMBOO, LEATHER],
        silhouette: Silhouette::standing(DESK_CALENDAR),
    },
    Kind {
        names: &["Rubber Stamp", "Self-Inking Stamp", "Office Stamp"],
        uses: &["Prints a crisp line a thousand times.", "Re-inks itself with each press."],
        made_of: &[PLASTIC, OAK, BAMBOO, RECYCLED],
        silhouette: Silhouette::standing(RUBBER_STAMP),
    },
    Kind {
        names: &["Pen Cup", "Pencil Holder", "Desk Caddy"],
        uses: &["Gathers what rolls about the desk.", "Room for pens, rulers and one flower."],
        made_of: &[PLASTIC, STEEL, LEATHER, FELT, BAMBOO, OAK, RECYCLED, LINEN],
        silhouette: Silhouette::standing(PEN_CUP),
    },
    Kind {
        names: &["Letter Tray", "Paper Tray", "Desk Organizer Tray"],
        uses: &["Three tiers: to do, doing, done.", "Stacks letters without a wobble."],
        made_of: &[PLASTIC, STEEL, OAK, BAMBOO, RECYCLED, ALUMINIUM],
        silhouette: Silhouette::standing(LETTER_TRAY),
    },
    Kind {
        names: &["Calculator", "Desktop Calculator", "Pocket Calculator"],
        uses: &["Large keys and a display you can tilt.", "Adds up the month on a little sunlight."],
        made_of: &[PLASTIC, ALUMINIUM, RECYCLED, BAMBOO],
        silhouette: Silhouette::lying(-4.0, CALCULATOR),
    },
    Kind {
        names: &["Label Maker", "Handheld Labeler", "Label Printer"],
        uses: &["Names every drawer in plain letters.", "Prints tape that survives the dishwasher."],
        made_of: &[PLASTIC, ALUMINIUM, RECYCLED, BAMBOO],
        silhouette: Silhouette::lying(4.0, LABEL_MAKER),
    },
    Kind {
        names: &["Inkjet Printer", "Printer", "All-in-One Printer"],
        uses: &["Prints, scans and copies from any phone.", "Twenty pages a minute and hardly a sound."],
        made_of: &[PLASTIC, ALUMINIUM, RECYCLED, BAMBOO],
        silhouette: Silhouette::standing(PRINTER),
    },
    Kind {
        names: &["Wall Clock", "Silent Wall Clock", "Office Clock"],
        uses: &["Sweeps without a tick.", "Numbers you can read from the far end."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, OAK, BAMBOO, FELT],
        silhouette: Silhouette::lying(0.0, WALL_CLOCK),
    },
    Kind {
        names: &["Desk Lamp", "Task Lamp", "Reading Lamp"],
        uses: &["Warm light where you read, dark where you rest.", "The arm stays where you leave it."],
        made_of: &[PLASTIC, STEEL, ALUMINIUM, OAK, BAMBOO, FELT],
        silhouette: Silhouette::standing(DESK_LAMP),
    },
    Kind {
        names: &["Office Chair", "Swivel Chair", "Task Chair"],
        uses: &["Supports the back through the last meeting.", "Turns, tilts and rolls over carpet."],
        made_of: &[LEATHER, FELT, LINEN, PLASTIC, STEEL],
        silhouette: Silhouette::standing(OFFICE_CHAIR),
    },
    Kind {
        names: &["Writing Desk", "Computer Desk", "Desk with Drawers"],
        uses: &["Two drawers and room for both elbows.", "Goes together in half an hour."],
        made_of: &[OAK, BAMBOO, STEEL, ALUMINIUM, RECYCLED],
        silhouette: Silhouette::standing(DESK),
    },
    Kind {
        names: &["Filing Cabinet", "Three-Drawer Cabinet", "File Cabinet"],
        uses: &["Drawers that run full length and lock.", "Holds letter files without tipping."],
        made_of: &[STEEL, ALUMINIUM, OAK, BAMBOO, RECYCLED],
        silhouette: Silhouette::standing(FILING_CABINET),
    },
    Kind {
        names: &["Whiteboard", "Dry Erase Board", "Easel Board"],
        uses: &["Wipes clean without a ghost.", "Room for the whole plan, on two legs."],
        made_of: &[STEEL, ALUMINIUM, OAK, BAMBOO, RECYCLED],
        silhouette: Silhouette::standing(WHITEBOARD),
    },
];
