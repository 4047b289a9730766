type Props = { heading: string; sentences: readonly string[]; level: 2 | 3 };

/** One question of a recommendation, answered in sentences. */
export function Sentences({ heading, sentences, level }: Props) {
  if (sentences.length === 0) return null;
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="min-w-0">
      <Heading className="mb-1 text-sm font-medium">{heading}</Heading>
      <ul className="flex flex-col gap-1 text-sm text-muted">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
