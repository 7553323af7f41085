//! Titles and descriptions of products, from the same attributes as the drawings, with what real shop texts
//! have: synonyms, things left out, and phrases that say nothing.

use rand_chacha::ChaCha8Rng;

use super::catalogue::{Brand, Build, Colour, Kind, Material, Pattern, Price, Product, Theme, pick};
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
    ItemText { title, description }
}

fn title(product: &Product, told_looks: f64, random: &mut ChaCha8Rng) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut say = |random: &mut ChaCha8Rng, chance: f64, choices: &[&'static str]| {
        if !choices.is_empty() && random.unit() < chance {
            words.push(pick(random, choices));
        }
    };
    say(random, BRAND_IN_TITLE, &[product.brand.name()]);
    say(random, PRICE_IN_TITLE, price(product.price));
    say(random, told_looks, build(product.build));
    say(random, told_looks, colour(product.colour));
    say(random, told_looks, pattern(product.pattern));
    say(random, MATERIAL_IN_TITLE, material(product.material));
    say(random, 1.0, names(product.kind));
    let mut title = words.join(" ");
    if random.unit() < THEME_IN_TITLE {
        title.push_str(", ");
        title.push_str(pick(random, theme(product.theme)));
    }
    match random.below(8) {
        0 => title.push_str(&format!(" ({} pack)", 2 + random.below(11))),
        1 => title.push_str(&format!(
            " - Model {}{}",
            pick(random, &["A", "K", "R", "X"]),
            100 + random.below(900)
        )),
        _ => {}
    }
    title
}

fn description(product: &Product, told_looks: f64, random: &mut ChaCha8Rng) -> String {
    let mut sentences = vec![pick(random, uses(product.kind)).to_owned()];
    if random.unit() < FACT_IN_DESCRIPTION {
        let material = pick(random, material(product.material)).to_lowercase();
        sentences.push(match random.below(3) {
            0 => format!("Made of {material} that lasts."),
            1 => format!("The {material} feels good in the hand and is easy to clean."),
            _ => format!("We chose {material} because it ages well."),
        });
    }
    if random.unit() < FACT_IN_DESCRIPTION {
        let theme = pick(random, theme(product.theme));
        sentences.push(match random.below(3) {
            0 => format!("Thought out {theme}."),
            1 => format!("Customers buy it {theme}, and come back for more."),
            _ => format!("A small thing {theme} that makes the day easier."),
        });
    }
    if random.unit() < told_looks {
        let colour = pick(random, colour(product.colour)).to_lowercase();
        sentences.push(match pattern(product.pattern) {
            [] => format!("Comes in {colour}."),
            patterns => format!("Comes in {colour}, {}.", pick(random, patterns).to_lowercase()),
        });
    }
    if random.unit() < FACT_IN_DESCRIPTION {
        sentences.push(match random.below(2) {
            0 => format!("{} stands behind it.", product.brand.name()),
            _ => format!("From the workshop of {}.", product.brand.name()),
        });
    }
    for _ in 0..random.below(3) {
        sentences.push(pick(random, FILLER).to_owned());
    }
    let (_, later) = sentences.split_at_mut(1);
    random.shuffle(later);
    sentences.join(" ")
}

/// Sentences that fit anything.
const FILLER: &[&str] = &[
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
];

impl Brand {
    /// The name as it is printed on the box.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quillmoor => "Quillmoor",
            Self::PindleFay => "PindleFay",
            Self::Harrowbrook => "Harrowbrook",
            Self::Tessolo => "Tessolo",
            Self::Ondrift => "Ondrift",
            Self::Marrowby => "Marrowby",
            Self::Kestrelline => "Kestrelline",
            Self::Lumenfold => "Lumenfold",
            Self::Bramwick => "Bramwick",
            Self::Oxtally => "Oxtally",
            Self::Northpebble => "Northpebble",
            Self::Velluna => "Velluna",
            Self::Stackenby => "Stackenby",
            Self::Grindlewick => "Grindlewick",
            Self::Corvessa => "Corvessa",
            Self::Umberleaf => "Umberleaf",
        }
    }
}

fn price(price: Price) -> &'static [&'static str] {
    match price {
        Price::Budget => &["Value", "Basic"],
        Price::Everyday => &[],
        Price::Premium => &["Premium", "Deluxe"],
    }
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

fn material(material: Material) -> &'static [&'static str] {
    match material {
        Material::Plastic => &["Plastic", "Acrylic"],
        Material::Steel => &["Steel", "Stainless Steel"],
        Material::Aluminium => &["Aluminium", "Brushed Aluminium"],
        Material::Oak => &["Oak", "Solid Oak"],
        Material::Bamboo => &["Bamboo"],
        Material::Leather => &["Leather", "Soft Leather"],
        Material::Felt => &["Felt", "Wool Felt"],
        Material::Cardboard => &["Cardboard", "Pressboard"],
        Material::Recycled => &["Recycled Fibre", "Recycled"],
        Material::Linen => &["Linen", "Woven Linen"],
    }
}

