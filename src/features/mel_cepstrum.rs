use core::f32::consts::PI;

use microfft::Complex32;
use microfft::real::{rfft_512, rfft_1024, rfft_2048, rfft_4096};
use ndarray::{Array1, Array2, Axis};

use super::Sound;
use super::extractor::{ExtractorDescription, Reads};
use crate::data::{Features, Precision, Sounds};

/// Length of a frame, in thousandths of a second; a new one starts each half of it.
const FRAME_MILLISECONDS: u32 = 32;

/// Bands, evenly spread over the mel scale up to the highest frequency, in hertz.
const BANDS: usize = 40;
const HIGHEST: f32 = 8000.0;

/// Numbers kept of a frame's spectrum: loudness, then its shape from coarse to fine.
const COEFFICIENTS: usize = 20;

/// Power in a band that counts as silence: 100 decibels below a full-scale square wave.
const SILENCE: f32 = 1e-10;

/// Frames before and after that a change is measured over.
const REACH: usize = 2;

/// Mean and deviation of the coefficients and of their changes.
pub const CEPSTRUM_VALUES: usize = 4 * COEFFICIENTS;

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "mel-cepstrum",
    title: "Mel-frequency cepstrum",
    summary: "The timbre: how loud a sound is in bands as wide as the ear tells them apart, how that varies and changes.",
    reads: Reads::Sounds,
    domain: None,
    width: CEPSTRUM_VALUES,
    source: "Davis and Mermelstein, Comparison of Parametric Representations for Monosyllabic Word Recognition, \
             TASSP 1980; mean and deviation of 20 coefficients and their changes",
};

/// The audio modality of the twins: see [`features`]. Sounds that cannot be described are absent.
pub fn audio(sounds: &Sounds) -> Features {
    let described = |item| Some(mel_cepstrum(&Sound::of_integers(sounds.rate, sounds.of(item)?).ok()?));
    let cepstra: Vec<_> = (0..sounds.present.len()).map(described).collect();
    features(&cepstra.iter().map(Option::as_ref).collect::<Vec<_>>())
}

/// `[items, CEPSTRUM_VALUES]`: each sound's [`mel_cepstrum`], each column less its mean and over its deviation, for
/// loudness would outweigh everything else; all over √CEPSTRUM_VALUES, so that rows are about one long.
pub fn features(cepstra: &[Option<&Array1<f32>>]) -> Features {
    let mut values = Array2::zeros((cepstra.len(), CEPSTRUM_VALUES));
    for (mut row, cepstrum) in values.rows_mut().into_iter().zip(cepstra) {
        if let Some(cepstrum) = cepstrum {
            row.assign(cepstrum);
        }
    }
    let present: Vec<bool> = cepstra.iter().map(Option::is_some).collect();
    standardise(&mut values, &present);
    let origin = format!(
        "mean and deviation of {COEFFICIENTS} mel-frequency cepstral coefficients and their changes, {BANDS} bands up \
         to {HIGHEST} hertz, frames of {FRAME_MILLISECONDS} milliseconds, standardised"
    );
    Features { values, present, precision: Precision::F16, origin }
}

fn standardise(values: &mut Array2<f32>, present: &[bool]) {
    let count = present.iter().filter(|present| **present).count().max(1) as f64;
    let scale = (CEPSTRUM_VALUES as f64).sqrt();
    for mut column in values.columns_mut() {
        let of_present = || {
            column.iter().zip(present).filter(|(_, present)| **present).map(|(value, _)| f64::from(*value))
        };
        let mean = of_present().sum::<f64>() / count;
        let variance = of_present().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        // What all sounds have in common up to rounding says nothing.
        let factor =
            if variance.sqrt() > 1e-6 * mean.abs().max(1.0) { 1.0 / (variance.sqrt() * scale) } else { 0.0 };
        for (value, _) in column.iter_mut().zip(present).filter(|(_, present)| **present) {
            *value = ((f64::from(*value) - mean) * factor) as f32;
        }
    }
}

/// The timbre of a sound: `[CEPSTRUM_VALUES]`, mean and deviation over frames of the mel-frequency cepstral coefficients,
/// then of their changes a frame.
///
/// Frames last as long and bands lie at the same hertz whatever the rate, so sounds of different rates compare without
/// resampling. A sound shorter than a frame is followed by silence.
pub fn mel_cepstrum(sound: &Sound) -> Array1<f32> {
    let cepstrum = coefficients(sound);
    let changes = changes(&cepstrum);
    [cepstrum, changes].iter().flat_map(mean_and_deviation).collect()
}

