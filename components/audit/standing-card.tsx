import type { ReactNode } from 'react';
import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Details } from '@/components/ui/details';
import { FormMessage } from '@/components/ui/form-message';
import { formatCount, plural } from '@/components/ui/numbers';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { verifyAuditAction } from '@/lib/audit/actions';
import type { AuditStanding } from '@/lib/audit/types';
import { RetentionForm, WebhookForm } from './keeping-forms';

type Props = { org: string; standing: AuditStanding; mayKeep: boolean };

/** What can be said of the record as a whole, and the button that checks it. */
export function StandingCard({ org, standing, mayKeep }: Props) {
  return (
    <Card aria-label="How the record stands" className="mb-6 flex flex-col gap-4 p-5">
      <ActionForm
        action={verifyAuditAction}
        hidden={{ organisation: org }}
        className="flex flex-wrap items-center gap-x-4 gap-y-2"
      >
        <SubmitButton size="small">Verify now</SubmitButton>
        <FormMessage />
      </ActionForm>
      <dl className="grid gap-x-6 gap-y-1 text-sm sm:gap-y-3 sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name="Latest checkpoint">
          <LatestCheckpoint standing={standing} />
        </Fact>
        <Fact name="Verifier key">
          <Keys keys={standing.keys} />
        </Fact>
        <Fact name="Kept outside">
          <Places standing={standing} />
        </Fact>
        <Fact name="Kept for">
          {plural(standing.retentionDays, 'day')}
          {standing.removed > 0
            ? `; the first ${plural(standing.removed, 'entry', 'entries')}, older than that, ${standing.removed === 1 ? 'is' : 'are'} gone`
            : null}
        </Fact>
      </dl>
      {mayKeep ? (
        <Details summary="Change how the record is kept">
          <div className="mt-3 grid gap-5 md:grid-cols-2">
            <WebhookForm org={org} url={standing.webhook?.url ?? ''} />
            <RetentionForm org={org} days={standing.retentionDays} />
          </div>
        </Details>
      ) : null}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted sm:py-0.5">{name}</dt>
      <dd className="min-w-0 wrap-anywhere max-sm:mb-2">{children}</dd>
    </div>
  );
}

function LatestCheckpoint({ standing: { checkpoint } }: { standing: AuditStanding }) {
  if (!checkpoint) return <>None yet: the first is signed within a minute of the first deed.</>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        entry {formatCount(checkpoint.size)}, signed <Time at={checkpoint.at} />
      </span>
      <CopyButton text={checkpoint.note} label="Copy the checkpoint" />
    </div>
  );
}

function Keys({ keys: [latest, ...earlier] }: { keys: readonly string[] }) {
  if (!latest) return <>Made with the first checkpoint.</>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <code className="min-w-0 font-mono text-xs wrap-anywhere">{latest}</code>
      <CopyButton text={latest} label="Copy the key" />
      {earlier.length > 0 ? (
        <span className="w-full text-muted">
          Earlier:{' '}
          {earlier.map((key) => (
            <code key={key} className="block font-mono text-xs">
              {key}
            </code>
          ))}
        </span>
      ) : null}
    </div>
  );
}

function Places({ standing: { file, webhook } }: { standing: AuditStanding }) {
  if (!file && !webhook)
    return (
      <>
        Nowhere yet. Whoever holds both the database and its key could rewrite everything unseen: set a
        webhook below, or AUDIT_CHECKPOINT_FILE on the server.
      </>
    );
  return (
    <ul className="flex flex-col gap-1">
      {webhook ? (
        <li>
          <code className="font-mono text-xs">{webhook.url}</code>{' '}
          {webhook.sentAt ? (
            <>
              up to entry {formatCount(webhook.upTo)}, <Time at={webhook.sentAt} />
            </>
          ) : (
            'nothing has arrived yet'
          )}
          {webhook.error ? (
            <p className="text-red">
              {webhook.error} Failed {plural(webhook.failures, 'time')}; tried again{' '}
              {webhook.nextAt ? <Time at={webhook.nextAt} style="due" /> : 'shortly'}.
            </p>
          ) : null}
        </li>
      ) : null}
      {file ? (
        <li>
          A file of the server,{' '}
          {file.sentAt ? (
            <>
              up to entry {formatCount(file.upTo)}, <Time at={file.sentAt} />
            </>
          ) : (
            'to which nothing was appended yet'
          )}
          {file.error ? <p className="text-red">It cannot be written: {file.error}</p> : null}
        </li>
      ) : null}
    </ul>
  );
}
