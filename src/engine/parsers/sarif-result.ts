import { decodeUri, isAbsolute } from './paths.ts';
import type { Place, Problem } from './recorder.ts';
import { severityOf } from './severity.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './shape.ts';

const PASSING = new Set(['pass', 'notApplicable']);
const OLD = new Set(['unchanged', 'absent']);
const SECURITY_TOOLS = /gitleaks|semgrep|codeql|bandit|trivy|gosec|snyk|checkov|trufflehog|grype|brakeman/i;

/** `undefined` for what is no finding: passed, suppressed, or there before. */
export function resultOf(run: Fields, result: Fields, root: string): Problem | undefined {
  if (PASSING.has(textOf(result['kind']) ?? 'fail') || OLD.has(textOf(result['baselineState']) ?? 'new'))
    return undefined;
  if (isSuppressed(result)) return undefined;
  const rule = ruleOf(run, result);
  const id = textOf(result['ruleId']) ?? textOf(fieldsOf(result['rule'])['id']) ?? textOf(rule['id']) ?? 'unnamed';
  const level = textOf(result['level']) ?? textOf(fieldsOf(rule['defaultConfiguration'])['level']);
  return {
    code: `${isSecurity(run, rule) ? 'security' : 'lint'}/${id}`,
    severity: severityOf(level, 'warning'),
    message: messageOf(result, rule) ?? id,
    ...placeOf(run, result, root),
    data: { rule: id, tool: textOf(driverOf(run)['name']) },
  };
}

function driverOf(run: Fields): Fields {
  return fieldsOf(fieldsOf(run['tool'])['driver']);
}

function isSuppressed(result: Fields): boolean {
  return listOf(result['suppressions']).some((suppression) => {
    const status = textOf(fieldsOf(suppression)['status']) ?? 'accepted';
    return status === 'accepted';
  });
}

function ruleOf(run: Fields, result: Fields): Fields {
  const index = numberOf(result['ruleIndex']) ?? numberOf(fieldsOf(result['rule'])['index']);
  const rules = listOf(driverOf(run)['rules']);
  if (index !== undefined && index >= 0) return fieldsOf(rules[index]);
  return indexRules(rules).get(textOf(result['ruleId']) ?? '') ?? {};
}

const indexes = new WeakMap<readonly unknown[], ReadonlyMap<string, Fields>>();

function indexRules(rules: readonly unknown[]): ReadonlyMap<string, Fields> {
  const known = indexes.get(rules);
  if (known) return known;
  const index = new Map(rules.map(fieldsOf).map((rule) => [textOf(rule['id']) ?? '', rule] as const));
  indexes.set(rules, index);
  return index;
}

function isSecurity(run: Fields, rule: Fields): boolean {
  const properties = fieldsOf(rule['properties']);
  if (properties['security-severity'] !== undefined || listOf(properties['tags']).includes('security')) return true;
  return SECURITY_TOOLS.test(textOf(driverOf(run)['name']) ?? '');
}

function messageOf(result: Fields, rule: Fields): string | undefined {
  const message = fieldsOf(result['message']);
  const stored = fieldsOf(fieldsOf(rule['messageStrings'])[textOf(message['id']) ?? ''])['text'];
  const text = textOf(message['text']) ?? textOf(stored) ?? textOf(message['markdown']);
  const values = listOf(message['arguments']);
  return text?.replace(/\{(\d+)\}/g, (whole, index) => textOf(values[Number(index)]) ?? whole);
}

function placeOf(run: Fields, result: Fields, root: string): Place {
  const physical = fieldsOf(fieldsOf(listOf(result['locations'])[0])['physicalLocation']);
  const region = fieldsOf(physical['region']);
  const line = numberOf(region['startLine']);
  return {
    file: fileOf(run, fieldsOf(physical['artifactLocation']), root),
    line,
    column: numberOf(region['startColumn']),
    endLine: numberOf(region['endLine']) ?? line,
    endColumn: numberOf(region['endColumn']),
  };
}

function fileOf(run: Fields, location: Fields, root: string): string | undefined {
  const artifact = listOf(run['artifacts'])[numberOf(location['index']) ?? -1];
  const uri = textOf(location['uri']) ?? textOf(fieldsOf(fieldsOf(artifact)['location'])['uri']);
  if (uri === undefined) return undefined;
  if (/^[a-z][a-z\d+.-]+:/i.test(uri)) return uri;
  const path = decodeUri(uri);
  const base = textOf(location['uriBaseId']);
  return base === undefined || isAbsolute(path) ? path : `${baseOf(run, base, root, 0)}/${path}`;
}

/** Base ids may rest on other base ids; one that nobody defines is the root. */
function baseOf(run: Fields, id: string, root: string, depth: number): string {
  const base = fieldsOf(fieldsOf(run['originalUriBaseIds'])[id]);
  const uri = textOf(base['uri'])?.replace(/\/+$/, '');
  const parent = textOf(base['uriBaseId']);
  if (parent === undefined || depth > 8)
    return uri === undefined || uri === '' || uri === '.' ? root : absolute(uri, root);
  const above = baseOf(run, parent, root, depth + 1);
  return uri === undefined ? above : `${above}/${decodeUri(uri)}`;
}

function absolute(uri: string, root: string): string {
  return uri.startsWith('file:') || isAbsolute(uri) ? uri : `${root}/${decodeUri(uri)}`;
}
