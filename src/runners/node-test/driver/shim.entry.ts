/* What test files get for `import … from 'node:test'` where their tests are run again and again; see intercept.ts. */
import { API, type NodeTest } from './intercept.ts';

const api: NodeTest = Reflect.get(globalThis, API);

export default api;
export const { after, afterEach, assert, before, beforeEach, describe, it, mock, run, snapshot, suite, test } = api;
