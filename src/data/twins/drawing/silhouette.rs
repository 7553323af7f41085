//! What a kind of thing looks like: layers from back to front, on a square of 100 x 100 with the origin at the top
//! left.

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

impl Silhouette {
    /// Seen from above, turned clockwise by some degrees.
    pub const fn lying(tilt: f32, layers: &'static [Layer]) -> Self {
        Self { tilt, standing: false, layers }
    }

    pub const fn standing(layers: &'static [Layer]) -> Self {
        Self { tilt: 0.0, standing: true, layers }
    }
}
