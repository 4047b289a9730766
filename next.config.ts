import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // `npm test` checks types once, for everything; the first start after a clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@prisma/adapter-pg', '@prisma/client', 'pg', 'pino'],
};

export default config;
