import type { Risk } from '@/lib/domain/category';
import type { Gear } from '@/lib/domain/gear';
import type { LaneRules } from '@/lib/domain/lane/lane-rules';
import { barsFor, DEFAULT_POLICY, type Policy, policySchema } from '@/lib/domain/policy';
import { ALPHA } from '@/lib/domain/trust/constants';
import { checkConfig } from '@/lib/domain/trust/engine-config';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';

/** The policy in force: the newest published version. */
export async function policyOf(tx: Tx, orgId: OrgId): Promise<Policy> {
  const latest = await tx.policy.findFirst({
    where: { orgId },
    orderBy: { version: 'desc' },
    select: { document: true },
  });
  return latest ? policySchema.parse(latest.document) : DEFAULT_POLICY;
}

/** What a lane of this category is folded by. */
export function rulesFor(policy: Policy, category: { risk: string; ceiling: string }): LaneRules {
  const { maturityDays, minInGear, tightenClear, aDemote, aDrift, approvalsNeeded } = policy;
  const bars = barsFor(policy, category.risk as Risk);
  return {
    engine: checkConfig({ bars, maturityDays, minInGear, tightenClear, aDemote, aDrift, alpha: ALPHA }),
    ceiling: category.ceiling as Gear,
    approvalsNeeded,
  };
}
