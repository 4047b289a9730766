import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tables = { pullRequests: string; reviews: string; rows: number };

const SPAN_MS = 365 * 86_400_000;
const HOUR_MS = 3_600_000;

const pullHeader =
  'repo,number,title,user,agent,team,task_type,state,created_at,merged_at,labels,additions,deletions,changed_files,head_sha,html_url';
const reviewHeader = 'review_id,repo,pr_number,reviewer,state,submitted_at,commit_id';
const teams = ['Payments', 'Search', 'Mobile', 'Platform', 'Growth', 'Billing', 'Identity', 'Data'];
const kinds = ['tests', 'bugfix', 'refactor', 'dependencies', 'docs', 'chore', 'performance', 'feature'];

/** Half of the rows are pull requests and half are their reviews, as an export of a forge brings them. */
export function writeTables(folder: string, rows: number): Tables {
  const start = Date.now() - SPAN_MS;
  const count = rows / 2;
  const timeOf = (i: number, hours: number) =>
    new Date(start + ((SPAN_MS - 24 * HOUR_MS) * i) / count + hours * HOUR_MS).toISOString();
  const shaOf = (i: number) => i.toString(16).padStart(40, 'b');
  const every = (line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
  const pullRequest = (i: number) =>
    `acme/app,${i},"Say what module ${i % 211} is for, and what happens without it",person-${i % 23},coder-${i % 5},${teams[i % 8]},${kinds[(i >> 3) % 8]},closed,${timeOf(i, 0)},${timeOf(i, 5)},agent,${40 + (i % 90)},${i % 30},2,${shaOf(i)},https://git.example.com/acme/app/pull/${i}`;
  const review = (i: number) =>
    `${i},acme/app,${i},reviewer-${i % 17},${i % 20 === 0 ? 'CHANGES_REQUESTED' : 'APPROVED'},${timeOf(i, 4)},${shaOf(i)}`;
  const files = { pullRequests: join(folder, 'pulls.csv'), reviews: join(folder, 'reviews.csv') };
  writeFileSync(files.pullRequests, `${pullHeader}\n${every(pullRequest)}`);
  writeFileSync(files.reviews, `${reviewHeader}\n${every(review)}`);
  return { ...files, rows };
}
