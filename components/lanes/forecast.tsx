import { Card } from '@/components/ui/card';
import type { LanePage } from '@/lib/lanes/types';
import { forecastOf } from './forecast-words';

export function Forecast({ page }: { page: LanePage }) {
  const forecast = forecastOf(page);
  if (forecast === null) return null;
  return (
    <Card className="flex flex-col gap-1 px-4 py-3.5" aria-label="Forecast">
      <h2 className="font-semibold">Forecast{page.recommendation ? ', now' : ''}</h2>
      <p className="text-sm text-muted">{forecast}</p>
    </Card>
  );
}
