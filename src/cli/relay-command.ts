import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { MAX_DRAFT } from '../engine/relay/draft.ts';
import { isHandoff } from '../engine/relay/markdown.ts';
import { oneLine, plural } from '../engine/text.ts';
import { openEngine } from '../harness/open-engine.ts';
import { askForDraft, cleanCuration, keptCuration, openRelay, takeRelay, viewRelay } from '../harness/relay.ts';
import { insideOf, writeInside } from '../harness/write-inside.ts';
import { ENVELOPE_SCHEMA } from '../protocol/envelope-id.ts';
import type { Curation, RelayView } from '../protocol/relay.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import { formatFor, type Streams } from './streams.ts';

/** Prints the hand-off prompt: the Markdown itself for a person, in an envelope otherwise. */
export async function relayCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  assertAlone(args);
  const draft = args.draft === undefined ? undefined : readDraft(resolve(streams.cwd, args.draft));
  const engine = await openEngine(openOptions(args, streams), signal);
  const out = args.out === undefined ? undefined : outOf(resolve(streams.cwd, args.out), engine.root);
  const relay = await openRelay(engine, args.base, signal);
  if (args.ask) {
    print({ prompt: askForDraft(relay) }, askForDraft(relay), args, streams);
    return 0;
  }
  const kept = keptCuration(relay);
  const asked: Curation = { ...kept, budget: args.tokens ?? kept.budget, draft: draft ?? kept.draft };
  const view = viewRelay(relay, await cleanCuration(asked));
  if (out !== undefined) writeInside(engine.root, { file: out, content: view.markdown, fresh: false });
  takeRelay(relay, view.markdown);
  warnOf(view, args, streams);
  print(
    { relay: resultOf(view, out) },
    out === undefined ? view.markdown : `${oneLine(`wrote ${out}: ${costOf(view)}`)}\n`,
    args,
    streams,
  );
  return 0;
}

/** What was asked for is not passed over in silence. */
function assertAlone({ ask, out, draft, tokens }: Arguments): void {
  const more = Object.entries({ out, draft, tokens }).find(([, value]) => value !== undefined)?.[0];
  if (ask && more !== undefined)
    throw new ExpectedError('usage', `\`downforce relay --ask\` takes no --${more}.`, 'It only prints a prompt.');
}

function readDraft(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() !== true)
    throw new ExpectedError(
      'usage/draft',
      `There is no file ${file}.`,
      'Give the file with the session’s answer to --draft.',
    );
  if (stat.size > MAX_DRAFT * 4)
    throw new ExpectedError('usage/draft', `${file} is too large for a draft.`, 'A draft is a page or two.');
  return readFileSync(file, 'utf8');
}

/** Relative to the root. Nothing is written over but an earlier hand-off. */
function outOf(path: string, root: string): string {
  const file = relative(root, path).split(sep).join('/');
  if (file === '' || file.startsWith('../') || resolve(root, file) !== path)
    throw new ExpectedError('write/outside', `${path} is outside the repository.`, 'Name a file inside it for --out.');
  const target = insideOf(root, file);
  if (existsSync(target) && !(statSync(target).isFile() && isHandoff(readFileSync(target, 'utf8'))))
    throw new ExpectedError(
      'write/taken',
      `${file} is there already, and is no hand-off.`,
      'Name another file for --out.',
    );
  return file;
}

function resultOf(view: RelayView, out: string | undefined): unknown {
  const { tokens, over, sections, redactions, markdown, curation, handoff, lastAt } = view;
  return {
    tree: handoff.tree,
    tokens,
    budget: curation.budget,
    over,
    sections: sections.map(({ id, on, items, dropped, edited, tokens: cost }) => ({
      ...{
        id,
        on,
        items: items.length,
        left_out: items.filter(({ kept }) => !kept).length,
        dropped,
        edited,
        tokens: cost,
      },
      contradicted: items.filter(({ contradicted }) => contradicted !== undefined).length,
    })),
    redactions,
    last: lastAt ?? null,
    ...(out === undefined ? {} : { written: out }),
    markdown,
  };
}

/** What whoever hands it on has to know, and whoever gets it must not be told twice. */
function warnOf(view: RelayView, { quiet }: Arguments, streams: Streams): void {
  if (quiet) return;
  const said = view.redactions.map(({ kind, section, count }) => `${count} ${kind} in ${section}`);
  if (said.length > 0) streams.stderr.write(`downforce: redacted ${said.join(', ')}\n`);
  if (view.over > 0)
    streams.stderr.write(`downforce: ${plural(view.over, 'token')} over the budget; nothing more may be left out\n`);
}

function costOf({ tokens, curation, over }: RelayView): string {
  return `about ${plural(tokens, 'token')} of ${curation.budget}${over > 0 ? ', over the budget' : ''}`;
}

function print(result: unknown, text: string, args: Arguments, streams: Streams): void {
  if (formatFor(args.format, streams) === 'text') {
    streams.stdout.write(text);
    return;
  }
  const envelope = { schema: ENVELOPE_SCHEMA, ok: true, command: 'downforce relay', result, next_actions: [] };
  streams.stdout.write(`${JSON.stringify(envelope, null, 2)}\n`);
}
