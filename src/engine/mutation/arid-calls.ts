import { textOf } from './edits.ts';
import type { Mutable, Span, Spelling } from './mutable.ts';

export type Call = Extract<Mutable, { kind: 'call' }>;

/** What of a call is worth no one's time. */
export type AridPart =
  /** Everything, functions handed to it included. */
  | 'all'
  /** Everything but the functions handed to it, which do the work. */
  | 'own'
  | 'arguments'
  /** Texts among the arguments. */
  | 'strings';

export interface AridCall {
  readonly reason: string;
  readonly part: AridPart;
}

type Rule = readonly [reason: string, part: AridPart, callee: RegExp];

/** Matched against the callee as `plainCallee` writes it. */
const RULES: readonly Rule[] = [
  [
    'logging',
    'all',
    /(?:^|[._])(?:console|log|logger|logging|logrus|loguru|structlog|slog|klog|glog|zap|pino|winston|bunyan|sugar)(?:\(\))?\.\w+/i,
  ],
  [
    'logging',
    'all',
    /^(?:warn|debug|deprecate|deprecated|dbg|e?println?|pprint)$|^warnings\.warn$|^traceback\.print_\w+$/,
  ],
  ['logging', 'all', /^fmt\.Print\w*$|^System\.(?:out|err)\.\w+$|\.printStackTrace$|^process\.std(?:err|out)\.write$/],
  ['console text', 'strings', /^click\.s?echo$|^typer\.echo$/],
  [
    'telemetry',
    'own',
    /(?:^|[._])(?:metrics?|statsd|dogstatsd|telemetry|tracer|tracing|prometheus|newrelic|datadog|sentry|analytics|posthog|mixpanel|amplitude|rollbar|bugsnag|opentelemetry|otel|profiler)(?:\(\))?\.\w+/i,
  ],
  [
    'telemetry',
    'own',
    /(?:^|[._])span\.(?:set_?[aA]ttributes?|SetAttributes|add_?[eE]vent|AddEvent|record\w*|Record\w+|set_?[sS]tatus|SetStatus|end|End)$/,
  ],
  [
    'telemetry',
    'own',
    /(?:^|[._])(?:counter|gauge|histogram|meter|timer)(?:\(\)|\.(?:labels|WithLabelValues)\(\))?\.(?:inc\w*|dec\w*|observe|record|mark|Inc|Dec|Observe|Record)$/i,
  ],
  ['telemetry', 'own', /^performance\.(?:mark|measure|now)$|^gtag$|^segment\.(?:track|identify)$/],
  ['a sleep', 'own', /(?:^|\.)(?:u?sleep|nanosleep|sleep_ms|sleepSync|delay|Sleep)$/],
  [
    'a time-out',
    'arguments',
    /(?:^|[._])(?:set_?)?(?:read_?|write_?|connect_?|request_?)?(?:[tT]imeout|With(?:Timeout|Deadline))$/,
  ],
  ['a time-out', 'arguments', /^time\.(?:After|NewTimer|NewTicker|Tick)$|^AbortSignal\.timeout$/],
  [
    'a feature flag',
    'own',
    /(?:^|[._])(?:feature_?flags?|launchdarkly|ldclient|unleash|growthbook|statsig|flagsmith|optimizely|flipper|waffle)\.\w+/i,
  ],
  [
    'a feature flag',
    'own',
    /(?:^|\.)flags\.(?:is_?enabled|enabled|is_?on|variation)$|(?:^|\.)(?:is|use)_?feature_?(?:flag)?_?(?:enabled)?$|(?:^|\.)(?:feature_enabled|flag_is_active|useFlag)$/i,
  ],
  ['an assertion', 'all', /^(?:assert|invariant|debug_assert\w*|assert_\w+)(?:\.\w+)*$|^console\.assert$/],
  ['an exit status', 'arguments', /^(?:process|sys|os|System|std\.process|process)\.(?:_?exit|Exit|abort)$|^exit$/],
  ['infinity', 'all', /^float$/],
  ['the text of an error', 'strings', /(?:Error|Exception|Warning|Panic)$/],
  [
    'the text of an error',
    'strings',
    /^(?:errors\.(?:New|Errorf|Wrapf?)|fmt\.Errorf|status\.Errorf?|panic|unreachable|todo|unimplemented|anyhow|bail|ensure|eyre|format_err|abort|createError|createHttpError)$/,
  ],
  ['the text of an error', 'strings', /\.(?:expect|context|with_context|wrap_err)$/],
];

