import type { ReactNode } from 'react';
import { ActionForm } from '@/components/layout/action-form';
import { paths } from '@/components/layout/paths';
import { Chip } from '@/components/ui/chip';
import { Details } from '@/components/ui/details';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { linkIncidentAction } from '@/lib/incidents/actions';
import type { LinkDetails } from '@/lib/incidents/types';

type Props = { org: string; incident: string; task: string; link: Pick<LinkDetails, 'status' | 'effect'> };

/** What the link means for the lane: as it stands, or as it would be if it were confirmed. */
function Meaning({ org, link: { status, effect } }: Pick<Props, 'org' | 'link'>) {
  if (!effect) return null;
  const { team, category, lane, consequence, uncharged, isOtherTeam } = effect;
  if (status !== 'confirmed') return consequence;
  if (uncharged) return `Nothing is charged. ${uncharged}`;
  return (
    <>
      Charged to{' '}
      <TextLink href={paths.lane(org, team, category)}>
        <bdi>{lane}</bdi>
      </TextLink>
      {isOtherTeam ? ', the lane of the task' : ''}
    </>
  );
}

/** Takes back a confirmation: what the lane had lost by it comes back, so the reason stands in the record. */
function Undo() {
  return (
    <Details key="undo" summary="Undo">
      <div className="mt-2 flex max-w-lg flex-col items-start gap-2">
        <TextField
          name="reason"
          label="Reason"
          required
          maxLength={2000}
          className="self-stretch"
          hint="Stays in the record. The charge is taken back, and the lane is worked out anew without it."
        />
        <SubmitButton size="small" name="status" value="rejected">
          Undo the link
        </SubmitButton>
      </div>
    </Details>
  );
}

function ConfirmAfterAll({ children }: { children: ReactNode }) {
  return (
    <Details key="confirm" summary="Confirm after all">
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-muted wrap-anywhere">{children}</p>
        <SubmitButton size="small" name="status" value="confirmed">
          Confirm the link
        </SubmitButton>
      </div>
    </Details>
  );
}

/**
 * A link between incident and task: a person says yes or no, and may take it back. Only a yes is charged. It stays the same form
 * whatever was said, so that its answer stays in the page.
 */
export function LinkForm({ org, incident, task, link }: Props) {
  const { status } = link;
  const meaning = <Meaning org={org} link={link} />;
  return (
    <ActionForm
      action={linkIncidentAction}
      hidden={{ organisation: org, incident, task }}
      className="flex flex-col gap-2 rounded-md text-sm"
    >
      {status === 'rejected' ? null : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-64 text-muted wrap-anywhere">{meaning}</p>
          {status === 'confirmed' ? (
            <Chip tone="red">Confirmed</Chip>
          ) : (
            <div className="flex flex-wrap gap-2">
              <SubmitButton size="small" name="status" value="confirmed">
                Confirm
              </SubmitButton>
              <SubmitButton size="small" look="quiet" name="status" value="rejected">
                Not related
              </SubmitButton>
            </div>
          )}
        </div>
      )}
      {status === 'confirmed' ? <Undo /> : null}
      {status === 'rejected' ? (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <ConfirmAfterAll>{meaning}</ConfirmAfterAll>
          <Chip className="ml-auto">Not related</Chip>
        </div>
      ) : null}
      <FormMessage />
    </ActionForm>
  );
}
