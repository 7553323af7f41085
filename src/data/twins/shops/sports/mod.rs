//! Sports and outdoors: what is thrown, ridden, lifted and slept in.

mod drawings;

use drawings::*;

use super::{Catalogue, Kind, PRICES, Words};
use crate::data::twins::drawing::Silhouette;

pub static SPORTS: Catalogue = Catalogue {
    kinds: KINDS,
    timbres: &[],
    brands: &[
        "Velotrex",
        "Stridemoor",
        "Summitarn",
        "Gripforge",
        "Pacelan",
        "Kinetora",
        "Ridgevolt",
        "Aquastrid",
        "Torvanta",
        "Jumperlane",
    ],
    materials: &[CARBON, RUBBER, NYLON, ALUMINIUM, LEATHER, FOAM, CORK, MESH],
    themes: &[
        &["for beginners", "for a first season"],
        &["for the gym", "for the fitness room", "for weights and sweat"],
        &["for the trail", "for the hills", "for long walks"],
        &["for race day", "for competitions", "for personal bests"],
        &["for the school team", "for the club", "for away matches"],
        &["for wet weather", "for autumn rain"],
        &["for juniors", "for growing athletes"],
        &["for the beach", "for the lake", "for holidays by the sea"],
    ],
    prices: PRICES,
    endings: [" (size {})", " - Model {}"],
    material_facts: &[
        "Made of {} that takes a beating.",
        "The {} keeps its grip when hands are wet.",
        "We chose {} because it weighs so little.",
    ],
    theme_facts: &["Thought out {}.", "Athletes buy it {}, and come back.", "A reliable partner {}."],
    brand_facts: &["{} sponsors three village clubs.", "From the workshop of {}."],
    fillers: &[
        "Tested by people who get up at five.",
        "Colours may differ slightly from the picture.",
        "Please check the size before ordering.",
        "Washes off with a hose.",
        "A favourite with our customers.",
        "New and improved.",
        "Satisfaction guaranteed.",
        "Two-year guarantee.",
    ],
};

const CARBON: Words = &["Carbon Fibre", "Carbon"];
const RUBBER: Words = &["Rubber", "Natural Rubber"];
const NYLON: Words = &["Nylon", "Ripstop Nylon"];
const ALUMINIUM: Words = &["Aluminium", "Brushed Aluminium"];
const LEATHER: Words = &["Leather", "Full-Grain Leather"];
const FOAM: Words = &["Foam", "Closed-Cell Foam"];
const CORK: Words = &["Cork", "Pressed Cork"];
const MESH: Words = &["Mesh", "Breathing Mesh"];

const KINDS: &[Kind] = &[
    Kind {
        names: &["Football", "Match Football", "Training Football"],
        uses: &["Flies true and keeps its air.", "Thirty-two panels and not one seam that opens."],
        made_of: &[LEATHER, RUBBER, FOAM, NYLON],
        silhouette: Silhouette::lying(10.0, FOOTBALL),
    },
    Kind {
        names: &["Basketball", "Street Basketball", "Indoor Basketball"],
        uses: &["Grips the palm and bounces evenly.", "Sounds right on asphalt."],
        made_of: &[LEATHER, RUBBER, FOAM],
        silhouette: Silhouette::lying(15.0, BASKETBALL),
    },
    Kind {
        names: &["Tennis Racket", "Racket", "Allround Racket"],
        uses: &["A large sweet spot and little shake.", "Strung at the works, ready for a first serve."],
        made_of: &[CARBON, ALUMINIUM, CORK, LEATHER],
        silhouette: Silhouette::lying(35.0, RACKET),
    },
    Kind {
        names: &["Dumbbell", "Hand Weight", "Adjustable Dumbbell"],
        uses: &["Does not roll away between sets.", "Plates change in ten seconds."],
        made_of: &[RUBBER, ALUMINIUM, FOAM, CORK],
        silhouette: Silhouette::lying(-25.0, DUMBBELL),
    },
    Kind {
        names: &["Water Bottle", "Drinking Bottle", "Sports Flask"],
        uses: &["Opens with the teeth and closes with a click.", "Keeps cold water cold for a whole stage."],
        made_of: &[ALUMINIUM, RUBBER, CARBON, CORK],
        silhouette: Silhouette::standing(BOTTLE),
    },
    Kind {
        names: &["Tent", "Two-Person Tent", "Dome Tent"],
        uses: &["Stands in eight minutes.", "Two sleep in it, and their boots stay dry."],
        made_of: &[NYLON, MESH, CARBON, ALUMINIUM],
        silhouette: Silhouette::standing(TENT),
    },
    Kind {
        names: &["Backpack", "Hiking Rucksack", "Daypack"],
        uses: &["Carries on the hips and not on the neck.", "Pockets where hands look for them."],
        made_of: &[NYLON, MESH, LEATHER, FOAM],
        silhouette: Silhouette::standing(BACKPACK),
    },
    Kind {
        names: &["Bicycle", "Touring Bike", "City Bike"],
        uses: &["Goes uphill as if it wanted to.", "Eight gears and brakes that bite."],
        made_of: &[ALUMINIUM, CARBON, RUBBER, LEATHER],
        silhouette: Silhouette::standing(BICYCLE),
    },
    Kind {
        names: &["Cycling Helmet", "Bike Helmet", "Skate Helmet"],
        uses: &["So light that heads forget it.", "Turns with one wheel at the back."],
        made_of: &[FOAM, CARBON, MESH, CORK],
        silhouette: Silhouette::standing(HELMET),
    },
    Kind {
        names: &["Skateboard", "Street Deck", "Cruiser Board"],
        uses: &["Pops high and lands flat.", "Rolls over cracks without a stumble."],
        made_of: &[CARBON, RUBBER, ALUMINIUM, CORK],
        silhouette: Silhouette::lying(30.0, SKATEBOARD),
    },
    Kind {
        names: &["Yoga Mat", "Exercise Mat", "Gymnastics Mat"],
        uses: &["Stays where it lies, even in the warrior.", "Rolls up thin and airs fast."],
        made_of: &[CORK, FOAM, RUBBER],
        silhouette: Silhouette::standing(YOGA_MAT),
    },
    Kind {
        names: &["Kettlebell", "Training Kettlebell", "Iron Bell"],
        uses: &["Swings without a wobble.", "A handle for one hand or two."],
        made_of: &[RUBBER, FOAM, LEATHER, ALUMINIUM],
        silhouette: Silhouette::standing(KETTLEBELL),
    },
    Kind {
        names: &["Running Shoes", "Jogging Shoes", "Trainers"],
        uses: &["Springs back at every step.", "Ventilated at the toes, firm at the heel."],
        made_of: &[MESH, NYLON, FOAM, LEATHER, RUBBER],
        silhouette: Silhouette::standing(SHOE),
    },
    Kind {
        names: &["Surfboard", "Longboard", "Wave Rider"],
        uses: &["Forgives late take-offs.", "Glides on the smallest wave."],
        made_of: &[FOAM, CARBON, CORK],
        silhouette: Silhouette::lying(24.0, SURFBOARD),
    },
];
