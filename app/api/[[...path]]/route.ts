import { AppError } from '@/lib/platform/errors';
import { route } from '@/lib/platform/http';

/** What no other route of the API answers is answered here, in the API's own form. */
const refuse = route<{ path?: string[] }>(async (request) => {
  throw new AppError('not_found', `There is nothing at ${new URL(request.url).pathname}.`);
});

export {
  refuse as GET,
  refuse as HEAD,
  refuse as POST,
  refuse as PUT,
  refuse as PATCH,
  refuse as DELETE,
  refuse as OPTIONS,
};
