import { directoryMethods, directoryRoute, discoveryAnswer } from '@/lib/scim/gate';
import { schemas } from '@/lib/scim/schema/discovery';

const read = directoryRoute(async (directed) => discoveryAnswer(directed, schemas(directed.baseUrl)));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({ GET: read });
