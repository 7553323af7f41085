use thiserror::Error;

/// Samples a second that a sound may have: with fewer, half of the mel bands would be silent; with more, a frame would
/// not fit into the Fourier transform. Below [`FULL_RATE`] the upper bands are silent already, so sounds of such a rate
/// compare with each other and not with others.
pub const RATES: core::ops::RangeInclusive<u32> = 8_000..=96_000;

/// Samples a second from which on sounds compare whatever their rates.
pub const FULL_RATE: u32 = 16_000;

/// A sound of one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Sound {
    rate: u32,
    samples: Vec<f32>,
}

/// Why numbers are not a sound that can be described.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SoundError {
    #[error("it has {rate} samples a second; {} to {} can be used", RATES.start(), RATES.end())]
    Rate { rate: u32 },
    #[error("it has no samples")]
    Empty,
    #[error("sample {position} is {value}; samples must be finite")]
    NotFinite { position: usize, value: f32 },
}

impl Sound {
    /// From samples, full scale 1, of which there are `rate` a second.
    pub fn new(rate: u32, samples: Vec<f32>) -> Result<Self, SoundError> {
        if !RATES.contains(&rate) {
            return Err(SoundError::Rate { rate });
        }
        if samples.is_empty() {
            return Err(SoundError::Empty);
        }
        if let Some(position) = samples.iter().position(|sample| !sample.is_finite()) {
            return Err(SoundError::NotFinite { position, value: samples[position] });
        }
        Ok(Self { rate, samples })
    }

    /// The same from 16-bit integers.
    pub fn of_integers(rate: u32, samples: &[i16]) -> Result<Self, SoundError> {
        Self::new(rate, samples.iter().map(|&sample| f32::from(sample) / 32768.0).collect())
    }

    pub fn rate(&self) -> u32 {
        self.rate
    }

    pub fn samples(&self) -> &[f32] {
        &self.samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_sound_is_refused_with_the_reason() {
        let error = |rate, samples: &[f32]| Sound::new(rate, samples.to_vec()).unwrap_err().to_string();
        assert_eq!(error(4000, &[0.0]), "it has 4000 samples a second; 8000 to 96000 can be used");
        assert_eq!(error(192_000, &[0.0]), "it has 192000 samples a second; 8000 to 96000 can be used");
        assert_eq!(error(44_100, &[]), "it has no samples");
        assert_eq!(error(44_100, &[0.5, f32::NAN]), "sample 1 is NaN; samples must be finite");
        assert!(Sound::new(8_000, vec![0.0]).is_ok());
        let integers = Sound::of_integers(8_000, &[i16::MIN, 0, 16384]).unwrap();
        assert_eq!(integers.samples(), [-1.0, 0.0, 0.5]);
    }
}
