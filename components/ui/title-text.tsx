import { UserText } from './user-text';

type Props = { title: string | null; refName: string; clamp?: boolean; className?: string };

/** The title that somebody gave. Where nobody did, the ref stands there, and in the type of one. */
export function TitleText({ title, refName, clamp = false, className = '' }: Props) {
  return title === null ? (
    <UserText clamp={clamp} className={`font-mono ${className}`}>
      {refName}
    </UserText>
  ) : (
    <UserText clamp={clamp} className={className}>
      {title}
    </UserText>
  );
}

/** Stands beside a title: the ref, or, where the ref stands in for the title, that there is none. */
export const besideTitle = (title: string | null, refName: string): string =>
  title === null ? 'untitled' : refName;
