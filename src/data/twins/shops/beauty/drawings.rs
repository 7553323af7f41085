//! What beauty products look like.

use crate::data::twins::drawing::silhouette::Layer::{self, Body, Line, Part};
use crate::data::twins::drawing::silhouette::Shape::{Curve, Oval, Polygon, Slab};
use crate::data::twins::drawing::silhouette::Tone::{Accent, Dark, Ink, Metal, Paper, Screen, Shade, Wood};

pub const LIPSTICK: &[Layer] = &[
    Body(Polygon(&[(40.0, 36.0), (40.0, 20.0), (56.0, 7.0), (60.0, 10.0), (60.0, 36.0)])),
    Part(Metal, Slab(37.0, 33.0, 26.0, 19.0, 1.0)),
    Body(Slab(32.0, 50.0, 36.0, 38.0, 3.0)),
    Part(Accent, Slab(31.0, 56.0, 38.0, 6.0, 1.0)),
];

pub const NAIL_POLISH: &[Layer] = &[
    Part(Accent, Polygon(&[(42.0, 7.0), (58.0, 7.0), (62.0, 44.0), (38.0, 44.0)])),
    Part(Metal, Slab(39.0, 42.0, 22.0, 7.0, 1.0)),
    Body(Curve(&[
        (34.0, 46.0),
        (66.0, 46.0),
        (78.0, 60.0),
        (78.0, 88.0),
        (50.0, 89.0),
        (22.0, 88.0),
        (22.0, 60.0),
    ])),
    Part(Paper, Slab(39.0, 63.0, 22.0, 13.0, 2.0)),
    Line(Ink, 1.8, &[(44.0, 69.5), (56.0, 69.5)]),
];

pub const PERFUME: &[Layer] = &[
    Part(Metal, Slab(42.0, 23.0, 16.0, 12.0, 1.0)),
    Part(Accent, Slab(37.0, 7.0, 26.0, 18.0, 5.0)),
    Body(Polygon(&[(32.0, 34.0), (68.0, 34.0), (82.0, 48.0), (76.0, 88.0), (24.0, 88.0), (18.0, 48.0)])),
    Part(Paper, Slab(35.0, 52.0, 30.0, 22.0, 2.0)),
    Line(Ink, 2.0, &[(41.0, 60.0), (59.0, 60.0)]),
    Line(Ink, 2.0, &[(44.0, 66.0), (56.0, 66.0)]),
];

pub const CREAM_JAR: &[Layer] = &[
    Body(Slab(17.0, 46.0, 66.0, 42.0, 9.0)),
    Part(Accent, Slab(14.0, 26.0, 72.0, 22.0, 4.0)),
    Line(Dark, 1.6, &[(24.0, 30.0), (24.0, 44.0)]),
    Line(Dark, 1.6, &[(34.5, 30.0), (34.5, 44.0)]),
    Line(Dark, 1.6, &[(45.0, 30.0), (45.0, 44.0)]),
    Line(Dark, 1.6, &[(55.0, 30.0), (55.0, 44.0)]),
    Line(Dark, 1.6, &[(65.5, 30.0), (65.5, 44.0)]),
    Line(Dark, 1.6, &[(76.0, 30.0), (76.0, 44.0)]),
    Part(Paper, Oval(50.0, 67.0, 17.0, 11.0)),
    Line(Ink, 2.0, &[(41.0, 65.0), (59.0, 65.0)]),
    Line(Ink, 2.0, &[(44.0, 70.0), (56.0, 70.0)]),
];

pub const MASCARA: &[Layer] = &[
    Part(Metal, Slab(29.0, 30.0, 12.0, 14.0, 1.0)),
    Body(Slab(24.0, 40.0, 22.0, 52.0, 5.0)),
    Part(Accent, Slab(24.0, 54.0, 22.0, 8.0, 0.5)),
    Line(Metal, 3.4, &[(67.0, 58.0), (67.0, 34.0)]),
    Part(Dark, Slab(60.5, 8.0, 13.0, 30.0, 6.0)),
    Line(Ink, 1.4, &[(58.0, 14.0), (76.0, 14.0)]),
    Line(Ink, 1.4, &[(58.0, 20.0), (76.0, 20.0)]),
    Line(Ink, 1.4, &[(58.0, 26.0), (76.0, 26.0)]),
    Line(Ink, 1.4, &[(58.0, 32.0), (76.0, 32.0)]),
    Body(Slab(57.0, 56.0, 20.0, 36.0, 5.0)),
];

