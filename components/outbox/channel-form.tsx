'use client';

import { ActionForm } from '@/components/layout/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { useAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { NewSecret } from '@/components/ui/new-secret';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { NEWS } from '@/lib/domain/notice/recipients';
import { addChannelAction } from '@/lib/outbox/actions';
import { CHANNEL_KINDS } from '@/lib/outbox/schema';
import type { ChannelsPage } from '@/lib/outbox/types';
import { KIND_WORDS, NEWS_WORDS } from './channel-words';

type Props = { org: string; teams: ChannelsPage['teams'] };

/** Adds a channel; the secret of a webhook is shown here once. */
export function ChannelForm({ org, teams }: Props) {
  return (
    <ActionForm
      action={addChannelAction}
      hidden={{ organisation: org }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <SelectField
        name="kind"
        label="What it is"
        required
        defaultValue="slack"
        options={CHANNEL_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
      />
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        placeholder="#payments"
        hint="By which people here know it."
      />
      <TextField
        name="url"
        label="Address to post to"
        type="url"
        required
        maxLength={2000}
        placeholder="https://hooks.slack.com/services/…"
        hint="Kept encrypted and never shown again: whoever knows it can post there."
        className="sm:col-span-2"
      />
      <SelectField
        name="team"
        label="Whose news"
        empty="the organisation"
        options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        hint="Alerts of every team reach the organisation’s channels, too."
      />
      <GetsChoice />
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <FormMessage />
        <NewSecret />
        <SubmitButton look="primary">Add the channel</SubmitButton>
      </div>
    </ActionForm>
  );
}

function GetsChoice() {
  const error = useAnswer()?.fieldErrors?.gets;
  return (
    <fieldset aria-describedby={error ? 'gets-error' : undefined}>
      <legend className="mb-1 text-sm font-medium">What it gets</legend>
      {/* So that what is wrong with all of them together is said here, and not in the form's message. */}
      <input type="hidden" name="gets" />
      <div className="flex flex-col gap-1.5">
        {NEWS.map((news) => (
          <Checkbox
            key={news}
            name={`gets-${news}`}
            label={
              <>
                {NEWS_WORDS[news].name} <span className="text-muted">{NEWS_WORDS[news].says}</span>
              </>
            }
            defaultChecked={news !== 'digest'}
            isInvalid={error !== undefined}
          />
        ))}
      </div>
      {error ? (
        <p id="gets-error" className="mt-1 text-sm text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
