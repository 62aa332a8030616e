/* Required by a worker before anything of the user's, flags included. */
const preparing: typeof import('./preparing.ts') = require('./preparing.ts');

preparing.prepare();
