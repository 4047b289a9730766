import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { removeChannelAction, switchChannelAction, tryChannelAction } from '@/lib/outbox/actions';
import type { ChannelItem } from '@/lib/outbox/types';
import { KIND_WORDS, NEWS_WORDS } from './channel-words';

type Props = { org: string; channel: ChannelItem };

export function ChannelCard({ org, channel }: Props) {
  const { id, kind, name, host, team, gets, isOn, createdAt, createdBy, lastSentAt, lastError } = channel;
  const hidden = { organisation: org, channel: id };
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div>
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
          <bdi className="wrap-anywhere">{name}</bdi>
          {isOn ? (
            <Chip tone={lastError ? 'amber' : 'green'}>{lastError ? 'fails' : 'on'}</Chip>
          ) : (
            <Chip>paused</Chip>
          )}
        </h3>
        <p className="text-sm text-muted wrap-anywhere">
          {KIND_WORDS[kind]} at {host}, for <bdi>{team?.name ?? 'the organisation'}</bdi>:{' '}
          {gets.map((news) => NEWS_WORDS[news].name.toLowerCase()).join(', ')}
        </p>
        <p className="text-sm text-muted">
          Added <Time at={createdAt} /> by <bdi>{createdBy}</bdi>.{' '}
          {lastSentAt ? (
            <>
              Last taken <Time at={lastSentAt} />.
            </>
          ) : (
            'Nothing was taken yet.'
          )}
        </p>
        {lastError ? <p className="text-sm text-amber wrap-anywhere">{lastError}</p> : null}
      </div>
      <div className="flex flex-wrap items-start gap-3">
        <ActionForm action={tryChannelAction} hidden={hidden} className="flex flex-wrap items-center gap-2">
          <SubmitButton size="small">
            Try it <span className="sr-only">: {name}</span>
          </SubmitButton>
          <FormMessage />
        </ActionForm>
        <ActionForm action={switchChannelAction} hidden={{ ...hidden, isOn: isOn ? 'no' : 'yes' }}>
          <SubmitButton size="small">
            {isOn ? 'Pause' : 'Resume'} <span className="sr-only">: {name}</span>
          </SubmitButton>
          <FormMessage />
        </ActionForm>
        <details className="w-fit text-sm">
          <summary className="rounded-sm py-1 text-muted underline decoration-line underline-offset-3 hover:text-ink">
            Remove… <span className="sr-only">{name}</span>
          </summary>
          <ActionForm
            action={removeChannelAction}
            hidden={hidden}
            className="mt-2 flex flex-col items-start gap-2"
          >
            <p className="max-w-64 text-muted">
              Its address is forgotten. What waits to be sent there is dropped.
            </p>
            <SubmitButton look="danger" size="small">
              Remove it
            </SubmitButton>
            <FormMessage />
          </ActionForm>
        </details>
      </div>
    </Card>
  );
}
