import { methods, route } from '@/lib/platform/http';
import { getOwnMetadata } from '@/lib/sso/data/own-metadata';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods<{ connection: string }>({
  GET: route(async (_, { params }) => ({
    status: 200,
    headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8' },
    body: await getOwnMetadata((await params).connection),
  })),
});
