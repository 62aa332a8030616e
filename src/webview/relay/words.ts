/** Every word that the panel says; the extension hands them over in the person's language. */
export const WORDS = [
  'actionChat',
  'actionCopy',
  'actionSave',
  'actionTerminal',
  'actionWorktree',
  'askExplained',
  'askSession',
  'branchAt',
  'budget',
  'budgetDropped',
  'budgetDroppedPart',
  'budgetMeter',
  'budgetNext',
  'budgetOver',
  'budgetWrong',
  'changesNone',
  'changesSame',
  'changesSince',
  'claimsContradicted',
  'contradicted',
  'detached',
  'diffAdded',
  'diffRemoved',
  'dragToMove',
  'draftField',
  'draftHint',
  'dropHint',
  'dropMoved',
  'dropOrder',
  'dropped',
  'droppedCount',
  'edit',
  'editDone',
  'editField',
  'edited',
  'editedItems',
  'empty',
  'itemKeep',
  'itemsLeftOut',
  'keepOwn',
  'loading',
  'moveDown',
  'moveUp',
  'moved',
  'newer',
  'off',
  'originAgent',
  'originGit',
  'originHarness',
  'originRepository',
  'redacted',
  'redactedPart',
  'refresh',
  'resetToGenerated',
  'sections',
  'showChanged',
  'hideChanged',
  'stale',
  'switchSection',
  'tabChanges',
  'tabDraft',
  'tabPreview',
  'tabs',
  'takeNew',
  'title',
  'tokens',
  'tokensOf',
  'treeOf',
] as const;
export type Word = (typeof WORDS)[number];
export type Words = Readonly<Record<Word, string>>;

/** With `{0}`, `{1}` … filled in. What is missing is shown by its name, which is better than nothing at all. */
export function say(words: Partial<Words>, word: Word, ...args: readonly (string | number)[]): string {
  const template = words[word] ?? word;
  return template.replaceAll(/\{(\d)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

/** As handed over by the page. */
export function parseWords(json: string): Partial<Words> {
  const read: unknown = JSON.parse(json);
  if (typeof read !== 'object' || read === null) return {};
  const known = new Map<string, unknown>(Object.entries(read));
  return Object.fromEntries(WORDS.flatMap((word) => wordOf(word, known.get(word))));
}

function wordOf(word: Word, text: unknown): readonly (readonly [Word, string])[] {
  return typeof text === 'string' ? [[word, text]] : [];
}
