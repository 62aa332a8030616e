/** What only a hand-off needs, and the window's start does not: a bundle of its own, loaded when first asked for. */
export { RelayStale } from '../protocol/relay.ts';
export { recordDecision } from './relay-decide.ts';
export { RelayPanel } from './relay-panel.ts';
