//! What sleeves look like: the record peeps out, and the instrument is printed on the cover.

use crate::data::twins::drawing::silhouette::Layer::{self, Body, Line, Part};
use crate::data::twins::drawing::silhouette::Shape::{Curve, Oval, Polygon, Ring, Slab};
use crate::data::twins::drawing::silhouette::Tone::{Accent, Dark, Ink, Metal, Paper, Wood};

const RECORD: Layer = Part(Dark, Oval(57.0, 50.0, 35.0, 35.0));
const SLEEVE: Layer = Body(Slab(9.0, 12.0, 74.0, 76.0, 2.0));
const LABEL: Layer = Part(Paper, Oval(46.0, 50.0, 30.0, 30.0));

pub const GUITAR: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Wood, Slab(43.0, 22.0, 6.0, 30.0, 1.0)),
    Part(Dark, Slab(41.0, 17.0, 10.0, 9.0, 1.5)),
    Part(Accent, Oval(46.0, 52.0, 11.0, 9.0)),
    Part(Accent, Oval(46.0, 66.0, 15.0, 12.0)),
    Part(Dark, Oval(46.0, 58.0, 4.4, 4.4)),
    Part(Dark, Slab(39.0, 69.0, 14.0, 3.0, 1.0)),
    Line(Paper, 1.4, &[(46.0, 24.0), (46.0, 69.0)]),
];

pub const VIOLIN: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Dark, Slab(44.0, 18.0, 4.6, 34.0, 1.0)),
    Part(
        Accent,
        Curve(&[
            (46.0, 38.0),
            (62.0, 40.0),
            (58.0, 54.0),
            (54.0, 58.0),
            (64.0, 66.0),
            (60.0, 80.0),
            (46.0, 82.0),
            (32.0, 80.0),
            (28.0, 66.0),
            (38.0, 58.0),
            (34.0, 54.0),
            (30.0, 40.0),
        ]),
    ),
    Line(Dark, 1.8, &[(39.0, 57.0), (38.0, 67.0)]),
    Line(Dark, 1.8, &[(53.0, 57.0), (54.0, 67.0)]),
    Line(Paper, 1.4, &[(46.0, 28.0), (46.0, 74.0)]),
    Line(Wood, 2.6, &[(66.0, 24.0), (24.0, 76.0)]),
];

pub const PIANO: &[Layer] = &[
    RECORD,
    SLEEVE,
    Part(Accent, Slab(15.0, 30.0, 62.0, 12.0, 2.0)),
    Part(Paper, Slab(15.0, 40.0, 62.0, 32.0, 1.0)),
    Line(Ink, 1.4, &[(25.3, 42.0), (25.3, 71.0)]),
    Line(Ink, 1.4, &[(35.6, 42.0), (35.6, 71.0)]),
    Line(Ink, 1.4, &[(46.0, 42.0), (46.0, 71.0)]),
    Line(Ink, 1.4, &[(56.3, 42.0), (56.3, 71.0)]),
    Line(Ink, 1.4, &[(66.6, 42.0), (66.6, 71.0)]),
    Part(Dark, Slab(22.3, 40.0, 6.0, 18.0, 0.5)),
    Part(Dark, Slab(32.6, 40.0, 6.0, 18.0, 0.5)),
    Part(Dark, Slab(53.3, 40.0, 6.0, 18.0, 0.5)),
    Part(Dark, Slab(63.6, 40.0, 6.0, 18.0, 0.5)),
];

pub const TRUMPET: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Accent, Ring(42.0, 55.0, 16.0, 9.0, 5.0)),
    Line(Metal, 5.0, &[(18.0, 47.0), (60.0, 47.0)]),
    Part(Dark, Slab(15.0, 43.0, 5.0, 8.0, 2.0)),
    Part(
        Accent,
        Curve(&[
            (52.0, 45.0),
            (72.0, 44.0),
            (74.0, 24.0),
            (80.0, 47.0),
            (74.0, 70.0),
            (72.0, 50.0),
            (52.0, 49.0),
        ]),
    ),
    Part(Metal, Slab(34.0, 34.0, 4.4, 28.0, 1.5)),
    Part(Metal, Slab(41.0, 34.0, 4.4, 28.0, 1.5)),
    Part(Metal, Slab(48.0, 34.0, 4.4, 28.0, 1.5)),
];

