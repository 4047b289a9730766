import { GearMove } from '@/components/gear/gear-move';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/class-names';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { RecommendationPage } from '@/lib/decisions/types';
import { CardFooter } from './card-footer';
import { Sentences } from './sentences';

type Props = { org: string; recommendation: RecommendationPage; titled?: boolean };

/**
 * A recommendation in sentences: what, why and how sure, what it allows, what could go wrong, what undoes it. Once decided, a list
 * says only what became of it.
 */
export function RecommendationCard({ org, recommendation, titled = true }: Props) {
  const { id, team, teamName, category, categoryName, from, to, status, openedAt, knownSince } =
    recommendation;
  const level = titled ? 3 : 2;
  const isShort = titled && status !== 'open';
  return (
    <Card aria-label={`${teamName}, ${categoryName}: ${from} to ${to}`}>
      <div className={cn('flex flex-col gap-5 px-5', isShort ? 'py-3.5' : 'py-5')}>
        {titled ? (
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <h2 className="text-lg font-semibold">
              <TextLink quiet href={paths.decision(org, id)}>
                <bdi>{teamName}</bdi> · <bdi>{categoryName}</bdi>: <GearMove from={from} to={to} />
              </TextLink>
            </h2>
            <p className="text-sm text-muted">
              recommended <Time at={openedAt} />
              {knownSince ? (
                <>
                  ; known to Gait since <Time at={knownSince} style="date" />
                </>
              ) : null}
            </p>
          </div>
        ) : null}
        {isShort ? null : (
          <>
            {recommendation.sinceThen ? <p className="text-amber">{recommendation.sinceThen}</p> : null}
            <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
              <Sentences level={level} heading="Why, and how sure" sentences={recommendation.reasons} />
              <Sentences
                level={level}
                heading={`What the policy allows in ${to}`}
                sentences={recommendation.allows}
              />
              <Sentences level={level} heading="What could go wrong" sentences={recommendation.risks} />
              <Sentences level={level} heading="What would undo it" sentences={recommendation.undo} />
            </div>
            <TextLink href={paths.lane(org, team, category)} className="w-fit text-sm">
              See the evidence behind it
            </TextLink>
          </>
        )}
      </div>
      <CardFooter org={org} recommendation={recommendation} />
    </Card>
  );
}
