import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTAINER, CONTEXT, VIEWS } from '../../../src/client/ids.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const words: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const declared: readonly { command: string; title: string; category: string }[] = manifest.contributes.commands;

describe('the manifest', () => {
  it('declares exactly the commands that the client registers', () => {
    expect(declared.map(({ command }) => command).sort()).toEqual(Object.values(COMMANDS).sort());
  });

  it('gives every command a category and a title', () => {
    for (const { category, title } of declared) {
      expect(category).toBe('Downforce');
      expect(words[title.slice(1, -1)], title).toBeTruthy();
    }
  });

  it('has a word for every key that it uses, and uses every word', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(Object.keys(words).sort()).toEqual([...new Set(used)].sort());
  });

  it('shows commands only where they exist', () => {
    const named = [...JSON.stringify(manifest.contributes.menus).matchAll(/"command":"([\w.]+)"/g)].map(([, id]) => id);
    for (const id of named) expect(Object.values(COMMANDS)).toContain(id);
  });

  it('knows the views and the container', () => {
    expect(manifest.contributes.viewsContainers.activitybar[0].id).toBe(CONTAINER);
    const views = manifest.contributes.views[CONTAINER].map(({ id }: { id: string }) => id);
    expect(views.sort()).toEqual(Object.values(VIEWS).sort());
  });

  it('names only context keys that the client sets', () => {
    const clauses = [...JSON.stringify(manifest.contributes).matchAll(/"(?:when|enablement)":"([^"]+)"/g)].flatMap(
      ([, clause = '']) => clause.match(/downforce\.\w+/g) ?? [],
    );
    const known: readonly string[] = [...Object.values(CONTEXT), ...Object.values(VIEWS)];
    for (const key of clauses) expect(known).toContain(key);
  });

  it('reads every setting that it declares, and declares every setting that it reads', () => {
    const source = readFileSync('src/client/settings.ts', 'utf8');
    const read = [...source.matchAll(/(?:read|get)\('([\w.]+)'/g)].map(([, name]) => `downforce.${name}`);
    expect(Object.keys(manifest.contributes.configuration.properties).sort()).toEqual([...new Set(read)].sort());
  });
});
