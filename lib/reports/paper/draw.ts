import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@/lib/platform/root';
import type { PdfInput } from './input';

/** The bytes of a file. */
export type Drawing = Buffer<ArrayBuffer>;

type Job =
  | { kind: 'pdf'; given: { inputs: { report: string } } }
  | { kind: 'png'; given: { svg: string; width: number; needsSystemFonts: boolean } };
type Answer = { id: number; bytes?: Uint8Array; error?: string };
type Waiting = { job: Job; resolve: (bytes: Drawing) => void; reject: (error: Error) => void };

/** Nothing that one renders takes nearly as long; whatever does hangs. */
const TOO_LONG_MS = 30_000;

/** With nothing to do for so long, the renderer ends, and what it holds is given back. */
const IDLE_MS = 60_000;

const FONTS = [
  'geist/dist/fonts/geist-sans/Geist-Regular.ttf',
  'geist/dist/fonts/geist-sans/Geist-Medium.ttf',
  'geist/dist/fonts/geist-sans/Geist-SemiBold.ttf',
  'geist/dist/fonts/geist-mono/GeistMono-Regular.ttf',
  '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];

/** Where Linux and macOS keep fonts. */
const fontFolders = () => [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/System/Library/Fonts',
  '/Library/Fonts',
  ...['.fonts', '.local/share/fonts', 'Library/Fonts'].map((folder) => join(homedir(), folder)),
];

/** Scripts that our own fonts show. For others, those of the machine are searched through. */
const OWN_SCRIPTS =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]*$/u;

let renderer: ChildProcess | undefined;
let lastId = 0;
/** By number, oldest first: the renderer has the oldest in hand. */
const waiting = new Map<number, Waiting>();
/** Ends what hangs, or what nobody needs. */
let timer: NodeJS.Timeout | undefined;

/** A report as PDF. */
export function drawPdf(report: PdfInput): Promise<Drawing> {
  return draw({ kind: 'pdf', given: { inputs: { report: JSON.stringify(report) } } });
}

/** An SVG as PNG, so many pixels wide, on white. */
export function drawPng(svg: string, width: number): Promise<Drawing> {
  return draw({ kind: 'png', given: { svg, width, needsSystemFonts: !OWN_SCRIPTS.test(svg) } });
}

/** One after the other, in a process of its own. */
function draw(job: Job): Promise<Drawing> {
  return new Promise((resolve, reject) => {
    lastId += 1;
    waiting.set(lastId, { job, resolve, reject });
    const mine = current();
    mine.send({ id: lastId, ...job });
    if (waiting.size === 1) watch(mine);
  });
}

function current(): ChildProcess {
  renderer ??= start();
  return renderer;
}

/** It keeps this process alive only while somebody waits. */
function watch(mine: ChildProcess): void {
  clearTimeout(timer);
  if (waiting.size > 0) {
    mine.ref();
    mine.channel?.ref();
    timer = setTimeout(() => end(mine, 'it took too long'), TOO_LONG_MS);
  } else {
    mine.unref();
    mine.channel?.unref();
    timer = setTimeout(() => end(mine, 'nobody waits'), IDLE_MS).unref();
  }
}

/** It is given no secrets: of the environment it gets nothing. */
function start(): ChildProcess {
  const folder = join(projectRoot(), 'lib', 'reports', 'paper');
  const fontFiles = FONTS.map((file) => join(projectRoot(), 'node_modules', file));
  const given = [join(folder, 'report.typ'), JSON.stringify({ fontFiles, fontFolders: fontFolders() })];
  const made = spawn(process.execPath, [join(folder, 'worker.mjs'), ...given], {
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // One that hangs does not hear that nobody is there any more.
  const leave = () => made.kill('SIGKILL');
  process.once('exit', leave);
  made.on('message', ({ id, bytes, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (bytes) one?.resolve(Buffer.from(bytes));
    else one?.reject(failed(error ?? 'for no reason said'));
    watch(made);
  });
  made.on('error', ({ message }) => end(made, message));
  made.on('exit', (code, signal) => {
    process.off('exit', leave);
    end(made, `the renderer ended (${signal ?? code})`);
  });
  return made;
}

const failed = (reason: string): Error => new Error(`The report could not be drawn: ${reason}`);

/** Fails what it had in hand; what waited behind it goes to a new one. */
function end(ended: ChildProcess, reason: string): void {
  if (renderer !== ended) return;
  renderer = undefined;
  clearTimeout(timer);
  ended.kill('SIGKILL');
  const [inHand, ...others] = waiting;
  if (!inHand) return;
  waiting.delete(inHand[0]);
  inHand[1].reject(failed(reason));
  if (others.length === 0) return;
  const next = current();
  for (const [id, { job }] of others) next.send({ id, ...job });
  watch(next);
}
