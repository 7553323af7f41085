use std::path::PathBuf;

use clap::Args;

use super::run::{Choice, to_the_end};
use super::{CliError, dataset, output, spec};
use crate::data::{Cards, Part};

#[derive(Args)]
pub struct Arguments {
    /// The receipt of a run, which is trained again.
    #[arg(long, value_name = "FILE")]
    receipt: String,
    /// The source's own identifier of a user.
    #[arg(long)]
    user: String,
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    /// Length of the list.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    cutoff: u32,
    #[arg(long, value_enum, default_value = "cpu")]
    backend: Choice,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let spec = spec::read(&arguments.receipt, &[])?;
    let dataset = dataset::open(arguments.dataset.as_deref())?;
    let found = dataset.users.iter().position(|id| *id == arguments.user);
    let user = found.ok_or_else(|| CliError::NoUser(arguments.user.clone()))? as u32;
    let (run, _) = to_the_end(spec, dataset, arguments.backend)?;
    let list = pollster::block_on(run.recommend(user, arguments.cutoff))?;
    let recommendations = Cards::new(run.dataset(), run.problem()).recommendations(user, &list);
    if arguments.json {
        return output::print_json(&recommendations);
    }
    for (place, recommendation) in (1..).zip(&recommendations) {
        let hit = match recommendation.hit {
            Some(Part::Test) => "  hit in test",
            Some(Part::Validation) => "  hit in validation",
            _ => "",
        };
        let card = &recommendation.card;
        let name = if card.title.is_empty() { &card.id } else { &card.title };
        output::print(&format!("{place:>3}  {:>8.4}  {name}{hit}", recommendation.score))?;
    }
    Ok(())
}
