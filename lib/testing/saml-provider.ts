import { createPublicKey, X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { getSamlResponse, metadata, parseRequest, type Requested } from 'samlp';
import { generate } from 'selfsigned';

/** Somebody at the provider: the NameID, and the attributes that it says of them. */
export type SamlAccount = {
  nameId: string;
  format?: string;
  attributes: Readonly<Record<string, string | readonly string[]>>;
};

/** What the provider's page lets the browser post. */
export type PostedForm = { action: string; SAMLResponse: string; RelayState: string };

type Signs = 'assertion' | 'response' | 'both';

export type SamlIdentityProvider = {
  entityId: string;
  metadataUrl: string;
  key: string;
  certificate: string;
  /** Whoever signs in next is this one. */
  signsIn(account: SamlAccount): void;
  signs(what: Signs): void;
  /** Reads Gait's own metadata: from here on requests must be signed with its first certificate, and are encrypted for its last, if so. */
  reads(ownMetadata: string, options: { encrypts: boolean }): void;
  /** A new key: from here on it signs with that, and its metadata holds it. */
  rollsOver(): Promise<void>;
  /** Goes to its sign-in page as a browser does. */
  visit(url: string): Promise<PostedForm>;
  /** Sends somebody to a service that did not ask. */
  initiates(service: { entityId: string; acsUrl: string }): Promise<PostedForm>;
  /** The request behind an address that Gait sends a browser to, its signature checked. */
  requested(url: string): Promise<Requested>;
  close(): Promise<void>;
};

const newKey = (notAfter?: Date) =>
  generate([{ name: 'commonName', value: 'the provider' }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...(notAfter && { notBeforeDate: new Date(notAfter.getTime() - 86_400_000), notAfterDate: notAfter }),
  });
const parse = promisify(parseRequest);
const respond = promisify(getSamlResponse);

/**
 * An identity provider (samlp) on this machine that asks no questions: whoever comes is the account that was set. `notAfter`: when
 * its first certificate expires.
 */
export async function aSamlProvider({
  host = 'localhost',
  notAfter,
}: {
  host?: string;
  notAfter?: Date;
} = {}): Promise<SamlIdentityProvider> {
  let { private: key, cert: certificate } = await newKey(notAfter);
  let account: SamlAccount | null = null;
  let signs: Signs = 'assertion';
  let known: { signing: string; encryption: string | null } | null = null;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const entityId = `${origin}/saml`;

  async function requested(url: string): Promise<Requested> {
    const query = Object.fromEntries(new URL(url, origin).searchParams);
    const options = {
      ...(known && { signingCert: known.signing }),
      ...(query.RelayState && { relayState: query.RelayState }),
    };
    const found = await parse({ query, method: 'GET' }, options);
    if (!found) throw new Error('There is no request.');
    return found;
  }

  async function formFor(to: {
    audience: string;
    acsUrl: string;
    relayState: string;
    inResponseTo?: string;
  }) {
    const user = account;
    if (!user) throw new Error('Nobody was set to sign in.');
    const xml = await respond(
      {
        issuer: entityId,
        cert: certificate,
        key,
        audience: to.audience,
        recipient: to.acsUrl,
        destination: to.acsUrl,
        ...(to.inResponseTo !== undefined && { inResponseTo: to.inResponseTo }),
        lifetimeInSeconds: 300,
        signatureAlgorithm: 'rsa-sha256',
        digestAlgorithm: 'sha256',
        signAssertion: signs !== 'response',
        signResponse: signs !== 'assertion',
        ...(known?.encryption && {
          encryptionCert: known.encryption,
          encryptionPublicKey: publicKeyOf(known.encryption),
        }),
        authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
        profileMapper: () => ({
          getClaims: () => ({ ...user.attributes }),
          getNameIdentifier: () => ({
            nameIdentifier: user.nameId,
            nameIdentifierFormat: user.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          }),
        }),
      },
      user,
    );
    const SAMLResponse = Buffer.from(xml ?? '').toString('base64');
    return { action: to.acsUrl, SAMLResponse, RelayState: to.relayState };
  }

  async function visit(url: string): Promise<PostedForm> {
    const { issuer, id, assertionConsumerServiceURL: acsUrl } = await requested(url);
    const relayState = new URL(url, origin).searchParams.get('RelayState') ?? '';
    return formFor({ audience: issuer, acsUrl, relayState, inResponseTo: id });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === '/metadata') return tellOfItself(request, response);
    if (pathname !== '/sso') return void response.writeHead(404).end();
    const { action, ...fields } = await visit(request.url ?? '');
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<form method="post" action="${action}">${inputs.join('')}<button>Continue</button></form>
       <script>document.forms[0].submit()</script>`,
    );
  }

  function tellOfItself(request: IncomingMessage, response: ServerResponse): void {
    const paths = { redirectEndpointPath: '/sso', postEndpointPath: '/sso' };
    // samlp speaks to Express; this is what it uses of it.
    const express = {
      set: (name: string, value: string) => response.setHeader(name, value),
      send: (body: string) => response.end(body),
    };
    metadata({ issuer: entityId, cert: certificate, ...paths })(
      Object.assign(request, { protocol: 'http', connection: request.socket }),
      express,
    );
  }

  return {
    entityId,
    metadataUrl: `${origin}/metadata`,
    get key() {
      return key;
    },
    get certificate() {
      return certificate;
    },
    signsIn: (next) => {
      account = next;
    },
    signs: (what) => {
      signs = what;
    },
    reads: (own, { encrypts }) => {
      const [signing = '', ...more] = certificatesIn(own);
      known = { signing, encryption: encrypts ? (more.at(-1) ?? signing) : null };
    },
    rollsOver: async () => {
      ({ private: key, cert: certificate } = await newKey());
    },
    visit,
    initiates: ({ entityId: audience, acsUrl }) => formFor({ audience, acsUrl, relayState: '/portal' }),
    requested,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function certificatesIn(xml: string): string[] {
  return [...xml.matchAll(/<(?:ds:)?X509Certificate>([^<]+)</g)].map(([, base64 = '']) =>
    new X509Certificate(Buffer.from(base64, 'base64')).toString(),
  );
}

function publicKeyOf(certificate: string): string {
  return createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString();
}
