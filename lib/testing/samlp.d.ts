declare module 'samlp' {
  type Query = { query: Readonly<Record<string, string | undefined>>; method: string };

  export type Requested = {
    id: string;
    issuer: string;
    assertionConsumerServiceURL: string;
    forceAuthn?: string;
  };
  export function parseRequest(
    request: Query,
    options: { signingCert?: string; relayState?: string },
    done: (error: Error | null, requested?: Requested) => void,
  ): void;

  export type ResponseOptions = {
    issuer: string;
    cert: string;
    key: string;
    audience: string;
    recipient: string;
    destination: string;
    inResponseTo?: string;
    lifetimeInSeconds: number;
    signatureAlgorithm: string;
    digestAlgorithm: string;
    signAssertion: boolean;
    signResponse: boolean;
    encryptionCert?: string;
    encryptionPublicKey?: string;
    authnContextClassRef: string;
    profileMapper(user: unknown): {
      getClaims(): Record<string, unknown>;
      getNameIdentifier(): { nameIdentifier: string; nameIdentifierFormat: string };
    };
  };
  export function getSamlResponse(
    options: ResponseOptions,
    user: unknown,
    done: (error: Error | null, xml?: string) => void,
  ): void;

  export function metadata(options: {
    issuer: string;
    cert: string;
    redirectEndpointPath: string;
    postEndpointPath: string;
  }): (request: unknown, response: unknown) => void;
}
