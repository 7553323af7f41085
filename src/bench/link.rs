use std::io::Read;

use adler2::adler32_slice;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use flate2::{Compress, Compression, FlushCompress};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::eval::MetricTable;
use crate::ordered::ordered;
use crate::schema::{RunSpec, SpecError};
use crate::train::Receipt;

/// What every link of this version starts with.
const PREFIX: &str = "#v2.";
/// What links of the first version start with: they are compressed as they are.
const FIRST: &str = "v1";
/// What links are made of mostly, the most common last: of this, compression has only to say where it stands. The page packs links
/// with the same words (`www/src/lib/packing.ts`). It never changes; another one would be another version.
const DICTIONARY: &[u8] = include_bytes!("../../www/src/lib/link-dictionary.txt");
/// Longer payloads are not looked at: a link is no place for them, and a small one could unpack to gigabytes.
const LONGEST_JSON: u64 = 64 * 1024;
/// Hexadecimal digits of a digest in a link: 64 bits are enough to notice a difference, and links stay short.
const DIGEST_DIGITS: usize = 16;
/// The paper's metrics, which a claim is about.
const CLAIMED_METRICS: [&str; 6] = ["recall", "ndcg", "efd", "gini", "aplt", "item-coverage"];

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum LinkError {
    #[error("this is no Fusebox link: it must start with `{PREFIX}`")]
    NotALink,
    #[error(
        "this link is of version `{0}`, but this Fusebox reads versions 1 and 2; a newer one may open it"
    )]
    Version(String),
    #[error("the link is damaged: {0}; was it copied completely?")]
    Damaged(String),
    #[error(
        "the link carries {0} runs side by side; open it in the page, or repeat one of them with `fusebox reproduce` and `--run`, from 1 to {0}"
    )]
    Several(usize),
    #[error("the link carries {runs} runs, and `--run` asks for `{run}`")]
    NoRun { run: String, runs: usize },
    #[error("the link carries no run")]
    Empty,
    #[error("the link unpacks to more than {LONGEST_JSON} bytes, which no Fusebox link does")]
    TooLong,
    #[error(transparent)]
    Spec(#[from] SpecError),
}

/// What a link carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Shared {
    /// With the dataset's name and digest.
    pub spec: RunSpec,
    /// What the run is said to have come to; `null` where nothing was run.
    pub claim: Option<Claim>,
}

/// What a run is said to have come to. A claim, not a result, until somebody runs it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Claim {
    pub program: String,
    pub target: String,
    /// The paper's six metrics on test, rounded to six digits.
    #[cfg_attr(test, ts(type = "MetricTable"))]
    pub test: MetricTable,
    pub lists_digest: String,
}

impl Shared {
    /// The specification and claim of a finished run.
    pub fn of(receipt: &Receipt) -> Self {
        let mut spec = receipt.spec.clone();
        spec.dataset.name.clone_from(&receipt.dataset.name);
        spec.dataset.digest = Some(short(&receipt.dataset.digest));
        Self { spec, claim: Some(Claim::of(receipt)) }
    }
}

impl Claim {
    pub fn of(receipt: &Receipt) -> Self {
        let claimed =
            receipt.metrics.test.iter().filter(|(name, _)| CLAIMED_METRICS.contains(&name.as_str()));
        let test = ordered(claimed.map(|(name, values)| {
            let rounded = values.iter().map(|(&cutoff, value)| (cutoff, value.map(six_digits)));
            (name.clone(), ordered(rounded))
        }));
        Self {
            program: short(&receipt.program),
            target: receipt.target.clone(),
            test,
            lists_digest: short(&receipt.lists_digest),
        }
    }
}

fn short(digest: &str) -> String {
    digest.chars().take(DIGEST_DIGITS).collect()
}

