import { askPrompt } from '../engine/relay/ask.ts';
import { normalizeCuration } from '../engine/relay/curation.ts';
import type { RelayFacts } from '../engine/relay/facts.ts';
import { gatherFacts } from '../engine/relay/gather.ts';
import { createHandoff } from '../engine/relay/handoff.ts';
import { redactAll } from '../engine/relay/redact.ts';
import { renderRelay } from '../engine/relay/render.ts';
import { loadCuration, loadLast, saveCuration, saveLast } from '../engine/relay/state.ts';
import type { Engine } from '../engine/survey.ts';
import { readHistory } from '../platform/read-history.ts';
import { redactSecrets } from '../platform/secrets.ts';
import type { Curation, RelayView } from '../protocol/relay.ts';

/** What is known of the work at one moment, from which hand-offs are rendered; it holds no secret. */
export interface Relay {
  readonly facts: RelayFacts;
  readonly engine: Pick<Engine, 'store' | 'digest' | 'config' | 'clock'>;
}

/** Far more than is shown of any text of the repository. */
const MAX_TEXT = 20_000;

/** Reads the state of the work; nothing of the repository is run. @param asked the base that the user named. */
export async function openRelay(engine: Engine, asked: string | undefined, signal: AbortSignal): Promise<Relay> {
  const history = await readHistory(engine.root, engine.change, signal);
  const facts = await gatherFacts(engine, history, asked, signal);
  return { facts: await redactAll(facts, redactSecrets, MAX_TEXT), engine };
}

/** As a person has curated it before. */
export function keptCuration({ engine }: Relay): Curation {
  return loadCuration(engine.store, engine.config.relay.tokens);
}

/** The same without secrets, and whole. */
export async function cleanCuration(curation: Curation): Promise<Curation> {
  const { draft, edits } = await redactAll({ draft: curation.draft, edits: curation.edits }, redactSecrets);
  return normalizeCuration({ ...curation, draft, edits });
}

/** Keeps what a person decided. False where it could not be written. */
export function keepCuration({ engine }: Relay, curation: Curation): boolean {
  return saveCuration(engine.store, curation);
}

/** @param curation without secrets. */
export function viewRelay({ facts, engine }: Relay, curation: Curation): RelayView {
  const handoff = createHandoff(facts, curation.draft, engine.digest);
  return renderRelay({ handoff, name: facts.name, curation, last: loadLast(engine.store) }, engine.digest);
}

/** It was copied, saved or opened: the next is compared with it. */
export function takeRelay({ engine }: Relay, markdown: string): boolean {
  return saveLast(engine.store, { markdown, at: engine.clock.date() });
}

export function askForDraft({ facts }: Relay): string {
  return askPrompt(facts);
}
