use ndarray::Array2;
use proptest::prelude::*;

use super::*;
use crate::data::sample::{sample, sounds};
use crate::data::{Part, Sounds};

/// The bundle's bytes with another header or body, sealed again.
fn resealed(header: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = write(&sample())[..PREFIX].to_vec();
    bytes[12..16].copy_from_slice(&(header.len() as u32).to_le_bytes());
    bytes[16..24].copy_from_slice(&(body.len() as u64).to_le_bytes());
    bytes.extend(header);
    bytes.extend(body);
    let seal = seal(&bytes);
    bytes[SEAL].copy_from_slice(seal.as_bytes());
    bytes
}

fn header_and_body(bytes: &[u8]) -> (serde_json::Value, Vec<u8>) {
    let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let header = serde_json::from_slice(&bytes[PREFIX..PREFIX + length]).unwrap();
    (header, bytes[PREFIX + length..].to_vec())
}

#[test]
fn a_data_set_comes_back_as_it_was() {
    let bytes = write(&sample());
    assert_eq!(read(&bytes), Ok(sample()));
    assert_eq!(write(&read(&bytes).unwrap()), bytes);
    assert_eq!(digest(&read(&bytes).unwrap()), digest(&sample()));
}

#[test]
fn sounds_come_back_and_every_field_of_them_counts() {
    let sounding = Dataset { sounds: Some(sounds()), ..sample() };
    let bytes = write(&sounding);
    assert_eq!(read(&bytes).as_ref(), Ok(&sounding));
    let mut digests = vec![digest(&sample()), digest(&sounding)];
    let changes: [fn(&mut Sounds); 3] = [
        |sounds| sounds.rate += 1,
        |sounds| sounds.samples[0] = 9,
        |sounds| {
            sounds.samples[9..].fill(0);
            sounds.present[3] = false;
        },
    ];
    for change in changes {
        let mut dataset = sounding.clone();
        change(dataset.sounds.as_mut().unwrap());
        assert_eq!(dataset.check(), Ok(()));
        digests.push(digest(&dataset));
    }
    // Frozen, as that of data without sounds.
    assert_eq!(digests[1], "8db89c0d023facb82c3c078cc478eb30800f26626693f9d874298a38a5e262e3");
    let distinct: std::collections::BTreeSet<_> = digests.iter().collect();
    assert_eq!(distinct.len(), digests.len());
}

#[test]
fn kinds_come_back_and_do_not_change_the_digest() {
    let mut dataset = sample();
    dataset.texts[1].kind = "Stationery".into();
    let bytes = write(&dataset);
    assert_eq!(read(&bytes).as_ref(), Ok(&dataset));
    assert_ne!(bytes, write(&sample()));
    assert_eq!(digest(&dataset), digest(&sample()));
}

