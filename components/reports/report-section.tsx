import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { SectionHeading } from '@/components/ui/section-heading';
import type { Section } from '@/lib/domain/report/section';
import { ReportCell } from './report-cell';

/** From so many signs on, a cell holds a sentence, which is not squeezed where its table scrolls. */
const SENTENCE = 32;

type Props = { org: string; section: Section };

export function ReportSection({ org, section: { key, title, sentences, list, table } }: Props) {
  return (
    <section aria-labelledby={key} className={table ? undefined : 'break-inside-avoid'}>
      <SectionHeading id={key}>{title}</SectionHeading>
      <div className="flex flex-col gap-2.5">
        {sentences.map((sentence) => (
          <p key={sentence} className="max-w-prose wrap-anywhere">
            {sentence}
          </p>
        ))}
        {list.length > 0 ? (
          <ol className="flex max-w-prose list-decimal flex-col gap-1.5 pl-5">
            {list.map((cell) => (
              <li key={cell.text} className="wrap-anywhere">
                <ReportCell org={org} cell={cell} />
              </li>
            ))}
          </ol>
        ) : null}
        {table ? (
          <Card>
            <DataTable label={`${title}, as a table`}>
              <thead>
                <tr>
                  {table.head.map((name) => (
                    <Th key={name}>{name}</Th>
                  ))}
                </tr>
              </thead>
              <tbody className="tnum">
                {table.rows.map((cells) => (
                  <tr key={cells.map(({ text }) => text).join('\u0001')}>
                    {cells.map((cell, column) => (
                      <Td key={table.head[column]} className={cell.text.length > SENTENCE ? 'min-w-52' : ''}>
                        <ReportCell org={org} cell={cell} />
                      </Td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </DataTable>
          </Card>
        ) : null}
      </div>
    </section>
  );
}
