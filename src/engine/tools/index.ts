import { bandit } from './bandit.ts';
import { biome } from './biome.ts';
import { cargoCheck, cargoClippy } from './cargo-clippy.ts';
import { eslint } from './eslint.ts';
import { gitleaks } from './gitleaks.ts';
import { goVet } from './go-vet.ts';
import { golangciLint } from './golangci-lint.ts';
import { mypy } from './mypy.ts';
import { oxlint } from './oxlint.ts';
import { pyright } from './pyright.ts';
import { ruff } from './ruff.ts';
import { semgrep } from './semgrep.ts';
import { svelteCheck } from './svelte-check.ts';
import type { Tool } from './tool.ts';
import { tsc } from './tsc.ts';

/** Linters, type checkers and scanners; test runners are in `src/runners`. */
export const TOOLS: readonly Tool[] = [
  biome,
  oxlint,
  eslint,
  ruff,
  goVet,
  golangciLint,
  cargoClippy,
  cargoCheck,
  tsc,
  svelteCheck,
  mypy,
  pyright,
  bandit,
  gitleaks,
  semgrep,
];
