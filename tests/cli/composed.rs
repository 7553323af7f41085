//! Designs of one's own: what the schema admits trains and repeats, what it does not is refused in its words.

use crate::workplace::Workplace;

/// The systems that are a design and nothing else.
const DESIGNS: [&str; 7] = ["bpr-mf", "lightgcn", "vbpr", "lightgcn-m", "lattice", "bm3", "freedom"];

#[test]
fn a_named_design_gives_the_same_numbers_as_its_system() {
    let workplace = Workplace::new();
    for system in DESIGNS {
        let run = |what: &str| workplace.run(&format!("train {what} --set epochs=2 --json")).json();
        let (named, composed) = (run(system), run(&format!("composed --set design={system}")));
        assert!(named["fingerprints"]["losses"].as_array().unwrap().len() >= 10, "{system}");
        for field in ["fingerprints", "lists-digest", "metrics", "curve"] {
            assert_eq!(named[field], composed[field], "{system}: {field}");
        }
        assert_eq!(
            named["spec"]["hyper-parameters"].get("layers"),
            composed["spec"]["hyper-parameters"].get("layers")
        );
    }
}

#[test]
fn the_position_that_schema_prints_can_be_run() {
    let workplace = Workplace::new();
    for system in DESIGNS {
        let printed = workplace.run(&format!("schema {system}")).succeeds().stdout;
        let design: Vec<&str> = printed.lines().skip_while(|line| *line != "[design]").take(16).collect();
        assert_eq!(design.len(), 16, "{printed}");
        workplace.write("design.toml", format!("system = \"composed\"\n\n{}\n", design.join("\n")));
        let receipt = workplace.run("train design.toml --set epochs=1 --json").json();
        let named = workplace.run(&format!("schema {system} --json")).json();
        assert_eq!(receipt["spec"]["design"], named["design"], "{system}");
    }
    let printed = workplace.run("schema grcn").succeeds().stdout;
    assert!(printed.contains("# and what no answer says: content weighs the edges"), "{printed}");
    let printed = workplace.run("schema composed").succeeds().stdout;
    for words in ["When are the modalities fused?", "late", "graph-merge", "true or false"] {
        assert!(printed.contains(words), "{words}");
    }
}

#[test]
fn a_design_that_is_none_is_refused_in_the_words_of_the_schema() {
    let workplace = Workplace::new();
    let refuses = |set: &str, words: &[&str]| {
        let set: String = set.split(' ').map(|set| format!(" --set {set}")).collect();
        workplace.refuses(&format!("train composed{set} -o receipt.json"), words);
    };
    refuses("when=late operator=sum", &["joint", "`coordinate`"]);
    refuses("representation=coordinate when=late operator=concat", &["side by side", "`late`"]);
    refuses("representation=coordinate", &["have to be fused"]);
    refuses(
        "representation=coordinate when=early operator=sum modalities=textual",
        &["one modality", "`never`"],
    );
    refuses("when=sometimes", &["design.when", "`sometimes`", "`early`", "`late`", "`never`"]);
    refuses("roles=scoring,deciding", &["design.roles", "`scoring`", "`loss-only`"]);
    refuses("identity=perhaps", &["design.identity", "`true` or `false`"]);
    refuses("design=grcn", &["`grcn`", "`vbpr`", "`freedom`"]);
    refuses("layers=2", &["`layers`", "`factors`"]);
    refuses("modality-weights=visual:0.5", &["`modality-weights`"]);
    refuses("loss=bootstrap", &["`predictor`"]);
    workplace.refuses("train vbpr --set operator=sum", &["`operator`", "`factors`"]);
    workplace.write("designed.toml", "system = \"vbpr\"\n[design]\nwhen = \"late\"\n");
    workplace.refuses("train designed.toml", &["`design`", "VBPR", "`composed`"]);
    workplace.write("unknown.toml", "system = \"composed\"\n[design]\nwhy = \"late\"\n");
    workplace.refuses("train unknown.toml", &["`why`", "`when`"]);
}

#[test]
fn what_is_extracted_end_to_end_learns_from_pictures_and_words() {
    let workplace = Workplace::new();
    let recall = |set: &str| {
        let line = format!("train composed --set extraction=end-to-end --set epochs=60 {set} --json");
        let receipt = workplace.run(&line).json();
        assert_eq!(receipt["spec"]["design"]["extraction"], "end-to-end");
        receipt["metrics"]["validation"]["recall"]["20"].as_f64().unwrap()
    };
    for modality in ["visual", "textual"] {
        let [real, shuffled] = ["none", "shuffled"]
            .map(|placebo| recall(&format!("--set modalities={modality} --set placebo={placebo}")));
        println!("{modality}: {real:.4}, with others' {shuffled:.4}");
        assert!(real > shuffled, "{modality}: {real}, and {shuffled} with others'");
    }
}

