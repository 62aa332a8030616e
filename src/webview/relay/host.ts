import type { FromRelayPanel, SectionId, ToRelayPanel } from '../../protocol/relay.ts';
import { TABS, type Tab, type Unsent } from './model.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What a reload brings back; the choice itself is kept by the server. */
export interface Kept {
  /** Which folder this is of: the extension finds its way back by it. */
  readonly uri: string;
  readonly tab: Tab;
  readonly open: readonly SectionId[];
  readonly editing: readonly SectionId[];
  readonly dropOrderOpen: boolean;
  readonly unsent: Unsent | undefined;
  /** By the name of what scrolls, in pixels. */
  readonly scroll: Readonly<Record<string, number>>;
  /** Name of what had the focus. */
  readonly focus: string | undefined;
}

export interface Host {
  post(message: FromRelayPanel): void;
  keep(kept: Kept): void;
  readonly kept: Partial<Kept>;
}

export function openHost(onMessage: (message: ToRelayPanel) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<ToRelayPanel>) => onMessage(event.data));
  return {
    post: (message) => api.postMessage(message),
    keep: (kept) => api.setState(kept),
    kept: readKept(api.getState()),
  };
}

/** Our own of an earlier version, perhaps: what does not fit is left behind. */
function readKept(state: unknown): Partial<Kept> {
  if (typeof state !== 'object' || state === null) return {};
  const { tab, open, editing, dropOrderOpen, unsent, scroll, focus } = state as Partial<Kept>;
  return {
    ...(tab !== undefined && TABS.includes(tab) ? { tab } : {}),
    ...(Array.isArray(open) ? { open } : {}),
    ...(Array.isArray(editing) ? { editing } : {}),
    ...(typeof dropOrderOpen === 'boolean' ? { dropOrderOpen } : {}),
    ...(typeof unsent === 'object' ? { unsent } : {}),
    ...(typeof scroll === 'object' && scroll !== null ? { scroll } : {}),
    ...(typeof focus === 'string' ? { focus } : {}),
  };
}
