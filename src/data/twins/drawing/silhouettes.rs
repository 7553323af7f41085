//! What each kind of product looks like: layers from back to front, on a square of 100 x 100 with the origin
//! at the top left.

use super::super::catalogue::Kind;

use Layer::{Body, Line, Part, Wire};
use Shape::{Curve, Oval, Polygon, Ring, Slab};
use Tone::{Accent, Dark, Glow, Ink, Metal, Paper, Rubber, Screen, Shade, Wood};

type Point = (f32, f32);

/// A kind's drawing, before colours, pattern and pose.
pub struct Silhouette {
    /// Degrees, clockwise.
    pub tilt: f32,
    /// Standing on the ground, or lying on it and seen from above.
    pub standing: bool,
    pub layers: &'static [Layer],
}

pub enum Layer {
    /// In the main colour, with the pattern, shaded and outlined.
    Body(Shape),
    /// In another colour, outlined.
    Part(Tone, Shape),
    /// A straight or broken line of a width.
    Line(Tone, f32, &'static [Point]),
    /// A smooth thick line in the main colour, outlined.
    Wire(f32, &'static [Point]),
}

pub enum Shape {
    /// A rectangle: left, top, width, height and the radius of its corners.
    Slab(f32, f32, f32, f32, f32),
    /// An ellipse: centre and both radii.
    Oval(f32, f32, f32, f32),
    /// An ellipse with a hole: centre, both radii, thickness.
    Ring(f32, f32, f32, f32, f32),
    Polygon(&'static [Point]),
    /// Closed and smooth: corners are rounded between the middles of the sides.
    Curve(&'static [Point]),
}

#[derive(Clone, Copy)]
pub enum Tone {
    Accent,
    /// The main colour, darker.
    Shade,
    Dark,
    Metal,
    Paper,
    Wood,
    Rubber,
    Screen,
    /// Light of a lamp, translucent and without outline.
    Glow,
    /// Thin writing.
    Ink,
}

/// The drawing of a kind.
pub fn silhouette(kind: Kind) -> Silhouette {
    let lying = |tilt, layers| Silhouette { tilt, standing: false, layers };
    let standing = |layers| Silhouette { tilt: 0.0, standing: true, layers };
    match kind {
        Kind::Pen => lying(35.0, PEN),
        Kind::Pencil => lying(-35.0, PENCIL),
        Kind::Marker => lying(20.0, MARKER),
        Kind::GlueStick => standing(GLUE_STICK),
        Kind::Ruler => lying(-32.0, RULER),
        Kind::Scissors => lying(12.0, SCISSORS),
        Kind::Stapler => standing(STAPLER),
        Kind::HolePunch => standing(HOLE_PUNCH),
        Kind::TapeDispenser => standing(TAPE_DISPENSER),
        Kind::PaperClip => lying(24.0, PAPER_CLIP),
        Kind::Binder => standing(BINDER),
        Kind::Notebook => lying(-6.0, NOTEBOOK),
        Kind::Folder => lying(0.0, FOLDER),
        Kind::Clipboard => lying(5.0, CLIPBOARD),
        Kind::Envelope => lying(-5.0, ENVELOPE),
        Kind::PaperReam => standing(PAPER_REAM),
        Kind::StickyNotes => lying(6.0, STICKY_NOTES),
        Kind::DeskCalendar => standing(DESK_CALENDAR),
        Kind::RubberStamp => standing(RUBBER_STAMP),
        Kind::PenCup => standing(PEN_CUP),
        Kind::LetterTray => standing(LETTER_TRAY),
        Kind::Calculator => lying(-4.0, CALCULATOR),
        Kind::LabelMaker => lying(4.0, LABEL_MAKER),
        Kind::Printer => standing(PRINTER),
        Kind::WallClock => lying(0.0, WALL_CLOCK),
        Kind::DeskLamp => standing(DESK_LAMP),
        Kind::OfficeChair => standing(OFFICE_CHAIR),
        Kind::Desk => standing(DESK),
        Kind::FilingCabinet => standing(FILING_CABINET),
        Kind::Whiteboard => standing(WHITEBOARD),
    }
}

const PEN: &[Layer] = &[
    Part(Metal, Polygon(&[(44.0, 76.0), (56.0, 76.0), (52.0, 90.0), (50.0, 94.0), (48.0, 90.0)])),
    Part(Accent, Slab(46.5, 3.0, 7.0, 9.0, 2.5)),
    Body(Slab(42.0, 9.0, 16.0, 68.0, 5.0)),
    Part(Metal, Slab(41.0, 41.0, 18.0, 5.0, 1.0)),
    Part(Accent, Slab(56.0, 14.0, 5.0, 25.0, 2.5)),
];

const PENCIL: &[Layer] = &[
    Part(Wood, Polygon(&[(40.5, 72.0), (59.5, 72.0), (50.0, 94.0)])),
    Part(Dark, Polygon(&[(46.3, 86.0), (53.7, 86.0), (50.0, 94.0)])),
    Part(Rubber, Slab(41.0, 5.0, 18.0, 13.0, 5.0)),
    Body(Slab(40.0, 22.0, 20.0, 51.0, 0.5)),
    Part(Metal, Slab(39.5, 15.0, 21.0, 9.0, 1.5)),
];

const MARKER: &[Layer] = &[
    Part(Accent, Polygon(&[(45.0, 22.0), (45.0, 12.0), (55.0, 5.0), (55.0, 22.0)])),
    Part(Dark, Polygon(&[(42.0, 21.0), (58.0, 21.0), (63.0, 34.0), (37.0, 34.0)])),
    Body(Slab(36.0, 32.0, 28.0, 57.0, 6.0)),
    Part(Paper, Slab(36.0, 50.0, 28.0, 17.0, 0.0)),
    Line(Ink, 2.0, &[(41.0, 56.0), (59.0, 56.0)]),
    Line(Ink, 2.0, &[(41.0, 61.0), (53.0, 61.0)]),
];

const GLUE_STICK: &[Layer] = &[
    Part(Paper, Slab(41.0, 10.0, 18.0, 22.0, 8.0)),
    Part(Metal, Slab(37.0, 27.0, 26.0, 8.0, 2.0)),
    Body(Slab(34.0, 33.0, 32.0, 47.0, 3.0)),
    Part(Paper, Oval(50.0, 55.0, 10.5, 10.5)),
    Line(Accent, 4.0, &[(45.5, 55.0), (49.0, 59.5), (55.5, 51.0)]),
    Part(Accent, Slab(36.0, 79.0, 28.0, 9.0, 2.0)),
];

const RULER: &[Layer] = &[
    Body(Slab(4.0, 38.0, 92.0, 25.0, 3.0)),
    Line(Dark, 1.8, &[(12.0, 39.0), (12.0, 50.0)]),
    Line(Dark, 1.8, &[(21.5, 39.0), (21.5, 45.0)]),
    Line(Dark, 1.8, &[(31.0, 39.0), (31.0, 50.0)]),
    Line(Dark, 1.8, &[(40.5, 39.0), (40.5, 45.0)]),
    Line(Dark, 1.8, &[(50.0, 39.0), (50.0, 50.0)]),
    Line(Dark, 1.8, &[(59.5, 39.0), (59.5, 45.0)]),
    Line(Dark, 1.8, &[(69.0, 39.0), (69.0, 50.0)]),
    Line(Dark, 1.8, &[(78.5, 39.0), (78.5, 45.0)]),
    Line(Dark, 1.8, &[(88.0, 39.0), (88.0, 50.0)]),
    Part(Paper, Oval(89.5, 56.5, 2.6, 2.6)),
];

const SCISSORS: &[Layer] = &[
    Part(Metal, Polygon(&[(44.0, 60.0), (52.0, 62.0), (68.0, 10.0), (63.0, 8.0)])),
    Part(Metal, Polygon(&[(56.0, 60.0), (48.0, 62.0), (32.0, 10.0), (37.0, 8.0)])),
    Wire(7.0, &[(52.0, 56.0), (44.0, 66.0)]),
    Wire(7.0, &[(48.0, 56.0), (56.0, 66.0)]),
    Body(Ring(34.0, 77.0, 15.0, 15.0, 8.0)),
    Body(Ring(66.0, 77.0, 15.0, 15.0, 8.0)),
    Part(Accent, Oval(50.0, 54.0, 4.0, 4.0)),
];

const STAPLER: &[Layer] = &[
    Part(Metal, Polygon(&[(18.0, 62.0), (84.0, 62.0), (88.0, 71.0), (18.0, 71.0)])),
    Part(Dark, Curve(&[(10.0, 76.0), (50.0, 77.0), (92.0, 76.0), (92.0, 86.0), (50.0, 87.0), (10.0, 86.0)])),
    Body(Curve(&[
        (6.0, 66.0),
        (10.0, 44.0),
        (30.0, 36.0),
        (66.0, 38.0),
        (92.0, 46.0),
        (93.0, 58.0),
        (84.0, 63.0),
        (40.0, 65.0),
    ])),
    Part(Accent, Oval(21.0, 53.0, 5.0, 5.0)),
    Line(Metal, 2.5, &[(34.0, 56.0), (80.0, 55.0)]),
];

const HOLE_PUNCH: &[Layer] = &[
    Part(Metal, Slab(25.0, 50.0, 9.0, 26.0, 1.0)),
    Part(Metal, Slab(66.0, 50.0, 9.0, 26.0, 1.0)),
    Part(Paper, Polygon(&[(8.0, 68.0), (84.0, 68.0), (90.0, 75.0), (14.0, 75.0)])),
    Part(Dark, Slab(12.0, 75.0, 76.0, 12.0, 4.0)),
    Body(Curve(&[(12.0, 58.0), (16.0, 38.0), (32.0, 25.0), (68.0, 25.0), (84.0, 38.0), (88.0, 58.0)])),
    Part(Accent, Slab(34.0, 22.0, 32.0, 8.0, 4.0)),
];

const TAPE_DISPENSER: &[Layer] = &[
    Part(Accent, Ring(42.0, 44.0, 26.0, 26.0, 13.0)),
    Line(Glow, 4.0, &[(45.0, 18.5), (82.0, 46.0)]),
    Body(Curve(&[
        (10.0, 87.0),
        (8.0, 60.0),
        (22.0, 50.0),
        (42.0, 64.0),
        (62.0, 58.0),
        (76.0, 44.0),
        (88.0, 46.0),
        (84.0, 62.0),
        (93.0, 76.0),
        (92.0, 87.0),
        (50.0, 87.0),
    ])),
    Part(
        Metal,
        Polygon(&[
            (75.0, 49.0),
            (78.0, 44.0),
            (80.0, 47.0),
            (83.0, 42.0),
            (85.0, 45.0),
            (88.0, 41.0),
            (88.0, 49.0),
        ]),
    ),
    Part(Metal, Oval(42.0, 44.0, 5.0, 5.0)),
];

const PAPER_CLIP: &[Layer] = &[Wire(
    7.5,
    &[
        (38.0, 34.0),
        (38.0, 78.0),
        (62.0, 78.0),
        (62.0, 8.0),
        (26.0, 8.0),
        (26.0, 94.0),
        (74.0, 94.0),
        (74.0, 26.0),
    ],
)];

const BINDER: &[Layer] = &[
    Part(Paper, Slab(66.0, 18.0, 12.0, 66.0, 0.5)),
    Line(Ink, 1.2, &[(75.0, 20.0), (75.0, 82.0)]),
    Body(Slab(36.0, 12.0, 36.0, 76.0, 2.0)),
    Part(Shade, Slab(18.0, 12.0, 22.0, 76.0, 3.0)),
    Part(Paper, Slab(22.0, 22.0, 14.0, 30.0, 1.5)),
    Line(Ink, 1.8, &[(25.0, 29.0), (33.0, 29.0)]),
    Line(Ink, 1.8, &[(25.0, 35.0), (33.0, 35.0)]),
    Part(Metal, Ring(29.0, 72.0, 6.0, 6.0, 3.0)),
];

const NOTEBOOK: &[Layer] = &[
    Part(Paper, Slab(28.0, 14.0, 54.0, 75.0, 2.0)),
    Body(Slab(25.0, 11.0, 53.0, 75.0, 3.0)),
    Part(Paper, Slab(38.0, 24.0, 27.0, 16.0, 1.5)),
    Line(Ink, 1.8, &[(42.0, 30.0), (61.0, 30.0)]),
    Line(Ink, 1.8, &[(42.0, 35.0), (54.0, 35.0)]),
    Line(Accent, 3.5, &[(71.0, 12.0), (71.0, 85.0)]),
    Line(Dark, 3.4, &[(19.0, 18.0), (30.0, 18.0)]),
    Line(Dark, 3.4, &[(19.0, 28.0), (30.0, 28.0)]),
    Line(Dark, 3.4, &[(19.0, 38.0), (30.0, 38.0)]),
    Line(Dark, 3.4, &[(19.0, 48.0), (30.0, 48.0)]),
    Line(Dark, 3.4, &[(19.0, 58.0), (30.0, 58.0)]),
    Line(Dark, 3.4, &[(19.0, 68.0), (30.0, 68.0)]),
    Line(Dark, 3.4, &[(19.0, 78.0), (30.0, 78.0)]),
];

const FOLDER: &[Layer] = &[
    Part(
        Shade,
        Polygon(&[
            (10.0, 80.0),
            (10.0, 20.0),
            (14.0, 16.0),
            (38.0, 16.0),
            (44.0, 25.0),
            (88.0, 25.0),
            (88.0, 80.0),
        ]),
    ),
    Part(Paper, Polygon(&[(18.0, 30.0), (80.0, 22.0), (84.0, 60.0), (22.0, 66.0)])),
    Part(Paper, Polygon(&[(15.0, 34.0), (84.0, 32.0), (84.0, 66.0), (16.0, 66.0)])),
    Body(Polygon(&[(6.0, 42.0), (94.0, 42.0), (89.0, 82.0), (11.0, 82.0)])),
    Part(Accent, Slab(60.0, 67.0, 20.0, 8.0, 1.5)),
];

const CLIPBOARD: &[Layer] = &[
    Body(Slab(19.0, 11.0, 62.0, 79.0, 5.0)),
    Part(Paper, Slab(29.0, 25.0, 42.0, 55.0, 1.0)),
    Line(Accent, 2.6, &[(35.0, 37.0), (38.0, 40.0), (43.0, 34.0)]),
    Line(Ink, 2.0, &[(47.0, 38.0), (65.0, 38.0)]),
    Line(Accent, 2.6, &[(35.0, 51.0), (38.0, 54.0), (43.0, 48.0)]),
    Line(Ink, 2.0, &[(47.0, 52.0), (65.0, 52.0)]),
    Line(Ink, 2.0, &[(35.0, 66.0), (65.0, 66.0)]),
    Part(Metal, Slab(36.0, 13.0, 28.0, 10.0, 3.0)),
    Part(Metal, Ring(50.0, 11.0, 6.0, 6.0, 3.0)),
];

const ENVELOPE: &[Layer] = &[
    Part(Paper, Slab(20.0, 16.0, 60.0, 40.0, 1.0)),
    Line(Ink, 1.8, &[(27.0, 24.0), (64.0, 24.0)]),
    Line(Ink, 1.8, &[(27.0, 30.0), (54.0, 30.0)]),
    Body(Slab(10.0, 28.0, 80.0, 54.0, 3.0)),
    Line(Dark, 1.8, &[(11.0, 80.0), (38.0, 54.0)]),
    Line(Dark, 1.8, &[(89.0, 80.0), (62.0, 54.0)]),
    Part(Shade, Polygon(&[(10.5, 29.0), (89.5, 29.0), (50.0, 62.0)])),
    Part(Accent, Oval(50.0, 57.0, 7.5, 7.5)),
];

const PAPER_REAM: &[Layer] = &[
    Part(Shade, Polygon(&[(10.0, 40.0), (46.0, 56.0), (46.0, 88.0), (10.0, 70.0)])),
    Body(Polygon(&[(46.0, 56.0), (92.0, 38.0), (92.0, 68.0), (46.0, 88.0)])),
    Part(Paper, Polygon(&[(10.0, 40.0), (56.0, 23.0), (92.0, 38.0), (46.0, 56.0)])),
    Part(Paper, Polygon(&[(12.0, 33.0), (56.0, 17.0), (90.0, 31.0), (46.0, 48.0)])),
    Part(Paper, Polygon(&[(58.0, 57.0), (81.0, 48.0), (81.0, 63.0), (58.0, 72.5)])),
    Line(Accent, 3.2, &[(63.0, 63.0), (76.0, 57.5)]),
];

const STICKY_NOTES: &[Layer] = &[
    Part(Accent, Polygon(&[(22.0, 24.0), (86.0, 20.0), (89.0, 84.0), (26.0, 88.0)])),
    Part(Shade, Polygon(&[(18.0, 19.0), (83.0, 19.0), (84.0, 84.0), (19.0, 84.0)])),
    Body(Polygon(&[(13.0, 15.0), (78.0, 13.0), (80.0, 62.0), (64.0, 79.0), (16.0, 80.0)])),
    Part(Paper, Polygon(&[(80.0, 62.0), (64.0, 79.0), (61.0, 62.0)])),
    Line(Ink, 3.2, &[(25.0, 31.0), (66.0, 29.5)]),
    Line(Ink, 3.2, &[(25.5, 42.0), (58.0, 41.0)]),
    Line(Ink, 3.2, &[(26.0, 53.0), (48.0, 52.5)]),
];

const DESK_CALENDAR: &[Layer] = &[
    Part(Dark, Polygon(&[(16.0, 78.0), (84.0, 78.0), (92.0, 88.0), (8.0, 88.0)])),
    Part(Paper, Slab(14.0, 18.0, 72.0, 64.0, 3.0)),
    Body(Slab(14.0, 18.0, 72.0, 24.0, 3.0)),
    Line(Metal, 4.0, &[(30.0, 12.0), (30.0, 25.0)]),
    Line(Metal, 4.0, &[(50.0, 12.0), (50.0, 25.0)]),
    Line(Metal, 4.0, &[(70.0, 12.0), (70.0, 25.0)]),
    Line(Ink, 4.5, &[(22.0, 51.0), (78.0, 51.0)]),
    Line(Ink, 4.5, &[(22.0, 61.0), (54.0, 61.0)]),
    Part(Accent, Slab(61.0, 56.0, 12.0, 10.0, 1.5)),
    Line(Ink, 4.5, &[(22.0, 71.0), (66.0, 71.0)]),
];

const RUBBER_STAMP: &[Layer] = &[
    Part(Accent, Oval(50.0, 87.0, 36.0, 4.5)),
    Body(Curve(&[
        (36.0, 66.0),
        (44.0, 48.0),
        (32.0, 34.0),
        (34.0, 12.0),
        (66.0, 12.0),
        (68.0, 34.0),
        (56.0, 48.0),
        (64.0, 66.0),
    ])),
    Part(Wood, Slab(22.0, 60.0, 56.0, 18.0, 4.0)),
    Part(Rubber, Slab(25.0, 78.0, 50.0, 6.0, 0.5)),
    Part(Paper, Slab(36.0, 65.0, 28.0, 8.0, 1.0)),
];

const PEN_CUP: &[Layer] = &[
    Line(Dark, 7.0, &[(40.0, 50.0), (32.0, 12.0)]),
    Line(Wood, 8.0, &[(50.0, 50.0), (50.0, 17.0)]),
    Part(Dark, Polygon(&[(46.0, 17.0), (54.0, 17.0), (50.0, 7.0)])),
    Line(Accent, 7.0, &[(60.0, 50.0), (69.0, 14.0)]),
    Part(Metal, Polygon(&[(65.5, 15.0), (72.0, 16.5), (70.5, 8.0)])),
    Part(Dark, Oval(50.0, 41.0, 25.0, 5.0)),
    Body(Polygon(&[(25.0, 42.0), (75.0, 42.0), (71.0, 88.0), (29.0, 88.0)])),
    Part(Shade, Slab(23.0, 39.0, 54.0, 7.0, 3.0)),
];

const LETTER_TRAY: &[Layer] = &[
    Line(Metal, 4.0, &[(15.0, 24.0), (15.0, 84.0)]),
    Line(Metal, 4.0, &[(85.0, 24.0), (85.0, 84.0)]),
    Part(Paper, Slab(20.0, 13.0, 60.0, 16.0, 1.0)),
    Body(Polygon(&[
        (8.0, 24.0),
        (32.0, 24.0),
        (36.0, 29.0),
        (64.0, 29.0),
        (68.0, 24.0),
        (92.0, 24.0),
        (92.0, 38.0),
        (8.0, 38.0),
    ])),
    Part(Paper, Slab(22.0, 42.0, 54.0, 12.0, 1.0)),
    Body(Polygon(&[
        (8.0, 48.0),
        (32.0, 48.0),
        (36.0, 53.0),
        (64.0, 53.0),
        (68.0, 48.0),
        (92.0, 48.0),
        (92.0, 62.0),
        (8.0, 62.0),
    ])),
    Part(Accent, Slab(24.0, 67.0, 56.0, 10.0, 1.0)),
    Body(Polygon(&[
        (8.0, 72.0),
        (32.0, 72.0),
        (36.0, 77.0),
        (64.0, 77.0),
        (68.0, 72.0),
        (92.0, 72.0),
        (92.0, 87.0),
        (8.0, 87.0),
    ])),
];

const CALCULATOR: &[Layer] = &[
    Body(Slab(24.0, 8.0, 52.0, 84.0, 7.0)),
    Part(Screen, Slab(31.0, 16.0, 38.0, 17.0, 2.0)),
    Line(Ink, 3.0, &[(54.0, 25.0), (64.0, 25.0)]),
    Part(Paper, Slab(31.0, 40.0, 10.0, 9.0, 2.0)),
    Part(Paper, Slab(45.0, 40.0, 10.0, 9.0, 2.0)),
    Part(Accent, Slab(59.0, 40.0, 10.0, 9.0, 2.0)),
    Part(Paper, Slab(31.0, 54.0, 10.0, 9.0, 2.0)),
    Part(Paper, Slab(45.0, 54.0, 10.0, 9.0, 2.0)),
    Part(Accent, Slab(59.0, 54.0, 10.0, 9.0, 2.0)),
    Part(Paper, Slab(31.0, 68.0, 10.0, 15.0, 2.0)),
    Part(Paper, Slab(45.0, 68.0, 10.0, 15.0, 2.0)),
    Part(Dark, Slab(59.0, 68.0, 10.0, 15.0, 2.0)),
];

const LABEL_MAKER: &[Layer] = &[
    Part(Paper, Slab(59.0, 6.0, 34.0, 13.0, 1.0)),
    Line(Ink, 3.0, &[(66.0, 12.5), (86.0, 12.5)]),
    Part(Dark, Slab(54.0, 8.0, 10.0, 18.0, 2.0)),
    Body(Curve(&[
        (12.0, 18.0),
        (40.0, 14.0),
        (64.0, 14.0),
        (74.0, 26.0),
        (70.0, 52.0),
        (70.0, 90.0),
        (42.0, 94.0),
        (14.0, 90.0),
        (16.0, 52.0),
    ])),
    Part(Screen, Slab(25.0, 25.0, 34.0, 15.0, 2.5)),
    Part(Dark, Oval(30.0, 54.0, 4.2, 4.2)),
    Part(Dark, Oval(42.5, 54.0, 4.2, 4.2)),
    Part(Accent, Oval(55.0, 54.0, 4.2, 4.2)),
    Part(Dark, Oval(30.0, 67.0, 4.2, 4.2)),
    Part(Dark, Oval(42.5, 67.0, 4.2, 4.2)),
    Part(Dark, Oval(55.0, 67.0, 4.2, 4.2)),
    Part(Dark, Slab(28.0, 77.0, 29.0, 6.0, 3.0)),
];

const PRINTER: &[Layer] = &[
    Part(Paper, Polygon(&[(30.0, 10.0), (72.0, 10.0), (74.0, 44.0), (26.0, 44.0)])),
    Line(Ink, 2.0, &[(37.0, 18.0), (63.0, 18.0)]),
    Line(Ink, 2.0, &[(36.0, 25.0), (58.0, 25.0)]),
    Part(Dark, Slab(18.0, 34.0, 64.0, 12.0, 3.0)),
    Body(Slab(8.0, 40.0, 84.0, 38.0, 7.0)),
    Part(Dark, Slab(22.0, 64.0, 56.0, 8.0, 2.0)),
    Part(Paper, Polygon(&[(27.0, 68.0), (73.0, 68.0), (79.0, 88.0), (21.0, 88.0)])),
    Line(Accent, 3.0, &[(34.0, 76.0), (62.0, 76.0)]),
    Part(Screen, Slab(65.0, 47.0, 18.0, 9.0, 1.5)),
    Part(Accent, Oval(19.0, 51.0, 3.6, 3.6)),
];

const WALL_CLOCK: &[Layer] = &[
    Body(Oval(50.0, 50.0, 41.0, 41.0)),
    Part(Paper, Oval(50.0, 50.0, 28.0, 28.0)),
    Line(Dark, 3.0, &[(50.0, 25.0), (50.0, 30.0)]),
    Line(Dark, 3.0, &[(50.0, 70.0), (50.0, 75.0)]),
    Line(Dark, 3.0, &[(25.0, 50.0), (30.0, 50.0)]),
    Line(Dark, 3.0, &[(70.0, 50.0), (75.0, 50.0)]),
    Line(Dark, 4.0, &[(50.0, 50.0), (39.0, 38.0)]),
    Line(Dark, 3.0, &[(50.0, 50.0), (64.0, 35.0)]),
    Line(Accent, 2.0, &[(46.0, 43.0), (57.0, 68.0)]),
    Part(Accent, Oval(50.0, 50.0, 3.6, 3.6)),
];

const DESK_LAMP: &[Layer] = &[
    Part(Glow, Polygon(&[(50.0, 44.0), (83.0, 30.0), (99.0, 86.0), (48.0, 86.0)])),
    Line(Metal, 5.0, &[(30.0, 82.0), (18.0, 50.0), (50.0, 22.0)]),
    Part(Accent, Oval(18.0, 50.0, 5.5, 5.5)),
    Body(Polygon(&[(42.0, 26.0), (50.0, 10.0), (66.0, 6.0), (90.0, 34.0), (48.0, 52.0)])),
    Part(Accent, Oval(50.0, 16.0, 5.0, 5.0)),
    Body(Slab(10.0, 80.0, 44.0, 8.0, 4.0)),
];

const OFFICE_CHAIR: &[Layer] = &[
    Line(Metal, 6.0, &[(50.0, 56.0), (50.0, 78.0)]),
    Line(Dark, 5.0, &[(26.0, 84.0), (50.0, 76.0), (74.0, 84.0)]),
    Line(Dark, 5.0, &[(50.0, 76.0), (50.0, 86.0)]),
    Part(Dark, Oval(25.0, 87.0, 4.5, 4.5)),
    Part(Dark, Oval(50.0, 88.0, 4.5, 4.5)),
    Part(Dark, Oval(75.0, 87.0, 4.5, 4.5)),
    Line(Dark, 5.0, &[(24.0, 40.0), (21.0, 54.0), (30.0, 60.0)]),
    Line(Dark, 5.0, &[(76.0, 40.0), (79.0, 54.0), (70.0, 60.0)]),
    Body(Slab(30.0, 6.0, 40.0, 45.0, 11.0)),
    Part(Accent, Slab(38.0, 12.0, 24.0, 8.0, 4.0)),
    Body(Slab(24.0, 51.0, 52.0, 14.0, 7.0)),
];

const DESK: &[Layer] = &[
    Line(Dark, 6.0, &[(14.0, 44.0), (11.0, 88.0)]),
    Line(Dark, 6.0, &[(46.0, 44.0), (46.0, 70.0)]),
    Line(Dark, 6.0, &[(87.0, 44.0), (89.0, 88.0)]),
    Part(Accent, Slab(46.0, 45.0, 40.0, 16.0, 1.0)),
    Part(Accent, Slab(46.0, 61.0, 40.0, 16.0, 1.0)),
    Line(Metal, 3.5, &[(60.0, 53.0), (72.0, 53.0)]),
    Line(Metal, 3.5, &[(60.0, 69.0), (72.0, 69.0)]),
    Part(Dark, Slab(20.0, 14.0, 30.0, 19.0, 2.0)),
    Part(Screen, Slab(23.0, 17.0, 24.0, 13.0, 0.5)),
    Line(Dark, 4.0, &[(35.0, 33.0), (35.0, 38.0)]),
    Part(Paper, Slab(64.0, 27.0, 10.0, 11.0, 2.0)),
    Body(Polygon(&[(10.0, 35.0), (90.0, 35.0), (96.0, 47.0), (4.0, 47.0)])),
];

const FILING_CABINET: &[Layer] = &[
    Part(Dark, Slab(29.0, 84.0, 42.0, 5.0, 1.0)),
    Body(Slab(25.0, 8.0, 50.0, 78.0, 4.0)),
    Line(Dark, 2.2, &[(26.0, 34.0), (74.0, 34.0)]),
    Line(Dark, 2.2, &[(26.0, 60.0), (74.0, 60.0)]),
    Part(Paper, Slab(40.0, 13.0, 20.0, 7.0, 1.0)),
    Part(Paper, Slab(40.0, 39.0, 20.0, 7.0, 1.0)),
    Part(Paper, Slab(40.0, 65.0, 20.0, 7.0, 1.0)),
    Line(Accent, 4.0, &[(42.0, 26.0), (58.0, 26.0)]),
    Line(Accent, 4.0, &[(42.0, 52.0), (58.0, 52.0)]),
    Line(Accent, 4.0, &[(42.0, 78.0), (58.0, 78.0)]),
];

const WHITEBOARD: &[Layer] = &[
    Line(Metal, 5.0, &[(28.0, 60.0), (18.0, 89.0)]),
    Line(Metal, 5.0, &[(72.0, 60.0), (82.0, 89.0)]),
    Body(Slab(6.0, 8.0, 88.0, 62.0, 5.0)),
    Part(Paper, Slab(15.0, 17.0, 70.0, 43.0, 1.0)),
    Line(Accent, 3.4, &[(23.0, 50.0), (37.0, 38.0), (48.0, 44.0), (66.0, 25.0)]),
    Line(Ink, 2.4, &[(23.0, 26.0), (42.0, 26.0)]),
    Line(Ink, 2.4, &[(60.0, 51.0), (76.0, 51.0)]),
    Part(Dark, Slab(36.0, 66.0, 28.0, 6.0, 2.0)),
];
