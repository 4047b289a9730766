import { createServer, type IncomingHttpHeaders } from 'node:http';

type Post = { path: string; headers: IncomingHttpHeaders; body: string };

export type Sink = {
  /** `http://127.0.0.1:PORT`; its host is to be named in GAIT_TRUSTED_HOSTS. */
  url: string;
  host: string;
  posts: readonly Post[];
  /** What posts are answered from now on; null takes them, `hang` never answers. */
  answer(answer: (post: Post) => { status: number; body?: string; location?: string } | 'hang' | null): void;
  forget(): void;
  close(): Promise<void>;
};

/** A real HTTP server on this machine that keeps what is posted to it. */
export async function aSink(): Promise<Sink> {
  const posts: Post[] = [];
  let answerTo: Parameters<Sink['answer']>[0] = () => null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const post = { path: request.url ?? '', headers: request.headers, body };
      posts.push(post);
      const answer = answerTo(post) ?? { status: 200, body: 'ok' };
      if (answer === 'hang') return;
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {});
      response.end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: `http://${host}`,
    host,
    posts,
    answer: (answer) => {
      answerTo = answer;
    },
    forget: () => {
      posts.length = 0;
      answerTo = () => null;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
