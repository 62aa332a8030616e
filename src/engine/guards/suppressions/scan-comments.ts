/** A comment as it stands, delimiters included. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Style = 'hash' | 'slash' | 'block' | 'markup';

const STYLES: readonly (readonly [RegExp, readonly Style[]])[] = [
  [/\.(html?|xml|svg|xhtml|hbs|ejs|liquid)$/i, ['markup']],
  [/\.(vue|svelte|astro)$/i, ['markup', 'slash', 'block']],
  [/\.(css)$/i, ['block']],
  [/\.(php)$/i, ['hash', 'slash', 'block']],
  [
    /\.([cm]?[jt]sx?|jsonc|json5|go|rs|java|kts?|scala|groovy|gradle|swift|[ch]|cc|cpp|cxx|hh|hpp|mm?|cs|fs|dart|scss|sass|less|proto|zig|sol)$/i,
    ['slash', 'block'],
  ],
  [
    /\.(pyi?|rb|rake|ya?ml|toml|sh|bash|zsh|fish|pl|pm|r|jl|ex|exs|nix|tf|hcl|cfg|ini|conf|mk|cmake|ps1|graphql|properties)$|(^|\/)(Dockerfile[^/]*|Containerfile|Makefile|GNUmakefile|justfile|Rakefile|Gemfile|\.[\w.-]*(rc|ignore))$/i,
    ['hash'],
  ],
];

const COMMENTS: Readonly<Record<Style, string>> = {
  hash: String.raw`(?<=^|\s)#[^\n]*`,
  slash: String.raw`(?<![:\w])\/\/[^\n]*`,
  block: String.raw`\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))`,
  markup: String.raw`<!--[\s\S]*?(?:-->|$(?![\s\S]))`,
};

const STRINGS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/.source;

/**
 * Comments of a file that no language of ours reads, or that does not parse: strings are stepped over, and that is
 * all that is known of the syntax. Undefined where not even the kind of comment is known.
 */
export function scanComments(path: string, text: string): readonly Comment[] | undefined {
  const styles = STYLES.find(([pattern]) => pattern.test(path))?.[1];
  if (styles === undefined) return undefined;
  const comments = styles.map((style) => COMMENTS[style]).join('|');
  // Apostrophes are prose in markup, and quotes need not pair in shell scripts and YAML.
  const strings = styles.includes('markup') ? '' : `|(?:${STRINGS})`;
  const token = new RegExp(`(?<comment>${comments})${strings}`, 'gm');
  return [...text.matchAll(token)].flatMap((match) => {
    const found = match.groups?.['comment'];
    return found === undefined ? [] : [{ start: match.index, end: match.index + found.length, text: found.trimEnd() }];
  });
}
