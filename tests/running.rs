//! What can be done with a run besides letting it train: stopping and going on, another learning rate, asking what content does.

use std::rc::Rc;

use burn::tensor::Device;
use fusebox::data::{Dataset, read_bundle};
use fusebox::schema::RunSpec;
use fusebox::train::{Backend, BackendKind, Event, Host, Receipt, Timing, TrainError, TrainingRun};
use pollster::block_on;

fn twin() -> Rc<Dataset> {
    Rc::new(read_bundle(include_bytes!("../datasets-small/office-twin.fbx")).unwrap())
}

fn host() -> Host {
    let backend = Backend { kind: BackendKind::Cpu, name: "test".into(), reason: "test".into() };
    Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None }
}

fn spec(system: &str, settings: &[(&str, &str)]) -> RunSpec {
    let mut spec = RunSpec::of(system);
    for (key, value) in [("epochs", "5"), ("evaluate-every", "1")].iter().chain(settings) {
        spec.set(key, value).unwrap();
    }
    spec
}

fn start(spec: RunSpec) -> TrainingRun {
    TrainingRun::new(spec.check().unwrap(), twin(), host()).unwrap()
}

/// Trains until so many epochs are complete, and gives the events but for single steps.
fn train(run: &mut TrainingRun, epochs: u32) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        let news = block_on(run.advance(1000)).unwrap();
        let over = news.is_empty()
            || news.iter().any(|event| matches!(event, Event::Epoch { epoch, .. } if *epoch == epochs));
        events.extend(news.into_iter().filter(|event| !matches!(event, Event::Step { .. })));
        if over {
            return events;
        }
    }
}

fn receipt_of(events: Vec<Event>) -> Receipt {
    let Some(Event::Done { receipt }) = events.into_iter().last() else { panic!("the run is not done") };
    Receipt { timing: Timing::default(), ..*receipt }
}

/// To the end.
fn finish(run: &mut TrainingRun) -> Receipt {
    receipt_of(train(run, u32::MAX))
}

#[test]
fn a_resumed_run_ends_as_if_it_had_never_stopped() {
    for (system, settings) in [
        // Interactions are drawn in the epoch's order, and an epoch drops nodes.
        ("sgl", &[][..]),
        // Adam skips a parameter in most steps, and a graph is learned anew before every epoch.
        ("lattice", &[]),
        // Users are drawn without repetition, and the sampler keeps their order.
        ("composed", &[("sampling", "distinct-users")]),
        // What is hidden differs from epoch to epoch.
        ("vbpr", &[("missing-dropout", "0.3"), ("patience", "2"), ("learning-rate", "0.05")]),
    ] {
        let spec = spec(system, settings);
        let mut straight = start(spec.clone());
        let expected = finish(&mut straight);

        let mut stopped = start(spec);
        let before = train(&mut stopped, 3);
        let checkpoint = block_on(stopped.checkpoint()).unwrap().expect("between two epochs");
        let mut resumed = TrainingRun::resume(&checkpoint, twin(), None, host()).unwrap();
        let after = train(&mut resumed, u32::MAX);
        assert_eq!(after[..before.len()], before, "{system}: what lies behind is told again");
        assert_eq!(receipt_of(after), expected, "{system}");
        let lists = |run: &TrainingRun| block_on(run.lists()).unwrap();
        assert!(lists(&resumed) == lists(&straight), "{system}");
    }
}

#[test]
fn there_is_a_checkpoint_between_epochs_only() {
    let mut run = start(spec("bpr-mf", &[]));
    let checkpoint = |run: &TrainingRun| block_on(run.checkpoint()).unwrap();
    assert_eq!(checkpoint(&run), None);
    block_on(run.advance(1)).unwrap();
    block_on(run.advance(1)).unwrap();
    assert_eq!(checkpoint(&run), None, "in the middle of an epoch");
    train(&mut run, 1);
    assert!(checkpoint(&run).is_some());
    train(&mut run, 5);
    assert_eq!(checkpoint(&run), None, "after the last");
    let mut published = start(spec("grcn", &[("variant", "as-published"), ("epochs", "2"), ("layers", "1")]));
    train(&mut published, 1);
    assert_eq!(checkpoint(&published), None, "a representation of the last batch is not kept");
}

