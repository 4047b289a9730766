import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';

type Json = Record<string, unknown>;

/** An answer of the provider: JSON with status 200 unless it says otherwise. */
export type Said = { status?: number; type?: string; location?: string; body: string | Json };

/** What the token endpoint knows when it is asked: the claims that an honest provider would sign, and ways to sign them. */
export type TokenRequest = {
  claims: Json;
  /** RS256 with the published key, unless header or key say otherwise. */
  sign(claims: Json, options?: { header?: Partial<JWTHeaderParameters>; key?: SigningKey }): Promise<string>;
  keys: { other: CryptoKey; publicPem: string };
};
type SigningKey = CryptoKey | Uint8Array;

/** Where a hostile provider departs from an honest one. */
export type Twist = {
  discovery?(document: Json): Said;
  jwks?(document: { keys: Json[] }): Said;
  /** Other claims, honestly signed. */
  claims?(honest: Json): Json;
  /** Another ID token. */
  idToken?(request: TokenRequest): Promise<string> | string;
  /** Another answer of the whole endpoint; null: none at all. */
  token?(honest: Json): Said | null;
  userinfo?(honest: Json): Said;
};

export type HostileProvider = {
  issuer: string;
  /** How often anybody asked at the other, private address of this machine. */
  privateVisits(): number;
  privateOrigin: string;
  /** From here on it departs so; its keys stay. */
  twist(twist: Twist): void;
  /** Signs somebody in: the code to bring back. `from`: what the browser was sent with. */
  authorize(from: URLSearchParams, account: Json): string;
  close(): Promise<void>;
};

type Grant = { account: Json; challenge: string; nonce: string | null; clientId: string };

/** An OpenID provider that does everything right but what it is told to do wrong. */
export async function aHostileOpenIdProvider(clock: () => number): Promise<HostileProvider> {
  const key = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256', { extractable: true });
  const publicJwk = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const publicPem = JSON.stringify(publicJwk);
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, Json>();
  let twist: Twist = {};
  let visits = 0;

  const server = createServer((request, response) => void answer(request, response));
  const inside = createServer((_, response) => {
    visits += 1;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: [publicJwk] }));
  });
  const portOf = async (each: typeof server) => {
    await new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve));
    return (each.address() as AddressInfo).port;
  };
  const issuer = `http://localhost:${await portOf(server)}`;
  const privateOrigin = `http://127.0.0.1:${await portOf(inside)}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const said = await decide(request);
    if (said === null) return;
    const { status = 200, type = 'application/json', location, body } = said;
    response.writeHead(status, { 'content-type': type, ...(location && { location }) });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  async function decide(request: IncomingMessage): Promise<Said | null> {
    switch (request.url) {
      case '/.well-known/openid-configuration': {
        const document = {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
          subject_types_supported: ['public'],
          authorization_response_iss_parameter_supported: true,
        };
        return twist.discovery?.(document) ?? { body: document };
      }
      case '/jwks':
        return twist.jwks?.({ keys: [publicJwk] }) ?? { body: { keys: [publicJwk] } };
      case '/token':
        return token(new URLSearchParams(await textOf(request)));
      case '/userinfo': {
        const account = accessTokens.get(request.headers.authorization?.slice('Bearer '.length) ?? '') ?? {};
        return twist.userinfo?.(account) ?? { body: account };
      }
      default:
        return { status: 404, body: {} };
    }
  }

  async function token(form: URLSearchParams): Promise<Said | null> {
    const code = form.get('code') ?? '';
    const grant = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== challenge) return { status: 400, body: { error: 'invalid_grant' } };
    const now = Math.floor(clock() / 1000);
    const { sub } = grant.account;
    const honest = { iss: issuer, aud: grant.clientId, sub, nonce: grant.nonce, iat: now, exp: now + 300 };
    const claims = twist.claims?.(honest) ?? honest;
    const sign: TokenRequest['sign'] = (payload, { header = {}, key: by = key.privateKey } = {}) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(by);
    const idToken = twist.idToken
      ? await twist.idToken({ claims, sign, keys: { other: other.privateKey, publicPem } })
      : await sign(claims);
    const accessToken = randomBytes(12).toString('hex');
    accessTokens.set(accessToken, grant.account);
    const body = { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken };
    return twist.token ? twist.token(body) : { body };
  }

  const closed = (each: typeof server) =>
    new Promise<void>((resolve) => {
      each.closeAllConnections();
      each.close(() => resolve());
    });
  return {
    issuer,
    privateOrigin,
    privateVisits: () => visits,
    twist: (next) => {
      twist = next;
    },
    authorize: (from, account) => {
      const code = randomBytes(12).toString('hex');
      const [challenge, clientId] = [from.get('code_challenge') ?? '', from.get('client_id') ?? ''];
      codes.set(code, { account, challenge, nonce: from.get('nonce'), clientId });
      return code;
    },
    close: async () => {
      await Promise.all([closed(server), closed(inside)]);
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
