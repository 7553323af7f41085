import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { micromark } from 'micromark';
import type { Plugin } from 'vite';

import type { Lesson, LessonCard } from './src/lib/lessons/lesson';
import { LessonMistake } from './src/lib/lessons/entries.ts';
import { type Markdown, parseLesson } from './src/lib/lessons/parse.ts';

/** micromark lets no HTML and no dangerous address through unless it is told to. */
export const markdown: Markdown = {
  block: (text) => micromark(text.trim()),
  inline: (text) => micromark(text.trim()).replace(/^<p>([\s\S]*)<\/p>$/, '$1'),
};

/** What the list of lessons needs of one. */
function cardOf({ title, summary, order, steps }: Lesson): LessonCard {
  return { title, summary, order, steps };
}

/**
 * Lessons are read when the page is built, so that a mistake in a file stops the build at its line, and the page carries
 * neither the Markdown nor its reader.
 */
export function lessons(): Plugin {
  return {
    name: 'lessons',
    enforce: 'pre',
    load(id) {
      const [path = '', query] = id.split('?');
      if (!/\/src\/lessons\/[^/]+\.md$/.test(path)) return null;
      this.addWatchFile(path);
      try {
        const lesson = parseLesson(relative(process.cwd(), path), readFileSync(path, 'utf8'), markdown);
        return {
          code: `export default ${JSON.stringify(query === 'card' ? cardOf(lesson) : lesson)};`,
          moduleType: 'js',
        };
      } catch (error) {
        if (error instanceof LessonMistake)
          this.error({ message: error.message, loc: { file: path, line: error.line, column: 0 } });
        throw error;
      }
    },
  };
}