#[test]
fn what_is_extracted_end_to_end_learns_from_sounds() {
    let workplace = Workplace::new();
    let recipe = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets-small/music-twin.toml");
    workplace.run(&format!("twin {recipe} -o music.fbx")).succeeds();
    let [real, shuffled] = ["none", "shuffled"].map(|placebo| {
        let set = "--set extraction=end-to-end --set modalities=audio --set epochs=60";
        let line = format!("train composed --dataset music.fbx {set} --set placebo={placebo} --json");
        workplace.run(&line).json()["metrics"]["validation"]["recall"]["20"].as_f64().unwrap()
    });
    assert!(real > shuffled, "{real}, and {shuffled} with others'");
}

#[test]
fn modalities_play_different_parts_and_a_receipt_repeats() {
    let workplace = Workplace::new();
    let train = "train composed --set epochs=2 --set representation=coordinate --set roles=scoring,edge-weights \
                 --set item-item-graph=frozen";
    let parts = "--set roles-of=visual:edge-weights,textual:scoring";
    workplace.run(&format!("{train} {parts} -o parts.json")).succeeds();
    let receipt = workplace.read_json("parts.json");
    assert_eq!(
        receipt["spec"]["design"]["roles-of"],
        serde_json::json!({ "visual": ["edge-weights"], "textual": ["scoring"] })
    );
    let repeated = workplace.run("reproduce parts.json").succeeds().stdout;
    assert!(repeated.starts_with("identical"), "{repeated}");
    let other = parts.replace("visual", "image").replace("textual", "visual").replace("image", "textual");
    let other = workplace.run(&format!("{train} {other} --json")).json();
    assert_ne!(other["lists-digest"], receipt["lists-digest"]);
    workplace.refuses(&format!("{train} --set roles-of=visual:loss-only"), &["roles-of", "no other"]);
    workplace
        .refuses(&format!("{train} --set roles-of=visual:decoration"), &["decoration", "`edge-weights`"]);
    workplace.refuses(&format!("{train} {parts},audio:scoring"), &["design.roles-of", "`audio`"]);
}

#[test]
fn modalities_are_extracted_in_different_ways_and_a_receipt_repeats() {
    let workplace = Workplace::new();
    let train = "train composed --set epochs=2 --set placebo=noise --set missing-rate=0.2";
    let some = "--set extraction-of=visual:end-to-end,textual:fine-tuned";
    workplace.run(&format!("{train} {some} -o some.json")).succeeds();
    let receipt = workplace.read_json("some.json");
    assert_eq!(
        receipt["spec"]["design"]["extraction-of"],
        serde_json::json!({ "visual": "end-to-end", "textual": "fine-tuned" })
    );
    let repeated = workplace.run("reproduce some.json").succeeds().stdout;
    assert!(repeated.starts_with("identical"), "{repeated}");
    workplace.write(
        "some.toml",
        "system = \"composed\"\n[design]\nextraction-of = { visual = \"end-to-end\", textual = \"fine-tuned\" }\n",
    );
    let train = train.replace("composed", "some.toml");
    let named = workplace.run(&format!("{train} --json")).json();
    assert_eq!(named["lists-digest"], receipt["lists-digest"]);
    let apart = "--set representation=coordinate --set when=late --set operator=max";
    workplace.run(&format!("{train} {apart} --json")).succeeds();
    workplace
        .refuses("train composed --set extraction-of=visual:thawed", &["`visual:thawed`", "`end-to-end`"]);
    workplace
        .refuses("train composed --set extraction-of=audio:end-to-end", &["design.extraction-of", "`audio`"]);
    workplace.refuses("train vbpr --set extraction-of=visual:end-to-end", &["`design`", "VBPR"]);
    workplace.refuses(
        "train composed --set extraction=end-to-end --set missing-policy=propagation --set missing-rate=0.1",
        &["`propagation`", "`zeros`"],
    );
}

#[test]
fn a_suite_compares_designs() {
    let workplace = Workplace::new();
    let entry = |operator: &str| {
        let design =
            format!("{{ representation = \"coordinate\", when = \"late\", operator = \"{operator}\" }}");
        format!("[[entry]]\nsystem = \"composed\"\nlabel = \"late {operator}\"\ndesign = {design}\n")
    };
    let suite = "name = \"Late\"\ndescription = \"Which operator?\"\nseeds = [1]\n[training]\nepochs = 1\n";
    workplace.write("late.toml", format!("{suite}{}{}", entry("max"), entry("sum")));
    workplace.run("suite late.toml -o out").succeeds();
    let table = workplace.read_json("out/table.json");
    let rows = table["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0]["test"], rows[1]["test"]);
}
