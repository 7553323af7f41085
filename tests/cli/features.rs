use fusebox::data::{read_bundle, write_bundle};
use hound::{SampleFormat, WavSpec, WavWriter};
use serde_json::json;

use crate::shop::{BRIEFLY, PRODUCTS, number};
use crate::workplace::Workplace;

const TWIN: &[u8] = include_bytes!("../../datasets-small/office-twin.fbx");

/// Writes a tone, twice in the given number of channels.
fn write_tone(workplace: &Workplace, name: &str, rate: u32, channels: u16, hertz: f64) {
    let format =
        WavSpec { channels, sample_rate: rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut bytes, format).unwrap();
    for at in 0..rate / 4 {
        let sample = 9000.0 * (std::f64::consts::TAU * hertz * f64::from(at) / f64::from(rate)).sin();
        for _ in 0..channels {
            writer.write_sample(sample as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
    workplace.write(name, bytes.into_inner());
}

#[test]
fn the_extractors_are_listed() {
    let workplace = Workplace::new();
    let words = workplace.run("features").succeeds().stdout;
    let list = workplace.run("features --json").json();
    let list = list.as_array().unwrap();
    assert_eq!(words.lines().count(), list.len());
    for (line, extractor) in words.lines().zip(list) {
        assert!(line.starts_with(extractor["name"].as_str().unwrap()), "{line}");
        assert!(line.contains(extractor["summary"].as_str().unwrap()), "{line}");
    }
    let clothing = list.iter().find(|extractor| extractor["name"] == "clothing-looks").unwrap();
    assert_eq!(clothing["reads"], "thumbnails");
    assert!(clothing["domain"].as_str().unwrap().starts_with("clothing"));
}

#[test]
fn without_a_file_the_cost_is_told() {
    let workplace = Workplace::new();
    let outcome = workplace.run("features --extractor colour-histogram,words=tf-idf --json");
    let report = outcome.json();
    assert_eq!(report["dataset"], json!(null));
    let costs = &report["costs"];
    assert_eq!(
        [&costs[0]["modality"], &costs[0]["width"], &costs[0]["bytes-per-item"], &costs[0]["items"]],
        [&json!("colour-histogram"), &json!(64), &json!(128), &json!(493)]
    );
    assert_eq!([&costs[0]["without-input"], &costs[1]["without-input"]], [&json!(130), &json!(0)]);
    assert_eq!([&costs[1]["modality"], &costs[1]["extractor"]], [&json!("words"), &json!("tf-idf")]);
    assert!(costs[0]["seconds-per-item"].as_f64().unwrap() > 0.0);
    let words = workplace.run("features --extractor colour-histogram").succeeds();
    assert!(
        words.stdout.contains("ms an item") && words.stdout.contains("bytes an item"),
        "{}",
        words.stdout
    );
    assert!(words.stderr.contains("130 of 493 items have no thumbnails"), "{}", words.stderr);
}

#[test]
fn new_modalities_are_written_and_learned_from() {
    let workplace = Workplace::new();
    workplace.write("twin.fbx", TWIN);
    let line = "features twin.fbx --extractor office-words,visual=clothing-looks -o wider.fbx";
    let outcome = workplace.run(line).succeeds();
    assert!(outcome.stderr.contains("visual: takes the place"), "{}", outcome.stderr);
    let bytes = workplace.read("wider.fbx");
    assert!(workplace.read("twin.fbx") == TWIN, "what is read stays as it was");
    workplace.run(line).succeeds();
    assert!(workplace.read("wider.fbx") == bytes, "the same bytes each time");
    let summary = workplace.run("inspect wider.fbx --json").json();
    let modalities = &summary["modalities"];
    assert_eq!(modalities.as_object().unwrap().len(), 3);
    assert_eq!(
        [&modalities["office-words"]["dim"], &modalities["visual"]["present"]],
        [&json!(256), &json!(363)]
    );
    assert!(modalities["visual"]["origin"].as_str().unwrap().starts_with("clothing-looks: "));
    let line = "train vbpr --dataset wider.fbx --set epochs=1 --set modalities=office-words --json";
    assert_eq!(workplace.run(line).json()["spec"]["modalities"], json!(["office-words"]));
}

#[test]
fn sounds_of_any_rate_are_read_and_what_cannot_be_is_told() {
    let workplace = Workplace::with_shop();
    for product in 0..PRODUCTS - 2 {
        let (rate, channels) = [(16_000, 1), (44_100, 2), (48_000, 1)][product % 3];
        let hertz = if product % 2 == 0 { 300.0 } else { 2500.0 };
        write_tone(&workplace, &format!("sounds/{}.wav", number(product)), rate, channels, hertz);
    }
    write_tone(&workplace, &format!("sounds/{}.WAV", number(PRODUCTS - 2)), 4_000, 1, 300.0);
    workplace.write("sounds/nobody.wav", b"RIFF");
    workplace.write("sounds/readme.txt", b"no sound");
    let line = "features shop.fbx --extractor audio=mel-cepstrum --sounds sounds -o heard.fbx --json";
    let outcome = workplace.run(line).succeeds();
    for words in [
        "sounds: 1 of the files belong to no item, the first is nobody.wav",
        "audio: 1 of 16 items have no sounds",
        "143.WAV cannot be used: it has 4000 samples a second; 8000 to 96000 can be used",
    ] {
        assert!(outcome.stderr.contains(words), "lacks {words:?}: {}", outcome.stderr);
    }
    assert!(!outcome.stderr.contains("upper bands"), "all that can be used compare: {}", outcome.stderr);
    let report = outcome.json();
    assert_eq!(
        [&report["costs"][0]["without-input"], &report["costs"][0]["unusable"]],
        [&json!(1), &json!(1)]
    );
    assert_eq!(report["dataset"]["modalities"]["audio"]["present"], PRODUCTS - 2);
    // Sounds tell the two kinds of products apart, and who knows the kinds finds what users take.
    let line = format!("train vbpr --dataset heard.fbx {BRIEFLY} --set modalities=audio --json");
    assert!(workplace.run(&line).json()["metrics"]["test"]["recall"]["4"].as_f64().unwrap() > 0.8);

    // A telephone's sound lacks what the others' upper bands hold.
    write_tone(&workplace, &format!("sounds/{}.wav", number(0)), 8_000, 1, 300.0);
    let outcome = workplace.run("features shop.fbx --extractor mel-cepstrum --sounds sounds").succeeds();
    let words = "sounds: 1 of 8000 samples a second, 4 of 16000 samples a second, ";
    assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
}

#[test]
fn what_cannot_be_extracted_is_refused() {
    let workplace = Workplace::with_shop();
    for (line, words) in [
        ("features nowhere.fbx --extractor tf-idf", ["nowhere.fbx", "cannot be read"]),
        ("features shop.fbx --extractor colour-histogram -o x.fbx", ["no thumbnails", "colour-histogram"]),
        ("features shop.fbx --extractor tf-idf -o x.fbx", ["no texts", "tf-idf"]),
        ("features shop.fbx --extractor mel-cepstrum -o x.fbx", ["no sounds", "mel-cepstrum"]),
        ("features shop.fbx --extractor mel-cepstrum --sounds nowhere", ["nowhere", "cannot be read"]),
        ("features --extractor tf-idf -o nowhere/x.fbx", ["nowhere/x.fbx", "cannot be written"]),
    ] {
        workplace.refuses(line, &words);
    }
    let mut dataset = read_bundle(TWIN).unwrap();
    dataset.thumbnails.as_mut().unwrap().sheet.truncate(2000);
    workplace.write("torn.fbx", write_bundle(&dataset));
    workplace
        .refuses("features torn.fbx --extractor clothing-looks -o x.fbx", &["sheet", "cannot be decoded"]);
    // Arguments that cannot be read are clap's, with its own status.
    for (options, words) in [
        ("--extractor smell", ["`smell`", "colour-histogram"]),
        ("--extractor tf-idf,tf-idf", ["`tf-idf`", "twice"]),
        ("-o x.fbx", ["--extractor", "required"]),
    ] {
        let outcome = workplace.run(&format!("features shop.fbx {options}"));
        assert_eq!(outcome.status, Some(2), "{options}: {outcome:?}");
        assert!(words.iter().all(|word| outcome.stderr.contains(word)), "{options}: {outcome:?}");
    }
}
