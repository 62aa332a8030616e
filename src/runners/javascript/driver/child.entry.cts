/* Required by every Node process below a driver, so that the mutant in force is in force in all of them. */
import family = require('./family.ts');

family.joinFamily();
