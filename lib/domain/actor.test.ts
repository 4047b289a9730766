import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorKind, independence, isSameLogin } from './actor';

describe('actorKind', () => {
  it.each([
    ['ana', 'human'],
    ['dependabot[bot]', 'bot'],
    ['Dependabot', 'bot'],
    ['app/renovate', 'bot'],
    ['acme-release-bot', 'bot'],
    ['coderabbitai[bot]', 'bot'],
    ['Copilot', 'agent'],
    ['claude[bot]', 'agent'],
    ['chatgpt-codex-connector[bot]', 'agent'],
    ['abbot', 'human'],
    ['devin', 'human'],
    ['__proto__', 'human'],
  ])('takes %s for a %s', (login, kind) => {
    expect(actorKind({ login })).toBe(kind);
  });

  it('believes a declared kind', () => {
    expect(actorKind({ login: 'renovate', kind: 'human' })).toBe('human');
    expect(actorKind({ login: 'ana', kind: 'agent' })).toBe('agent');
    expect(actorKind({ login: 'acme-coder[bot]', kind: 'agent' })).toBe('agent');
    expect(actorKind({ login: 'claude[bot]', kind: 'bot' })).toBe('bot');
  });

  it.each([
    ['renovate[bot]', 'bot'],
    [' @Acme-Coder[BOT]', 'bot'],
    ['app/acme-coder', 'bot'],
    ['claude[bot]', 'agent'],
  ])('does not believe that %s is a person: no person can have such a login', (login, kind) => {
    expect(actorKind({ login, kind: 'human' })).toBe(kind);
  });
});

describe('isSameLogin', () => {
  it('disregards case, blanks and a leading @', () => {
    expect(isSameLogin(' @Ana', 'ana')).toBe(true);
    expect(isSameLogin('ana', 'anna')).toBe(false);
  });
});

describe('independence', () => {
  const requester = { login: 'rita' };
  const authors = [{ login: 'claude-code' }, { login: 'ben' }];

  it.each([
    ['ana', true, 'ana is a person who, until then, had neither asked for the change nor written any of it.'],
    ['Rita', false, 'Rita asked for the change.'],
    ['BEN', false, 'BEN wrote part of the change.'],
    ['claude-code', false, 'claude-code is an agent, not a person.'],
    ['renovate[bot]', false, 'renovate[bot] is a bot, not a person.'],
  ])('of a review by %s is %s', (login, independent, reason) => {
    expect(independence({ login }, { requester, authors })).toEqual({ independent, reason });
  });

  it('is not granted to a login of machines that the source calls a person, and says so', () => {
    expect(independence({ login: 'renovate[bot]', kind: 'human' }, { requester, authors })).toEqual({
      independent: false,
      reason: 'renovate[bot] is a bot, whatever the source says: no person can have such a login.',
    });
  });

  it('says so when nobody knows who asked', () => {
    const { independent, reason } = independence({ login: 'ana' }, { requester: null, authors });
    expect(independent).toBe(true);
    expect(reason).toContain('who asked for it was not reported');
  });

  it('bars everyone who was ever named as requester', () => {
    const otherRequesters = [{ login: 'ana' }];
    expect(independence({ login: 'ana' }, { requester, authors, otherRequesters }).independent).toBe(false);
  });

  it('is never granted to a maker of the change, whatever the spelling', () => {
    const login = fc.constantFrom('ana', 'Ana', ' ana', '@ANA', 'ben', 'rita');
    fc.assert(
      fc.property(login, fc.array(login), login, (reviewer, authored, asked) => {
        const makers = { requester: { login: asked }, authors: authored.map((one) => ({ login: one })) };
        const isMaker = [asked, ...authored].some((one) => isSameLogin(one, reviewer));
        expect(independence({ login: reviewer }, makers).independent).toBe(!isMaker);
      }),
    );
  });
});
