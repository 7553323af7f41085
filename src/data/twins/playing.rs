//! Sounds of products: a few notes of a melody that nobody has written, on the kind's instrument, in the product's
//! register, tempo, tone, scale and rhythm.

use core::f64::consts::TAU;

use rand_chacha::ChaCha8Rng;

use super::catalogue::{Register, Rhythm, Scale, Tempo, Tone, Tune, pick};
use crate::random::Draw;

/// How an instrument sounds.
pub struct Timbre {
    /// Amplitudes of the fundamental and its multiples.
    pub partials: &'static [f64],
    /// Seconds until a note is there.
    pub attack: f64,
    /// Seconds in which a note falls to 1/e of its amplitude.
    pub decay: f64,
    /// Amplitude of breath and scratching, which has no pitch, beside that of the partials.
    pub noise: f64,
}

/// Of full scale, the loudest sample.
const PEAK: f64 = 0.7;

/// Levels of a sample, of 65,536: few of them keep the bundle small, and what is lost lies 48 decibels below the loudest.
const LEVEL: f64 = 256.0;

/// A few bars: `[length]`, 16-bit samples, `rate` a second.
pub fn play(timbre: &Timbre, tune: &Tune, rate: u32, length: usize, random: &mut ChaCha8Rng) -> Vec<i16> {
    let mut samples = vec![0.0; length];
    let seconds = length as f64 / f64::from(rate);
    let (mut time, mut degree, mut beat) = (0.0, 0, 0);
    while time < seconds {
        let duration = beats(tune.rhythm, beat) / notes_a_second(tune.tempo);
        let pitch = pitch(tune, degree) * (1.0 + 0.003 * random.normal());
        note(timbre, tune.tone, pitch, (time, time + duration), rate, &mut samples, random);
        time += duration;
        degree += pick(random, &[-2, -1, 1, 2]);
        degree = degree.clamp(-3, 6);
        beat += 1;
    }
    let loudest = samples.iter().fold(f64::MIN_POSITIVE, |loudest: f64, sample| loudest.max(sample.abs()));
    let factor = PEAK * (0.9 + 0.1 * random.unit()) * 32768.0 / loudest / LEVEL;
    samples.iter().map(|sample| (libm::round(sample * factor) * LEVEL) as i16).collect()
}

/// Adds a note from one time to another, in seconds, which rings on as long as the instrument does.
fn note(
    timbre: &Timbre,
    tone: Tone,
    pitch: f64,
    (start, end): (f64, f64),
    rate: u32,
    samples: &mut [f64],
    random: &mut ChaCha8Rng,
) {
    let rate = f64::from(rate);
    let first = libm::ceil(start * rate) as usize;
    let audible = |&(multiple, _): &(f64, f64)| multiple * pitch < 0.45 * rate;
    let partials: Vec<(f64, f64)> = (1u32..)
        .zip(timbre.partials)
        .map(|(multiple, amplitude)| {
            (f64::from(multiple), amplitude * libm::pow(f64::from(multiple), slope(tone)))
        })
        .filter(audible)
        .collect();
    for (at, sample) in samples.iter_mut().enumerate().skip(first) {
        let age = at as f64 / rate - start;
        // Let go when the next note begins.
        let release = libm::exp((end - start - age).min(0.0) / 0.02);
        let envelope = (age / timbre.attack).min(1.0) * libm::exp(-age / timbre.decay) * release;
        if release < 1e-3 {
            break;
        }
        let waves: f64 = partials
            .iter()
            .map(|(multiple, amplitude)| amplitude * libm::sin(TAU * multiple * pitch * age))
            .sum();
        *sample += envelope * (waves + timbre.noise * (2.0 * random.unit() - 1.0));
    }
}

/// In hertz.
fn pitch(tune: &Tune, degree: i32) -> f64 {
    let lowest = match tune.register {
        Register::Deep => 110.0,
        Register::Middle => 220.0,
        Register::High => 440.0,
    };
    let steps: &[i32] = match tune.scale {
        Scale::Major => &[0, 2, 4, 5, 7, 9, 11],
        Scale::Minor => &[0, 2, 3, 5, 7, 8, 10],
        Scale::Pentatonic => &[0, 2, 4, 7, 9],
        Scale::WholeTone => &[0, 2, 4, 6, 8, 10],
    };
    let count = steps.len() as i32;
    let semitones =
        tune.key as i32 + 12 * degree.div_euclid(count) + steps[degree.rem_euclid(count) as usize];
    lowest * libm::pow(2.0, f64::from(semitones) / 12.0)
}

