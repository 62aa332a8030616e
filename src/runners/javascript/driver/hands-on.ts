const STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
/** `name = …`, `name.part += …`, `name[0]++`. */
const ASSIGNED =
  /(?<![\w$.])([A-Za-z_$][\w$]*)(?:\??\.[\w$#]+|\[[^\]]*\])*\s*(?:(?:[-+*/%&|^]|\*\*|&&|\|\||\?\?|<<|>>>?)?=(?![=>])|\+\+|--)/g;
/** `({ name } = …)`, `[name] = …`. */
const TAKEN_APART = /(?<![\w$)\]]\s*)[[{][^[\]{}=]*[\]}]\s*=(?![=>])/;
const FILLED = /(?<![\w$.])([A-Za-z_$][\w$]*)(?:\.[\w$#]+)*\.(?:push|unshift|set|add|assign)\(/g;

/**
 * Whether the text of a test looks as if it left something in a variable of others: `user = create()`, `this.user = …`,
 * `made.push(…)`. Too often rather than too seldom.
 */
export function handsOn(text: string): boolean {
  const code = text.replace(STRING, "''");
  const names = [...code.matchAll(ASSIGNED), ...code.matchAll(FILLED)].map((match) => match[1] ?? '');
  return TAKEN_APART.test(code) || names.some((name) => !isDeclared(code, name));
}

const PARAMETERS = /\bfunction\b[^()]*\(([^()]*)\)|\(([^()]*)\)\s*=>|(?<![\w$])([\w$]+)\s*=>/g;

function isDeclared(code: string, name: string): boolean {
  const given = [...code.matchAll(PARAMETERS)].flatMap(([, ...lists]) => lists.join(' ').match(/[\w$]+/g) ?? []);
  const own = new RegExp(`\\b(?:const|let|var|function|class)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`);
  return given.includes(name) || own.test(code);
}