fn theme(theme: Theme) -> &'static [&'static str] {
    match theme {
        Theme::Travel => &["for travel", "for commuters", "for the suitcase"],
        Theme::Classroom => &["for the classroom", "for teachers", "for pupils and school"],
        Theme::HomeOffice => &["for the home office", "for working from home"],
        Theme::Executive => &["for the executive suite", "for the boardroom", "for executives"],
        Theme::Studio => &["for the studio", "for artists", "for sketching and crafts"],
        Theme::Workshop => &["for heavy duty use", "for the warehouse", "for heavy workshop days"],
        Theme::Planet => &["for a greener planet", "with no plastic waste", "for eco friendly desks"],
        Theme::Gift => &["as a gift", "in a gift box", "as a birthday present"],
    }
}

fn names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Pen => &["Ballpoint Pen", "Gel Pen", "Pen"],
        Kind::Pencil => &["Pencil", "HB Pencil", "Pencil with Eraser"],
        Kind::Marker => &["Marker", "Highlighter", "Chisel Marker"],
        Kind::GlueStick => &["Glue Stick", "Paper Glue Stick"],
        Kind::Ruler => &["Ruler", "30 cm Ruler", "Straightedge Ruler"],
        Kind::Scissors => &["Scissors", "Paper Scissors", "Desk Shears"],
        Kind::Stapler => &["Stapler", "Desktop Stapler", "Full Strip Stapler"],
        Kind::HolePunch => &["Hole Punch", "Two-Hole Punch", "Paper Punch"],
        Kind::TapeDispenser => &["Tape Dispenser", "Desk Tape Dispenser"],
        Kind::PaperClip => &["Paper Clips", "Jumbo Paper Clips", "Paperclip Set"],
        Kind::Binder => &["Ring Binder", "Binder", "Lever Arch Binder"],
        Kind::Notebook => &["Spiral Notebook", "Notebook", "Ruled Journal"],
        Kind::Folder => &["File Folder", "Document Folder", "Folder with Tab"],
        Kind::Clipboard => &["Clipboard", "Letter Size Clipboard"],
        Kind::Envelope => &["Envelopes", "Mailing Envelopes", "Envelope Set"],
        Kind::PaperReam => &["Copy Paper", "Printer Paper Ream", "Multipurpose Paper"],
        Kind::StickyNotes => &["Sticky Notes", "Self-Stick Note Pad", "Notes"],
        Kind::DeskCalendar => &["Desk Calendar", "Flip Calendar", "Monthly Planner"],
        Kind::RubberStamp => &["Rubber Stamp", "Self-Inking Stamp", "Office Stamp"],
        Kind::PenCup => &["Pen Cup", "Pencil Holder", "Desk Caddy"],
        Kind::LetterTray => &["Letter Tray", "Paper Tray", "Desk Organizer Tray"],
        Kind::Calculator => &["Calculator", "Desktop Calculator", "Pocket Calculator"],
        Kind::LabelMaker => &["Label Maker", "Handheld Labeler", "Label Printer"],
        Kind::Printer => &["Inkjet Printer", "Printer", "All-in-One Printer"],
        Kind::WallClock => &["Wall Clock", "Silent Wall Clock", "Office Clock"],
        Kind::DeskLamp => &["Desk Lamp", "Task Lamp", "Reading Lamp"],
        Kind::OfficeChair => &["Office Chair", "Swivel Chair", "Task Chair"],
        Kind::Desk => &["Writing Desk", "Computer Desk", "Desk with Drawers"],
        Kind::FilingCabinet => &["Filing Cabinet", "Three-Drawer Cabinet", "File Cabinet"],
        Kind::Whiteboard => &["Whiteboard", "Dry Erase Board", "Easel Board"],
    }
}

