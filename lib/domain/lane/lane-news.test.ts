import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GEARS, type Gear } from '../gear';
import { explainWithdrawal, type LoggedMove, newsOf, type ToldMove } from './lane-news';

const move = (at: number, kind: string, from: Gear, to: Gear): ToldMove => ({
  id: `${at} ${kind} ${from} ${to}`,
  at,
  ordinal: 0,
  kind,
  from,
  to,
});
const logged = (one: ToldMove, since = one.at, isWithdrawn = false): LoggedMove => ({
  ...one,
  since,
  isWithdrawn,
});

const accepted = move(1, 'accepted', 'crawl', 'walk');
const demoted = move(5, 'demoted', 'walk', 'crawl');

describe('the news of a lane', () => {
  it('are nothing where the log says what the evidence says', () => {
    expect(newsOf([logged(accepted)], [accepted], 'walk')).toEqual({
      told: [],
      unheard: [],
      withdrawn: [],
      correction: null,
    });
  });

  it('are a move that the log does not hold', () => {
    const news = newsOf([logged(accepted)], [accepted, demoted], 'crawl');
    expect(news).toMatchObject({ told: [demoted], unheard: [demoted], withdrawn: [], correction: null });
  });

  it('correct the gear when a demotion is taken back', () => {
    const news = newsOf([logged(accepted), logged(demoted)], [accepted], 'walk');
    expect(news).toMatchObject({ withdrawn: [demoted], correction: { from: 'crawl', to: 'walk' } });
  });

  it('correct nothing when a demotion only stands at another time', () => {
    const earlier = move(4, 'demoted', 'walk', 'crawl');
    const news = newsOf([logged(accepted), logged(demoted)], [accepted, earlier], 'crawl');
    expect(news).toMatchObject({ told: [earlier], unheard: [], withdrawn: [demoted], correction: null });
  });

  it('tell a move again that had been taken back', () => {
    const corrected = logged(move(7, 'corrected', 'crawl', 'walk'));
    const log = [logged(accepted), logged(demoted, 5, true), corrected];
    expect(newsOf(log, [accepted, demoted], 'crawl')).toMatchObject({ told: [demoted], correction: null });
  });
});

it('after each look the log says the lane’s gear, and a second look finds nothing', () => {
  const gear = fc.constantFrom(...GEARS);
  const moves = fc.uniqueArray(
    fc
      .tuple(fc.integer({ min: 0, max: 20 }), gear)
      .map(([at, to]) => ({ ...move(at, 'accepted', 'crawl', to), to })),
    { selector: ({ at }) => at, maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(moves, { minLength: 1, maxLength: 6 }), (histories) => {
      let log: LoggedMove[] = [];
      histories.forEach((derived, n) => {
        const last = [...derived].sort((a, b) => a.at - b.at).at(-1);
        const now = last?.to ?? 'crawl';
        const since = 100 + n;
        const { told, withdrawn, correction } = newsOf(log, derived, now);
        log = log.map((one) => ({ ...one, isWithdrawn: one.isWithdrawn || withdrawn.includes(one) }));
        log = log.filter(({ id }) => !told.some((one) => one.id === id));
        log.push(...told.map((one) => logged(one, since)));
        if (correction) log.push({ ...logged(move(since, 'corrected', correction.from, now)), id: `c${n}` });
        expect(newsOf(log, derived, now)).toMatchObject({ told: [], withdrawn: [], correction: null });
        const standing = log.filter((one) => !one.isWithdrawn && one.kind !== 'corrected');
        expect(standing.map(({ id }) => id).sort()).toEqual(derived.map(({ id }) => id).sort());
      });
    }),
  );
});

describe('why a move stands no longer', () => {
  it('names who took the incident back, and their reason', () => {
    const link = { by: 'Lena', reason: 'Wrong service.', incidentRef: 'pd:7' };
    expect(explainWithdrawal(link)).toEqual({
      reason: 'Lena took back that pd:7 came from this task. “Wrong service.”',
      people: ['Lena'],
    });
    expect(explainWithdrawal({ ...link, by: null, reason: null }).reason).toBe(
      'It was taken back that pd:7 came from this task.',
    );
  });

  it('is evidence that came late where nobody took anything back', () => {
    expect(explainWithdrawal(null)).toEqual({
      reason: 'Evidence that came in later no longer supports it.',
      people: [],
    });
  });
});
