import { methods, route } from '@/lib/platform/http';
import { receiveSamlRequest } from '@/lib/sso/gate';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods<{ connection: string }>({
  POST: route(async (request, { requestId, params }) =>
    receiveSamlRequest(request, (await params).connection, requestId),
  ),
});