fn six_digits(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The link, to be put behind the page's address: `#v2.` and the base64url of a checksum of the JSON (Adler-32, the highest byte
/// first), which notices a changed letter, and of the JSON compressed with the dictionary.
pub fn encode(shared: &Shared) -> Result<String, LinkError> {
    let json = serde_json::to_vec(shared).map_err(|error| damaged(&error))?;
    let mut encoder = Compress::new(Compression::best(), false);
    // What the dictionary compresses to is left out; what follows may point into it.
    let mut left_out = Vec::with_capacity(2 * DICTIONARY.len());
    encoder.compress_vec(DICTIONARY, &mut left_out, FlushCompress::Sync).map_err(|error| damaged(&error))?;
    let mut packed = adler32_slice(&json).to_be_bytes().to_vec();
    packed.reserve(json.len() + 64);
    encoder.compress_vec(&json, &mut packed, FlushCompress::Finish).map_err(|error| damaged(&error))?;
    Ok(format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(packed)))
}

/// What was packed with the dictionary: to the decoder, the dictionary is a block of its own in front, that was not compressed.
fn unpacked(packed: &[u8]) -> impl Read {
    let length = (DICTIONARY.len() as u16).to_le_bytes();
    let block = [0, length[0], length[1], !length[0], !length[1]];
    DeflateDecoder::new(std::io::Cursor::new(block).chain(DICTIONARY).chain(packed))
}

/// The one run that a link carries, with a specification that can be run; of several side by side the one with this number, counted
/// from 1. The text before `#` is not looked at.
pub fn decode(link: &str, run: Option<&str>) -> Result<Shared, LinkError> {
    let mut all = decode_all(link)?;
    let runs = all.len();
    match run {
        None if runs == 1 => Ok(all.remove(0)),
        None => Err(LinkError::Several(runs)),
        Some(run) => match run.parse::<usize>() {
            Ok(number) if (1..=runs).contains(&number) => Ok(all.remove(number - 1)),
            _ => Err(LinkError::NoRun { run: run.into(), runs }),
        },
    }
}

/// All that a link carries: a run, or several to be held against each other, at least one.
fn decode_all(link: &str) -> Result<Vec<Shared>, LinkError> {
    let at = link.find('#').ok_or(LinkError::NotALink)?;
    let hash = link[at..].trim_end();
    let (version, payload) = hash[1..].split_once('.').ok_or(LinkError::NotALink)?;
    let packed = || BASE64_URL_SAFE_NO_PAD.decode(payload).map_err(|error| damaged(&error));
    let json = match version {
        FIRST => bounded(ZlibDecoder::new(packed()?.as_slice()), 0)?,
        _ if PREFIX[1..].strip_suffix('.') == Some(version) => {
            let packed = packed()?;
            let (checksum, packed) =
                packed.split_first_chunk().ok_or_else(|| damaged(&"it ends too early"))?;
            let json = bounded(unpacked(packed), DICTIONARY.len())?;
            if adler32_slice(&json) != u32::from_be_bytes(*checksum) {
                return Err(damaged(&"its checksum does not fit"));
            }
            json
        }
        _ => match version.strip_prefix('v') {
            Some(number) if number.parse::<u32>().is_ok() => return Err(LinkError::Version(number.into())),
            _ => return Err(LinkError::NotALink),
        },
    };
    let json = String::from_utf8(json).map_err(|error| damaged(&error))?;
    let shared = match json.starts_with('[') {
        true => serde_json::from_str::<Vec<Shared>>(&json),
        false => serde_json::from_str(&json).map(|shared| vec![shared]),
    };
    let shared = shared.map_err(|error| SpecError::Unreadable(error.to_string()))?;
    for one in &shared {
        one.spec.clone().check()?;
    }
    if shared.is_empty() { Err(LinkError::Empty) } else { Ok(shared) }
}

fn damaged(error: &dyn std::fmt::Display) -> LinkError {
    LinkError::Damaged(error.to_string())
}

