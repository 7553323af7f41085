import type { Lesson, LessonCard } from './lesson';

/** A lesson is a file in src/lessons: whoever adds one changes nothing here. */
const cards = import.meta.glob<LessonCard>('../../lessons/*.md', {
  query: '?card',
  import: 'default',
  eager: true,
});
const files = import.meta.glob<Lesson>('../../lessons/*.md', { import: 'default' });

function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}

/** What there is to learn, in order. */
export const LESSONS: readonly (LessonCard & { name: string })[] = Object.entries(cards)
  .map(([path, card]) => ({ ...card, name: nameOf(path) }))
  .sort((left, right) => left.order - right.order);

/** Loads a lesson; null where there is none of that name. */
export async function loadLesson(name: string): Promise<Lesson | null> {
  const path = Object.keys(files).find((path) => nameOf(path) === name);
  return path ? ((await files[path]?.()) ?? null) : null;
}