#[test]
fn sounds_that_are_not_as_promised_are_refused() {
    let (original, body) = header_and_body(&write(&Dataset { sounds: Some(sounds()), ..sample() }));
    for (rate, expected) in [
        (serde_json::json!(0), "the sounds' rate is 0"),
        (serde_json::json!("8 kHz"), "header cannot be read"),
        (serde_json::Value::Null, "its header says"),
        (serde_json::json!(8001), "its header says"),
    ] {
        let mut header = original.clone();
        header["description"]["sounds-rate"] = rate;
        let error = read(&resealed(header.to_string().as_bytes(), &body)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let (mut header, body) = header_and_body(&write(&sample()));
    header["description"]["sounds-rate"] = 8000.into();
    let error = read(&resealed(header.to_string().as_bytes(), &body)).unwrap_err().to_string();
    assert!(error.contains("sounds/samples"), "{error}");
}

#[test]
fn the_digest_is_the_headers_and_every_field_counts() {
    let digest = digest(&sample());
    assert_eq!(header_and_body(&write(&sample())).0["digest"], digest);
    let changes: [fn(&mut Dataset); 9] = [
        |dataset| dataset.name.push('!'),
        |dataset| dataset.provenance.licence.push('!'),
        |dataset| dataset.users[0].push('!'),
        |dataset| dataset.interactions[0].rating = 1.0,
        |dataset| dataset.interactions[0].timestamp += 1,
        |dataset| dataset.interactions[0].part = Part::Test,
        |dataset| dataset.modalities.get_mut("textual").unwrap().values[[0, 0]] = 9.0,
        |dataset| dataset.texts[0].title.push('!'),
        |dataset| dataset.thumbnails.as_mut().unwrap().position[0] = None,
    ];
    for (position, change) in changes.into_iter().enumerate() {
        let mut dataset = sample();
        change(&mut dataset);
        assert_ne!(super::digest(&dataset), digest, "change {position}");
    }
}

/// Digests name data in receipts and links: this one may never change.
#[test]
fn the_digest_is_frozen() {
    assert_eq!(digest(&sample()), "e66704f68d18219db0d651f27a4100bb9c04289e5e8a97d69c8b98368d62ee76");
}

#[test]
fn every_truncation_is_refused() {
    let bytes = write(&sample());
    for length in 0..bytes.len() {
        let error = read(&bytes[..length]).unwrap_err();
        let expected = if length == 0 { "not a Fusebox bundle" } else { "cut short" };
        assert!(error.to_string().contains(expected), "{length}: {error}");
    }
}

#[test]
fn a_longer_file_and_a_foreign_one_are_refused() {
    let mut bytes = write(&sample());
    bytes.push(0);
    assert!(matches!(read(&bytes), Err(BundleError::TooLong { .. })));
    assert_eq!(read(b"PK\x03\x04 a zip file"), Err(BundleError::NotABundle));
}

#[test]
fn a_newer_version_says_so() {
    let mut bytes = write(&sample());
    bytes[8] = 3;
    let error = read(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "made by a newer Fusebox (bundle version 3, this one reads 1)");
}

#[test]
fn a_small_file_cannot_fill_the_memory() {
    let (mut header, _) = header_and_body(&write(&sample()));
    header["tensor-bytes"] = (1u64 << 40).into();
    let bomb = deflate(&vec![0; 1 << 20]);
    let error = read(&resealed(header.to_string().as_bytes(), &bomb)).unwrap_err();
    assert!(matches!(error, BundleError::TooLarge { .. }), "{error}");
    header["tensor-bytes"] = 1000.into();
    let error = read(&resealed(header.to_string().as_bytes(), &bomb)).unwrap_err();
    assert_eq!(error, BundleError::BodyLength { found: 1001, stated: 1000 });
}

#[test]
fn what_compresses_beyond_the_limit_is_stored_and_read() {
    let mut dataset = sample();
    dataset.texts[0].description = "a".repeat(20 << 20);
    let bytes = write(&dataset);
    assert_eq!(header_and_body(&bytes).0["encoding"], "stored");
    assert_eq!(read(&bytes), Ok(dataset));
}

#[test]
fn a_header_that_contradicts_the_tensors_is_refused() {
    let (original, body) = header_and_body(&write(&sample()));
    let changes = [
        ("/description/users", serde_json::json!(4), "users/length is U32 [3], expected U32 [4]"),
        ("/description/items", serde_json::json!(u64::MAX), "expected U32"),
        ("/description/modalities/visual/dim", serde_json::json!(4), "F16 [4, 3], expected F16 [4, 4]"),
        ("/description/modalities/visual/precision", serde_json::json!("f32"), "F16 [4, 3], expected F32"),
        ("/description/name", serde_json::json!("other"), "its header says"),
        ("/description/texts", serde_json::json!("yes"), "header cannot be read"),
        ("/encoding", serde_json::json!("stored"), "header says"),
        ("/digest", serde_json::json!("0"), "its header says 0"),
    ];
    for (pointer, value, expected) in changes {
        let mut header = original.clone();
        *header.pointer_mut(pointer).unwrap() = value;
        let error = read(&resealed(header.to_string().as_bytes(), &body)).unwrap_err().to_string();
        assert!(error.contains(expected), "{pointer}: {error}");
    }
    assert!(matches!(read(&resealed(b"{", &body)), Err(BundleError::Header { .. })));
}

#[test]
fn data_that_break_their_promises_are_refused() {
    let mut dataset = sample();
    dataset.interactions[2].item = 77;
    let error = read(&write(&dataset)).unwrap_err().to_string();
    assert!(error.contains("interaction 2 names item 77, but there are only 4"), "{error}");
}

proptest! {
    #[test]
    fn every_changed_byte_is_refused(position in 0usize..100_000, change in 1u8..=255) {
        let mut bytes = write(&sample());
        let position = position % bytes.len();
        bytes[position] ^= change;
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn arbitrary_tensors_under_a_valid_seal_do_no_harm(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let (mut header, _) = header_and_body(&write(&sample()));
        header["encoding"] = "stored".into();
        header["tensor-bytes"] = body.len().into();
        prop_assert!(read(&resealed(header.to_string().as_bytes(), &body)).is_err());
    }

    #[test]
    fn changed_tensors_under_a_valid_seal_do_no_harm(position in 0usize..100_000, change in 1u8..=255) {
        let tensors = tensors_of(&sample());
        let mut body = safetensors::serialize(tensors, None).unwrap();
        let position = position % body.len();
        body[position] ^= change;
        let (mut header, _) = header_and_body(&write(&sample()));
        header["encoding"] = "stored".into();
        // Padding of the tensors' own header is the only thing that may change and mean the same.
        if let Ok(dataset) = read(&resealed(header.to_string().as_bytes(), &body)) {
            prop_assert_eq!(dataset, sample());
        }
    }

    #[test]
    fn any_data_set_comes_back_as_it_was(
        users in prop::collection::btree_set(".{0,6}", 1..6),
        items in prop::collection::btree_set(".{0,6}", 1..6),
        pairs in prop::collection::btree_map((0usize..6, 0usize..6), (-5f32..5.0, any::<i64>(), 0u8..3), 1..20),
        values in prop::collection::vec(-1e4f32..1e4, 18),
        present in prop::collection::vec(any::<bool>(), 6),
        half in any::<bool>(),
        sounding in prop::option::of((1u32..200_000, 1usize..5, prop::collection::vec(any::<i16>(), 30))),
    ) {
        let (users, items): (Vec<_>, Vec<_>) = (users.into_iter().collect(), items.into_iter().collect());
        let fold = |&(user, item): &(usize, usize)| (user % users.len(), item % items.len());
        let pairs: BTreeMap<_, _> = pairs.iter().map(|(pair, value)| (fold(pair), *value)).collect();
        let interactions = pairs.into_iter().map(|((user, item), (rating, timestamp, part))| crate::data::Interaction {
            user: user as u32, item: item as u32, rating, timestamp,
            part: [Part::Train, Part::Validation, Part::Test][usize::from(part)],
        }).collect();
        let precision = if half { Precision::F16 } else { Precision::F32 };
        let table = Array2::from_shape_fn((items.len(), 3), |(i, j)| values[i * 3 + j]);
        let features = Features::new("x", table, present[..items.len()].to_vec(), precision, "y".into()).unwrap();
        let sounds = sounding.map(|(rate, length, noise)| {
            let present = present[..items.len()].to_vec();
            let samples = (0..items.len() * length).map(|at| if present[at / length] { noise[at] } else { 0 });
            Sounds { rate, length, samples: samples.collect(), present }
        });
        let dataset = Dataset {
            name: "generated".into(), provenance: Provenance::default(), users, items, interactions,
            modalities: BTreeMap::from([("x".into(), features)]), texts: Vec::new(), thumbnails: None, sounds,
        };
        prop_assert_eq!(dataset.check(), Ok(()));
        let bytes = write(&dataset);
        let again = read(&bytes).unwrap();
        prop_assert_eq!(write(&again), bytes);
        prop_assert_eq!(again, dataset);
    }
}
