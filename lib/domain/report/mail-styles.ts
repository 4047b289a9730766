/**
 * The style sheet of mails. Classes, since the same styles at each cell made up half of a mail; short, since they stand at each cell.
 * Nearly all clients know it; where one does not, attributes of the tables and the few styles at elements keep the mail legible.
 */
export const BASE_SHEET = [
  'h1{margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:600}',
  'h2{margin:28px 0 8px;font-size:15px;font-weight:600}',
  'p{margin:0 0 8px}',
  'ol{margin:0;padding-left:20px}',
  'li{margin:0 0 6px}',
  '.m{color:#5c5f66;font-size:13px}',
  '.t{width:100%;border-collapse:collapse;font-size:13px}',
  '.h{padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2;color:#5c5f66;font-weight:500;text-align:left;vertical-align:top}',
  '.c{padding:6px 10px 6px 0;border-bottom:1px solid #e6e6e2}',
  '.w{word-break:break-word;overflow-wrap:anywhere}',
  '.n{color:#5c5f66}',
  '.a{color:#17181b}',
].join('');

/**
 * On small screens a row of a table is a block, and each of its cells says what it is; long ones in lines of their own. An element of
 * its own: a client that chokes on a media query drops all that stands beside it.
 */
export const MEDIA_SHEET = [
  '@media (max-width:480px){',
  '.f{padding-left:12px!important;padding-right:12px!important}',
  '.x{display:none!important}',
  '.t,.r,.c{display:block!important}',
  '.s{display:inline-block!important;margin-right:14px}',
  '.r{border-bottom:1px solid #e6e6e2!important;padding:8px 0!important}',
  '.c{border:0!important;padding:1px 0!important}',
  '.i{font-weight:600!important}',
  '.n{display:inline!important}',
  '}',
  '@media (prefers-color-scheme:dark){',
  '.b{background:#0d0e10!important;color:#ededef!important}',
  '.m,.h,.n{color:#a3a7ae!important}',
  '.h,.c,.r{border-color:#26282c!important}',
  '.a{color:#ededef!important}',
  '.k{background:#ededef!important;color:#0d0e10!important}',
  '}',
].join('');

/** What must stand at the element, since a mail that lost its style sheet would be hard to read without it. */
export const INLINE = {
  body: 'margin:0;padding:0;background:#fcfcfa;color:#17181b;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  frame: 'box-sizing:border-box;width:100%;max-width:680px;margin:0 auto;padding:24px 20px;text-align:left',
  chart:
    'display:block;box-sizing:border-box;width:100%;height:auto;padding:14px;border:1px solid #e6e6e2;border-radius:8px;background:#ffffff;color:#17181b;font-size:12px',
  button:
    'display:inline-block;margin:12px 0 4px;padding:9px 16px;border-radius:8px;background:#17181b;color:#ffffff;text-decoration:none;font-weight:600',
} as const;
