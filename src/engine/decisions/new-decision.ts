export interface NewDecision {
  readonly text: string;
  /** Ids; empty where it governs all. */
  readonly scopes: readonly string[];
  /** `2026-11-21`. */
  readonly date: string;
}

/** A file to be written: whole, or only where there is none of that name. */
export interface DecisionFile {
  /** Relative to the root. */
  readonly file: string;
  readonly content: string;
  readonly fresh: boolean;
}

/** Title and body of what is to be written. */
export interface SaidDecision extends NewDecision {
  readonly title: string;
  readonly body: string;
}

export function governsLine(scopes: readonly string[]): string {
  return `Governs: ${scopes.length === 0 ? 'everything' : scopes.map((scope) => `\`${scope}\``).join(', ')}`;
}

/** What would begin another entry is text. */
export function withoutHeadings(body: string): string {
  return body.replace(/^(\s{0,3})(#{1,6}\s)/gm, '$1\\$2');
}
