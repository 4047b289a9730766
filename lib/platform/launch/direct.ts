import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, commonHeaders, errorAnswer, type Incoming } from '@/lib/platform/answer';
import { newId } from '@/lib/platform/ids';

export type DirectDoor = (incoming: Incoming, requestId: string) => Promise<Answer>;

/**
 * Answers one address without the framework. Evidence is most of the traffic there is, and a request through Next costs more
 * than checking and recording the event it carries.
 */
export async function answerDirectly(
  door: DirectDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = newId();
  const incoming: Incoming = {
    header: (name) => {
      const value = request.headers[name];
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
    body: request,
  };
  const { status, headers, body } = await door(incoming, requestId).catch((error: unknown) =>
    errorAnswer(error, requestId),
  );
  // A body that was refused unread must not be taken for the next request on this connection.
  const close = request.complete ? {} : { connection: 'close' };
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { ...headers, ...commonHeaders(requestId), ...close, 'content-length': length });
  response.end(body);
}