/** Bare macros of Rust's log and tracing. */
const LOG_MACROS = /^(?:log\.|tracing\.)?(?:trace|debug|info|warn|error|event|log)$/;

/** How a call is suppressed; undefined where its mutants are worth having. */
export function aridCall(
  call: Call,
  text: string,
  { language }: Spelling,
  extra: readonly RegExp[],
): AridCall | undefined {
  const callee = plainCallee(textOf(text, call.callee));
  if (extra.some((glob) => glob.test(callee))) return { reason: 'as configured', part: 'all' };
  if (language === 'rust' && LOG_MACROS.test(callee)) return { reason: 'logging', part: 'all' };
  const [, reason, part] = [undefined, ...(RULES.find(([, , pattern]) => pattern.test(callee)) ?? [])];
  if (reason === 'infinity' && !/^["'][-+]?inf/i.test(argument(call, text, 0))) return undefined;
  if (reason === 'a time-out' && /^set(?:Timeout|Interval)$/.test(callee)) return undefined;
  if (reason !== undefined && part !== undefined) return { reason, part };
  if (language === 'python' && callee === 'print') return { reason: 'logging', part: 'all' };
  const toConsole = /^fmt\.Fprint/.test(callee) && /^os\.Std(?:out|err)$/.test(argument(call, text, 0));
  return toConsole ? { reason: 'logging', part: 'all' } : undefined;
}

/** Arguments that only say how large something will be, or when it will happen. */
export function hints(call: Call, text: string, { language }: Spelling): readonly (readonly [Span, string])[] {
  const callee = plainCallee(textOf(text, call.callee));
  const [first, second, third] = call.arguments;
  const of = (reason: string, ...spans: readonly (Span | undefined)[]): readonly (readonly [Span, string])[] =>
    spans.flatMap((span) => (span === undefined ? [] : [[span, reason] as const]));
  if (/(?:^|\.)set(?:Timeout|Interval)$/.test(callee)) return of('a time-out', second);
  if (/(?:^|\.)(?:with_capacity|reserve|reserve_exact|ensureCapacity|Grow)$/.test(callee))
    return of('a capacity hint', first, second);
  if (language === 'go' && callee === 'make')
    return of('a capacity hint', third, /^(?:map|chan)\b/.test(argument(call, text, 0)) ? second : undefined);
  const sized =
    language === 'java' && call.isNew && SIZED.test(callee) && /^[\d_]+$|[-+*]/.test(argument(call, text, 0));
  return sized ? of('a capacity hint', first) : [];
}

const SIZED =
  /^(?:ArrayList|ArrayDeque|PriorityQueue|Vector|(?:Linked|Concurrent|Identity)?Hash(?:Map|Set)|StringBuilder|StringBuffer|ByteArrayOutputStream)$/;

function argument(call: Call, text: string, index: number): string {
  const span = call.arguments[index];
  return span === undefined ? '' : textOf(text, span);
}

/** `this.logger?.info` as `logger.info`, `new Map<A, B>` as `Map`, `log::info!` as `log.info`, arguments on the way as `()`. */
export function plainCallee(callee: string): string {
  let plain = callee
    .replace(/\s+/g, ' ')
    .replace(/^(?:new|await) /, '')
    .replace(/\?\.|::/g, '.')
    .replace(/[\s!]/g, '');
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(/\([^()]+\)/g, '()').replace(/\.?<[^<>]*>/g, '');
  }
  return plain.replace(/^(?:(?:this|self|cls|super)\.#?)+/, '');
}

/** `logger.*`, `*.metrics.*`. */
export function calleeGlob(glob: string): RegExp {
  const pattern = plainCallee(glob)
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`);
}
