import { type ConfigurationScope, workspace } from 'vscode';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../protocol/lsp.ts';

export interface ClientSettings {
  readonly inlineText: boolean;
  readonly statusBar: boolean;
}

export function serverSettings(): ServerSettings {
  const settings = workspace.getConfiguration('downforce');
  const read = <T>(name: string, fallback: T): T => settings.get<T>(name) ?? fallback;
  const usual = DEFAULT_SERVER_SETTINGS;
  return {
    loop: read('run.loop', usual.loop),
    mutate: read('run.mutate', usual.mutate),
    onType: read('run.onType', usual.onType),
    delayMs: read('run.delay', usual.delayMs),
    diagnostics: read('diagnostics', usual.diagnostics),
    logLevel: usual.logLevel,
  };
}

export function clientSettings(scope?: ConfigurationScope): ClientSettings {
  const settings = workspace.getConfiguration('downforce', scope);
  return { inlineText: settings.get('inlineText') ?? true, statusBar: settings.get('statusBar') ?? true };
}

/** As it stands in the settings: whoever uses it reads it like anything else from outside. */
export function relayAgents(): unknown {
  const settings = workspace.getConfiguration('downforce');
  return settings.get('relay.agents');
}
