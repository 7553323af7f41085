//! Pictures of products: each kind's silhouette, in the product's colours, pattern and build, in a slightly
//! different pose and light every time, on a plain light ground.

mod geometry;
mod pattern;
pub mod silhouette;

use rand_chacha::ChaCha8Rng;
use tiny_skia::{Color, FillRule, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

use self::geometry::{everything, smooth, straight, thick};
pub use self::silhouette::Silhouette;
use self::silhouette::{Layer, Shape, Tone};
use super::catalogue::{Build, Colour, Pattern, Product};
use crate::features::Pixels;
use crate::random::Draw;

/// Width of outlines, in hundredths of the picture.
const OUTLINE: f32 = 2.2;

/// Levels of a channel: few of them keep the encoded sheet small.
const LEVELS: u32 = 40;

/// Red, green and blue of the ground.
const GROUND: Rgb = [248, 246, 241];

type Rgb = [u8; 3];

/// Where a thing lies and how it is lit.
struct Pose {
    /// Degrees, added to the kind's own tilt.
    turn: f32,
    scale: f32,
    shift: (f32, f32),
    /// Factor of the thing's own colours.
    light: f32,
}

impl Pose {
    fn draw(random: &mut ChaCha8Rng) -> Self {
        let mut around = |middle: f64, reach: f64| (middle + reach * (2.0 * random.unit() - 1.0)) as f32;
        Self {
            turn: around(0.0, 5.0),
            scale: around(0.9, 0.05),
            shift: (around(0.0, 2.0), around(0.0, 1.2)),
            light: around(0.97, 0.05),
        }
    }
}

/// The picture of a product, `side` pixels wide and high; at least 16 and at most 256.
pub fn picture(product: &Product, side: u32, random: &mut ChaCha8Rng) -> Pixels {
    let side = side.clamp(16, 256);
    let pose = Pose::draw(random);
    let silhouette = &product.kind().silhouette;
    let mut canvas = Canvas::new(product, silhouette, &pose, side);
    canvas.shadow(silhouette);
    for layer in silhouette.layers {
        canvas.layer(layer);
    }
    let side = side as usize;
    let values =
        canvas.pixmap.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()].map(level));
    Pixels::new(side, side, values.collect()).expect("a canvas is as wide and high as it was made")
}

/// The nearest of the levels kept.
fn level(channel: u8) -> u8 {
    let steps = u32::from(channel) * LEVELS / 255;
    ((2 * steps + 1) * 255 / (2 * LEVELS)).min(255) as u8
}

struct Canvas {
    pixmap: Pixmap,
    /// From the square of 100 x 100 to pixels, for the ground.
    upright: Transform,
    /// The same with the thing's pose, tilt and build.
    posed: Transform,
    body: Rgb,
    accent: Rgb,
    pattern: Pattern,
}

impl Canvas {
    fn new(product: &Product, silhouette: &Silhouette, pose: &Pose, side: u32) -> Self {
        let mut pixmap = Pixmap::new(side, side).expect("pictures have 16 to 256 pixels a side");
        let [red, green, blue] = GROUND;
        pixmap.fill(Color::from_rgba8(red, green, blue, u8::MAX));
        let stretch = match product.build {
            Build::Slim => 0.84,
            Build::Regular => 1.0,
            Build::Wide => 1.12,
        };
        let upright = Transform::from_scale(side as f32 / 100.0, side as f32 / 100.0);
        let posed = upright
            .pre_translate(50.0 + pose.shift.0, 50.0 + pose.shift.1)
            .pre_rotate(silhouette.tilt + pose.turn * if silhouette.standing { 0.4 } else { 1.0 })
            .pre_scale(pose.scale * stretch, pose.scale)
            .pre_translate(-50.0, -50.0);
        Self {
            pixmap,
            upright,
            posed,
            body: darker(colour(product.colour), pose.light),
            accent: darker(colour(product.accent), pose.light),
            pattern: product.pattern,
        }
    }

