import { FlaskConical } from 'lucide-react';
import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';

/** Says, as long as it is true, that nothing shown is real. */
export function SampleBanner({ org }: { org: string }) {
  return (
    <aside
      aria-label="Sample data"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-crawl-soft px-4 py-1.5 text-xs text-muted lg:px-8 print:mb-4"
    >
      <FlaskConical size={13} aria-hidden />
      <span>Everything here is invented</span>
      <TextLink href={paths.removeSample(org)} className="print:hidden">
        Remove sample data…
      </TextLink>
    </aside>
  );
}
