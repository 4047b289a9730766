import { directoryMethods, directoryRoute, scimAnswer } from '@/lib/scim/gate';
import { serviceProviderConfig } from '@/lib/scim/schema/discovery';
import { MOST_COUNT } from '@/lib/scim/schema/query';

const read = directoryRoute(async ({ baseUrl }) => scimAnswer(serviceProviderConfig(baseUrl, MOST_COUNT)));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({ GET: read });