pub const FLUTE: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Accent, Polygon(&[(18.0, 68.0), (70.0, 26.0), (74.0, 31.0), (22.0, 73.0)])),
    Part(Dark, Oval(68.0, 31.6, 2.2, 2.2)),
    Part(Metal, Oval(55.0, 42.0, 2.8, 2.8)),
    Part(Metal, Oval(49.0, 47.0, 2.8, 2.8)),
    Part(Metal, Oval(43.0, 52.0, 2.8, 2.8)),
    Part(Metal, Oval(36.0, 57.5, 2.8, 2.8)),
    Part(Metal, Oval(30.0, 62.0, 2.8, 2.8)),
];

pub const DRUM: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Accent, Slab(24.0, 42.0, 44.0, 34.0, 5.0)),
    Line(Paper, 2.4, &[(25.0, 50.0), (35.0, 74.0), (46.0, 50.0), (57.0, 74.0), (67.0, 50.0)]),
    Part(Paper, Oval(46.0, 43.0, 22.0, 8.0)),
    Line(Wood, 3.4, &[(24.0, 22.0), (44.0, 42.0)]),
    Line(Wood, 3.4, &[(70.0, 22.0), (50.0, 42.0)]),
];

pub const HARP: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Line(Ink, 1.4, &[(33.0, 28.0), (33.0, 74.0)]),
    Line(Ink, 1.4, &[(39.0, 31.0), (39.0, 68.0)]),
    Line(Ink, 1.4, &[(45.0, 31.0), (45.0, 60.0)]),
    Line(Ink, 1.4, &[(51.0, 29.0), (51.0, 52.0)]),
    Line(Ink, 1.4, &[(57.0, 29.0), (57.0, 45.0)]),
    Line(Accent, 6.0, &[(27.0, 78.0), (26.0, 24.0), (36.0, 28.0), (46.0, 29.0), (56.0, 25.0), (66.0, 30.0)]),
    Line(Wood, 7.0, &[(27.0, 78.0), (40.0, 70.0), (54.0, 52.0), (66.0, 30.0)]),
    Part(Dark, Slab(20.0, 76.0, 24.0, 6.0, 2.0)),
];

pub const ACCORDION: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Paper, Polygon(&[(30.0, 36.0), (62.0, 30.0), (62.0, 74.0), (30.0, 68.0)])),
    Line(Dark, 2.0, &[(36.0, 35.0), (36.0, 69.0)]),
    Line(Dark, 2.0, &[(42.5, 34.0), (42.5, 70.0)]),
    Line(Dark, 2.0, &[(49.0, 33.0), (49.0, 71.0)]),
    Line(Dark, 2.0, &[(55.5, 32.0), (55.5, 72.0)]),
    Part(Accent, Slab(16.0, 32.0, 15.0, 40.0, 4.0)),
    Part(Accent, Slab(61.0, 28.0, 15.0, 48.0, 4.0)),
    Part(Paper, Oval(23.5, 42.0, 2.6, 2.6)),
    Part(Paper, Oval(23.5, 52.0, 2.6, 2.6)),
    Part(Paper, Oval(23.5, 62.0, 2.6, 2.6)),
    Part(Paper, Slab(65.0, 34.0, 7.0, 36.0, 1.0)),
    Line(Dark, 2.2, &[(66.0, 43.0), (71.0, 43.0)]),
    Line(Dark, 2.2, &[(66.0, 52.0), (71.0, 52.0)]),
    Line(Dark, 2.2, &[(66.0, 61.0), (71.0, 61.0)]),
];

pub const SAXOPHONE: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Line(Dark, 4.0, &[(24.0, 32.0), (30.0, 24.0), (38.0, 26.0)]),
    Part(
        Accent,
        Curve(&[
            (34.0, 24.0),
            (41.0, 24.0),
            (46.0, 56.0),
            (50.0, 72.0),
            (58.0, 70.0),
            (58.0, 50.0),
            (54.0, 40.0),
            (76.0, 40.0),
            (70.0, 52.0),
            (68.0, 74.0),
            (56.0, 86.0),
            (40.0, 78.0),
            (36.0, 56.0),
        ]),
    ),
    Part(Paper, Oval(40.0, 38.0, 2.4, 2.4)),
    Part(Paper, Oval(41.0, 47.0, 2.4, 2.4)),
    Part(Paper, Oval(42.5, 56.0, 2.4, 2.4)),
    Part(Paper, Oval(44.5, 65.0, 2.4, 2.4)),
];

