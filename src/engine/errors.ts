/** What a user can mend: bad usage, bad configuration, a folder that is no repository. The message is fit to show. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly code: string;
  readonly hint: string;
  /** Exit status of the command line: 2 wrong usage or configuration, 3 could not judge. */
  readonly exitStatus: 2 | 3;

  constructor(code: string, message: string, hint: string, exitStatus: 2 | 3 = 2) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.exitStatus = exitStatus;
  }
}
