import type { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity as Severity } from 'vscode-languageserver';
import type { Finding, Range } from '../protocol/finding.ts';
import type { DiagnosticData, TestPlace } from '../protocol/lsp.ts';

/** As LSP numbers them. */
const SEVERITY: Readonly<Record<Finding['severity'], Severity>> = { error: 1, warning: 2, info: 3 };

export interface DiagnosticContext {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** URI of a path relative to the root. */
  uriOf(path: string): string;
  /** Where docs/findings.md explains codes. */
  readonly docs: string;
}

export function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { code, because, message, data } = finding;
  const mutant = typeof data?.['id'] === 'string' ? data['id'] : undefined;
  const carried: DiagnosticData = {
    code,
    fingerprint: finding.fingerprint,
    folder: context.folder,
    ...(mutant === undefined ? {} : { mutant }),
  };
  const related = relatedTests(data?.['tests'], context);
  return {
    range: toLspRange(finding.range),
    severity: SEVERITY[finding.severity],
    source: 'downforce',
    code,
    codeDescription: { href: `${context.docs}#${code.replace('/', '')}` },
    message: because === undefined ? message : `${message}\n${because}`,
    data: carried,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

export function toLspRange(range: Range | undefined): Diagnostic['range'] {
  if (range === undefined) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const { start, end } = range;
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

const MAX_RELATED = 5;

function relatedTests(tests: unknown, { uriOf }: DiagnosticContext): DiagnosticRelatedInformation[] {
  if (!Array.isArray(tests)) return [];
  const places = tests.filter((test: Partial<TestPlace> | null): test is TestPlace => typeof test?.file === 'string');
  return places
    .filter(({ file }) => file !== '')
    .slice(0, MAX_RELATED)
    .map(({ file, name }) => ({
      location: { uri: uriOf(file), range: toLspRange(undefined) },
      message: `${name} ran this and still passed`,
    }));
}