pub const BANJO: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Wood, Slab(43.0, 20.0, 6.0, 34.0, 1.0)),
    Part(Dark, Slab(41.0, 16.0, 10.0, 9.0, 1.5)),
    Part(Accent, Oval(46.0, 65.0, 17.0, 17.0)),
    Part(Paper, Oval(46.0, 65.0, 12.0, 12.0)),
    Part(Dark, Slab(39.0, 70.0, 14.0, 3.0, 1.0)),
    Line(Dark, 1.2, &[(44.6, 24.0), (44.6, 70.0)]),
    Line(Dark, 1.2, &[(47.4, 24.0), (47.4, 70.0)]),
];

pub const ORGAN: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Metal, Slab(18.0, 44.0, 8.0, 26.0, 2.0)),
    Part(Metal, Slab(27.5, 34.0, 8.0, 36.0, 2.0)),
    Part(Metal, Slab(37.0, 22.0, 8.0, 48.0, 2.0)),
    Part(Metal, Slab(46.5, 22.0, 8.0, 48.0, 2.0)),
    Part(Metal, Slab(56.0, 34.0, 8.0, 36.0, 2.0)),
    Part(Metal, Slab(65.5, 44.0, 8.0, 26.0, 2.0)),
    Part(Accent, Slab(15.0, 64.0, 62.0, 15.0, 2.0)),
    Line(Paper, 3.0, &[(22.0, 74.0), (70.0, 74.0)]),
];

pub const BELL: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Dark, Oval(46.0, 75.0, 6.0, 5.0)),
    Part(Wood, Slab(24.0, 18.0, 44.0, 7.0, 2.0)),
    Part(
        Accent,
        Curve(&[
            (40.0, 22.0),
            (52.0, 22.0),
            (62.0, 34.0),
            (62.0, 56.0),
            (74.0, 76.0),
            (46.0, 74.0),
            (18.0, 76.0),
            (30.0, 56.0),
            (30.0, 34.0),
        ]),
    ),
    Line(Paper, 2.6, &[(30.0, 60.0), (46.0, 62.0), (62.0, 60.0)]),
];

pub const MARIMBA: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Line(Dark, 3.4, &[(16.0, 42.0), (76.0, 46.0)]),
    Line(Dark, 3.4, &[(16.0, 66.0), (76.0, 60.0)]),
    Part(Wood, Slab(18.0, 32.0, 9.0, 44.0, 1.5)),
    Part(Accent, Slab(30.0, 34.0, 9.0, 40.0, 1.5)),
    Part(Wood, Slab(42.0, 36.0, 9.0, 35.0, 1.5)),
    Part(Accent, Slab(54.0, 38.0, 9.0, 30.0, 1.5)),
    Part(Wood, Slab(66.0, 40.0, 9.0, 25.0, 1.5)),
    Line(Dark, 2.4, &[(68.0, 20.0), (47.0, 42.0)]),
    Part(Paper, Oval(47.0, 43.0, 4.4, 4.4)),
];

pub const HARMONICA: &[Layer] = &[
    RECORD,
    SLEEVE,
    LABEL,
    Part(Accent, Slab(14.0, 38.0, 64.0, 27.0, 7.0)),
    Part(Metal, Slab(18.0, 44.0, 56.0, 13.0, 1.0)),
    Part(Dark, Slab(21.0, 47.0, 6.0, 7.0, 0.5)),
    Part(Dark, Slab(30.0, 47.0, 6.0, 7.0, 0.5)),
    Part(Dark, Slab(39.0, 47.0, 6.0, 7.0, 0.5)),
    Part(Dark, Slab(48.0, 47.0, 6.0, 7.0, 0.5)),
    Part(Dark, Slab(57.0, 47.0, 6.0, 7.0, 0.5)),
    Part(Dark, Slab(66.0, 47.0, 6.0, 7.0, 0.5)),
];
