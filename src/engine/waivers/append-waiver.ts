import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import type { Waiver } from '../../protocol/waivers.ts';
import { parseWaivers } from './waivers-file.ts';

const HEAD = `// What a person has decided to let stay, each with a reason and bound to its code: it lapses when that changes.
// \`downforce waive ID --reason TEXT\` adds one; to take one back, remove it.
{
  "waivers": []
}
`;

/**
 * The file with one more waiver at its end; comments and layout of all else stay.
 * @param text undefined where there is no file yet.
 * @throws ExpectedError where the file is not right as it is.
 */
export function appendWaiver(text: string | undefined, waiver: Waiver): string {
  const source = text ?? HEAD;
  const count = parseWaivers(source).length;
  const formattingOptions: FormattingOptions = {
    insertSpaces: true,
    tabSize: 2,
    eol: source.includes('\r\n') ? '\r\n' : '\n',
  };
  const path = ['waivers', count];
  return applyEdits(source, modify(source, path, waiver, { formattingOptions, isArrayInsertion: true }));
}
