import type { NextConfig } from 'next';

/** On every page. A content security policy with nonces follows with sign-in by SSO. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  // Not `no-referrer`: with it browsers send forms without their origin, and a form that works without JavaScript is refused.
  { key: 'Referrer-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  headers: async () => [{ source: '/:path*', headers }],
  poweredByHeader: false,
  compress: true,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // `npm test` checks types once, for everything; the first start after a clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@prisma/adapter-pg', '@prisma/client', 'pg', 'pino'],
};

export default config;
