import { directoryMethods, directoryRoute, discoveryAnswer } from '@/lib/scim/gate';
import { resourceTypes } from '@/lib/scim/schema/discovery';

const read = directoryRoute(async (directed) => discoveryAnswer(directed, resourceTypes(directed.baseUrl)));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({ GET: read });
