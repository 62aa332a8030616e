import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { commands, Position, Range, Uri, window, workspace } from 'vscode';
import { git, put, STRONG_TEST, WEAK_TEST, WITH_SURVIVOR } from '../fixture.ts';
import { edit, serverPids, writeElsewhere } from './acts.ts';
import { codes, diagnostics, folder, state, until, untilCodes, untilStage } from './look.ts';
import { measureLarge, measureShop } from './measures.ts';

type Case = () => Promise<unknown>;

const PRICE = 'src/core/price.ts';
const TEST = 'test/price.test.ts';
const BREACH = `import { title } from '../web/page.ts';\n${WITH_SURVIVOR}\nexport const named = title;\n`;

const trusted: Readonly<Record<string, Case>> = {
  'a file changed on disk by another process brings the squiggle': async () => {
    const { dir } = folder();
    await until(
      'the first state',
      () => state(),
      (told) => told !== undefined,
    );
    writeElsewhere(dir, TEST, WEAK_TEST);
    writeElsewhere(dir, PRICE, BREACH);
    await untilCodes(PRICE, ['boundary/denied']);
    const [finding] = diagnostics(PRICE);
    assert.equal(finding?.range.start.line, 0);
    assert.match(finding?.message ?? '', /the core knows no web/);
    await until(
      'one that blocks',
      () => state(),
      (told) => told?.blocking === 1,
    );
  },
  'and its repair takes it away; a green loop brings the survivor': async () => {
    writeElsewhere(folder().dir, PRICE, WITH_SURVIVOR);
    await untilSurvivors();
    const [finding] = diagnostics(PRICE);
    assert.equal(finding?.range.start.line, 1);
    assert.match(finding?.message ?? '', /survived/);
    assert.ok((finding?.relatedInformation?.length ?? 0) > 0, 'no related tests');
  },
  'the survivor moves with an edit above it, and vanishes with its line': async () => {
    const document = await workspace.openTextDocument(Uri.file(join(folder().dir, PRICE)));
    await window.showTextDocument(document);
    await edit(document.uri, new Range(0, 0, 0, 0), '// a word\n\n');
    await until(
      'the squiggle on line 4',
      () => diagnostics(PRICE).map(({ range }) => range.start.line),
      (lines) => lines.length > 0 && lines.every((line) => line === 3),
    );
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('total > 100'));
    await edit(document.uri, new Range(line, 0, line + 1, 0), '  if (total > 1000) return total;\n');
    await until(
      'no survivor',
      () => codes(PRICE).filter((code) => code === 'mutant/survived'),
      (found) => found.length === 0,
    );
    await commands.executeCommand('workbench.action.files.revert');
    await commands.executeCommand('workbench.action.closeAllEditors');
  },
  'the light bulb offers what to do about it': async () => {
    await untilSurvivors();
    const uri = Uri.file(join(folder().dir, PRICE));
    await workspace.openTextDocument(uri);
    const [finding] = diagnostics(PRICE);
    const actions = await commands.executeCommand<{ title: string }[]>(
      'vscode.executeCodeActionProvider',
      uri,
      finding?.range,
    );
    const titles = actions.map(({ title }) => title);
    for (const wanted of ['Show the mutant', 'Run this mutant again', 'Waive with a reason …', 'Explain the rule'])
      assert.ok(titles.includes(wanted), `${wanted} is not among ${titles.join(', ')}`);
  },
  'hovering shows the mutant as a diff': async () => {
    const uri = Uri.file(join(folder().dir, PRICE));
    const at = diagnostics(PRICE)[0]?.range.start ?? new Position(0, 0);
    const hovers = await commands.executeCommand<{ contents: { value: string }[] }[]>(
      'vscode.executeHoverProvider',
      uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n');
    assert.match(text, /```diff/);
    assert.match(text, /survived/);
  },
  'a stronger test takes the survivor away': async () => {
    writeElsewhere(folder().dir, TEST, STRONG_TEST);
    await untilCodes(PRICE, []);
    await untilStage('mutate', 'passed');
  },
  'typing a breach brings the squiggle before anything is saved': async () => {
    const document = await workspace.openTextDocument(Uri.file(join(folder().dir, PRICE)));
    await window.showTextDocument(document);
    await edit(document.uri, new Range(0, 0, 0, 0), "import '../web/page.ts';\n");
    await until(
      'the squiggle',
      () => codes(PRICE),
      (found) => found.includes('boundary/denied'),
      10_000,
    );
    assert.ok(document.isDirty);
    await commands.executeCommand('workbench.action.files.revert');
    await until(
      'no squiggle',
      () => codes(PRICE),
      (found) => found.length === 0,
    );
    await commands.executeCommand('workbench.action.closeAllEditors');
  },
  'a run can be cancelled': async () => {
    writeElsewhere(
      folder().dir,
      TEST,
      `${STRONG_TEST}\nit('waits', async () => {\n  await new Promise((resolve) => setTimeout(resolve, 30_000));\n}, 60_000);\n`,
    );
    await untilStage('loop', 'running');
    await commands.executeCommand('downforce.cancel');
    const told = await until(
      'the end of it',
      () => state(),
      (now) => now?.stages.loop.status !== 'running',
    );
    assert.notEqual(told?.stages.loop.status, 'passed');
    writeElsewhere(folder().dir, TEST, STRONG_TEST);
    await untilStage('loop', 'passed');
  },
  'a renamed file is followed': async () => {
    const { dir } = folder();
    git(dir, 'mv', 'src/web/page.ts', 'src/web/front.ts');
    writeElsewhere(dir, PRICE, `import '../web/front.ts';\n${WITH_SURVIVOR}`);
    await untilCodes(PRICE, ['boundary/denied']);
    git(dir, 'mv', 'src/web/front.ts', 'src/web/page.ts');
    writeElsewhere(dir, PRICE, WITH_SURVIVOR);
    await untilCodes(PRICE, []);
  },
  'a branch switch brings what that branch deserves': async () => {
    const { dir } = folder();
    await untilStage('loop', 'passed');
    git(dir, 'switch', '-qc', 'breach');
    put(dir, PRICE, BREACH);
    git(dir, 'commit', '-qam', 'a breach');
    await untilCodes(PRICE, ['boundary/denied']);
    git(dir, 'switch', '-q', 'main');
    await untilCodes(PRICE, []);
  },
  'a thousand files changed at once do not bury it': async () => {
    const { dir } = folder();
    for (let index = 0; index < 1000; index++)
      put(dir, `src/many/file${index}.ts`, `export const value${index} = ${index};\n`);
    await until(
      'a thousand files',
      () => state(),
      (told) => (told?.changedFiles ?? 0) >= 1000,
    );
    rmSync(join(dir, 'src/many'), { recursive: true });
    await until(
      'none of them',
      () => state(),
      (told) => (told?.changedFiles ?? 1000) < 10,
    );
  },
  'a broken configuration is a problem that names itself, and passes when mended': async () => {
    const { dir } = folder();
    put(dir, 'downforce.jsonc', '{ "boundarys": [] }');
    const told = await until(
      'the problem',
      () => state(),
      (now) => now?.problem !== undefined,
    );
    assert.match(told?.problem?.message ?? '', /boundarys/);
    await commands.executeCommand('downforce.openConfig');
    assert.equal(window.activeTextEditor?.document.uri.fsPath, join(dir, 'downforce.jsonc'));
    await commands.executeCommand('workbench.action.closeAllEditors');
    git(dir, 'checkout', '-q', 'downforce.jsonc');
    await until(
      'no problem',
      () => state(),
      (now) => now?.problem === undefined,
    );
  },
  'the server comes back after it was killed': async () => {
    const before = serverPids();
    assert.ok(before.length > 0, 'no server process');
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await until(
      'another server',
      () => serverPids(),
      (now) => now.length > 0 && now.every((pid) => !before.includes(pid)),
    );
    await until(
      'a state',
      () => state(),
      (told) => told !== undefined,
    );
  },
  'every command is there': async () => {
    const known = await commands.getCommands(true);
    for (const name of ['runLoop', 'runMutate', 'runGate', 'cancel', 'showMutant', 'waive', 'openConfig'])
      assert.ok(known.includes(`downforce.${name}`), name);
  },
};

/** Survivors and nothing else: nobody asks what happens at exactly 100. */
function untilSurvivors(): Promise<readonly string[]> {
  const holds = (found: readonly string[]): boolean =>
    found.length > 0 && found.every((code) => code === 'mutant/survived');
  return until('survivors', () => codes(PRICE), holds);
}

const untrusted: Readonly<Record<string, Case>> = {
  'in an untrusted folder the guards speak and nothing is run': async () => {
    const { dir } = folder();
    assert.equal(workspace.isTrusted, false);
    writeElsewhere(dir, TEST, WEAK_TEST);
    writeElsewhere(dir, PRICE, BREACH);
    await untilCodes(PRICE, ['boundary/denied']);
    // The squiggle may be of one run, and the next have begun already.
    const told = await untilStage('loop', 'failed');
    const ids = told?.stages.loop.checks.map(({ id }) => id) ?? [];
    assert.ok(ids.length > 0 && ids.every((id) => !id.includes(':')), ids.join());
    assert.equal(told?.stages.mutate.status, 'never');
  },
};

const multiRoot: Readonly<Record<string, Case>> = {
  'each folder has its own verdict': async () => {
    await until(
      'two states',
      async () => [await state(0), await state(1)],
      ([a, b]) => a !== undefined && b !== undefined,
    );
    writeElsewhere(folder(0).dir, TEST, WEAK_TEST);
    writeElsewhere(folder(0).dir, PRICE, BREACH);
    await untilCodes(PRICE, ['boundary/denied'], 0);
    assert.deepEqual(codes(PRICE, 1), []);
    assert.equal((await state(1))?.blocking, 0);
  },
};

const noGit: Readonly<Record<string, Case>> = {
  'without a repository it says so, and makes no noise': async () => {
    const told = await until(
      'the problem',
      () => state(),
      (now) => now?.problem !== undefined,
    );
    assert.match(told?.problem?.message ?? '', /git|repository/i);
    assert.equal(told?.blocking, 0);
  },
};

export const SCENARIOS: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  measureShop,
  measureLarge,
  trusted,
  untrusted,
  multiRoot,
  noGit,
};