/// `[frames, COEFFICIENTS]`: the cosine transform of the logarithms of the bands' power.
fn coefficients(sound: &Sound) -> Array2<f32> {
    let length = (sound.rate() * FRAME_MILLISECONDS).div_ceil(1000) as usize;
    let window: Vec<f32> =
        (0..length).map(|at| 0.5 - 0.5 * libm::cosf(2.0 * PI * (at as f32 + 0.5) / length as f32)).collect();
    let size = transform_size(length);
    let bands = Bands::new(sound.rate(), size);
    let transform = cosines();
    let samples = sound.samples();
    let hop = length / 2;
    let frames = samples.len().saturating_sub(length).div_ceil(hop) + 1;
    let mut cepstrum = Array2::zeros((frames, COEFFICIENTS));
    for (frame, mut row) in cepstrum.rows_mut().into_iter().enumerate() {
        let start = frame * hop;
        let windowed: Vec<f32> =
            samples[start..].iter().zip(&window).map(|(sample, weight)| sample * weight).collect();
        let power = bands.power(&spectrum(&windowed, size), &window);
        row.assign(&transform.dot(&power.mapv(|power| libm::logf(power.max(SILENCE)))));
    }
    cepstrum
}

/// Samples and following zeros that the Fourier transform takes for a frame.
fn transform_size(length: usize) -> usize {
    length.next_power_of_two().max(512)
}

/// Squared magnitudes at frequency 0, 1, … of `size / 2`, of samples followed by zeros.
fn spectrum(samples: &[f32], size: usize) -> Vec<f32> {
    fn padded<const SIZE: usize, const HALF: usize>(
        samples: &[f32],
        transform: fn(&mut [f32; SIZE]) -> &mut [Complex32; HALF],
    ) -> Vec<f32> {
        let mut buffer = [0.0; SIZE];
        buffer.iter_mut().zip(samples).for_each(|(place, sample)| *place = *sample);
        let frequencies = transform(&mut buffer);
        // The highest frequency comes packed beside the lowest.
        frequencies[0].im = 0.0;
        frequencies.iter().map(|value| value.re * value.re + value.im * value.im).collect()
    }
    match size {
        ..=512 => padded(samples, rfft_512),
        1024 => padded(samples, rfft_1024),
        2048 => padded(samples, rfft_2048),
        _ => padded(samples, rfft_4096),
    }
}

/// Triangles over the frequencies of a spectrum, each rising from the middle of the band before to its own and falling
/// to that of the next.
struct Bands {
    size: usize,
    /// By band: the first frequency, and the weights from there; none above half of the rate.
    weights: Vec<(usize, Vec<f32>)>,
}

impl Bands {
    fn new(rate: u32, size: usize) -> Self {
        let highest = mel(HIGHEST);
        let corner = |at: usize| hertz(highest * at as f32 / (BANDS + 1) as f32);
        let spacing = rate as f32 / size as f32;
        let weights = (0..BANDS).map(|band| {
            let (low, middle, high) = (corner(band), corner(band + 1), corner(band + 2));
            let first = (low / spacing) as usize + 1;
            let weight = |frequency: f32| {
                ((frequency - low) / (middle - low)).min((high - frequency) / (high - middle))
            };
            let weights =
                (first..size / 2).map(|at| weight(at as f32 * spacing)).take_while(|&weight| weight > 0.0);
            (first, weights.collect())
        });
        Self { size, weights: weights.collect() }
    }

    /// The mean power of the samples in each band: `[BANDS]`.
    fn power(&self, spectrum: &[f32], window: &[f32]) -> Array1<f32> {
        let energy: f32 = window.iter().map(|weight| weight * weight).sum();
        // Each frequency stands for its negative too.
        let scale = 2.0 / (self.size as f32 * energy);
        let band = |(first, weights): &(usize, Vec<f32>)| {
            let powers = spectrum.iter().skip(*first);
            let sum: f32 = weights.iter().zip(powers).map(|(weight, power)| weight * power).sum();
            scale * sum
        };
        self.weights.iter().map(band).collect()
    }
}

/// How high people hear a frequency (O'Shaughnessy, Speech Communication, 1987).
fn mel(hertz: f32) -> f32 {
    2595.0 * libm::log10f(1.0 + hertz / 700.0)
}

fn hertz(mel: f32) -> f32 {
    700.0 * (libm::powf(10.0, mel / 2595.0) - 1.0)
}

