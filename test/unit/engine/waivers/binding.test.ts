import { describe, expect, it } from 'vitest';
import { bindFinding, bindLines, stands } from '../../../../src/engine/waivers/binding.ts';
import { splitWaived } from '../../../../src/engine/waivers/split-waived.ts';
import { standingMutants } from '../../../../src/engine/waivers/standing-mutants.ts';
import type { Finding } from '../../../../src/protocol/finding.ts';
import { sha256 } from '../line-language.ts';
import { sampleFinding } from '../sample.ts';
import { placed, sampleWaiver } from './sample-waiver.ts';

const TEXT = 'one\n  if (a > b) {\n    two();\n  }\nlast\n';

function rangeAt(line: number, end = line, column = 9) {
  return { start: { line, column: 1 }, end: { line: end, column } };
}

function findingAt(line: number, more: Partial<Finding> = {}): Finding {
  return sampleFinding('error', { path: 'a.ts', range: rangeAt(line), code: 'boundary/denied', ...more });
}

/** Whether a waiver given over one text holds over another. */
function holds(finding: Finding, before: string | undefined, after: string | undefined): boolean {
  const bound = bindFinding(finding, () => before, sha256);
  const waiver = sampleWaiver({ path: finding.path, ...bound });
  return stands(waiver, () => after, sha256);
}

describe('a waiver stands', () => {
  it.each<[string, string]>([
    ['as it was', TEXT],
    ['when its line moves', `new\nnew\n${TEXT}`],
    ['when it is indented anew', TEXT.replace('  if (a > b) {', '\t\tif (a  > b) {')],
    ['with other line ends', TEXT.replaceAll('\n', '\r\n')],
    ['when another line changes', TEXT.replace('last', 'changed')],
  ])('%s', (_, after) => expect(holds(findingAt(2), TEXT, after)).toBe(true));

  it.each<[string, string | undefined]>([
    ['its line changes', TEXT.replace('>', '>=')],
    ['its line goes', TEXT.replace('  if (a > b) {\n', '')],
    ['its file goes', undefined],
  ])('no more when %s', (_, after) => expect(holds(findingAt(2), TEXT, after)).toBe(false));

  it('on all of its lines, in their order', () => {
    const finding = findingAt(2, { range: rangeAt(2, 4) });
    expect(holds(finding, TEXT, TEXT.replace('two', 'three'))).toBe(false);
    expect(holds(finding, TEXT, TEXT.replace('  if (a > b) {\n    two();', '    two();\n  if (a > b) {'))).toBe(false);
    expect(holds(finding, TEXT, TEXT.replace('one', 'zero'))).toBe(true);
  });

  it('does not take a range that ends at the beginning of a line for that line', () => {
    expect(bindLines(TEXT, rangeAt(2, 3, 1), sha256)).toEqual(bindLines(TEXT, rangeAt(2), sha256));
  });

  it('on a comment that silences with the line it silences', () => {
    const finding = findingAt(2, { code: 'suppression/added' });
    expect(holds(finding, TEXT, TEXT.replace('two', 'three'))).toBe(false);
    expect(holds(finding, TEXT, TEXT.replace('last', 'three'))).toBe(true);
  });

  it.each(['tests/unchanged', 'size/file'])('on the whole file for %s', (code) => {
    expect(holds(findingAt(2, { code }), TEXT, TEXT)).toBe(true);
    expect(holds(findingAt(2, { code }), TEXT, `${TEXT}more\n`)).toBe(false);
  });

  it('on its words where it speaks of no file', () => {
    const finding = findingAt(2, { path: '', message: 'the rule from "x" matches nothing' });
    const bound = bindFinding(finding, () => undefined, sha256);
    expect(bound).not.toEqual(bindFinding({ ...finding, message: 'other' }, () => undefined, sha256));
    expect(holds(finding, undefined, undefined)).toBe(true);
  });

  it('on a file that is gone as long as it is', () => {
    expect(holds(findingAt(2, { code: 'tests/unchanged' }), undefined, undefined)).toBe(true);
    expect(holds(findingAt(2, { code: 'tests/unchanged' }), undefined, TEXT)).toBe(false);
  });
});

describe('a waived finding', () => {
  const waiverOf = (finding: Finding, text = TEXT) =>
    sampleWaiver({ fingerprint: finding.fingerprint, path: finding.path, ...bindFinding(finding, () => text, sha256) });
  const split = (findings: readonly Finding[], waivers: readonly ReturnType<typeof waiverOf>[], text = TEXT) => {
    const { kept, waived } = splitWaived(findings, waivers, () => text, sha256);
    return [kept.length, waived.length];
  };

  it('is taken out, with the word of who waived it', () => {
    const { kept, waived } = splitWaived([findingAt(2), findingAt(5)], [waiverOf(findingAt(2))], () => TEXT, sha256);
    expect(kept).toEqual([findingAt(5)]);
    const { reason, who, when } = sampleWaiver();
    expect(waived).toEqual([{ ...findingAt(2), data: { waiver: { reason, who, when } } }]);
  });

  it('comes back when its line changes', () => {
    expect(split([findingAt(2)], [waiverOf(findingAt(2))], TEXT.replace('>', '<'))).toEqual([1, 0]);
  });

  it('is another when its fingerprint is', () => {
    expect(split([findingAt(2, { fingerprint: 'f2' })], [waiverOf(findingAt(2))])).toEqual([1, 0]);
  });

  it('lets no second one like it pass: that needs a second waiver', () => {
    const twice = 'x\n// @ts-ignore\nx\n// @ts-ignore\nx\n';
    const [first, second] = [findingAt(2), findingAt(4)];
    const waiver = waiverOf(first, twice);
    expect(split([first, second], [waiver], twice)).toEqual([1, 1]);
    expect(split([first, second], [waiver, { ...waiver }], twice)).toEqual([0, 2]);
  });
});

it('waivers of mutants are those whose lines stand', () => {
  const standing = sampleWaiver({ fingerprint: 'm-0000000001', ...bindLines(TEXT, rangeAt(2), sha256) });
  const lapsed = sampleWaiver({ fingerprint: 'm-0000000002' });
  const finding = sampleWaiver({ fingerprint: 'feedfacefeedface', ...bindLines(TEXT, rangeAt(2), sha256) });
  const found = standingMutants([standing, lapsed, finding].map(placed), () => TEXT, sha256);
  expect([...found]).toEqual([['m-0000000001', standing]]);
});
