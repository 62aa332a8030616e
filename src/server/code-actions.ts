import type { CodeAction, CodeActionParams, Diagnostic } from 'vscode-languageserver';
import type { DiagnosticData } from '../protocol/lsp.ts';

/** What the light bulb offers. The commands are the editor's: see src/client. */
export function codeActions({ context }: CodeActionParams): CodeAction[] {
  return context.diagnostics.flatMap((diagnostic) => {
    const data = dataOf(diagnostic);
    return data === undefined ? [] : actionsFor(diagnostic, data);
  });
}

function dataOf({ source, data }: Diagnostic): DiagnosticData | undefined {
  const known = data as Partial<DiagnosticData> | undefined;
  return source === 'downforce' && typeof known?.fingerprint === 'string' ? (known as DiagnosticData) : undefined;
}

function actionsFor(diagnostic: Diagnostic, data: DiagnosticData): CodeAction[] {
  const action = (title: string, command: string, preferred = false): CodeAction => ({
    title,
    kind: 'quickfix',
    diagnostics: [diagnostic],
    ...(preferred ? { isPreferred: true } : {}),
    command: { title, command: `downforce.${command}`, arguments: [data] },
  });
  const mutant = [
    action('Show the mutant', 'showMutant', true),
    action('Run this mutant again', 'runMutant'),
    action('Copy a prompt that asks for a test', 'copyPrompt'),
    action('Ask the chat for a test', 'askForTest'),
    action('Go to the tests that ran it', 'goToTests'),
  ];
  const boundary = [action('Go to the rule in downforce.jsonc', 'goToRule')];
  return [
    ...(data.mutant === undefined ? [] : mutant),
    ...(data.code.startsWith('boundary/') ? boundary : []),
    action('Explain the rule', 'explainFinding'),
    action('Waive with a reason …', 'waive'),
  ];
}
