import { expect, it } from 'vitest';
import type { z } from 'zod';
import { registerAgentSchema } from '@/lib/agents/schema';
import { inviteSchema } from '@/lib/members/schema';
import { addChannelSchema } from '@/lib/outbox/schema';
import { createTokenSchema } from '@/lib/tokens/schema';

const naming: [string, z.ZodType][] = [
  ['a token', createTokenSchema],
  ['a person', inviteSchema],
  ['an agent', registerAgentSchema],
  ['a channel', addChannelSchema],
];

const refusal = 'A name holds no line breaks and no control characters.';
const saidOfName = (schema: z.ZodType, name: string) =>
  schema
    .safeParse({ name })
    .error?.issues.filter(({ path }) => path[0] === 'name')
    .map(({ message }) => message) ?? [];

it.each(naming)('%s has a name that can be read as it stands', (_, schema) => {
  for (const name of ['a\u0000b', 'CI\nrevoked', '\u202Egnp.exe', 'a\uD800'])
    expect(saidOfName(schema, name), JSON.stringify(name)).toEqual([refusal]);
  expect(saidOfName(schema, '\u200B \u2060'), 'nothing that is seen').toHaveLength(1);
  for (const name of ['مدفوعات', '👩‍🚀 Ana', 'Zoë']) expect(saidOfName(schema, name), name).toEqual([]);
});
