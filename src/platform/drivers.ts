import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a program shipped into test processes, in `dist/drivers`. */
export function driverFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  // From the bundle's own folder, from its chunks, and from src/platform when tests run the sources.
  const places = [join(here, 'drivers'), join(here, '..', 'drivers'), join(here, '..', '..', 'dist', 'drivers')];
  const found = places.map((place) => join(place, name)).find((file) => existsSync(file));
  return found ?? join(places[0] ?? here, name);
}
