import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { RemoveSampleForm } from './remove-form';

type Props = { organisation: { slug: string; name: string; isSample: boolean } };

export function RemoveSampleView({ organisation: { slug, name, isSample } }: Props) {
  return (
    <div className="max-w-xl">
      <PageHeader
        title={isSample ? 'Remove the sample data?' : 'There is no sample data here.'}
        lead={
          isSample
            ? `${name} is invented. Removing it deletes its teams, tasks and gears for good, and begins an empty organisation of your own.`
            : `${name} is a real organisation. Nothing here can remove it.`
        }
      />
      {isSample ? (
        <Card aria-label="Remove the sample data" className="p-5">
          <RemoveSampleForm org={slug} />
        </Card>
      ) : (
        <TextLink href={paths.overview(slug)}>To the overview</TextLink>
      )}
    </div>
  );
}
