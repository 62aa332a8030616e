import type { Tool } from '../engine/tools/tool.ts';
import { cargoTest } from './cargo-test/tool.ts';
import { goTest } from './go-test/tool.ts';
import { gradle } from './gradle/tool.ts';
import { jest } from './jest/tool.ts';
import { maven } from './maven/tool.ts';
import { mocha } from './mocha/tool.ts';
import { nodeTest } from './node-test/tool.ts';
import { npmScript } from './npm-script/tool.ts';
import { pytest } from './pytest/tool.ts';
import { vitest } from './vitest/tool.ts';

/** Test runners, as tools. */
export const RUNNERS: readonly Tool[] = [
  vitest,
  jest,
  mocha,
  nodeTest,
  npmScript,
  pytest,
  goTest,
  cargoTest,
  maven,
  gradle,
];