/// The first rows of the orthonormal cosine transform (DCT-II): `[COEFFICIENTS, BANDS]`.
fn cosines() -> Array2<f32> {
    Array2::from_shape_fn((COEFFICIENTS, BANDS), |(order, band)| {
        let scale = if order == 0 { 1.0 } else { 2.0 } / BANDS as f32;
        scale.sqrt() * libm::cosf(PI * order as f32 * (band as f32 + 0.5) / BANDS as f32)
    })
}

/// The slope of a straight line through each frame and those around it, by least squares: `[frames, COEFFICIENTS]`. The
/// first and last frame go on before the beginning and after the end.
fn changes(cepstrum: &Array2<f32>) -> Array2<f32> {
    let last = cepstrum.nrows() - 1;
    let squares: usize = (1..=REACH).map(|away| 2 * away * away).sum();
    let mut changes = Array2::zeros(cepstrum.dim());
    for (frame, mut change) in changes.rows_mut().into_iter().enumerate() {
        for away in 1..=REACH {
            let weight = away as f32 / squares as f32;
            change.scaled_add(weight, &cepstrum.row((frame + away).min(last)));
            change.scaled_add(-weight, &cepstrum.row(frame.saturating_sub(away)));
        }
    }
    changes
}

/// Over frames: the means, then the deviations, `[2 · COEFFICIENTS]`.
fn mean_and_deviation(frames: &Array2<f32>) -> Vec<f32> {
    let count = frames.nrows() as f32;
    let mean = frames.sum_axis(Axis(0)) / count;
    let mut squares = Array1::<f32>::zeros(frames.ncols());
    for frame in frames.rows() {
        squares += &(&frame - &mean).mapv(|value| value * value);
    }
    mean.iter().copied().chain(squares.iter().map(|sum| (sum / count).sqrt())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::RATES;
    use super::*;

    /// A tone of a frequency and an amplitude, a second long.
    fn tone(rate: u32, hertz: f32, amplitude: f32) -> Sound {
        let step = 2.0 * core::f64::consts::PI * f64::from(hertz) / f64::from(rate);
        let samples = (0..rate).map(|at| amplitude * libm::sin(step * f64::from(at)) as f32).collect();
        Sound::new(rate, samples).unwrap()
    }

    /// The power in each band of a sound's first frame.
    fn powers(sound: &Sound) -> Array1<f32> {
        let length = (sound.rate() * FRAME_MILLISECONDS).div_ceil(1000) as usize;
        let window = vec![1.0; length];
        let size = transform_size(length);
        Bands::new(sound.rate(), size).power(&spectrum(&sound.samples()[..length], size), &window)
    }

    /// 8,000 hertz are 2840.02 mel, so bands are 69.27 mel apart. 1,000 hertz are 999.99 mel: 14.44 bands, between the
    /// fourteenth and fifteenth corner, which bands 13 and 14, counted from 0, share as 0.56 to 0.44 in mel.
    #[test]
    fn a_pure_tone_lies_in_its_mel_band() {
        for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] {
            let powers = powers(&tone(rate, 1000.0, 0.5));
            let loudest = (0..BANDS).max_by(|&a, &b| powers[a].total_cmp(&powers[b])).unwrap();
            assert_eq!(loudest, 13, "{rate}: {powers}");
            // A sine of amplitude a has the power a²/2, all of it here.
            assert!((powers.sum() - 0.125).abs() < 0.01, "{rate}: {}", powers.sum());
            assert!(
                powers[12] + powers[13] + powers[14] + powers[15] > 0.9 * powers.sum(),
                "{rate}: {powers}"
            );
        }
    }

    #[test]
    fn the_spectrum_is_that_of_the_definition() {
        let samples: Vec<f32> = (0..500).map(|at| ((at * at) % 17) as f32 / 17.0 - 0.4).collect();
        for size in [512, 1024, 2048, 4096] {
            let found = spectrum(&samples, size);
            assert_eq!(found.len(), size / 2);
            for frequency in [1, 2, 77, size / 2 - 1] {
                let (mut re, mut im) = (0.0f64, 0.0f64);
                for (at, sample) in samples.iter().enumerate() {
                    let turn = core::f64::consts::TAU * ((frequency * at) % size) as f64 / size as f64;
                    re += f64::from(*sample) * turn.cos();
                    im -= f64::from(*sample) * turn.sin();
                }
                let expected = re * re + im * im;
                assert!(
                    (f64::from(found[frequency]) - expected).abs() < 1e-3 * expected.max(1.0),
                    "{size} {frequency}"
                );
            }
        }
    }

    #[test]
    fn cosines_are_orthonormal() {
        let gram = cosines().dot(&cosines().t());
        for ((row, column), value) in gram.indexed_iter() {
            assert!((value - f32::from(u8::from(row == column))).abs() < 1e-5);
        }
    }

    #[test]
    fn silence_and_the_shortest_sound_have_features() {
        let silence = mel_cepstrum(&Sound::new(16_000, vec![0.0; 16_000]).unwrap());
        // The cosine transform of equal logarithms has one number: √BANDS times the logarithm.
        assert!((silence[0] - (BANDS as f32).sqrt() * SILENCE.ln()).abs() < 1e-2, "{silence}");
        assert!(silence.iter().skip(1).all(|value| value.abs() < 1e-3), "{silence}");
        let click = mel_cepstrum(&Sound::new(16_000, vec![1.0]).unwrap());
        assert!(click.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn louder_moves_the_first_coefficient_alone() {
        let noise = |loudness: f32| {
            let samples = (0..16_000u32)
                .map(|at| loudness * ((at.wrapping_mul(2_654_435_761) >> 16) as f32 / 32768.0 - 1.0));
            mel_cepstrum(&Sound::new(16_000, samples.collect()).unwrap())
        };
        let (quiet, loud) = (noise(0.1), noise(1.0));
        assert!((loud[0] - quiet[0] - (BANDS as f32).sqrt() * 100f32.ln()).abs() < 0.01, "{quiet} {loud}");
        for at in 1..CEPSTRUM_VALUES {
            assert!((loud[at] - quiet[at]).abs() < 0.01, "{at}: {} {}", quiet[at], loud[at]);
        }
    }

    #[test]
    fn a_steady_rise_has_its_slope_and_nothing_else() {
        let ramp = Array2::from_shape_fn((9, COEFFICIENTS), |(frame, order)| (frame * order) as f32);
        let changes = changes(&ramp);
        for order in 0..COEFFICIENTS {
            assert!((2..7).all(|frame| (changes[[frame, order]] - order as f32).abs() < 1e-4));
            // At the end, two frames ahead are the last: (1·1 + 2·2) / 10 of the slope.
            assert!((changes[[8, order]] - 0.5 * order as f32).abs() < 1e-4, "{}", changes[[8, order]]);
        }
    }

    #[test]
    fn standardised_columns_have_mean_zero_and_one_deviation_over_the_present() {
        let cepstra = [200.0, 500.0, 900.0, 3000.0].map(|hertz| mel_cepstrum(&tone(16_000, hertz, 0.3)));
        let features = features(&cepstra.iter().map(Some).chain([None]).collect::<Vec<_>>());
        assert_eq!(features.present, [true, true, true, true, false]);
        assert!(features.values.row(4).iter().all(|&value| value == 0.0));
        let lengths: f32 = features.values.iter().map(|value| value * value).sum();
        assert!(lengths <= 4.0 + 1e-3 && lengths > 3.0, "{lengths}");
        assert!(features.values.sum_axis(Axis(0)).iter().all(|sum| sum.abs() < 1e-4));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn the_rate_does_not_matter(low in 300f32..1500.0, high in 2000f32..7000.0, share in 0.2f32..0.8) {
            let sound = |rate| {
                let (one, other) = (tone(rate, low, 0.5 * share), tone(rate, high, 0.5 - 0.5 * share));
                let samples = one.samples().iter().zip(other.samples()).map(|(a, b)| a + b).collect();
                mel_cepstrum(&Sound::new(rate, samples).unwrap())
            };
            let reference = sound(16_000);
            for rate in [22_050, 44_100, 48_000] {
                let other = sound(rate);
                // The mean's shape; the tails of the window, 100 decibels down, are cut off differently.
                let distance: f32 = (0..COEFFICIENTS).map(|at| (reference[at] - other[at]).powi(2)).sum::<f32>().sqrt();
                let length: f32 = (0..COEFFICIENTS).map(|at| reference[at].powi(2)).sum::<f32>().sqrt();
                prop_assert!(distance < 0.2 * length, "{}: {} of {}", rate, distance, length);
            }
        }

        #[test]
        fn any_samples_give_finite_numbers(samples in prop::collection::vec(-1f32..1.0, 1..2000), rate in RATES) {
            let cepstrum = mel_cepstrum(&Sound::new(rate, samples).unwrap());
            prop_assert!(cepstrum.iter().all(|value| value.is_finite()));
        }
    }
}
