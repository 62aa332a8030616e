import { ExpectedError } from '../engine/errors.ts';
import { errorEnvelope } from '../engine/report/envelope.ts';
import { toText } from '../engine/report/formats/text.ts';
import { oneLine } from '../engine/text.ts';
import { VERSION } from '../harness/version.ts';
import { type Arguments, FORMATS, type Format, parseArguments } from './args.ts';
import { HELP } from './help.ts';
import { formatFor, type Streams, wantsColor } from './streams.ts';

/** The command line as a function: arguments and streams in, exit status out. */
export async function run(argv: readonly string[], streams: Streams, signal: AbortSignal): Promise<number> {
  let args: Arguments | undefined;
  try {
    args = parseArguments(argv);
    if (args.version) return say(streams, `${VERSION}\n`);
    if (args.help || args.command === undefined) {
      streams[args.help ? 'stdout' : 'stderr'].write(HELP);
      return args.help ? 0 : 2;
    }
    return await dispatch(args, streams, signal);
  } catch (error) {
    if (signal.aborted) return 130;
    return report(error, args, argv, streams);
  }
}

async function dispatch(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  switch (args.command) {
    case 'loop':
      return (await import('./loop-command.ts')).loopCommand(args, streams, signal);
    case 'mutate':
      return (await import('./mutate-command.ts')).mutateCommand(args, streams, signal);
    case 'gate':
      return (await import('./gate-command.ts')).gateCommand(args, streams, signal);
    case 'merge':
      return (await import('./merge-command.ts')).mergeCommand(args, streams, signal);
    case 'waive':
      return (await import('./waive-command.ts')).waiveCommand(args, streams, signal);
    case 'explain':
      return (await import('./explain-command.ts')).explainCommand(args, streams, signal);
    case 'init':
      return (await import('./init-command.ts')).initCommand(args, streams, signal);
    case 'doctor':
      return (await import('./doctor-command.ts')).doctorCommand(args, streams, signal);
    case 'streams':
      return (await import('./streams-command.ts')).streamsCommand(args, streams, signal);
    case 'relay':
      return (await import('./relay-command.ts')).relayCommand(args, streams, signal);
    case 'decide':
      return (await import('./decide-command.ts')).decideCommand(args, streams, signal);
    case undefined:
      return 2;
    default:
      return args.command satisfies never;
  }
}

function say(streams: Streams, text: string): number {
  streams.stdout.write(text);
  return 0;
}

/** What the words say of it where they cannot all be read. */
function askedFormat(argv: readonly string[]): Format {
  if (argv.includes('--json')) return 'json';
  const text = argv.find((word, index) => word.startsWith('--format=') || argv[index - 1] === '--format') ?? '';
  return FORMATS.find((format) => format === text.replace('--format=', '')) ?? 'auto';
}

/** A failure is an envelope too, so that an agent reads it as it reads an answer. */
function report(error: unknown, args: Arguments | undefined, argv: readonly string[], streams: Streams): number {
  const expected = error instanceof ExpectedError ? error : undefined;
  const text = error instanceof Error ? error.message : String(error);
  const said = expected ?? {
    code: 'internal',
    message: `Downforce failed: ${text}`,
    hint: 'This is a defect of Downforce. Run again with --verbose and report what it prints.',
  };
  const command = `downforce ${args?.command ?? argv.find((word) => !word.startsWith('-')) ?? ''}`.trim();
  const envelope = errorEnvelope(command, { code: said.code, message: said.message, hint: said.hint });
  const format = formatFor(args?.format ?? askedFormat(argv), streams);
  if (format === 'text' || format === 'github')
    streams.stderr.write(toText(envelope, { color: wantsColor(streams), verbose: false }));
  else streams.stdout.write(`${JSON.stringify(envelope, null, 2)}\n`);
  if (expected === undefined && (args?.verbose ?? false) && error instanceof Error)
    streams.stderr.write(`${(error.stack ?? '').split('\n').map(oneLine).join('\n')}\n`);
  return expected?.exitStatus ?? 3;
}
