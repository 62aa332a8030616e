/* Required by every Node process below a driver, so that the mutant in force is in force in all of them. */
const family: typeof import('./family.ts') = require('./family.ts');

family.joinFamily();
