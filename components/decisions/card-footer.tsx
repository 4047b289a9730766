import { cn } from '@/components/ui/class-names';
import type { RecommendationPage } from '@/lib/decisions/types';
import { ApprovalsLine } from './approvals-line';
import { DecideForm } from './decide-form';
import { Outcome } from './outcome';

type Props = { org: string; recommendation: RecommendationPage; keepsHeight: boolean };

/**
 * How a recommendation stands, and the form that decides it. In a list it stays as high as the form was, so that after a
 * decision no other card moves under the pointer.
 */
export function CardFooter({ org, recommendation, keepsHeight }: Props) {
  const { id, status, approvals, cannotDecide } = recommendation;
  const isOpen = status === 'open';
  const formMayHaveStood = !isOpen || approvals.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and most of these hold none
    <div
      role="group"
      aria-label="Decision"
      className={cn(
        'flex flex-col gap-3 rounded-b-xl border-t border-line bg-paper px-5 py-4 text-sm',
        keepsHeight && formMayHaveStood && 'min-h-54.25',
        !isOpen && 'justify-center',
      )}
    >
      <div role="status">
        {isOpen ? <ApprovalsLine {...recommendation} /> : <Outcome recommendation={recommendation} />}
      </div>
      {isOpen && cannotDecide ? <p className="text-muted">{cannotDecide}</p> : null}
      {isOpen && !cannotDecide ? <DecideForm org={org} recommendation={id} /> : null}
    </div>
  );
}