pub const HAIRBRUSH: &[Layer] = &[
    Body(Slab(43.0, 50.0, 14.0, 46.0, 6.0)),
    Body(Oval(50.0, 32.0, 24.0, 28.0)),
    Part(Accent, Oval(50.0, 32.0, 17.0, 21.0)),
    Part(Dark, Oval(50.0, 18.0, 1.8, 1.8)),
    Part(Dark, Oval(42.0, 25.0, 1.8, 1.8)),
    Part(Dark, Oval(50.0, 27.0, 1.8, 1.8)),
    Part(Dark, Oval(58.0, 25.0, 1.8, 1.8)),
    Part(Dark, Oval(42.0, 36.0, 1.8, 1.8)),
    Part(Dark, Oval(50.0, 38.0, 1.8, 1.8)),
    Part(Dark, Oval(58.0, 36.0, 1.8, 1.8)),
    Part(Dark, Oval(50.0, 47.0, 1.8, 1.8)),
];

pub const HAND_MIRROR: &[Layer] = &[
    Body(Slab(44.0, 60.0, 12.0, 35.0, 6.0)),
    Body(Oval(50.0, 35.0, 30.0, 30.0)),
    Part(Screen, Oval(50.0, 35.0, 20.0, 20.0)),
    Line(Paper, 3.2, &[(39.0, 35.0), (51.0, 22.0)]),
    Line(Paper, 3.2, &[(46.0, 42.0), (62.0, 26.0)]),
    Part(Accent, Oval(50.0, 88.0, 3.6, 3.6)),
];

pub const SOAP: &[Layer] = &[
    Body(Slab(13.0, 38.0, 74.0, 42.0, 17.0)),
    Part(Shade, Oval(50.0, 59.0, 24.0, 11.0)),
    Line(Accent, 4.0, &[(38.0, 59.0), (62.0, 59.0)]),
    Part(Paper, Oval(25.0, 30.0, 8.0, 8.0)),
    Part(Paper, Oval(40.0, 20.0, 5.0, 5.0)),
    Part(Paper, Oval(72.0, 28.0, 7.0, 7.0)),
    Part(Paper, Oval(58.0, 16.0, 3.6, 3.6)),
];

pub const SHAMPOO: &[Layer] = &[
    Part(Accent, Slab(37.0, 7.0, 26.0, 17.0, 3.0)),
    Body(Curve(&[
        (36.0, 20.0),
        (64.0, 20.0),
        (72.0, 40.0),
        (66.0, 60.0),
        (74.0, 90.0),
        (50.0, 88.0),
        (26.0, 90.0),
        (34.0, 60.0),
        (28.0, 40.0),
    ])),
    Part(Paper, Slab(38.0, 42.0, 24.0, 32.0, 3.0)),
    Line(Ink, 2.0, &[(43.0, 50.0), (57.0, 50.0)]),
    Line(Ink, 2.0, &[(43.0, 56.0), (53.0, 56.0)]),
    Part(Accent, Oval(50.0, 66.0, 4.0, 4.6)),
];

pub const LOTION: &[Layer] = &[
    Part(Metal, Slab(46.0, 16.0, 8.0, 20.0, 1.0)),
    Part(
        Accent,
        Polygon(&[(26.0, 14.0), (32.0, 8.0), (60.0, 8.0), (60.0, 18.0), (34.0, 18.0), (28.0, 24.0)]),
    ),
    Part(Accent, Slab(37.0, 30.0, 26.0, 9.0, 2.0)),
    Body(Slab(25.0, 38.0, 50.0, 50.0, 10.0)),
    Part(Paper, Oval(50.0, 63.0, 16.0, 16.0)),
    Part(Shade, Curve(&[(42.0, 72.0), (40.0, 58.0), (58.0, 52.0), (60.0, 66.0)])),
];

