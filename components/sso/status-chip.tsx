import { Chip } from '@/components/ui/chip';
import type { ConnectionRow } from '@/lib/sso/types';

export function StatusChip({ status }: Pick<ConnectionRow, 'status'>) {
  return <Chip tone={status === 'on' ? 'green' : status === 'draft' ? 'amber' : 'quiet'}>{status}</Chip>;
}
