import type { RecommendationPage } from '@/lib/decisions/types';
import { ApprovalsLine } from './approvals-line';
import { DecideForm } from './decide-form';
import { Outcome } from './outcome';

type Props = { org: string; recommendation: RecommendationPage };

/** How a recommendation stands, and the form that decides it. */
export function CardFooter({ org, recommendation }: Props) {
  const { id, status, cannotDecide } = recommendation;
  const isOpen = status === 'open';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and most of these hold none
    <div
      role="group"
      aria-label="Decision"
      className="flex flex-col gap-3 rounded-b-xl border-t border-line bg-paper px-5 py-4 text-sm"
    >
      <div role="status">
        {isOpen ? <ApprovalsLine {...recommendation} /> : <Outcome recommendation={recommendation} />}
      </div>
      {isOpen && cannotDecide ? <p className="text-muted">{cannotDecide}</p> : null}
      {isOpen && !cannotDecide ? <DecideForm org={org} recommendation={id} /> : null}
    </div>
  );
}
