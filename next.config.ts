import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // `npm test` checks types once, for everything; the first start after a clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-saml/node-saml',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@xmldom/xmldom',
    'pg',
    'pino',
    'selfsigned',
    'xml-encryption',
  ],
};

export default config;
