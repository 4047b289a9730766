import type { Incoming } from '@/lib/platform/answer';
import { AppError } from '@/lib/platform/errors';
import { cutOut, holdsArray, itemsOf, type Piece, pieceOf } from '@/lib/platform/json-text';
import { mapInTurns } from '@/lib/platform/turns';
import { MAX_EVENT_VALUES, MAX_EVENTS, MAX_REQUEST_VALUES, type ParsedEvent, parseEvent } from './schema';
import { isStorableJson, MAX_DEPTH } from './storable';

/** The events of a request, and whether it was a single one (which is then answered by a status of its own). */
export type ParsedBody = { single: boolean; parsed: ParsedEvent[] };

const BATCH = new Set(['application/cloudevents-batch+json']);
const JSON_TYPES = new Set(['application/cloudevents+json', 'application/json']);
/** Data may nest MAX_DEPTH levels deep inside the event; what is cut off below this is refused by that. */
const BOUNDS = { depth: 2 * MAX_DEPTH, values: MAX_EVENT_VALUES };
const LINES = new Set(['application/x-ndjson', 'application/ndjson', 'application/jsonl']);

/**
 * Reads the body in any of CloudEvents' forms: structured (one event, or an array), batch, newline-delimited, or
 * binary (attributes in `ce-` headers, `data` in the body). Measured before it is parsed, and parsed event by event.
 * @param now milliseconds since 1970
 */
export async function parseBody({ header }: Incoming, body: string, now: number): Promise<ParsedBody> {
  const type = header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (LINES.has(type)) return { single: false, parsed: await parseLines(body, now) };
  if (header('ce-specversion') !== null)
    return { single: true, parsed: [parseWhole(body, now, (data) => fromHeaders(header, data))] };
  if (!BATCH.has(type) && !JSON_TYPES.has(type)) {
    throw new AppError(
      'unsupported_media',
      `Content-Type ${type.slice(0, 100) || '(none)'} is not read here. Send application/json, application/cloudevents+json, application/cloudevents-batch+json or application/x-ndjson.`,
    );
  }
  if (holdsArray(body)) return { single: false, parsed: await parseArray(body, now) };
  const parsed = parseWhole(body, now, (event) => event);
  if (BATCH.has(type)) throw new AppError('bad_request', 'A batch must be a JSON array of events.');
  return { single: true, parsed: [parsed] };
}

function parseWhole(body: string, now: number, eventOf: (json: unknown) => unknown): ParsedEvent {
  const piece = pieceOf(body, BOUNDS);
  if (piece.values > MAX_EVENT_VALUES) return tooMany(null);
  const json = readJson(body, piece);
  if ('problem' in json) throw notJson(json.problem);
  return parseEvent(eventOf(json.value), now, isStorableJson(body, piece.depth));
}

/** One item that is not JSON is enough to doubt where the others end, so then none is taken. */
async function parseArray(body: string, now: number): Promise<ParsedEvent[]> {
  const found = itemsOf(body, MAX_EVENTS, BOUNDS);
  if (found === null) throw notJson('its brackets do not match');
  requireFew(found.count);
  requireModest(found.items.reduce((sum, { values }) => sum + values, 0));
  return mapInTurns(found.items, (item, index) => {
    if (item.values > MAX_EVENT_VALUES) return tooMany(null);
    const json = readJson(body, item);
    if ('problem' in json) throw notJson(`in event ${index + 1}, ${json.problem}`);
    return parseEvent(json.value, now, isStorableJson(body.slice(item.start, item.end), item.depth));
  });
}

/** A line that is not JSON is refused by itself; the others stand. */
async function parseLines(body: string, now: number): Promise<ParsedEvent[]> {
  const lines = linesOf(body);
  let values = 0;
  return mapInTurns(lines, ({ start, end, number }) => {
    const line = pieceOf(body, BOUNDS, start, end);
    values += line.values;
    requireModest(values);
    if (line.values > MAX_EVENT_VALUES) return tooMany(number);
    const json = readJson(body, line);
    if ('problem' in json)
      return { ok: false, id: null, problems: [{ pointer: '', message: `line ${number} is not JSON` }] };
    return parseEvent(json.value, now, isStorableJson(body.slice(start, end), line.depth));
  });
}

const [LINE_FEED, BLANK, TAB, RETURN] = Buffer.from('\n \t\r');

type Line = { start: number; end: number; number: number };

/** The lines that hold something. */
function linesOf(body: string): Line[] {
  const lines: Line[] = [];
  let count = 0;
  let number = 1;
  for (let place = 0; place < body.length; place += 1) {
    const code = body.charCodeAt(place);
    if (code === LINE_FEED) number += 1;
    if (code === LINE_FEED || code === BLANK || code === TAB || code === RETURN) continue;
    const found = body.indexOf('\n', place);
    const end = found === -1 ? body.length : found;
    count += 1;
    if (count <= MAX_EVENTS) lines.push({ start: place, end, number });
    place = end;
    number += 1;
  }
  requireFew(count);
  return lines;
}

/** What lies deeper than anything that is kept is not even parsed: what is above says where, and is refused. */
function readJson(body: string, piece: Piece): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(cutOut(body, piece)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'it cannot be read' };
  }
}

function notJson(problem: string): AppError {
  return new AppError('bad_request', `The body is not JSON: ${problem}.`);
}

function tooMany(line: number | null): ParsedEvent {
  const where = line === null ? '' : `line ${line} `;
  const message = `${where}holds more than ${MAX_EVENT_VALUES.toLocaleString('en')} values`;
  return { ok: false, id: null, problems: [{ pointer: '', message }] };
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

function requireFew(events: number): void {
  if (events > MAX_EVENTS)
    throw new AppError(
      'too_large',
      `A request holds at most ${MAX_EVENTS.toLocaleString('en')} events; this one holds ${events.toLocaleString('en')}.`,
    );
}

function requireModest(values: number): void {
  if (values > MAX_REQUEST_VALUES)
    throw new AppError(
      'too_large',
      `A request holds at most ${MAX_REQUEST_VALUES.toLocaleString('en')} values in all. Send the events in several requests.`,
    );
}
