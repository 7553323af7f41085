use std::io::{Read, Write};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::eval::MetricTable;
use crate::ordered::ordered;
use crate::schema::{RunSpec, SpecError};
use crate::train::Receipt;

/// What every link of this version starts with.
const PREFIX: &str = "#v1.";
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
    #[error("this link is of version `{0}`, but this Fusebox reads version 1; a newer one may open it")]
    Version(String),
    #[error("the link is damaged: {0}; was it copied completely?")]
    Damaged(String),
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

/// The link, to be put behind the page's address: `#v1.` and the base64url of the zlib-compressed JSON, whose
/// checksum notices a changed byte.
pub fn encode(shared: &Shared) -> Result<String, LinkError> {
    let damaged = |error: &dyn std::fmt::Display| LinkError::Damaged(error.to_string());
    let json = serde_json::to_vec(shared).map_err(|error| damaged(&error))?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&json).map_err(|error| damaged(&error))?;
    let packed = encoder.finish().map_err(|error| damaged(&error))?;
    Ok(format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(packed)))
}

/// What a link carries, with a specification that can be run. The text before `#` is not looked at.
pub fn decode(link: &str) -> Result<Shared, LinkError> {
    let at = link.find('#').ok_or(LinkError::NotALink)?;
    let hash = link[at..].trim_end();
    let Some(payload) = hash.strip_prefix(PREFIX) else {
        return Err(match hash.strip_prefix("#v").and_then(|rest| rest.split_once('.')) {
            Some((version, _)) if version.parse::<u32>().is_ok() => LinkError::Version(version.into()),
            _ => LinkError::NotALink,
        });
    };
    let packed =
        BASE64_URL_SAFE_NO_PAD.decode(payload).map_err(|error| LinkError::Damaged(error.to_string()))?;
    let mut json = String::new();
    ZlibDecoder::new(packed.as_slice())
        .take(LONGEST_JSON + 1)
        .read_to_string(&mut json)
        .map_err(|error| LinkError::Damaged(error.to_string()))?;
    if json.len() as u64 > LONGEST_JSON {
        return Err(LinkError::TooLong);
    }
    let shared: Shared =
        serde_json::from_str(&json).map_err(|error| SpecError::Unreadable(error.to_string()))?;
    shared.spec.clone().check()?;
    Ok(shared)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

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
        let link = encode(&shared()).unwrap().replace("#v1.", "#v7.");
        assert_eq!(decode(&link), Err(LinkError::Version("7".into())));
        assert_eq!(decode("#section"), Err(LinkError::NotALink));
        assert_eq!(decode("no hash"), Err(LinkError::NotALink));
    }

    #[test]
    fn a_link_that_unpacks_to_too_much_is_refused() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; 50_000_000]).unwrap();
        let link = format!("#v1.{}", BASE64_URL_SAFE_NO_PAD.encode(encoder.finish().unwrap()));
        assert_eq!(decode(&link), Err(LinkError::TooLong));
    }

    #[test]
    fn unknown_fields_are_named() {
        let json = r#"{"spec":{"system":"vbpr","sistem":1},"claim":null}"#;
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(json.as_bytes()).unwrap();
        let link = format!("#v1.{}", BASE64_URL_SAFE_NO_PAD.encode(encoder.finish().unwrap()));
        assert!(decode(&link).unwrap_err().to_string().contains("sistem"));
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
            let _ = decode(&format!("#v1.{text}"));
        }
    }
}
