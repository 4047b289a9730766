import { randomBytes } from 'node:crypto';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { checkProof, proofOf } from '../dns';
import { isPublicMail } from '../public-mail';
import { allowSetup } from './allow-setup';
import { keepingAWayIn } from './way-in';

/** How long a proof may be missing before the organisation no longer vouches for the domain, in ms: DNS has bad days. */
const GRACE_MS = 3 * 24 * 60 * 60_000;

const MOST_DOMAINS = 100;

/** Claims a domain. It counts for nothing until its proof stands in DNS. Claiming it again changes nothing. */
export async function claimDomain(ctx: Ctx, { domain }: { domain: string }): Promise<void> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  if (isPublicMail(domain))
    throw refusedFields({
      domain: [`Anybody can have an address at ${domain}, so it is no organisation’s to claim.`],
    });
  await inOrg(orgId, async (tx) => {
    if ((await tx.emailDomain.count({ where: { orgId } })) >= MOST_DOMAINS)
      throw refusedFields({ domain: [`At most ${MOST_DOMAINS} domains.`] });
    const { count } = await tx.emailDomain.createMany({
      data: [{ orgId, domain, challenge: randomBytes(20).toString('hex'), createdAt: clock.now() }],
      skipDuplicates: true,
    });
    if (count > 0) await recordAudit(tx, ctx, { act: 'domain.claimed', target: `domain:${domain}` });
  });
}

/** Asks DNS for the proof, now. @returns what to tell the person */
export async function verifyDomain(ctx: Ctx, { domain }: { domain: string }): Promise<string> {
  await allow(ctx, 'manageSignIn');
  return checkDomain(ctx, domain);
}

/** Asks DNS for the proof and notes what it says; also what the daily look does. The transaction is not open while DNS is asked. */
export async function checkDomain(ctx: Ctx, domain: string): Promise<string> {
  const { orgId, clock } = ctx;
  const claimed = await inOrg(orgId, (tx) =>
    tx.emailDomain.findUnique({ where: { orgId_domain: { orgId, domain } } }),
  );
  if (!claimed) throw new AppError('not_found', 'This domain is not claimed here.');
  const proof = await checkProof(domain, claimed.challenge);
  const now = clock.now();
  return inOrg(orgId, async (tx) => {
    if (proof.state === 'there') return noteProof(tx, ctx, domain, claimed.verifiedAt === null);
    if (proof.state === 'unknown')
      return `DNS did not answer about ${domain}. What was known stands; try again later.`;
    const missingSince = claimed.missingSince ?? now;
    const isLost = claimed.verifiedAt !== null && now.getTime() - missingSince.getTime() >= GRACE_MS;
    await tx.emailDomain.updateMany({
      where: { orgId, domain },
      data: { checkedAt: now, missingSince, ...(isLost && { verifiedAt: null }) },
    });
    if (isLost) {
      await tx.domainRoute.deleteMany({ where: { domain, orgId } });
      await recordAudit(tx, ctx, { act: 'domain.lost', target: `domain:${domain}` });
    }
    const { name, value } = proofOf(domain, claimed.challenge);
    const instead = proof.found.length > 0 ? `: it says ${proof.found.join(', ')}` : '';
    return `The record ${name} does not say ${value} yet${instead}.`;
  });
}

async function noteProof(tx: Tx, ctx: Ctx, domain: string, isNew: boolean): Promise<string> {
  const { orgId, clock } = ctx;
  const now = clock.now();
  await tx.domainRoute.createMany({ data: [{ domain, orgId }], skipDuplicates: true });
  const route = await tx.domainRoute.findUnique({ where: { domain } });
  if (route?.orgId !== orgId)
    throw new AppError('conflict', `Another organisation here has verified ${domain} already.`);
  await tx.emailDomain.updateMany({
    where: { orgId, domain },
    data: { checkedAt: now, missingSince: null, ...(isNew && { verifiedAt: now }) },
  });
  if (isNew) await recordAudit(tx, ctx, { act: 'domain.verified', target: `domain:${domain}` });
  return `${domain} is verified.`;
}

/** Says through which connection people of a domain sign in; null: through none. */
export async function routeDomain(
  ctx: Ctx,
  { domain, connection }: { domain: string; connection: string | null },
): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await keepingAWayIn(ctx, async (tx) => {
    const where = { orgId_domain: { orgId, domain } };
    const before = await tx.emailDomain.findUnique({ where });
    if (!before) throw new AppError('not_found', 'This domain is not claimed here.');
    if (connection !== null && (await tx.connection.count({ where: { orgId, id: connection } })) === 0)
      throw refusedFields({ connection: ['This connection is not known.'] });
    if (before.connectionId === connection) return;
    await tx.emailDomain.update({ where, data: { connectionId: connection } });
    await recordAudit(tx, ctx, {
      act: 'domain.routed',
      target: `domain:${domain}`,
      before: { connection: before.connectionId },
      after: { connection },
    });
  });
}

/** Gives a claim up: from now on nobody of that domain signs in by single sign-on. */
export async function dropDomain(ctx: Ctx, { domain }: { domain: string }): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await keepingAWayIn(ctx, async (tx) => {
    await tx.domainRoute.deleteMany({ where: { domain, orgId } });
    const { count } = await tx.emailDomain.deleteMany({ where: { orgId, domain } });
    if (count > 0) await recordAudit(tx, ctx, { act: 'domain.dropped', target: `domain:${domain}` });
  });
}
