import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Somebody at the provider: `sub`, and the claims that it says of them. */
export type Account = { sub: string; [claim: string]: unknown };

export type OpenIdProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whoever signs in next is this one. */
  signsIn(account: Account): void;
  close(): Promise<void>;
};

/** `anyRedirect`: addresses that begin so are let back, since a connection's own is not known beforehand. */
type Options = { anyRedirect: string; port?: number };

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' };
}

/** A certified OpenID provider on this machine, that asks no questions: whoever comes is the account that was set. */
export async function anOpenIdProvider({ anyRedirect, port = 0 }: Options): Promise<OpenIdProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, Account>();
  let next: Account | null = null;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'gait',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [`${anyRedirect}any`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'oid'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: () => account };
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    jwks: { keys: [signingKey()] },
  });
  provider.Client.prototype.redirectUriAllowed = (uri: string) => uri.startsWith(anyRedirect);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void finishInteraction();
    async function finishInteraction() {
      const { params, prompt } = await provider.interactionDetails(request, response);
      const account = next;
      if (!account) {
        response.writeHead(500).end('Nobody was set to sign in.');
        return;
      }
      if (prompt.name === 'login') {
        await provider.interactionFinished(request, response, { login: { accountId: account.sub } });
        return;
      }
      const grant = new provider.Grant({ accountId: account.sub, clientId: String(params.client_id) });
      grant.addOIDCScope(String(params.scope));
      await provider.interactionFinished(
        request,
        response,
        { consent: { grantId: await grant.save() } },
        { mergeWithLastSubmission: true },
      );
    }
  });
  return {
    issuer,
    clientId: 'gait',
    clientSecret: 'a-secret-of-the-test',
    signsIn: (account) => {
      accounts.set(account.sub, account);
      next = account;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
