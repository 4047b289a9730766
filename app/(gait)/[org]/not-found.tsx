import type { Metadata } from 'next';
import { PageHeader } from '@/components/layout/page-header';
import { TextLink } from '@/components/ui/text-link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <PageHeader
        title="There is nothing here."
        lead="The address may be mistyped, or what it named does not exist in this organisation."
      />
      <TextLink href="/">To the overview</TextLink>
    </>
  );
}
