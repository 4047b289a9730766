import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is wrong with the way to a mail server; null: nothing. */
export type LineFault = 'down' | 'nobody speaks' | 'cut in the mail' | 'no answer to the mail' | null;

export type BadLine = {
  port: number;
  /** From the next connection on. */
  breaks(fault: LineFault): void;
  close(): Promise<void>;
};

/** A way to a mail server on this machine that can be broken: it hands on what both say, as long as it does. */
export async function aBadLine(mailServerPort: number): Promise<BadLine> {
  let fault: LineFault = null;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => undefined);
    if (fault === 'down') client.destroy();
    else if (fault !== 'nobody speaks') join(client, connect(mailServerPort, '127.0.0.1'), fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    breaks: (next) => {
      fault = next;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(client: Socket, mailServer: Socket, fault: LineFault): void {
  let isInMail = false;
  mailServer.on('error', () => undefined).on('close', () => client.destroy());
  client.on('close', () => mailServer.destroy());
  mailServer.on('data', (said: Buffer) => {
    if (isInMail && fault === 'no answer to the mail') return;
    // 354: now comes the mail.
    isInMail ||= /^354/m.test(said.toString('latin1'));
    client.write(said);
  });
  client.on('data', (said: Buffer) => {
    if (isInMail && fault === 'cut in the mail') client.destroy();
    else mailServer.write(said);
  });
}
