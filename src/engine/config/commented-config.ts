import { DEFAULT_INERT } from '../scopes/path-rules.ts';
import type { Survey } from '../survey.ts';

/** The text of a `downforce.jsonc` in which everything detected stands as a comment: it changes nothing until edited. */
export function commentedConfig({ change, scopes, checks }: Survey): string {
  const lines = [
    '// Configuration of Downforce. Everything here is optional: what is commented out shows what was detected.',
    '{',
    '  // What a change is measured from.',
    `  // "base": ${JSON.stringify(change.baseName ?? 'origin/main')},`,
    '',
    '  // Time that `downforce loop` may take; what does not fit is deferred.',
    '  // "budget": "180s",',
    '',
    '  // Parts of the repository that are checked as one. Naming any replaces those detected.',
    '  // "scopes": {',
    ...scopes.scopes.slice(0, 50).map(({ id, root, dependsOn }) => {
      const paths = JSON.stringify([root === '' ? '**' : `${root}/**`]);
      const needs = dependsOn.length === 0 ? '' : `, "dependsOn": ${JSON.stringify(dependsOn)}`;
      return `  //   ${JSON.stringify(id)}: { "paths": ${paths}${needs} },`;
    }),
    '  // },',
    '',
    '  // Files whose change needs no check, beside the built-in ones:',
    ...DEFAULT_INERT.map((pattern) => `  //   ${pattern}`),
    '  // "inert": ["docs/**"],',
    '',
    '  // An entry with the id of a detected check adjusts it ("timeout", "retries", "off"); any other adds one.',
    '  // "checks": {',
    ...checks
      .slice(0, 50)
      .map(
        (check) =>
          `  //   ${JSON.stringify(check.id)}: { "timeout": "${Math.round(check.timeoutMs / 1000)}s" }, // ${check.evidence.replace(/\s+/g, ' ')}`,
      ),
    '  //   "lint:mine": { "run": "node scripts/lint.js {files}", "parse": "exit-code", "covers": ["src/**"] }',
    '  // },',
    '',
    "  // How `downforce mutate` breaks the changed lines: so many at most, not in these files, calls worth no one's time.",
    '  // "mutation": { "max": 12, "noCoverage": "block", "exclude": ["scripts/**"], "arid": ["audit.record"] },',
    '',
    '  // The hand-off prompt: about so many tokens, and the Markdown file whose open items remain to be done.',
    '  // "relay": { "tokens": 4000, "plan": "PLAN.md" },',
    '',
    '  // How a new working tree of `downforce streams start` is made ready, and where it goes.',
    '  // "streams": { "setup": "npm ci", "folder": "../streams" },',
    '',
    '  // Where `downforce decide` writes: a Markdown file, or a folder of numbered ones.',
    '  // "decisions": "docs/decisions.md"',
    '}',
    '',
  ];
  return lines.join('\n');
}
