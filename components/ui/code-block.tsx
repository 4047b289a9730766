import { CopyButton } from './copy-button';
import { ScrollRegion } from './scroll-region';

export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative min-h-12 rounded-lg border border-line bg-paper">
      <ScrollRegion label={label} className="overflow-x-auto p-3 pr-24">
        <pre className="font-mono text-xs">{code}</pre>
      </ScrollRegion>
      <div className="absolute top-2 right-2">
        <CopyButton text={code} />
      </div>
    </div>
  );
}
