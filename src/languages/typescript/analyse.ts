import type { Analyser, Analysis } from '../../engine/language.ts';
import type { Form } from '../form-writer.ts';
import { createAnalysis, guarded } from '../lazy-analysis.ts';
import { bind } from './bindings.ts';
import { definitionsOf } from './definitions.ts';
import { writeProgram } from './form.ts';
import { parseProgram } from './full-parse.ts';
import { castsToAny } from './markers.ts';

const COMPONENT = /\.(vue|svelte|astro)$/;

export async function openTypescriptAnalyser(): Promise<Analyser> {
  return (path, text) => guarded(text, () => analyse(path, text));
}

function analyse(path: string, text: string): Analysis {
  const { root, comments, typescript, script, unanalysed } = parseProgram(path, text);
  const component = COMPONENT.test(path);
  const markup = component ? markupOf(text, script) : '';
  return createAnalysis({
    text,
    comments: component ? [...comments, ...markupComments(text)].sort((a, b) => a.start - b.start) : comments,
    markers: () => (typescript ? castsToAny(root, text) : []),
    definitions: () => definitionsOf(root),
    form: (part, named) => {
      const options = { typescript, tests: part === 'test', keepImports: !typescript || component };
      return withMarkup(writeProgram(root, bind(root, named || component), options), markup);
    },
    unanalysed,
  });
}

function markupComments(text: string): Analysis['comments'] {
  return [...text.matchAll(/<!--[\s\S]*?-->/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}

/** A component's template runs; its styles do not. */
function markupOf(text: string, script: string): string {
  let markup = '';
  for (let at = 0; at < text.length; at++) markup += script[at]?.trim() === '' ? text[at] : ' ';
  return markup
    .replace(/<!--[\s\S]*?-->|<style\b[\s\S]*?<\/style>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function withMarkup(form: Form, markup: string): Form {
  if (markup === '') return form;
  return { text: `${form.text}\n${markup}`, statements: [...form.statements, { form: markup, start: 0 }] };
}
