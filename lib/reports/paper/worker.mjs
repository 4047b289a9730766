import { existsSync, readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Resvg } from '@resvg/resvg-js';

/**
 * Renders reports in a process of its own, which `draw.ts` starts and speaks with: the server goes on meanwhile, gets its memory back, and
 * outlives whatever happens here. Plain JavaScript, since it runs as it lies here, beside builds of every kind. Nothing is loaded from
 * anywhere: what is drawn comes in, and the fonts lie on this machine.
 */

const [template, fonts] = process.argv.slice(2);
const { fontFiles, fontFolders } = JSON.parse(fonts);

const compilers = new Map();

/** The fonts of the machine are searched through only for writing that our own cannot show. */
function compilerWith(isWithSystemFonts) {
  const known = compilers.get(isWithSystemFonts);
  if (known) return known;
  const fontArgs = [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }];
  if (isWithSystemFonts) fontArgs.push({ fontPaths: fontFolders.filter((folder) => existsSync(folder)) });
  const made = NodeCompiler.create({ fontArgs });
  compilers.set(isWithSystemFonts, made);
  return made;
}

/**
 * PDF/UA-1 refuses text that no font can show. Then the machine's fonts are asked; where these do not help either, the document
 * shows a box in that place, and does not claim the standard.
 */
function pdf({ inputs }) {
  const source = readFileSync(template, 'utf8');
  const tries = [
    [false, { pdfStandard: 'ua-1' }],
    [true, { pdfStandard: 'ua-1' }],
    [true, {}],
  ];
  let failure;
  for (const [isWithSystemFonts, options] of tries) {
    const compiler = compilerWith(isWithSystemFonts);
    try {
      return compiler.pdf({ mainFileContent: source, inputs }, options);
    } catch (error) {
      failure = error;
    } finally {
      // What one document made it remember helps no other.
      compiler.evictCache(0);
    }
  }
  throw failure;
}

function png({ svg, width, needsSystemFonts }) {
  const font = { fontFiles, loadSystemFonts: needsSystemFonts, defaultFontFamily: 'Geist' };
  return new Resvg(svg, { fitTo: { mode: 'width', value: width }, background: '#ffffff', font })
    .render()
    .asPng();
}

const jobs = { pdf, png };

process.on('message', ({ id, kind, given }) => {
  try {
    process.send({ id, bytes: jobs[kind](given) });
  } catch (error) {
    process.send({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
// A stop is for the server, which ends this one when it has what it waits for.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
