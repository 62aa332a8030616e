import type { Span } from '../../engine/mutation/mutable.ts';
import { declaresBeside, expressionFragment, type Fragment, statementFragment } from './schemata-fragment.ts';
import { type Position, positionOf, spaceAfterWord } from './schemata-positions.ts';
import type { Region } from './schemata-regions.ts';
import { callsSuper, type LoopBody, type Site } from './schemata-sites.ts';
import { type AstNode, below, child, children, word } from './syntax.ts';

export interface Naming {
  /** The function that counts a place and says which mutant is in force. */
  readonly count: string;
}

export interface Variant {
  readonly number: number;
  readonly text: string;
}

export interface SwitchContext {
  readonly path: string;
  readonly text: string;
  readonly naming: Naming;
  readonly loops: readonly LoopBody[];
}

interface Switched {
  readonly region: Region | undefined;
  /** Of the variants that are in it. */
  readonly numbers: readonly number[];
}

interface Choice extends Fragment {
  readonly number: number;
}

const NOTHING: Switched = { region: undefined, numbers: [] };

/** The switch of an exchange with those of its variants that can be written. */
export function exchangeRegion(site: Site, variants: readonly Variant[], context: SwitchContext): Switched {
  if (site.nodes.some(callsSuper)) return NOTHING;
  if (site.kind === 'expression') {
    const position = positionOf(site, context.text);
    return position === undefined ? NOTHING : expressionSwitch(site, position, variants, context);
  }
  if (site.nodes.some(declaresBeside) || isContinued(site)) return NOTHING;
  const choices = choicesOf(variants, (text) => statementFragment(context.path, text));
  if (choices.length === 0) return NOTHING;
  const render = (inner: string): string => statementText(site, choices, inner, context);
  return {
    region: { start: site.start, end: site.end, rank: 0, render },
    numbers: choices.map(({ number }) => number),
  };
}

function choicesOf(variants: readonly Variant[], read: (text: string) => Fragment | undefined): readonly Choice[] {
  return variants.flatMap(({ number, text }) => {
    const fragment = read(text);
    return fragment === undefined ? [] : [{ ...fragment, number }];
  });
}

/** Mutants of one exchange are asked for in turn; it is counted once. */
function conditions(choices: readonly Choice[], { count }: Naming): readonly string[] {
  const place = Math.min(...choices.map(({ number }) => number));
  return choices.map(({ number }, index) => `${index === 0 ? `${count}(${place})` : `${count}.d.active`}===${number}`);
}

function expressionSwitch(
  site: Site,
  position: Position,
  variants: readonly Variant[],
  context: SwitchContext,
): Switched {
  const attribute = position.attribute ? attributeText(site, context.text) : undefined;
  if (position.attribute && (attribute === undefined || variants.some(({ text }) => /[&\\\n\r]/.test(text))))
    return NOTHING;
  const choices = choicesOf(variants, (text) => expressionFragment(context.path, text));
  if (choices.length === 0) return NOTHING;
  const named = (text: string): string =>
    position.name === undefined ? `(${text})` : `({${position.name}:${text}}.${position.name})`;
  const tests = conditions(choices, context.naming);
  const mutants = choices.map(
    (choice, index) => `${tests[index]}?${choice.anonymous ? named(choice.text) : `(${choice.text})`}:`,
  );
  const render = (inner: string, around: Span | undefined): string => {
    const lead = position.leads && around?.start !== site.start ? ';' : '';
    const trail = position.trails && around?.end !== site.end ? ';' : '';
    return `${lead}${position.open}${mutants.join('')}${named(attribute ?? inner)}${position.close}${trail}`;
  };
  return {
    region: { start: site.start, end: site.end, rank: 1, render },
    numbers: choices.map(({ number }) => number),
  };
}

/** JSX attributes know no escapes but entities. */
function attributeText({ nodes: [node] }: Site, text: string): string | undefined {
  return /[&\\\n\r]/.test(text.slice(node.start, node.end)) ? undefined : JSON.stringify(node['value']);
}

/** Whether a `continue` inside names it by the label it bears: only a loop itself can be continued. */
function isContinued(site: Site): boolean {
  const labels = site.way
    .filter(({ node }) => node.type === 'LabeledStatement')
    .map(({ node }) => word(child(node, 'label'), 'name'));
  return site.way.at(-1)?.node.type === 'LabeledStatement' && site.nodes.some((node) => continues(node, labels));
}

function continues(node: AstNode, labels: readonly string[]): boolean {
  if (node.type === 'ContinueStatement') return labels.includes(word(child(node, 'label'), 'name'));
  return below(node).some((one) => continues(one, labels));
}

function statementText(site: Site, choices: readonly Choice[], inner: string, context: SwitchContext): string {
  const [first] = site.nodes;
  const counter = site.kind === 'block' && context.loops.includes(first) ? `${context.naming.count}(0);` : '';
  const tests = conditions(choices, context.naming);
  const branches = choices.map(({ text }, index) => `if(${tests[index]}){${counter}${text}}else `);
  const chain = `${branches.join('')}{${inner}}`;
  if (site.kind === 'statements') return `${spaceAfterWord(site, context.text)}${chain}`;
  // Directives count only at the very beginning of a function.
  const directives = children(first, 'directives').map(({ start, end }) => `${context.text.slice(start, end)};`);
  return `{${directives.join('')}${chain}}`;
}

/** Counts the rounds of a loop. */
export function loopRegion(body: LoopBody, { count }: Naming): Region {
  if (body.type !== 'BlockStatement')
    return { start: body.start, end: body.end, rank: -1, render: (inner) => `{${count}(0);${inner}}` };
  return { start: body.start + 1, end: body.start + 1, rank: 0, render: () => `${count}(0);` };
}
