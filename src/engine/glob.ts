import picomatch, { type PicomatchOptions } from 'picomatch';

type GlobOptions = Pick<PicomatchOptions, 'dot' | 'nocase' | 'nonegate'>;

/** What any of the globs matches. They are what a repository says, so that all of them go through here. */
export function globMatcher(globs: string | readonly string[], options: GlobOptions = {}): (path: string) => boolean {
  const matches = picomatch(
    [globs]
      .flat()
      .filter((glob) => glob !== '')
      .map(sayable),
    options,
  );
  return (path) => matches(path);
}

/**
 * picomatch 4.0.7 takes a run of four backslashes or more for one or two; where a glob ends with such a run, it steps over
 * the end and never returns. Such a run is made short here.
 */
function sayable(glob: string): string {
  let end = glob.length;
  while (glob[end - 1] === '\\') end--;
  const run = glob.length - end;
  return run < 4 ? glob : glob.slice(0, end + 2 + (run % 2));
}
