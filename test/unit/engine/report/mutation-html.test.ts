import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { mutationHtml } from '../../../../src/engine/report/mutation-html.ts';
import { mutationDocument } from '../../../../src/engine/report/mutation-json.ts';
import { readReportScript } from '../../../../src/platform/report-script.ts';
import { sha256 } from '../line-language.ts';
import { mutantOf, resultOf } from './mutants.ts';

const EVIL = '</script><script>alert(1)</script><!-- \u2028';

function page(elements: string): string {
  const mutant = mutantOf('sum ‸>', EVIL);
  const sources = new Map([['src/cart.ts', EVIL]]);
  const common = { config: DEFAULT_CONFIG.mutation, root: '/', version: '1', digest: sha256 };
  return mutationHtml(
    mutationDocument({ results: [resultOf(mutant, 'survived')], sources, ...common }),
    elements,
    sha256,
  );
}

/** What a browser takes for scripts: each up to the first end. */
function scriptsOf(html: string): readonly (readonly [attributes: string, text: string])[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script/g)].map((match) => [match[1] ?? '', match[2] ?? '']);
}

describe('the page', () => {
  it('holds the report as data that no text in it can end', () => {
    const scripts = scriptsOf(page('elements()'));
    expect(scripts).toHaveLength(3);
    const report = JSON.parse(scripts[0]?.[1] ?? '');
    expect(report.files['src/cart.ts'].source).toBe(EVIL);
    expect(report.files['src/cart.ts'].mutants[0].replacement).toBe(EVIL);
  });

  it('allows exactly its own scripts, and nothing from elsewhere', () => {
    const html = page('elements()');
    const [policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.slice(1) ?? [];
    const hashes = scriptsOf(html)
      .filter(([attributes]) => attributes === '')
      .map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    expect(policy.split('; ')).toContain(`script-src ${hashes.join(' ')}`);
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(html).not.toMatch(/\s(src|href)=/);
  });

  it('takes a script that speaks of scripts, and leaves it what it was', () => {
    const elements = 'const a = "</script>", b = /<!--x/u, c = `<SCRIPT>`; globalThis.told = [a, b.source, c];';
    const [, text = ''] = scriptsOf(page(elements))[1] ?? [];
    const told: unknown = new Function(`${text}; const all = globalThis.told; delete globalThis.told; return all;`)();
    expect(told).toEqual(['</script>', '\\x3c!--x', '<SCRIPT>']);
    expect(text).not.toMatch(/<(!--|\/?script)/i);
  });

  it('takes the script that is built in', () => {
    const script = readReportScript();
    if (script === undefined) throw new Error('dist/report is missing: run `node esbuild.mjs` first');
    expect(scriptsOf(page(script))).toHaveLength(3);
    expect(page(script).length).toBeGreaterThan(script.length);
  });
});
