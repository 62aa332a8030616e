/* Tries mutants with test files of node:test, each of which has processes of its own, as with `node --test`. */
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { unfitNode } from '../../javascript/driver/serve-modules.ts';
import { runAlone } from './alone.ts';
import { runTogether } from './together.ts';

const path = process.argv[2] ?? '';
const request = readRequest(path);
const tell = openEvents(request.events);

const unfit = unfitNode();

if (unfit !== undefined) tell({ type: 'unfit', reason: unfit });
else if (request.mode === 'alone') await runAlone(request, path, tell);
else await runTogether(request, path, tell);
tell({ type: 'end' });
