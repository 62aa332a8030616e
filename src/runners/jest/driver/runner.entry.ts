import { load } from '../../javascript/driver/users-package.ts';
import type { CircusEvent, CircusState, Environment } from './circus.ts';
import { FileTrial } from './file-trial.ts';
import { shared } from './shared.ts';
import { WholeTrial } from './whole-trial.ts';

interface FileResult {
  readonly testExecError?: { readonly message?: string } | null;
}

type TestRunner = (
  globalConfig: unknown,
  config: unknown,
  environment: Environment,
  runtime: unknown,
  file: string,
  ...rest: readonly unknown[]
) => Promise<FileResult>;

/** What Jest calls for each test file: its usual runner, with mutants in the sources and an ear on its events. */
export default async function runFile(...args: Parameters<TestRunner>): Promise<FileResult> {
  const [, , environment, , file] = args;
  const told = shared();
  const { global: scope } = environment;
  const whole = told.inForce > 0 ? new WholeTrial(told, file, scope, told.inForce) : undefined;
  const trial = whole ?? new FileTrial(told, file, scope);
  const own = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event: CircusEvent, state: CircusState): Promise<void> => {
    await own?.(event, state);
    trial.handle(event, state);
  };
  const usual = usualRunner(told.runner);
  try {
    const result = await usual(...args);
    const failed = result.testExecError;
    if (failed !== undefined && failed !== null) fail(failed.message ?? 'the test file cannot be run');
    whole?.finish();
    return result;
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    throw error;
  }

  /** The file could not even be loaded. */
  function fail(message: string): void {
    if (whole !== undefined) {
      whole.fail(message);
      return;
    }
    told.isRed = true;
    told.tell({
      type: 'test',
      id: file,
      file,
      name: '',
      status: 'fail',
      ms: 0,
      message: message.slice(0, 500),
      reaches: [],
    });
  }
}

function usualRunner(path: string): TestRunner {
  const loaded = load<TestRunner | { readonly default: TestRunner }>(path, path);
  return typeof loaded === 'function' ? loaded : loaded.default;
}
