import type { Analyser, Analysis, Language } from '../language.ts';
import type { Grammars } from '../ports.ts';

/** Full parses by path and text, each made once; the parser of a language is loaded with its first file. */
export function createAnalyses(
  languages: readonly Language[],
  grammars: Grammars,
): (path: string, text: string) => Promise<Analysis | undefined> {
  const analysers = new Map<Language, Promise<Analyser> | undefined>();
  const known = new Map<string, Analysis>();
  return async (path, text) => {
    const language = languages.find((candidate) => candidate.matches(path));
    if (language === undefined) return undefined;
    if (!analysers.has(language)) analysers.set(language, language.openAnalyser?.(grammars));
    const analyse = await analysers.get(language);
    const key = `${path}\0${text}`;
    const analysis = known.get(key) ?? analyse?.(path, text);
    if (analysis !== undefined) known.set(key, analysis);
    return analysis;
  };
}
