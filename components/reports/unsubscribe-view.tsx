import { paths } from '@/components/layout/paths';
import { Button } from '@/components/ui/button';

type Props = { of: string | undefined; isDone: boolean };

/** Asks before it ends anything: mail scanners open links, too. */
export function UnsubscribeView({ of, isDone }: Props) {
  if (isDone || of === undefined)
    return (
      <>
        <h1 className="text-lg font-semibold">
          {isDone ? 'You get these mails no more.' : 'This link is incomplete.'}
        </h1>
        <p className="mt-2 text-muted">Under Settings, Reports and mails, you choose which mails you get.</p>
      </>
    );
  return (
    <form
      method="post"
      action={paths.unsubscribe({ of, from: 'page' })}
      className="flex flex-col items-start gap-3"
    >
      <h1 className="text-lg font-semibold">No more of these mails?</h1>
      <p className="text-muted">
        What they tell of stays on the web. You can have the mails back under Settings, Reports and mails.
      </p>
      <Button type="submit" look="primary">
        Send me no more of these
      </Button>
    </form>
  );
}
