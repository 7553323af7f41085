//! The TypeScript types of everything that crosses into the page, generated from the Rust types.
//!
//! `www/src/lib/types.ts` is committed, so that the page can be checked without a Rust build; this test holds it to
//! the Rust types. `FUSEBOX_WRITE_TYPES=1 cargo test --release --lib types` writes it anew.

use std::fs;
use std::path::Path;

use ts_rs::{Config, TS};

use crate::{bench, data, features, schema, train};

const HEADER: &str = "\
// Generated from the Rust types by the test in src/types.rs; do not edit.

/** Values by metric name, then by cutoff; null where the metric is undefined. */
export type MetricTable = Record<string, Record<string, number | null>>;

/** What every function of the wasm that fails throws. */
export type Failure = { kind: string; message: string; field: string | null };
";

#[test]
fn the_pages_types_are_those_of_the_rust_code() {
    let config = Config::default().with_large_int("number");
    let mut text = HEADER.to_string();
    macro_rules! declare {
        ($($type:ty),* $(,)?) => {
            $(
                text += &format!("\n{}export {}\n", documentation(<$type as TS>::docs()), <$type as TS>::decl(&config));
            )*
        };
    }
    declare!(
        schema::Variant,
        schema::DatasetReference,
        schema::LearningRate,
        schema::Training,
        schema::Candidates,
        schema::Split,
        schema::Protocol,
        schema::MissingPolicy,
        schema::TakenFrom,
        schema::Side,
        schema::Missing,
        schema::Placebo,
        schema::Role,
        schema::Extraction,
        schema::Space,
        schema::When,
        schema::Operator,
        schema::UserItem,
        schema::ItemItem,
        schema::Inference,
        schema::Loss,
        schema::Sampling,
        schema::Regularised,
        schema::Initialisation,
        schema::Design,
        schema::Choice,
        schema::Axis,
        schema::RunSpec,
        schema::Scale,
        schema::HyperParameter,
        schema::SystemDescription,
        features::Reads,
        features::ExtractorDescription,
        features::ExtractionSummary,
        data::Part,
        data::Provenance,
        data::ModalitySummary,
        data::ThumbnailsSummary,
        data::SoundsSummary,
        data::DatasetSummary,
        data::ItemCard,
        data::UserHistory,
        data::Recommendation,
        data::import::Layout,
        data::import::Raw,
        data::import::csv::InteractionTable,
        data::import::csv::ItemTable,
        data::import::csv::Tables,
        data::import::Wanted,
        data::import::Recognised,
        data::import::Head,
        train::BackendKind,
        train::Backend,
        train::DatasetName,
        train::Metrics,
        train::Fingerprints,
        train::CurvePoint,
        train::Timing,
        train::Receipt,
        train::Event,
        train::SelfCheck,
        bench::Claim,
        bench::Shared,
        bench::Outcome,
        bench::Verdict,
        bench::Summary,
        bench::suite::Attempt,
        bench::suite::Row,
        bench::suite::Table,
        bench::comparison::Tests,
        bench::comparison::Finding,
        bench::comparison::Difference,
        bench::comparison::Pair,
        bench::suite::LeftOut,
        bench::comparison::Answer,
        bench::suite::Comparisons,
        bench::comparison::Over,
        bench::comparison::SliceSummary,
        bench::comparison::RowOfRuns,
        bench::comparison::RunsQuestion,
        bench::comparison::ValuesOfRow,
        bench::comparison::AnswerOnSlice,
        bench::comparison::RunsCompared,
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/src/lib/types.ts");
    if std::env::var_os("FUSEBOX_WRITE_TYPES").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "www/src/lib/types.ts is not what the Rust types say; \
         run FUSEBOX_WRITE_TYPES=1 cargo test --release --lib types"
    );
}

fn documentation(docs: Option<String>) -> String {
    docs.unwrap_or_default()
}
