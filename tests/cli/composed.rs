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
