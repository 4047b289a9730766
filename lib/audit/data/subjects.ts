import { z } from 'zod';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { AuditSubject } from '../types';

type Named = { target: string; before: unknown; after: unknown };
type Find = (tx: Tx, orgId: OrgId, keys: string[]) => Promise<{ key: string; name: string | null }[]>;

const named = (rows: { id: string; name: string | null }[]) =>
  rows.map(({ id, name }) => ({ key: id, name }));
const select = { id: true, name: true } as const;

/** Kinds whose key is no name. */
const FIND: Readonly<Record<string, Find>> = {
  person: async (tx, orgId, ids) =>
    named(await tx.person.findMany({ where: { orgId, id: { in: ids } }, select })),
  token: async (tx, orgId, ids) =>
    named(await tx.token.findMany({ where: { orgId, id: { in: ids } }, select })),
  invitation: async (tx, orgId, ids) =>
    named(await tx.invitation.findMany({ where: { orgId, id: { in: ids } }, select })),
  channel: async (tx, orgId, ids) =>
    named(await tx.channel.findMany({ where: { orgId, id: { in: ids } }, select })),
  connection: async (tx, orgId, ids) =>
    named(await tx.connection.findMany({ where: { orgId, id: { in: ids } }, select })),
  directory_user: async (tx, orgId, ids) => {
    const rows = await tx.directoryUser.findMany({
      where: { orgId, id: { in: ids } },
      select: { id: true, userName: true },
    });
    return rows.map(({ id, userName }) => ({ key: id, name: userName }));
  },
  directory_group: async (tx, orgId, ids) => {
    const rows = await tx.directoryGroup.findMany({
      where: { orgId, id: { in: ids } },
      select: { id: true, displayName: true },
    });
    return rows.map(({ id, displayName }) => ({ key: id, name: displayName }));
  },
  agent: async (tx, orgId, keys) => {
    const where = { orgId, key: { in: keys } };
    return tx.agent.findMany({ where, select: { key: true, name: true } });
  },
  lane: async (tx, orgId, keys) => {
    const names = await namesOf(tx, orgId);
    return keys.map((key) => {
      const [team = '', category = ''] = key.split('/');
      return { key, name: `${names.team(team)} · ${names.category(category)}` };
    });
  },
  organisation: async (tx, orgId, slugs) => {
    const where = { orgId, slug: { in: slugs } };
    const rows = await tx.organisation.findMany({ where, select: { slug: true, name: true } });
    return rows.map(({ slug, name }) => ({ key: slug, name }));
  },
};

/** Says of each entry what it was done to, with one query a kind. */
export async function subjectsOf(
  tx: Tx,
  orgId: OrgId,
  entries: readonly Named[],
): Promise<(entry: Named) => AuditSubject> {
  const names = new Map<string, string | null>();
  const byKind = Map.groupBy(
    entries.map(({ target }) => partsOf(target)),
    ({ kind }) => kind,
  );
  for (const [kind, parts] of byKind) {
    const keys = [...new Set(parts.map(({ key }) => key))];
    for (const { key, name } of (await FIND[kind]?.(tx, orgId, keys)) ?? [])
      names.set(`${kind}:${key}`, name);
  }
  return ({ target, before, after }) => {
    const parts = partsOf(target);
    return {
      ...parts,
      name: names.get(target) ?? nameIn(before) ?? nameIn(after),
      isGone: FIND[parts.kind] !== undefined && !names.has(target),
    };
  };
}

function partsOf(target: string): { kind: string; key: string } {
  const [kind = '', key = ''] = target.split(/:(.*)/s);
  return { kind, key };
}

const withName = z.object({ name: z.string() });

function nameIn(value: unknown): string | null {
  const parsed = withName.safeParse(value);
  return parsed.success ? parsed.data.name : null;
}
