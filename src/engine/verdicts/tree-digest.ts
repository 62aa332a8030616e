import type { Change } from '../change/change.ts';
import type { Engine } from '../survey.ts';

/** What a verdict is of: every file that git tracks or would track, and all else that decides it. */
export type TreeDigest =
  | { readonly kind: 'digest'; readonly value: string }
  /** Something that decides the verdict cannot be named, so no verdict may be kept. */
  | { readonly kind: 'unknown'; readonly reason: string };

type Judged = Pick<Engine, 'tree' | 'change' | 'config' | 'waivers' | 'version' | 'digest' | 'hasSubmodules'>;

/** Made of contents and modes, never of times: the same whether staged or not, and after a commit of just this tree. */
export function treeDigest(engine: Judged): TreeDigest {
  const { tree, change, config, waivers, digest } = engine;
  const reason = unnamed(engine);
  if (reason !== undefined) return { kind: 'unknown', reason };
  const lines: string[] = [];
  for (const path of tree.paths) {
    const content = tree.digest(path);
    if (content === undefined)
      return { kind: 'unknown', reason: `${path} cannot be read, or leads out of the repository` };
    lines.push(`${content} ${path}`);
  }
  const [version] = engine.version.split(' ');
  const said = waivers.map(({ waiver }) => waiver);
  const parts = [
    version,
    change.base ?? '',
    digest(JSON.stringify(config, finite)),
    digest(JSON.stringify(said)),
    lines,
  ];
  return { kind: 'digest', value: digest(JSON.stringify(parts)) };
}

function unnamed({ change, hasSubmodules }: Judged): string | undefined {
  if (hasSubmodules) return 'there are submodules, of whose content this repository says nothing';
  return change.base === undefined ? baseless(change) : undefined;
}

/** Without a base everything is new, and that is all there is to say; but what could not be compared is not known. */
function baseless({ reasons }: Change): string | undefined {
  return reasons.find(({ code }) => code === 'no-merge-base' || code === 'diff-failed')?.text;
}

/** JSON has no word for a budget without end. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
