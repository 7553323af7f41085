/** How a modality of an item is spoken of. */
export interface ModalityWords {
  /** As in “its picture” and “no picture”. */
  name: string;
  /** Whether the name is a plural. */
  several: boolean;
  /** What many items have of it, as in “half of the pictures”. */
  content: string;
  /** As in “it looks most like” another item. */
  isLike: string;
}

const WORDS: Partial<Record<string, ModalityWords>> = {
  visual: { name: 'picture', several: false, content: 'pictures', isLike: 'it looks most like' },
  textual: { name: 'words', several: true, content: 'texts', isLike: 'its words are nearest to those of' },
  audio: { name: 'sound', several: false, content: 'sounds', isLike: 'it sounds most like' },
};

/** Modalities that people describe themselves are called what they called them. */
export function wordsFor(modality: string): ModalityWords {
  return (
    WORDS[modality] ?? {
      name: `“${modality}”`,
      several: false,
      content: `“${modality}”`,
      isLike: `in “${modality}” it is nearest to`,
    }
  );
}
