import type { Incoming } from '@/lib/platform/answer';
import { AppError } from '@/lib/platform/errors';
import { MAX_EVENTS, type ParsedEvent, parseEvent } from './schema';
import { isStorableJson } from './storable';

/** The events of a request, and whether it was a single one (which is then answered by a status of its own). */
export type ParsedBody = { single: boolean; parsed: ParsedEvent[] };

const BATCH = new Set(['application/cloudevents-batch+json']);
const JSON_TYPES = new Set(['application/cloudevents+json', 'application/json']);
const LINES = new Set(['application/x-ndjson', 'application/ndjson', 'application/jsonl']);

/**
 * Reads the body in any of CloudEvents' forms: structured (one event, or an array), batch, newline-delimited, or
 * binary (attributes in `ce-` headers, `data` in the body).
 * @param now milliseconds since 1970
 */
export function parseBody({ header }: Incoming, body: string, now: number): ParsedBody {
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isStorable = isStorableJson(body);
  if (LINES.has(type)) return { single: false, parsed: limited(parseLines(body, now, isStorable)) };
  if (header('ce-specversion') !== null)
    return { single: true, parsed: [parseEvent(fromHeaders(header, parseJson(body)), now, isStorable)] };
  if (!BATCH.has(type) && !JSON_TYPES.has(type)) {
    throw new AppError(
      'unsupported_media',
      `Content-Type ${type || '(none)'} is not read here. Send application/json, application/cloudevents+json, application/cloudevents-batch+json or application/x-ndjson.`,
    );
  }
  const input = parseJson(body);
  if (Array.isArray(input))
    return { single: false, parsed: limited(input).map((item) => parseEvent(item, now, isStorable)) };
  if (BATCH.has(type)) throw new AppError('bad_request', 'A batch must be a JSON array of events.');
  return { single: true, parsed: [parseEvent(input, now, isStorable)] };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AppError(
      'bad_request',
      `The body is not JSON: ${error instanceof Error ? error.message : 'cannot be read'}.`,
    );
  }
}

/** A line that is not JSON is refused by itself; the others stand. */
function parseLines(body: string, now: number, isStorable: boolean): ParsedEvent[] {
  const lines = body.split('\n').map((line, index) => ({ line, number: index + 1 }));
  return limited(lines.filter(({ line }) => line.trim() !== '')).map(({ line, number }) => {
    try {
      return parseEvent(JSON.parse(line), now, isStorable);
    } catch {
      return { ok: false, id: null, problems: [{ pointer: '', message: `line ${number} is not JSON` }] };
    }
  });
}

function fromHeaders(header: Incoming['header'], data: unknown): unknown {
  const attribute = (name: string) => {
    const value = header(`ce-${name}`);
    return value === null ? {} : { [name]: decodeURIComponentSafely(value) };
  };
  return {
    ...attribute('specversion'),
    ...attribute('id'),
    ...attribute('source'),
    ...attribute('type'),
    ...attribute('time'),
    data,
  };
}

/** The HTTP binding percent-encodes what a header cannot hold; a stray percent sign stands for itself. */
function decodeURIComponentSafely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function limited<T>(items: T[]): T[] {
  if (items.length > MAX_EVENTS) {
    throw new AppError(
      'too_large',
      `A request holds at most ${MAX_EVENTS.toLocaleString('en')} events; this one holds ${items.length.toLocaleString('en')}.`,
    );
  }
  return items;
}
