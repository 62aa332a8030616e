import type { Parser } from '../checks/format.ts';
import { readDiagnostics } from './go-diagnostics.ts';
import { createRecorder } from './recorder.ts';
import { concludeLines, guardLines } from './verdict.ts';

/** `go vet ./...` and `go build ./...`, which speak on stderr. */
export const parseGoVet: Parser = guardLines('go-vet', (output) => {
  const recorder = createRecorder(output, { unique: true });
  // Before Go 1.24 vet's own findings stood under a bare `# pkg` too, so headings tell nothing here.
  for (const problem of readDiagnostics(`${output.stderr}\n${output.stdout}`, 'lint/vet', false)) recorder.add(problem);
  return concludeLines('go-vet', output, recorder, undefined);
});
