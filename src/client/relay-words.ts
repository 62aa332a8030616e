import { l10n } from 'vscode';

/** All that the panel says; it fills in `{0}` itself. A test keeps it in step with what the panel asks for. */
export function relayWords(): Readonly<Record<string, string>> {
  return { ...ofHead(), ...ofSections(), ...ofItems(), ...ofTabs() };
}

function ofHead(): Readonly<Record<string, string>> {
  return {
    title: l10n.t('Hand-off Prompt'),
    loading: l10n.t('Reading where the project stands …'),
    branchAt: l10n.t('{0} at {1}'),
    detached: l10n.t('no branch'),
    treeOf: l10n.t('tree {0}'),
    refresh: l10n.t('Read the state again'),
    actionCopy: l10n.t('Copy'),
    actionChat: l10n.t('Open in New Chat'),
    actionTerminal: l10n.t('Open Terminal with Agent'),
    actionSave: l10n.t('Save as Markdown…'),
    actionWorktree: l10n.t('Start in New Worktree…'),
    tokens: l10n.t('{0} tokens'),
    tokensOf: l10n.t('{0} of {1} tokens'),
    budget: l10n.t('Budget'),
    budgetMeter: l10n.t('Tokens of the budget'),
    budgetWrong: l10n.t('A budget is a number of tokens between 200 and 1,000,000.'),
    budgetOver: l10n.t(
      '{0} tokens over the budget, although all that may be left out is. Shorten a text, switch a section off, or raise the budget.',
    ),
    budgetDropped: l10n.t('Left out to fit the budget: {0}.'),
    budgetDroppedPart: l10n.t('{0} of “{1}”'),
    budgetNext: l10n.t('“{0}” would lose next.'),
    redacted: l10n.t('Secrets taken out: {0}.'),
    redactedPart: l10n.t('{0} × {1} in “{2}”'),
  };
}

function ofSections(): Readonly<Record<string, string>> {
  return {
    sections: l10n.t('Sections'),
    dragToMove: l10n.t('Drag to move (Alt+Up, Alt+Down)'),
    moveUp: l10n.t('Move “{0}” up'),
    moveDown: l10n.t('Move “{0}” down'),
    moved: l10n.t('“{0}” is now {1} of {2}.'),
    switchSection: l10n.t('Include “{0}”'),
    off: l10n.t('left out'),
    edited: l10n.t('your text'),
    itemsLeftOut: l10n.t('{0} left out'),
    droppedCount: l10n.t('{0} dropped'),
    empty: l10n.t('There is nothing to say here.'),
    edit: l10n.t('Edit Text'),
    editField: l10n.t('Text of “{0}”'),
    editedItems: l10n.t('Your text stands in the place of what is generated. No refresh changes it.'),
    editDone: l10n.t('Close'),
    resetToGenerated: l10n.t('Reset to Generated'),
    newer: l10n.t('What would be generated here has changed since you wrote this.'),
    showChanged: l10n.t('Show what changed'),
    hideChanged: l10n.t('Hide what changed'),
    takeNew: l10n.t('Take the new one'),
    keepOwn: l10n.t('Keep mine'),
    dropOrder: l10n.t('What to drop first'),
    dropHint: l10n.t(
      'Where the budget is exceeded, items are left out from the top of this list, the least important first.',
    ),
    dropMoved: l10n.t('“{0}” is dropped as number {1} of {2}.'),
  };
}

function ofItems(): Readonly<Record<string, string>> {
  return {
    itemKeep: l10n.t('Keep:'),
    originHarness: l10n.t('measured'),
    originGit: l10n.t('from git'),
    originRepository: l10n.t('from a file of the repository'),
    originAgent: l10n.t('claimed by the session'),
    stale: l10n.t('out of date: the tree has changed since'),
    dropped: l10n.t('dropped for the budget'),
    contradicted: l10n.t('contradicted: {0}'),
  };
}

function ofTabs(): Readonly<Record<string, string>> {
  return {
    tabs: l10n.t('What comes of it'),
    tabPreview: l10n.t('Preview'),
    tabChanges: l10n.t('Changes since Last'),
    tabDraft: l10n.t('Session’s Draft'),
    changesNone: l10n.t('No hand-off was taken yet. From the second on, this shows what is new.'),
    changesSame: l10n.t('Nothing has changed.'),
    changesSince: l10n.t('Since the hand-off of {0}:'),
    diffAdded: l10n.t('added:'),
    diffRemoved: l10n.t('removed:'),
    askExplained: l10n.t(
      'The session that ends knows what no tool measures: what it was about to do, what it tried and gave up. Ask it, and paste its answer here. It goes under “What was done”, and what the facts contradict is marked.',
    ),
    askSession: l10n.t('Copy the Question for the Present Session'),
    draftField: l10n.t('The session’s own words'),
    draftHint: l10n.t('Paste the answer here.'),
    claimsContradicted: l10n.t('Claims that the facts do not bear out: {0}.'),
  };
}
