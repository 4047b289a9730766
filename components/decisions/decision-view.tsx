import { GearMove } from '@/components/gear/gear-move';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { RecommendationPage } from '@/lib/decisions/types';
import { RecommendationCard } from './recommendation-card';

type Props = {
  org: string;
  recommendation: RecommendationPage;
  /** The reader followed a link from a mail that was sent to somebody else. */
  isOthersLink: boolean;
};

export function DecisionView({ org, recommendation, isOthersLink }: Props) {
  const { teamName, categoryName, from, to, status, openedAt, knownSince, policyVersion } = recommendation;
  const question = status === 'open' ? 'May it move?' : '';
  return (
    <div className="max-w-4xl">
      <PageHeader
        trail={[
          { label: 'Decisions', href: paths.decisions(org) },
          { label: teamName, href: paths.team(org, recommendation.team) },
        ]}
        title={
          <>
            <bdi>{teamName}</bdi> · <bdi>{categoryName}</bdi>: <GearMove from={from} to={to} />. {question}
          </>
        }
        lead={
          <>
            Recommended on <Time at={openedAt} style="date" />, on the evidence of that day
            {knownSince ? (
              <>
                ; known to Gait since <Time at={knownSince} style="date" />
              </>
            ) : null}{' '}
            · policy version {policyVersion}
          </>
        }
      />
      {isOthersLink ? (
        <Notice tone="amber" className="mb-4">
          This link was mailed to somebody else. What you decide here stands under your own name.
        </Notice>
      ) : null}
      <RecommendationCard org={org} recommendation={recommendation} titled={false} />
    </div>
  );
}