fn uses(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Pen => &["Writes without a blot from the first word.", "Smooth ink for long letters."],
        Kind::Pencil => {
            &["Sharpens to a fine point and erases cleanly.", "Soft graphite for notes and margins."]
        }
        Kind::Marker => {
            &["Bold lines that do not bleed through.", "Marks what matters in a broad bright stroke."]
        }
        Kind::GlueStick => &["Sticks paper in seconds and does not wrinkle it.", "Washes out of sleeves."],
        Kind::Ruler => &["Clear marks on both edges.", "Draws a line as straight as your intentions."],
        Kind::Scissors => &["Cuts ten sheets at once.", "Sharp blades and soft handles, left or right."],
        Kind::Stapler => &["Staples twenty sheets without jamming.", "Opens flat for the notice board."],
        Kind::HolePunch => {
            &["Punches clean holes through a dozen sheets.", "The drawer below catches all confetti."]
        }
        Kind::TapeDispenser => {
            &["Heavy enough to tear tape with one hand.", "A sharp edge and a foot that does not slip."]
        }
        Kind::PaperClip => &["Holds a chapter together without a dent.", "Strong wire that keeps its bend."],
        Kind::Binder => &["Rings that close without a gap.", "Holds four hundred sheets and a spine label."],
        Kind::Notebook => &["Lies flat on the desk and tears off clean.", "Eighty ruled leaves on a spiral."],
        Kind::Folder => {
            &["Keeps loose sheets where they belong.", "A tab you can read from across the drawer."]
        }
        Kind::Clipboard => {
            &["A firm clip and a board to write on anywhere.", "Keeps the list flat while you stand."]
        }
        Kind::Envelope => &["Seals with one stroke.", "Fits a letter folded in three."],
        Kind::PaperReam => {
            &["Five hundred bright sheets that feed without curling.", "For copies, drafts and paper planes."]
        }
        Kind::StickyNotes => {
            &["Sticks, lifts off and sticks again.", "A hundred sheets for a hundred thoughts."]
        }
        Kind::DeskCalendar => {
            &["A month on a page with room for plans.", "Stands by itself and turns quietly."]
        }
        Kind::RubberStamp => &["Prints a crisp line a thousand times.", "Re-inks itself with each press."],
        Kind::PenCup => &["Gathers what rolls about the desk.", "Room for pens, rulers and one flower."],
        Kind::LetterTray => &["Three tiers: to do, doing, done.", "Stacks letters without a wobble."],
        Kind::Calculator => {
            &["Large keys and a display you can tilt.", "Adds up the month on a little sunlight."]
        }
        Kind::LabelMaker => {
            &["Names every drawer in plain letters.", "Prints tape that survives the dishwasher."]
        }
        Kind::Printer => {
            &["Prints, scans and copies from any phone.", "Twenty pages a minute and hardly a sound."]
        }
        Kind::WallClock => &["Sweeps without a tick.", "Numbers you can read from the far end."],
        Kind::DeskLamp => {
            &["Warm light where you read, dark where you rest.", "The arm stays where you leave it."]
        }
        Kind::OfficeChair => {
            &["Supports the back through the last meeting.", "Turns, tilts and rolls over carpet."]
        }
        Kind::Desk => &["Two drawers and room for both elbows.", "Goes together in half an hour."],
        Kind::FilingCabinet => {
            &["Drawers that run full length and lock.", "Holds letter files without tipping."]
        }
        Kind::Whiteboard => &["Wipes clean without a ghost.", "Room for the whole plan, on two legs."],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::twins::catalogue::Attribute;
    use crate::random::{Stream, generator};

    #[test]
    fn texts_name_the_kind_and_only_true_facts() {
        let mut random = generator(5, Stream::Twin);
        let mut brands_named = 0;
        for round in 0..600 {
            let product = Product::draw(Kind::ALL[round % Kind::ALL.len()], &mut random);
            let text = text(&product, round % 2 == 0, 0.4, &mut random);
            assert!(
                names(product.kind).iter().any(|name| text.title.contains(name)),
                "{product:?}: {text:?}"
            );
            assert_eq!(text.description.is_empty(), round % 2 == 1);
            let said = format!("{} {}", text.title, text.description);
            for brand in Brand::ALL {
                assert!(*brand == product.brand || !said.contains(brand.name()), "{product:?}: {said}");
            }
            for other in Theme::ALL.iter().filter(|theme| **theme != product.theme) {
                assert!(!theme(*other).iter().any(|phrase| said.contains(phrase)), "{product:?}: {said}");
            }
            brands_named += usize::from(text.title.contains(product.brand.name()));
        }
        assert!((500..590).contains(&brands_named), "some titles leave the brand out: {brands_named}");
    }

    #[test]
    fn looks_are_told_as_often_as_asked() {
        let mut random = generator(6, Stream::Twin);
        let mut told = |told_looks: f64| {
            let tells = |round: usize| {
                let product = Product::draw(Kind::ALL[round % Kind::ALL.len()], &mut random);
                let text = text(&product, round % 2 == 0, told_looks, &mut random);
                let looks = [colour(product.colour), pattern(product.pattern), build(product.build)];
                let named = looks.concat().iter().any(|word| text.title.contains(word));
                (named, text.description.contains("Comes in "))
            };
            let told: Vec<_> = (0..600).map(tells).collect();
            (told.iter().filter(|told| told.0).count(), told.iter().filter(|told| told.1).count())
        };
        assert_eq!(told(0.0), (0, 0));
        assert_eq!(told(1.0), (600, 300));
        let (titles, descriptions) = told(0.4);
        assert!((240..540).contains(&titles) && (80..160).contains(&descriptions), "{titles} {descriptions}");
    }
}
