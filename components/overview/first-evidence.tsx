import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { TextLink } from '@/components/ui/text-link';

type Props = { org: string; url: string };

function curlOf(url: string): string {
  return `curl ${url}/api/v1/events \\
  -H "Authorization: Bearer $GAIT_TOKEN" \\
  -H "Content-Type: application/cloudevents+json" \\
  -d '{
    "specversion": "1.0",
    "type": "dev.gait.task.opened.v1",
    "source": "my-ci",
    "id": "1",
    "time": "2026-11-22T10:00:00Z",
    "data": { "task": { "ref": "github:acme/shop#1", "title": "Add tests for the cart",
      "team": "shop", "category": "tests", "agent": { "key": "my-agent" },
      "requester": { "login": "ana" } } }
  }'`;
}

/** The overview before any evidence: three ways to send some. */
export function FirstEvidence({ org, url }: Props) {
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <Card className="flex flex-col gap-3 p-5 lg:col-span-2">
        <h2 className="font-semibold">1. Send events over HTTP</h2>
        <p className="text-sm text-muted">
          From CI or a webhook. <TextLink href={paths.tokens(org)}>Make a token</TextLink> first; a repeated
          event changes nothing.
        </p>
        <CodeBlock code={curlOf(url)} label="Command that sends one event" />
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <Card className="flex flex-col gap-3 p-5">
          <h2 className="font-semibold">2. Import a file</h2>
          <p className="text-sm text-muted">
            Pull requests and their reviews, as CSV, JSON or NDJSON. Import them twice, they count once.
          </p>
          <CodeBlock code="npx gait import FILE" label="Command that imports a file" />
        </Card>
        <Card className="flex flex-col gap-3 p-5">
          <h2 className="font-semibold">3. Record by hand</h2>
          <p className="text-sm text-muted">
            A task, its review, an incident: <TextLink href={paths.record(org)}>three small forms</TextLink>.
          </p>
        </Card>
      </div>
    </div>
  );
}
