import type { Language } from '../engine/language.ts';
import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { python } from './python/index.ts';
import { rust } from './rust/index.ts';
import { typescript } from './typescript/index.ts';

export const LANGUAGES: readonly Language[] = [typescript, python, go, rust, java];
