import type { Exchange } from '../../engine/mutation/mutable.ts';
import { exchanged } from '../../engine/mutation/mutant.ts';
import type { NumberedMutant } from '../../engine/mutation/mutant-runner.ts';
import type { Schemata } from '../../engine/mutation/schemata.ts';
import { parseProgram } from './full-parse.ts';
import { type Region, renderRegions } from './schemata-regions.ts';
import { keyOf, type Survey, surveySites } from './schemata-sites.ts';
import { exchangeRegion, loopRegion, type Naming } from './schemata-switches.ts';
import { type AstNode, children } from './syntax.ts';

/** Mutants of one exchange. */
interface Place {
  readonly exchange: Exchange;
  readonly mutants: readonly NumberedMutant[];
}

/** All mutants in one text; see `SchemataRuntime` for what it calls. */
export function writeSchemata(path: string, text: string, mutants: readonly NumberedMutant[]): Schemata {
  const numbers = mutants.map(({ number }) => number);
  // A component's script is not the module that runs.
  if (/\.(vue|svelte|astro)$/.test(path) || numbers.length === 0) return { text, omitted: numbers };
  const root = parseWhole(path, text);
  const last = children(root, 'body').at(-1);
  if (root === undefined || last === undefined) return { text, omitted: numbers };
  const places = placesOf(mutants);
  const survey = surveySites(
    root,
    text,
    places.map(({ exchange }) => exchange),
  );
  const writer = new Writer(path, text, survey, last);
  const sound = writer.parses(places) ? places : places.filter((place) => writer.parses([place]));
  const written = writer.parses(sound) ? writer.write(sound) : { text, included: [] };
  return { text: written.text, omitted: numbers.filter((number) => !written.included.includes(number)) };
}

function parseWhole(path: string, text: string): AstNode | undefined {
  try {
    const { root, unanalysed } = parseProgram(path, text);
    return unanalysed === undefined ? root : undefined;
  } catch {
    // Told by whoever looks for mutants in it.
    return undefined;
  }
}

function placesOf(mutants: readonly NumberedMutant[]): readonly Place[] {
  const byKey = Map.groupBy(mutants, ({ exchange }) => keyOf(exchange));
  return [...byKey.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ exchange: first.exchange, mutants: group }];
  });
}

interface Written {
  readonly text: string;
  readonly included: readonly number[];
}

class Writer {
  private readonly path: string;
  private readonly text: string;
  private readonly survey: Survey;
  private readonly last: AstNode;
  private readonly naming: Naming;

  constructor(path: string, text: string, survey: Survey, last: AstNode) {
    this.path = path;
    this.text = text;
    this.survey = survey;
    this.last = last;
    this.naming = { count: freeName(text) };
  }

  parses(places: readonly Place[]): boolean {
    return places.length === 0 || parseWhole(this.path, this.write(places).text) !== undefined;
  }

  write(places: readonly Place[]): Written {
    const included: number[] = [];
    const regions: Region[] = [];
    for (const { exchange, mutants } of places) {
      const site = this.survey.siteOf(exchange);
      if (site === undefined) continue;
      const variants = mutants.map((mutant) => ({ number: mutant.number, text: exchanged(this.text, mutant) }));
      const context = { path: this.path, text: this.text, naming: this.naming, loops: this.survey.loops };
      const { region, numbers } = exchangeRegion(site, variants, context);
      if (region !== undefined) regions.push(region);
      included.push(...numbers);
    }
    if (included.length === 0) return { text: this.text, included };
    regions.push(...this.survey.loops.map((body) => loopRegion(body, this.naming)));
    regions.push(this.runtime(Math.max(...included)));
    return { text: renderRegions(this.text, regions), included };
  }

  /** A function, because modules that import each other call functions before the first line of a module has run. */
  private runtime(highest: number): Region {
    const { count } = this.naming;
    const nothing = `{active:0,fuel:new Int32Array(${highest + 1}).fill(2147483647),over(){}}`;
    const body = `const d=${count}.d??=globalThis.__downforce__??${nothing};if(--d.fuel[p]<0)d.over(p);return d.active`;
    const { end } = this.last;
    return { start: end, end, rank: 2, render: () => `;function ${count}(p){${body}}` };
  }
}

function freeName(text: string): string {
  let name = '__df';
  for (let turn = 1; text.includes(name); turn++) name = `__df${turn}`;
  return name;
}
