/** Everything that package.json and the client name together; a test keeps the two in step. */
export const COMMANDS = {
  runLoop: 'downforce.runLoop',
  runMutate: 'downforce.runMutate',
  runGate: 'downforce.runGate',
  cancel: 'downforce.cancel',
  pause: 'downforce.pause',
  resume: 'downforce.resume',
  showOutput: 'downforce.showOutput',
  showStatus: 'downforce.showStatus',
  openConfig: 'downforce.openConfig',
  restartServer: 'downforce.restartServer',
  showMutant: 'downforce.showMutant',
  runMutant: 'downforce.runMutant',
  runCheck: 'downforce.runCheck',
  copyPrompt: 'downforce.copyPrompt',
  askForTest: 'downforce.askForTest',
  goToTests: 'downforce.goToTests',
  goToRule: 'downforce.goToRule',
  explainFinding: 'downforce.explainFinding',
  waive: 'downforce.waive',
  openWalkthrough: 'downforce.openWalkthrough',
  generateHandoff: 'downforce.generateHandoff',
  decide: 'downforce.decide',
  pickPlan: 'downforce.pickPlan',
  refreshStreams: 'downforce.refreshStreams',
  startStream: 'downforce.startStream',
  openStream: 'downforce.openStream',
  copyStreamPrompt: 'downforce.copyStreamPrompt',
  removeStream: 'downforce.removeStream',
  showCollision: 'downforce.showCollision',
} as const;

export const VIEWS = { gate: 'downforce.gate', findings: 'downforce.findings', streams: 'downforce.streams' } as const;
export const CONTAINER = 'downforce';
/** Kind of the hand-off's panel, by which the editor brings it back. */
export const RELAY_PANEL = 'downforce.relay';
export const MUTANT_SCHEME = 'downforce-mutant';

/** Keys of `when` clauses. */
export const CONTEXT = {
  running: 'downforce.running',
  paused: 'downforce.paused',
  /** `none`, `no-folder`, `virtual`, `no-git`, `untrusted`, `no-tests`, `config`. */
  empty: 'downforce.empty',
} as const;
