import { Details } from '@/components/ui/details';

const words: readonly (readonly [string, string])[] = [
  [
    'maturing',
    'A task counts 14 days after it was decided, with what is known then: bad news often comes late.',
  ],
  ['counted', 'Matured in this epoch, and so part of the evidence.'],
  [
    'epoch',
    'Qualification begins anew after a demotion. What was reviewed before then counts no more, and the bar for proof rises.',
  ],
  [
    'proven level',
    'The highest bar that the evidence has proven. It moves gears. The chance of ever promoting unready work is at most 5 %.',
  ],
  ['score', 'An estimate with its interval, for the eye. It moves nothing.'],
  ['bar', 'The level that a gear asks for: .80 for walk, .90 for run, .95 where risk is high.'],
  [
    'tightened',
    'Quality fell below what was proven: the gear stays, and reviews are those of the next lower one, until ten in a row are clean.',
  ],
  ['faded', 'After 30 idle days evidence halves with every 30 more: an old record says little about today.'],
  ['stale', 'Fewer than five tasks counted in 90 days: reviews are those of the next lower gear.'],
  ['ceiling', 'The gear that policy never lets this kind of work pass.'],
];

/** What the words of this page mean, folded away. */
export function Words() {
  return (
    <Details summary="What the words mean" className="mt-10">
      <dl className="mt-3 grid max-w-4xl gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
        {words.map(([word, meaning]) => (
          <div key={word} className="contents">
            <dt className="font-medium">{word}</dt>
            <dd className="mb-1 text-muted sm:mb-0">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Details>
  );
}
