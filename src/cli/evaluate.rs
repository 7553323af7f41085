use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{CliError, dataset, lists, output};
use crate::data::Problem;
use crate::eval::{Evaluator, MetricTable};

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    /// Lists: user, item and score, tab separated, by the source's own identifiers; packed if the name ends with `.gz`.
    #[arg(long, value_name = "FILE")]
    recs: PathBuf,
    #[arg(long, value_delimiter = ',', default_value = "10,20", value_parser = clap::value_parser!(u32).range(1..=1000))]
    cutoffs: Vec<u32>,
    #[arg(long, value_enum, default_value = "test")]
    split: Judged,
    /// Ratings from this on count as relevant.
    #[arg(long, default_value_t = 0.0)]
    relevance_threshold: f32,
    #[arg(long)]
    json: bool,
}

/// The part that lists are held against.
#[derive(Clone, Copy, ValueEnum)]
enum Judged {
    Test,
    Validation,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Judgement {
    metrics: MetricTable,
    judged_users: usize,
    unknown_items: usize,
    unknown_user_lines: usize,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let dataset = dataset::open(arguments.dataset.as_deref())?;
    let problem = Problem::of_bundle(&dataset);
    let foreign = lists::read(&arguments.recs, &dataset)?;
    let target = match arguments.split {
        Judged::Test => &problem.test,
        Judged::Validation => &problem.validation,
    };
    let evaluator = Evaluator::new(&problem.train, problem.items, target, arguments.relevance_threshold);
    let result = Judgement {
        metrics: evaluator.evaluate(&foreign.lists, &arguments.cutoffs),
        judged_users: evaluator.judged_users(&foreign.lists).count(),
        unknown_items: foreign.unknown_items.len(),
        unknown_user_lines: foreign.unknown_user_lines,
    };
    if arguments.json {
        return output::print_json(&result);
    }
    if result.unknown_items > 0 || result.unknown_user_lines > 0 {
        eprintln!(
            "{} items are not in the data and count as misses; {} lines name unknown users and are left out",
            result.unknown_items, result.unknown_user_lines
        );
    }
    output::print(&format!("{} users judged\n{}", result.judged_users, output::metrics(&result.metrics)))
}
