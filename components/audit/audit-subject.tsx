import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import type { AuditSubject } from '@/lib/audit/types';
import { kindWord } from './act-words';

/** Where what the entry names can be seen. What was removed since is still said by its name. */
function addressOf(org: string, { kind, key }: AuditSubject): string | null {
  switch (kind) {
    case 'task':
      return paths.task(org, key);
    case 'incident':
      return paths.incidents(org);
    case 'person':
      return paths.member(org, key);
    case 'token':
      return paths.tokens(org);
    case 'channel':
      return paths.channels(org);
    case 'connection':
      return paths.connection(org, key);
    case 'agent':
      return paths.agents(org);
    case 'report': {
      const [week = '', team] = key.split('/');
      return paths.report(org, week, team);
    }
    case 'lane': {
      const [team = '', category = ''] = key.split('/');
      return paths.lane(org, team, category);
    }
    default:
      return null;
  }
}

type Props = { org: string; subject: AuditSubject };

/** What a deed was done to, in words and by its name. */
export function Subject({ org, subject }: Props) {
  const { kind, key, name, isGone } = subject;
  const text = name ?? key;
  const href = isGone || !text ? null : addressOf(org, subject);
  return (
    <>
      {kindWord(kind)}{' '}
      {href ? (
        <TextLink href={href}>
          <bdi>{text}</bdi>
        </TextLink>
      ) : (
        <bdi>{text}</bdi>
      )}
    </>
  );
}
