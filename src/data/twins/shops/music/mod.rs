//! Music: pieces of one second, each for an instrument, in a sleeve that shows it. What a kind is, the instrument, is told
//! by title, cover and sound alike.

mod drawings;
mod timbres;

use drawings::*;

use super::{Catalogue, Kind, Words};
use crate::data::twins::drawing::Silhouette;

pub static MUSIC: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: timbres::TIMBRES,
    brands: &[
        "Fensbyrd",
        "Ottalune",
        "Marrowind",
        "Kolibrand",
        "Sundwell",
        "Tavernock",
        "Quistberg",
        "Lyrandel",
        "Harpsund",
        "Novatune",
        "Ebbington",
        "Zitherlow",
    ],
    materials: &[SOLO, DUO, TRIO, QUARTET, ORCHESTRA, CHOIR, CONCERT],
    themes: &[
        &["for long drives", "for the motorway"],
        &["for falling asleep", "for the cradle"],
        &["for dinner guests", "for candlelight"],
        &["for dancing", "for the dance floor"],
        &["for concentration", "for homework"],
        &["for sad days", "for heartache"],
        &["for running", "for the last mile"],
        &["from the film", "as heard in the cinema"],
    ],
    prices: [&["Single", "Demo"], &[], &["Remastered", "Anniversary Edition"]],
    endings: [" (take {})", " - Op. {}"],
    material_facts: &["Setting: {}.", "Recorded in one take: {}.", "This version: {}."],
    theme_facts: &["Written {}.", "People play it {}.", "A tune {}, again and again."],
    brand_facts: &["Written and played by {}.", "{} had it ready in an afternoon."],
    fillers: &[
        "Mastered from the first tape.",
        "The score is inside.",
        "A favourite with our listeners.",
        "Best heard with headphones.",
        "The sleeve has been drawn by hand.",
        "Turn it up.",
        "Recorded on a Tuesday.",
        "Out of print for years.",
    ],
};

const SOLO: Words = &["Solo", "Unaccompanied"];
const DUO: Words = &["Duo", "Duet"];
const TRIO: Words = &["Trio"];
const QUARTET: Words = &["Quartet"];
const ORCHESTRA: Words = &["Orchestral", "With Orchestra"];
const CHOIR: Words = &["Choral", "With Choir"];
const CONCERT: Words = &["In Concert", "Live"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["Guitar Piece", "Guitar Tune", "Study for Guitar"],
        uses: &["Six strings and one idea.", "Plucked near the bridge."],
        made_of: &[SOLO, DUO, TRIO, CONCERT],
        silhouette: Silhouette::lying(0.0, GUITAR),
    },
    Kind {
        names: &["Violin Piece", "Violin Air", "Caprice for Violin"],
        uses: &["Bowed long and with a little tremble.", "Sings above everything."],
        made_of: &[SOLO, DUO, QUARTET, ORCHESTRA],
        silhouette: Silhouette::lying(0.0, VIOLIN),
    },
    Kind {
        names: &["Piano Piece", "Piano Prelude", "Little Piece for Piano"],
        uses: &["Hammers on strings, and some pedal.", "Both hands, close together."],
        made_of: &[SOLO, DUO, TRIO, ORCHESTRA, CONCERT],
        silhouette: Silhouette::lying(0.0, PIANO),
    },
    Kind {
        names: &["Trumpet Piece", "Trumpet Call", "Fanfare for Trumpet"],
        uses: &["Brass, without a mute.", "Wakes the whole street."],
        made_of: &[SOLO, DUO, ORCHESTRA, CONCERT],
        silhouette: Silhouette::lying(0.0, TRUMPET),
    },
    Kind {
        names: &["Flute Piece", "Flute Song", "Air for Flute"],
        uses: &["Breath that has become a note.", "Light as the wood it is played in."],
        made_of: &[SOLO, DUO, TRIO, QUARTET, CHOIR],
        silhouette: Silhouette::lying(0.0, FLUTE),
    },
    Kind {
        names: &["Drum Piece", "Drum March", "Roll for Drums"],
        uses: &["Skin, sticks and a steady hand.", "Begins quietly and does not stay so."],
        made_of: &[SOLO, TRIO, ORCHESTRA, CONCERT],
        silhouette: Silhouette::lying(0.0, DRUM),
    },
    Kind {
        names: &["Harp Piece", "Harp Serenade", "Nocturne for Harp"],
        uses: &["Every string rings on.", "Runs up, runs down, and stops for breath."],
        made_of: &[SOLO, DUO, ORCHESTRA, CHOIR],
        silhouette: Silhouette::lying(0.0, HARP),
    },
    Kind {
        names: &["Accordion Piece", "Accordion Musette", "Polka for Accordion"],
        uses: &["Bellows and reeds from the corner bar.", "Pulls and pushes without a gap."],
        made_of: &[SOLO, DUO, TRIO, CONCERT],
        silhouette: Silhouette::lying(0.0, ACCORDION),
    },
    Kind {
        names: &["Saxophone Piece", "Saxophone Ballad", "Lament for Saxophone"],
        uses: &["Reed, brass and a late hour.", "Smoky, and never in a hurry."],
        made_of: &[SOLO, TRIO, QUARTET, CONCERT],
        silhouette: Silhouette::lying(0.0, SAXOPHONE),
    },
    Kind {
        names: &["Banjo Piece", "Banjo Reel", "Breakdown for Banjo"],
        uses: &["Short notes from a tight skin.", "Five strings at full gallop."],
        made_of: &[SOLO, DUO, TRIO, QUARTET, CONCERT],
        silhouette: Silhouette::lying(0.0, BANJO),
    },
    Kind {
        names: &["Organ Piece", "Organ Chorale", "Fugue for Organ"],
        uses: &["Pipes from the shortest to the longest.", "Fills the nave with air."],
        made_of: &[SOLO, ORCHESTRA, CHOIR],
        silhouette: Silhouette::lying(0.0, ORGAN),
    },
    Kind {
        names: &["Bell Piece", "Carillon", "Peal of Bells"],
        uses: &["Bronze that takes its time to fall silent.", "Rings over the roofs."],
        made_of: &[SOLO, QUARTET, CHOIR, CONCERT],
        silhouette: Silhouette::lying(0.0, BELL),
    },
    Kind {
        names: &["Marimba Piece", "Marimba Dance", "Rondo for Marimba"],
        uses: &["Mallets on warm bars.", "Four mallets and two hands."],
        made_of: &[SOLO, DUO, TRIO, QUARTET, ORCHESTRA],
        silhouette: Silhouette::lying(0.0, MARIMBA),
    },
    Kind {
        names: &["Harmonica Piece", "Harmonica Stomp", "Train Song for Harmonica"],
        uses: &["In and out, on one breath.", "Fits a pocket and a long road."],
        made_of: &[SOLO, DUO, CONCERT],
        silhouette: Silhouette::lying(0.0, HARMONICA),
    },
];
