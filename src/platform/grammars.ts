import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Grammars } from '../engine/ports.ts';

/** WebAssembly as files: beside the bundle, else in the packages it comes from. */
export function createGrammars(): Grammars {
  return {
    runtime: () => readFile(locate('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm')),
    grammar: (name) =>
      readFile(locate(`tree-sitter-${name}.wasm`, `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`)),
  };
}

function locate(file: string, inPackage: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  // A bundle may be split: this code then stands in dist/ or in dist/chunks/.
  const bundled = [join(here, 'grammars', file), join(here, '..', 'grammars', file)].find((path) => existsSync(path));
  return bundled ?? createRequire(import.meta.url).resolve(inPackage);
}