    /// Everything but light casts a shadow: on the ground where it stands, else around itself.
    fn shadow(&mut self, silhouette: &Silhouette) {
        let shade = paint([40, 36, 50], 0.12);
        if silhouette.standing {
            for (half_width, half_height) in [(40.0, 5.0), (34.0, 3.2)] {
                let path = Shape::Oval(50.0, 85.5, half_width, half_height).path();
                self.fill(path, &shade, self.upright, None);
            }
            return;
        }
        let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) else { return };
        let offset = 2.6 * self.upright.sx;
        let below = self.posed.post_translate(offset, offset * 1.3);
        for layer in silhouette.layers {
            let path = match layer {
                Layer::Body(shape) | Layer::Part(_, shape) => shape.path(),
                Layer::Wire(width, points) => thick(smooth(points, false), width + OUTLINE),
                Layer::Line(_, width, points) => thick(straight(points, false), *width),
            };
            if let Some(path) = path {
                mask.fill_path(&path, FillRule::EvenOdd, true, below);
            }
        }
        self.fill(everything(), &shade, Transform::identity(), Some(&mask));
    }

    fn layer(&mut self, layer: &Layer) {
        match layer {
            Layer::Body(shape) => self.body(shape),
            Layer::Part(Tone::Glow, shape) => {
                self.fill(shape.path(), &paint([255, 226, 120], 0.5), self.posed, None);
            }
            Layer::Part(tone, shape) => {
                let fill = self.tone(*tone);
                self.fill(shape.path(), &paint(fill, 1.0), self.posed, None);
                self.outline(shape.path(), fill);
            }
            Layer::Line(tone, width, points) => {
                let path = thick(straight(points, false), *width);
                self.fill(path, &paint(self.tone(*tone), 1.0), self.posed, None);
            }
            Layer::Wire(width, points) => self.wire(*width, points),
        }
    }

    /// The main colour, the pattern on it, a darker rim on the side away from the light, the outline.
    fn body(&mut self, shape: &Shape) {
        let Some(path) = shape.path() else { return };
        let Some(mut inside) = Mask::new(self.pixmap.width(), self.pixmap.height()) else { return };
        inside.fill_path(&path, FillRule::EvenOdd, true, self.posed);
        self.fill(Some(path.clone()), &paint(self.body, 1.0), self.posed, None);
        self.fill(pattern::printed(self.pattern), &paint(self.accent, 1.0), self.posed, Some(&inside));

        let mut lit = PathBuilder::new();
        lit.push_path(&path);
        let offset = 3.2 * self.upright.sx;
        let towards_light = self.posed.post_translate(-offset, -offset);
        let mut rim = inside.clone();
        let mut away = Mask::clone(&inside);
        away.clear();
        if let Some(lit) = lit.finish() {
            away.fill_path(&lit, FillRule::EvenOdd, true, towards_light);
        }
        away.invert();
        rim.data_mut().iter_mut().zip(away.data()).for_each(|(rim, away)| *rim = (*rim).min(*away));
        self.fill(everything(), &paint([20, 10, 40], 0.16), Transform::identity(), Some(&rim));
        self.outline(Some(path), self.body);
    }

    /// A pattern does not fit on a wire; it is wound in the accent colour instead.
    fn wire(&mut self, width: f32, points: &[(f32, f32)]) {
        let edge = darker(self.body, 0.45);
        self.fill(thick(smooth(points, false), width + 2.0 * OUTLINE), &paint(edge, 1.0), self.posed, None);
        self.fill(thick(smooth(points, false), width), &paint(self.body, 1.0), self.posed, None);
        if self.pattern != Pattern::Plain {
            let stroke = Stroke { width, dash: StrokeDash::new(vec![7.0, 9.0], 0.0), ..Stroke::default() };
            let path = smooth(points, false).and_then(|path| {
                path.dash(stroke.dash.as_ref()?, 1.0)?.stroke(&Stroke { dash: None, ..stroke.clone() }, 1.0)
            });
            self.fill(path, &paint(self.accent, 1.0), self.posed, None);
        }
    }

    fn outline(&mut self, path: Option<Path>, filled: Rgb) {
        self.fill(
            path.and_then(|path| thick(Some(path), OUTLINE)),
            &paint(darker(filled, 0.45), 1.0),
            self.posed,
            None,
        );
    }

    fn fill(&mut self, path: Option<Path>, paint: &Paint, transform: Transform, mask: Option<&Mask>) {
        if let Some(path) = path {
            self.pixmap.fill_path(&path, paint, FillRule::Winding, transform, mask);
        }
    }

    fn tone(&self, tone: Tone) -> Rgb {
        match tone {
            Tone::Accent => self.accent,
            Tone::Shade => darker(self.body, 0.82),
            Tone::Dark => [70, 74, 84],
            Tone::Metal => [190, 198, 206],
            Tone::Paper => [255, 255, 252],
            Tone::Wood => [222, 176, 120],
            Tone::Rubber => [242, 166, 172],
            Tone::Screen => [186, 222, 206],
            Tone::Glow => [255, 226, 120],
            Tone::Ink => [150, 156, 168],
        }
    }
}

