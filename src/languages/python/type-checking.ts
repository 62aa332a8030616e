import { isWord, nameEnd, skipBlank } from './lex.ts';

type Branch =
  | 'types' // seen by type checkers only
  | 'negated' // runs; the branches after it are for type checkers
  | 'types-to-end' // for type checkers, and so are the branches after it
  | 'runs';

interface Chain {
  readonly column: number;
  branch: Branch;
}

const OPEN = 40;
const CLOSE = 41;
const COLON = 58;
const DOT = 46;

/** Knows, from the statements at line starts, whether the current one is under `if TYPE_CHECKING:`. */
export class TypeChecking {
  private readonly text: string;
  /** `if` chains that ask for TYPE_CHECKING and are still open, outermost first. */
  private readonly chains: Chain[] = [];
  /** The module sets the name itself, so its branches do run. */
  private assigned = false;

  constructor(text: string) {
    this.text = text;
  }

  get active(): boolean {
    return !this.assigned && this.chains.some(({ branch }) => branch === 'types' || branch === 'types-to-end');
  }

  /** Call for the first statement of each line, in order. */
  line(at: number, column: number): void {
    const alternative = isWord(this.text, at, 'else') || isWord(this.text, at, 'elif');
    this.leave(column, alternative);
    const current = this.chains.at(-1);
    const chain = current?.column === column ? current : undefined;
    if (chain !== undefined) chain.branch = nextBranch(chain.branch);
    if (isWord(this.text, at, 'if') || isWord(this.text, at, 'elif')) this.test(at, column, chain);
    else if (isWord(this.text, at, 'TYPE_CHECKING')) this.assignment(at + 'TYPE_CHECKING'.length);
  }

  private leave(column: number, alternative: boolean): void {
    for (let top = this.chains.at(-1); top !== undefined; top = this.chains.at(-1)) {
      if (top.column < column || (top.column === column && alternative)) return;
      this.chains.pop();
    }
  }

  private test(at: number, column: number, chain: Chain | undefined): void {
    const asked = asksForTypes(this.text, nameEnd(this.text, at));
    if (asked === undefined || chain?.branch === 'types-to-end') return;
    if (chain === undefined) this.chains.push({ column, branch: asked });
    else chain.branch = asked;
  }

  /** `TYPE_CHECKING = False` is the idiom that spares importing typing; anything else makes the branch run. */
  private assignment(after: number): void {
    const equals = skipBlank(this.text, after, false);
    if (this.text[equals] !== '=' || this.text[equals + 1] === '=') return;
    if (!isWord(this.text, skipBlank(this.text, equals + 1, false), 'False')) this.assigned = true;
  }
}

function nextBranch(branch: Branch): Branch {
  return branch === 'negated' || branch === 'types-to-end' ? 'types-to-end' : 'runs';
}

/** Reads a condition: `TYPE_CHECKING`, `typing.TYPE_CHECKING`, either negated, in brackets, or with `and …`. */
function asksForTypes(text: string, from: number): Branch | undefined {
  let at = skipBlank(text, from, false);
  const negated = isWord(text, at, 'not');
  if (negated) at = skipBlank(text, at + 3, false);
  const bracketed = text.charCodeAt(at) === OPEN;
  if (bracketed) at = skipBlank(text, at + 1, true);
  let end = nameEnd(text, at);
  while (text.charCodeAt(end) === DOT) {
    at = end + 1;
    end = nameEnd(text, at);
  }
  if (!isWord(text, at, 'TYPE_CHECKING')) return undefined;
  at = skipBlank(text, end, bracketed);
  if (bracketed && text.charCodeAt(at) === CLOSE) at = skipBlank(text, at + 1, false);
  if (text.charCodeAt(at) === COLON) return negated ? 'negated' : 'types';
  return !negated && isWord(text, at, 'and') ? 'types' : undefined;
}
