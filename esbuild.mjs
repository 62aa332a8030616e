import { chmodSync, copyFileSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { configSchema } from './src/protocol/config.ts';
import { waiversSchema } from './src/protocol/waivers.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

// Built aside and put in place at the end: a build that fails, or is under way, takes nothing from whoever uses dist.
const OUT = `.dist-${process.pid}`;
process.once('exit', () => rmSync(OUT, { recursive: true, force: true }));
mkdirSync(`${OUT}/drivers`, { recursive: true });
// What runs inside the user's test process: src/runners/NAME/driver/WHAT.entry.ts becomes drivers/NAME-WHAT.mjs, .cts a .cjs.
const drivers = globSync('src/runners/*/driver/*.entry.{ts,cts}');
for (const format of ['esm', 'cjs']) {
  const wanted = drivers.filter((file) => file.endsWith('.cts') === (format === 'cjs'));
  await build({
    entryPoints: Object.fromEntries(wanted.map((file) => [driverName(file), file])),
    outdir: `${OUT}/drivers`,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
for (const file of globSync('src/runners/*/driver/*.py')) copyFileSync(file, `${OUT}/drivers/${basename(file)}`);

function driverName(file) {
  return `${basename(dirname(dirname(file)))}-${basename(file).replace(/\.entry\.c?ts$/, '')}`;
}

await build({
  entryPoints: { 'cli-main': 'src/cli/main.ts', 'server-main': 'src/server/main.ts' },
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { DOWNFORCE_VERSION: JSON.stringify(version) },
  // Bundled CommonJS asks for builtins with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
});

/** Imported when first asked for, so it is a bundle of its own: CommonJS has no splitting. */
const late = {
  name: 'late',
  setup: ({ onResolve }) =>
    onResolve({ filter: /-late\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
    ),
};

// The extension host loads CommonJS, and gives `vscode` itself.
await build({
  entryPoints: ['src/client/extension.ts', ...globSync('src/client/*-late.ts')],
  plugins: [late],
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  outExtension: { '.js': '.cjs' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
});

// What runs in a webview: a page of its own, with no module loader and a policy that lets nothing else in.
await build({
  entryPoints: [
    { in: 'src/webview/relay/main.ts', out: 'relay' },
    { in: 'src/webview/relay/relay.css', out: 'relay' },
  ],
  outdir: `${OUT}/webview`,
  bundle: true,
  platform: 'browser',
  target: 'es2023',
  format: 'iife',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
});
for (const file of ['codicon.css', 'codicon.ttf'])
  copyFileSync(`node_modules/@vscode/codicons/dist/${file}`, `${OUT}/webview/${file}`);

// Read at run time, and only where a guard looks into such a file: see src/platform/grammars.ts.
mkdirSync(`${OUT}/grammars`, { recursive: true });
copyFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm', `${OUT}/grammars/web-tree-sitter.wasm`);
for (const name of ['python', 'go', 'rust', 'java']) {
  const file = `tree-sitter-${name}.wasm`;
  copyFileSync(`node_modules/@vscode/tree-sitter-wasm/wasm/${file}`, `${OUT}/grammars/${file}`);
}

// Put into the HTML report of mutants: see src/platform/report-script.ts.
mkdirSync(`${OUT}/report`, { recursive: true });
copyFileSync(
  'node_modules/mutation-testing-elements/dist/mutation-test-elements.js',
  `${OUT}/report/mutation-test-elements.js`,
);

// What an old Node reads first must be something it can read.
writeFileSync(
  `${OUT}/cli.cjs`,
  `#!/usr/bin/env node
var major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write('Downforce needs Node.js 22 or newer; this is ' + process.version + '.\\n');
  process.exit(2);
}
// A run makes much short-lived data and ends: a larger nursery saves most of the collections.
require("node:v8").setFlagsFromString("--min-semi-space-size=16");
try { require('node:module').enableCompileCache(); } catch (e) { void e; }
if (process.argv[2] === 'lsp') import('./server-main.mjs');
else import('./cli-main.mjs');
`,
);
chmodSync(`${OUT}/cli.cjs`, 0o755);

// What the editor completes and explains our own files by.
for (const [name, schema] of Object.entries({ downforce: configSchema, waivers: waiversSchema }))
  writeFileSync(
    `${OUT}/${name}.schema.json`,
    JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  );

rmSync('dist', { recursive: true, force: true });
renameSync(OUT, 'dist');
