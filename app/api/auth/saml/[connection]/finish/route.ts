import { methods, route } from '@/lib/platform/http';
import { finishSamlRequest } from '@/lib/sso/gate';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods<{ connection: string }>({
  GET: route(async (request, { requestId, params }) =>
    finishSamlRequest(request, (await params).connection, requestId),
  ),
});
