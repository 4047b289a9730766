import { Chip, type Tone } from '@/components/ui/chip';
import type { Severity } from '@/lib/domain/event';
import { UNSAID_SEVERITY } from '@/lib/domain/incident';

const tone = { SEV1: 'red', SEV2: 'red', SEV3: 'amber', SEV4: 'quiet' } as const satisfies Record<
  Severity,
  Tone
>;

/** How grave an incident is, or that nobody has said it and what it counts as meanwhile. */
export function SeverityChip({ severity }: { severity: Severity | null }) {
  return severity === null ? (
    <Chip tone={tone[UNSAID_SEVERITY]}>Severity not said yet, counts as {UNSAID_SEVERITY}</Chip>
  ) : (
    <Chip tone={tone[severity]}>{severity}</Chip>
  );
}