fn notes_a_second(tempo: Tempo) -> f64 {
    match tempo {
        Tempo::Slow => 2.2,
        Tempo::Walking => 4.5,
        Tempo::Fast => 9.0,
    }
}

/// How long the notes of a rhythm are, one after the other.
fn beats(rhythm: Rhythm, beat: usize) -> f64 {
    let pattern: &[f64] = match rhythm {
        Rhythm::Even => &[1.0],
        Rhythm::Dotted => &[1.5, 0.5],
        Rhythm::Waltz => &[1.6, 0.7, 0.7],
        Rhythm::Rolling => &[0.5, 0.5, 1.0],
    };
    pattern[beat % pattern.len()]
}

/// The power of a partial's number that its amplitude is multiplied by.
fn slope(tone: Tone) -> f64 {
    match tone {
        Tone::Mellow => -1.5,
        Tone::Clear => 0.0,
        Tone::Bright => 0.9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::twins::shops::Shop;
    use crate::random::{Stream, generator};

    const TUNE: Tune = Tune {
        register: Register::Middle,
        tempo: Tempo::Walking,
        tone: Tone::Clear,
        scale: Scale::Major,
        rhythm: Rhythm::Even,
        key: 0,
    };

    fn timbres() -> &'static [Timbre] {
        Shop::Music.catalogue().timbres
    }

    fn played(timbre: &Timbre, tune: &Tune, seed: u64) -> Vec<i16> {
        play(timbre, tune, 8000, 8000, &mut generator(seed, Stream::Twin))
    }

    #[test]
    fn every_instrument_is_heard_from_beginning_to_end() {
        for (at, timbre) in timbres().iter().enumerate() {
            let samples = played(timbre, &TUNE, 1);
            assert_eq!(samples.len(), 8000);
            let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
            assert!((20_000..=23_000).contains(&loudest), "{at}: {loudest}");
            for quarter in samples.chunks(2000) {
                assert!(quarter.iter().any(|sample| sample.unsigned_abs() > 2000), "{at} falls silent");
            }
        }
    }

    /// How steep a wave is beside how high: more for higher tones and louder upper partials.
    fn steepness(tune: &Tune) -> f64 {
        let steps = |samples: &[i16]| {
            let step = |pair: &[i16]| f64::from(pair[1].abs_diff(pair[0]));
            samples.windows(2).map(step).sum::<f64>()
                / samples.iter().map(|&sample| f64::from(sample).abs()).sum::<f64>()
        };
        (1..=5).map(|seed| steps(&played(&timbres()[0], tune, seed))).sum()
    }

    #[test]
    fn registers_and_tones_are_heard() {
        let [deep, middle, high] = [Register::Deep, Register::Middle, Register::High]
            .map(|register| steepness(&Tune { register, ..TUNE }));
        assert!(1.3 * deep < middle && 1.3 * middle < high, "{deep} {middle} {high}");
        let [mellow, clear, bright] =
            [Tone::Mellow, Tone::Clear, Tone::Bright].map(|tone| steepness(&Tune { tone, ..TUNE }));
        assert!(1.2 * mellow < clear && 1.2 * clear < bright, "{mellow} {clear} {bright}");
    }

    #[test]
    fn every_attribute_of_a_tune_changes_the_sound() {
        let samples = played(&timbres()[0], &TUNE, 1);
        for other in [
            Tune { tempo: Tempo::Fast, ..TUNE },
            Tune { scale: Scale::Minor, ..TUNE },
            Tune { rhythm: Rhythm::Waltz, ..TUNE },
            Tune { key: 5, ..TUNE },
        ] {
            assert!(played(&timbres()[0], &other, 1) != samples, "{other:?}");
        }
        assert!(played(&timbres()[1], &TUNE, 1) != samples && played(&timbres()[0], &TUNE, 2) != samples);
    }

    /// By hand: A below middle C, its octave, and the major third, four semitones up.
    #[test]
    fn pitches_are_those_of_the_scale() {
        let close = |found: f64, expected: f64| (found / expected - 1.0).abs() < 1e-4;
        assert!(close(pitch(&TUNE, 0), 220.0) && close(pitch(&TUNE, 7), 440.0));
        assert!(close(pitch(&TUNE, 2), 277.1826) && close(pitch(&TUNE, -7), 110.0));
        assert!(close(pitch(&Tune { key: 3, ..TUNE }, -1), 246.9417));
    }
}