#[test]
fn a_checkpoint_that_is_not_whole_is_refused() {
    let mut run = start(spec("bpr-mf", &[]));
    train(&mut run, 1);
    let checkpoint = block_on(run.checkpoint()).unwrap().unwrap();
    let refusal = |bytes: &[u8]| TrainingRun::resume(bytes, twin(), None, host()).err().unwrap();
    for length in [0, 1, 63, 64, 65, 70, checkpoint.len() - 1] {
        assert!(matches!(refusal(&checkpoint[..length]), TrainError::DamagedCheckpoint), "{length} bytes");
    }
    let mut changed = checkpoint.clone();
    changed[checkpoint.len() / 2] ^= 1;
    assert!(matches!(refusal(&changed), TrainError::DamagedCheckpoint));

    let elsewhere = Host { backend: Backend { kind: BackendKind::Gpu, ..host().backend }, ..host() };
    let refused = TrainingRun::resume(&checkpoint, twin(), None, elsewhere).err().unwrap();
    assert!(matches!(refused, TrainError::ForeignCheckpoint { .. }), "{refused}");
    let mut other = Dataset::clone(&twin());
    other.interactions.truncate(100);
    let refused = TrainingRun::resume(&checkpoint, Rc::new(other), None, host()).err().unwrap();
    assert!(matches!(refused, TrainError::Spec(_)), "{refused}");
}

#[test]
fn another_learning_rate_counts_from_the_next_epoch_on_and_is_kept_in_the_specification() {
    let mut run = start(spec("vbpr", &[]));
    train(&mut run, 2);
    block_on(run.advance(1)).unwrap();
    // In the third epoch, so from the fourth on; what is said last counts.
    run.set_learning_rate(0.02).unwrap();
    run.set_learning_rate(0.01).unwrap();
    let receipt = finish(&mut run);
    let changes = &receipt.spec.training.learning_rate_from;
    assert_eq!(changes.iter().map(|change| (change.epoch, change.rate)).collect::<Vec<_>>(), [(4, 0.01)]);
    assert!(matches!(run.set_learning_rate(0.02), Err(TrainError::NoEpochLeft)));

    // Whoever has the specification has the run.
    let again = finish(&mut start(receipt.spec.clone()));
    assert_eq!(again, receipt);
    let unchanged = finish(&mut start(spec("vbpr", &[])));
    assert_eq!(unchanged.curve[..3], receipt.curve[..3]);
    assert!(unchanged.curve[3] != receipt.curve[3]);
}

#[test]
fn a_learning_rate_that_cannot_be_is_refused_and_leaves_the_run_as_it_was() {
    let mut run = start(spec("vbpr", &[]));
    let before = run.spec().clone();
    for rate in [f64::NAN, -1.0, 0.0, 1e9] {
        let refused = run.set_learning_rate(rate).unwrap_err();
        assert!(refused.to_string().contains("learning-rate-from"), "{refused}");
    }
    assert_eq!(*run.spec(), before);
}

/// Scores of some items, `[items, 2 + modalities]`, of a system that was trained a little.
fn why(run: &TrainingRun) -> Vec<Vec<f32>> {
    let items: Vec<u32> = (0..40).collect();
    let parts = block_on(run.why(3, &items)).unwrap();
    parts.chunks(parts.len() / items.len()).map(<[f32]>::to_vec).collect()
}

#[test]
fn parts_add_up_where_scores_are_sums() {
    for (system, settings) in [
        ("vbpr", &[][..]),
        ("freedom", &[]),
        ("composed", &[("representation", "coordinate"), ("when", "late"), ("operator", "sum")]),
        ("composed", &[("representation", "coordinate"), ("when", "early"), ("operator", "concat")]),
    ] {
        let mut run = start(spec(system, settings));
        train(&mut run, 2);
        let list = block_on(run.recommend(3, 2000)).unwrap();
        for (item, parts) in why(&run).iter().enumerate() {
            let [score, without_any, rest @ ..] = &parts[..] else { panic!("{parts:?}") };
            let sum = without_any + rest.iter().map(|without| score - without).sum::<f32>();
            assert!((score - sum).abs() < 1e-5, "{system} {settings:?}: {score} is not {sum}");
            let listed = list.iter().find(|(listed, _)| *listed as usize == item);
            let same = listed.is_none_or(|(_, listed)| (listed - score).abs() < 1e-6);
            assert!(same, "{system} {settings:?}: the list says {listed:?}, not {score}");
        }
    }
}