/// What is read after so many bytes, if it is no more than a link may unpack to.
fn bounded(reader: impl Read, skipped: usize) -> Result<Vec<u8>, LinkError> {
    let most = skipped as u64 + LONGEST_JSON;
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
    match bytes.len() as u64 > most {
        true => Err(LinkError::TooLong),
        false => Ok(bytes.split_off(skipped.min(bytes.len()))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use std::io::Write;

    use flate2::write::{DeflateEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn decode(link: &str) -> Result<Shared, LinkError> {
        super::decode(link, None)
    }

    fn shared() -> Shared {
        Shared {
            spec: (*RunSpec::of("vbpr").check().unwrap()).clone(),
            claim: Some(Claim {
                program: "0123456789abcdef".into(),
                target: "wasm32-cpu".into(),
                test: BTreeMap::from([("recall".into(), BTreeMap::from([(10, Some(0.123456)), (20, None)]))]),
                lists_digest: "fedcba9876543210".into(),
            }),
        }
    }

    #[test]
    fn a_link_opens_to_what_it_was_made_of() {
        let link = encode(&shared()).unwrap();
        assert_eq!(decode(&link).unwrap(), shared());
        assert_eq!(decode(&format!("https://example.org/fusebox/{link}\n")).unwrap(), shared());
    }

    #[test]
    fn another_version_says_so() {
        let link = encode(&shared()).unwrap().replace(PREFIX, "#v7.");
        assert_eq!(decode(&link), Err(LinkError::Version("7".into())));
        assert_eq!(decode("#section"), Err(LinkError::NotALink));
        assert_eq!(decode("no hash"), Err(LinkError::NotALink));
    }

    /// A link of this version of any bytes, packed without the dictionary.
    fn packed(json: &[u8]) -> String {
        let mut packed = DeflateEncoder::new(adler32_slice(json).to_be_bytes().to_vec(), Compression::best());
        packed.write_all(json).unwrap();
        format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(packed.finish().unwrap()))
    }

    #[test]
    fn a_link_that_unpacks_to_too_much_is_refused() {
        let spaces = vec![b' '; 50_000_000];
        assert_eq!(decode(&packed(&spaces)), Err(LinkError::TooLong));
        let mut first = ZlibEncoder::new(Vec::new(), Compression::best());
        first.write_all(&spaces).unwrap();
        let link = format!("#v1.{}", BASE64_URL_SAFE_NO_PAD.encode(first.finish().unwrap()));
        assert_eq!(decode(&link), Err(LinkError::TooLong));
    }

    #[test]
    fn several_runs_are_told_apart_by_number() {
        let other = Shared { spec: (*RunSpec::of("freedom").check().unwrap()).clone(), claim: None };
        let both = [shared(), other.clone()];
        let link = packed(&serde_json::to_vec(&both).unwrap());
        assert_eq!(decode_all(&link).unwrap(), both);
        assert_eq!(super::decode(&link, Some("2")), Ok(other));
        assert_eq!(decode(&link), Err(LinkError::Several(2)));
        for run in ["0", "3", "one"] {
            assert_eq!(super::decode(&link, Some(run)), Err(LinkError::NoRun { run: run.into(), runs: 2 }));
        }
        assert_eq!(decode(&packed(b"[]")), Err(LinkError::Empty));
    }

    #[test]
    fn unknown_fields_are_named() {
        let link = packed(br#"{"spec":{"system":"vbpr","sistem":1},"claim":null}"#);
        assert!(decode(&link).unwrap_err().to_string().contains("sistem"));
    }

    #[test]
    fn the_link_of_a_run_with_defaults_is_short() {
        let metric = |value: f64| [10, 20].map(|cutoff| (cutoff, Some(value / f64::from(cutoff)))).into();
        let test = CLAIMED_METRICS
            .iter()
            .zip(1..)
            .map(|(name, nth)| (name.to_string(), metric(0.736_154_9 * f64::from(nth))));
        let claim = Claim { test: test.collect(), ..shared().claim.unwrap() };
        for system in crate::schema::System::ALL {
            let spec = (*RunSpec::of(system.description().name).check().unwrap()).clone();
            for claim in [None, Some(claim.clone())] {
                let link = encode(&Shared { spec: spec.clone(), claim }).unwrap();
                assert!(link.len() < 360, "{}: {} characters", spec.system, link.len());
            }
        }
    }

    proptest! {
        #[test]
        fn a_changed_letter_is_noticed(at in 4usize..400, letter in "[A-Za-z0-9_-]") {
            let link = encode(&shared()).unwrap();
            let at = 4 + (at - 4) % (link.len() - 4);
            let mut changed = link.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != link);
            // A few bits mean nothing: those that fill up the last byte of the compressed part. All others are noticed.
            let opened = decode(&changed);
            prop_assert!(opened.is_err() || opened == Ok(shared()));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = decode(&text);
            for version in ["v1", "v2"] {
                let _ = decode(&format!("#{version}.{text}"));
            }
        }
    }
}
