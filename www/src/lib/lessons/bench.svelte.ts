import { engine } from '../engine.svelte';
import type { FinishedRun } from '../finished-run';
import type { Design } from '../types';
import { dataIn } from './data';
import { factsOfSpec } from './facts';
import type { Facts, Setting } from './lesson';
import type { FinishedForLesson, LessonBench } from './player.svelte';
import { withSettings } from './settings';

function systemOf(name: string): { design: Design | null; trained: boolean } | undefined {
  return engine.systems.find((system) => system.name === name);
}

function facts(): Facts {
  const { spec, run, people } = engine;
  return {
    ...factsOfSpec(spec, engine.designer.shown, engine.available),
    'run.phase': run?.phase ?? 'none',
    'run.epoch': run?.epoch ?? 0,
    'run.steps': run?.stepsDone ?? 0,
    runs: engine.trainings.ofThisVisit.length,
    'people.user': people.user + 1,
    'people.listed': people.list?.length ?? 0,
    'people.hits': people.list?.filter(({ hit }) => hit !== null).length ?? 0,
  };
}

function finishedOf({ number, receipt, datasetTitle, synthetic }: FinishedRun): FinishedForLesson {
  const { spec } = receipt;
  const { epochs, 'batch-size': batchSize } = spec.training;
  return {
    number,
    data: datasetTitle,
    synthetic,
    seed: spec.seed,
    epoch: receipt['best-epoch'],
    training: systemOf(spec.system)?.trained ? { epochs, batchSize } : null,
    test: receipt.metrics.test,
    facts: factsOfSpec(spec, spec.design ?? systemOf(spec.system)?.design ?? null, engine.available),
  };
}

async function prepare(settings: readonly Setting[]): Promise<void> {
  const data = settings.findLast(({ name }) => name === 'data')?.value;
  // Data that are asked for from the beginning are the only ones that are loaded.
  if (engine.phase === 'closed' && typeof data === 'string') engine.spec.dataset.name = data;
  if (!(await engine.open())) return;
  // From here on the address follows the bench, not the link it came from.
  if (engine.address.carried.length > 0) engine.address.forget();
  else if (settings.length === 0) return;
  if (settings.length > 0 && engine.locked) engine.reset();
  const entry = dataIn(settings, engine.catalogue);
  const here = engine.dataset;
  if (entry && (here?.own || here?.summary.name !== entry.name)) await engine.chooseDataset(entry);
  const possible = settings.filter(({ name, value }) => name !== 'data' || value === entry?.name);
  engine.edit(() => {
    engine.spec = withSettings($state.snapshot(engine.spec), possible, engine.systems);
  });
}

/** The page's own bench, as a lesson sees it. */
export const bench: LessonBench = {
  facts,
  finished: () => engine.trainings.ofThisVisit.map(finishedOf),
  prepare,
  announce: (sentence) => {
    engine.announcement = sentence;
  },
};