#[test]
fn a_modality_that_does_not_count_is_as_if_it_were_not_there() {
    let mut run = start(spec("lattice", &[]));
    train(&mut run, 2);
    let list = |emphasis: &[f32]| block_on(run.reweighted(3, 20, emphasis)).unwrap();
    let trained = block_on(run.recommend(3, 20)).unwrap();
    let items = |list: &[(u32, f32)]| list.iter().map(|(item, _)| *item).collect::<Vec<_>>();
    assert_eq!(items(&list(&[1.0, 1.0])), items(&trained));
    let halves = [list(&[0.0, 1.0]), list(&[1.0, 0.0])];
    assert!(halves.iter().all(|half| items(half) != items(&trained)));
    for wrong in [&[1.0][..], &[1.0; 3], &[1.0, -1.0], &[1.0, f32::NAN]] {
        let refused = block_on(run.reweighted(3, 20, wrong)).unwrap_err();
        assert!(matches!(refused, TrainError::Emphasis { .. }), "{refused}");
    }
    let parts = why(&run);
    let adds_up =
        |parts: &Vec<f32>| (parts[0] + parts[1] - parts[2] - parts[3]).abs() < 1e-4 * parts[0].abs();
    assert!(!parts.iter().all(adds_up), "LATTICE divides by what all modalities say together");
}

#[test]
fn raw_input_is_enough_where_a_design_learns_from_it() {
    // Texts, and no features of any kind.
    let words = || Dataset { modalities: Default::default(), ..Dataset::clone(&twin()) };
    let start = |settings: &[(&str, &str)], dataset: Dataset| {
        TrainingRun::new(spec("composed", settings).check().unwrap(), Rc::new(dataset), host())
    };
    let mut run =
        start(&[("extraction-of", "textual:end-to-end"), ("modalities", "textual")], words()).unwrap();
    assert_eq!(run.spec().modalities.as_deref(), Some(&["textual".to_string()][..]));
    let receipt = finish(&mut run);
    assert_eq!(receipt.coverage.unwrap()["textual"], 1.0);
    // The same as with features that nobody looks at.
    let mut with_features =
        start(&[("extraction-of", "textual:end-to-end"), ("modalities", "textual")], Dataset::clone(&twin()))
            .unwrap();
    assert_eq!(finish(&mut with_features).metrics, receipt.metrics);

    let refused = start(&[("modalities", "textual")], words()).err().unwrap();
    assert!(refused.to_string().contains("`textual`"), "{refused}");
    let joining = [
        ("design", "freedom"),
        ("when", "never"),
        ("operator", "none"),
        ("extraction-of", "textual:end-to-end"),
        ("modalities", "textual"),
    ];
    let refused = start(&joining, words()).err().unwrap();
    assert!(refused.to_string().contains("edge-weights"), "{refused}");
}

#[test]
fn systems_that_cannot_be_asked_say_so() {
    let run = |system: &str| {
        let mut run = start(spec(system, &[]));
        train(&mut run, 1);
        run
    };
    let knn = run("item-knn-content");
    assert!(matches!(block_on(knn.why(0, &[1])), Err(TrainError::Indivisible(_))));
    for system in ["item-knn-content", "most-pop"] {
        assert!(matches!(block_on(run(system).items()), Err(TrainError::NoVectors(_))), "{system}");
    }
    let without = run("bpr-mf");
    assert!(matches!(block_on(without.why(0, &[1])), Err(TrainError::NoContent(_))));
    assert!(matches!(block_on(without.reweighted(0, 5, &[])), Err(TrainError::NoContent(_))));
    let vectors = block_on(without.items()).unwrap();
    assert_eq!(vectors.len(), twin().items.len() * 64);
    let vbpr = run("vbpr");
    assert!(matches!(block_on(vbpr.why(0, &[1_000_000])), Err(TrainError::NoItem { .. })));
    assert!(matches!(block_on(vbpr.why(1_000_000, &[0])), Err(TrainError::NoUser { .. })));
    assert!(block_on(vbpr.why(0, &[])).unwrap().is_empty());
}
