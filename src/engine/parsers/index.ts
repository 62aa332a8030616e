import type { Parser } from '../checks/format.ts';
import { parseBanditJson } from './bandit-json.ts';
import { parseBiome } from './biome.ts';
import { parseCargoJson } from './cargo-json.ts';
import { parseEslintJson } from './eslint-json.ts';
import { parseExitCode } from './exit-code.ts';
import { parseGoJson } from './go-json.ts';
import { parseGoVet } from './go-vet.ts';
import { parseGolangciJson } from './golangci-json.ts';
import { parseJestJson } from './jest-json.ts';
import { parseJunit } from './junit.ts';
import { parseMochaJson } from './mocha-json.ts';
import { parseMypy } from './mypy.ts';
import { parseOxlintJson } from './oxlint-json.ts';
import { parsePyright } from './pyright.ts';
import { parseRuffJson } from './ruff-json.ts';
import { parseSarif } from './sarif.ts';
import { parseTap } from './tap.ts';
import { parseTsc } from './tsc.ts';
import { parseVitestJson } from './vitest-json.ts';

export { createPatternParser, type ProblemPattern } from './problem-matcher.ts';

/** By the word that `parse` takes in the configuration. */
export const PARSERS = {
  'bandit-json': parseBanditJson,
  biome: parseBiome,
  'cargo-json': parseCargoJson,
  'eslint-json': parseEslintJson,
  'exit-code': parseExitCode,
  'go-json': parseGoJson,
  'go-vet': parseGoVet,
  'golangci-json': parseGolangciJson,
  'jest-json': parseJestJson,
  junit: parseJunit,
  'mocha-json': parseMochaJson,
  mypy: parseMypy,
  'oxlint-json': parseOxlintJson,
  pyright: parsePyright,
  'ruff-json': parseRuffJson,
  sarif: parseSarif,
  tap: parseTap,
  tsc: parseTsc,
  'vitest-json': parseVitestJson,
} as const satisfies Readonly<Record<string, Parser>>;

export type FormatId = keyof typeof PARSERS;
