import { chmodSync, copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
// What runs inside the user's test process: src/runners/NAME/driver/WHAT.entry.ts becomes drivers/NAME-WHAT.mjs, .cts a .cjs.
const drivers = globSync('src/runners/*/driver/*.entry.{ts,cts}');
for (const format of ['esm', 'cjs']) {
  const wanted = drivers.filter((file) => file.endsWith('.cts') === (format === 'cjs'));
  await build({
    entryPoints: Object.fromEntries(wanted.map((file) => [driverName(file), file])),
    outdir: 'dist/drivers',
    bundle: true,
    platform: 'node',
    target: 'node18',
    format,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
for (const file of globSync('src/runners/*/driver/*.py')) copyFileSync(file, `dist/drivers/${basename(file)}`);

function driverName(file) {
  return `${basename(dirname(dirname(file)))}-${basename(file).replace(/\.entry\.c?ts$/, '')}`;
}

await build({
  entryPoints: { 'cli-main': 'src/cli/main.ts', 'server-main': 'src/server/main.ts' },
  outdir: 'dist',
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

// The extension host loads CommonJS, and gives `vscode` itself.
await build({
  entryPoints: { extension: 'src/client/extension.ts' },
  outdir: 'dist',
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

// Read at run time, and only where a guard looks into such a file: see src/platform/grammars.ts.
mkdirSync('dist/grammars', { recursive: true });
copyFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');
for (const name of ['python', 'go', 'rust', 'java']) {
  const file = `tree-sitter-${name}.wasm`;
  copyFileSync(`node_modules/@vscode/tree-sitter-wasm/wasm/${file}`, `dist/grammars/${file}`);
}

// Put into the HTML report of mutants: see src/platform/report-script.ts.
mkdirSync('dist/report', { recursive: true });
copyFileSync(
  'node_modules/mutation-testing-elements/dist/mutation-test-elements.js',
  'dist/report/mutation-test-elements.js',
);

// What an old Node reads first must be something it can read.
writeFileSync(
  'dist/cli.cjs',
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
chmodSync('dist/cli.cjs', 0o755);