fn paint(colour: Rgb, opacity: f32) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let [red, green, blue] = colour;
    paint.set_color_rgba8(red, green, blue, (opacity * 255.0) as u8);
    paint
}

/// Also lighter, for factors above one.
fn darker(colour: Rgb, factor: f32) -> Rgb {
    colour.map(|channel| (f32::from(channel) * factor) as u8)
}

fn colour(colour: Colour) -> Rgb {
    match colour {
        Colour::Red => [222, 62, 62],
        Colour::Orange => [245, 146, 56],
        Colour::Yellow => [250, 210, 72],
        Colour::Green => [86, 172, 92],
        Colour::Teal => [58, 176, 172],
        Colour::Blue => [64, 118, 214],
        Colour::Purple => [142, 92, 192],
        Colour::Pink => [246, 148, 184],
        Colour::Brown => [150, 104, 72],
        Colour::Grey => [152, 158, 168],
        Colour::Black => [62, 64, 74],
        Colour::White => [252, 252, 250],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::twins::catalogue::Price;
    use crate::data::twins::shops::Shop;
    use crate::random::{Stream, generator};

    /// All that is sold anywhere.
    fn things() -> impl Iterator<Item = (Shop, usize)> {
        Shop::ALL.into_iter().flat_map(|shop| (0..shop.catalogue().kinds.len()).map(move |kind| (shop, kind)))
    }

    fn product((shop, kind): (Shop, usize), colour: Colour, pattern: Pattern) -> Product {
        Product {
            shop,
            kind,
            colour,
            accent: Colour::Grey,
            pattern,
            build: Build::Regular,
            brand: 1,
            material: 1,
            theme: 1,
            price: Price::Budget,
            tune: None,
        }
    }

    fn drawn(product: &Product, seed: u64) -> Pixels {
        picture(product, 64, &mut generator(seed, Stream::Twin))
    }

    /// Share of pixels in which one channel is far above both others.
    fn dominated(picture: &Pixels, channel: usize) -> f64 {
        let others = [(channel + 1) % 3, (channel + 2) % 3];
        let far_above =
            |pixel: &&[u8; 3]| others.iter().all(|&other| pixel[channel] > pixel[other].saturating_add(60));
        picture.values().iter().filter(far_above).count() as f64 / picture.values().len() as f64
    }

    #[test]
    fn colours_are_in_the_pixels() {
        for (seed, thing) in things().enumerate() {
            for (colour, channel) in [(Colour::Red, 0), (Colour::Green, 1), (Colour::Blue, 2)] {
                let picture = drawn(&product(thing, colour, Pattern::Plain), seed as u64);
                let shares = [0, 1, 2].map(|channel| dominated(&picture, channel));
                let others = shares.iter().sum::<f64>() - shares[channel];
                assert!(
                    shares[channel] > 0.03 && shares[channel] > 3.0 * others,
                    "{thing:?} {colour:?} {shares:?}"
                );
            }
        }
    }

    #[test]
    fn every_attribute_that_is_drawn_changes_the_picture() {
        for thing in things() {
            let striped = product(thing, Colour::Red, Pattern::Striped);
            let picture = drawn(&striped, 1);
            for changed in [
                Product { colour: Colour::Teal, ..striped },
                Product { accent: Colour::Yellow, ..striped },
                Product { pattern: Pattern::Plain, ..striped },
                Product { build: Build::Slim, ..striped },
            ] {
                assert!(drawn(&changed, 1) != picture, "{changed:?}");
            }
            assert!(drawn(&striped, 2) != picture, "{thing:?} in another pose");
            for unchanged in [
                Product { brand: 0, ..striped },
                Product { material: 0, ..striped },
                Product { theme: 0, ..striped },
                Product { price: Price::Premium, ..striped },
            ] {
                assert!(drawn(&unchanged, 1) == picture, "{unchanged:?}");
            }
        }
    }

    #[test]
    fn things_stay_on_their_ground() {
        for (seed, thing) in things().enumerate() {
            for build in [Build::Slim, Build::Wide] {
                let thing = Product { build, ..product(thing, Colour::Black, Pattern::Checked) };
                let picture = drawn(&thing, seed as u64);
                let ground = GROUND.map(level);
                let inside = |at: usize| (1..63).contains(&(at % 64)) && (1..63).contains(&(at / 64));
                let covered =
                    (0..64 * 64).filter(|&at| !inside(at) && picture.values()[at] != ground).count();
                assert!(covered <= 12, "{thing:?} covers {covered} pixels of the edge");
            }
        }
    }
}