pub const COMPACT: &[Layer] = &[
    Body(Oval(50.0, 32.0, 33.0, 26.0)),
    Part(Screen, Oval(50.0, 32.0, 25.0, 18.5)),
    Line(Paper, 3.0, &[(38.0, 32.0), (50.0, 21.0)]),
    Line(Paper, 3.0, &[(47.0, 38.0), (60.0, 26.0)]),
    Part(Metal, Slab(43.0, 53.0, 14.0, 6.0, 2.0)),
    Body(Oval(50.0, 73.0, 38.0, 19.0)),
    Part(Wood, Oval(50.0, 71.0, 28.0, 12.0)),
    Part(Accent, Oval(57.0, 70.0, 12.0, 6.5)),
];

pub const MAKEUP_BRUSH: &[Layer] = &[
    Part(Dark, Curve(&[(50.0, -6.0), (74.0, 8.0), (68.0, 36.0), (50.0, 42.0), (32.0, 36.0), (26.0, 8.0)])),
    Part(Accent, Curve(&[(50.0, -2.0), (66.0, 6.0), (62.0, 20.0), (50.0, 22.0), (38.0, 20.0), (34.0, 6.0)])),
    Part(Metal, Polygon(&[(38.0, 34.0), (62.0, 34.0), (57.0, 56.0), (43.0, 56.0)])),
    Body(Polygon(&[(42.0, 55.0), (58.0, 55.0), (60.0, 72.0), (54.0, 96.0), (46.0, 96.0), (40.0, 72.0)])),
];

pub const HAIR_DRYER: &[Layer] = &[
    Line(Dark, 3.0, &[(48.0, 84.0), (54.0, 90.0), (66.0, 88.0), (76.0, 90.0)]),
    Body(Polygon(&[(30.0, 48.0), (50.0, 48.0), (57.0, 84.0), (41.0, 88.0)])),
    Part(Dark, Slab(85.0, 21.0, 8.0, 28.0, 2.0)),
    Body(Curve(&[
        (10.0, 34.0),
        (16.0, 12.0),
        (44.0, 10.0),
        (66.0, 22.0),
        (88.0, 22.0),
        (88.0, 48.0),
        (66.0, 48.0),
        (44.0, 60.0),
        (16.0, 56.0),
    ])),
    Part(Accent, Oval(33.0, 34.0, 12.0, 12.0)),
    Line(Dark, 2.0, &[(26.0, 31.0), (40.0, 31.0)]),
    Line(Dark, 2.0, &[(26.0, 37.0), (40.0, 37.0)]),
    Part(Accent, Slab(42.0, 62.0, 6.0, 11.0, 2.0)),
];

pub const HAND_CREAM: &[Layer] = &[
    Part(Accent, Slab(37.0, 74.0, 26.0, 18.0, 3.0)),
    Body(Polygon(&[(23.0, 9.0), (77.0, 9.0), (65.0, 76.0), (35.0, 76.0)])),
    Part(Shade, Slab(21.0, 5.0, 58.0, 9.0, 1.0)),
    Part(Paper, Slab(37.0, 27.0, 26.0, 30.0, 3.0)),
    Line(Ink, 2.0, &[(42.0, 35.0), (58.0, 35.0)]),
    Line(Ink, 2.0, &[(42.0, 41.0), (54.0, 41.0)]),
    Part(Accent, Oval(50.0, 49.0, 3.6, 3.6)),
];

pub const PALETTE: &[Layer] = &[
    Body(Slab(9.0, 20.0, 82.0, 62.0, 9.0)),
    Part(Accent, Oval(27.0, 37.0, 9.0, 9.0)),
    Part(Wood, Oval(50.0, 37.0, 9.0, 9.0)),
    Part(Metal, Oval(73.0, 37.0, 9.0, 9.0)),
    Part(Paper, Oval(27.0, 58.0, 9.0, 9.0)),
    Part(Shade, Oval(50.0, 58.0, 9.0, 9.0)),
    Part(Dark, Oval(73.0, 58.0, 9.0, 9.0)),
    Line(Dark, 3.2, &[(22.0, 74.0), (66.0, 74.0)]),
    Line(Wood, 5.0, &[(66.0, 74.0), (76.0, 74.0)]),
];
