import type { Envelope } from '../../protocol/envelope.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { MutantReport } from '../../protocol/mutation.ts';
import type { Store } from '../ports.ts';

/** What the last runs of each command reported. */
export interface LastReports {
  readonly findings: readonly Finding[];
  readonly mutants: readonly MutantReport[];
}

const FOLDER = 'reports';
/** In the public schema, not in ours. */
const DOCUMENT = 'mutation.json';

/** What cannot be read any more is left out. */
export async function readLastReports(store: Store): Promise<LastReports> {
  const names = store.list(FOLDER).filter((name) => name.endsWith('.json') && name !== DOCUMENT);
  const { envelopeSchema } = await import('../../protocol/envelope.ts');
  const checks = names.flatMap((name) => {
    const envelope: Envelope | undefined = envelopeSchema.safeParse(parse(store.read(`${FOLDER}/${name}`))).data;
    return envelope?.result?.checks ?? [];
  });
  return {
    findings: checks.flatMap((check) => [...(check.findings ?? []), ...(check.waived_findings ?? [])]),
    mutants: checks.flatMap((check) => check.mutants ?? []),
  };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // Half a file is no report.
    return undefined;
  }
}
