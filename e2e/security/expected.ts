import { type Grant, may, mayAnywhere } from '@/lib/domain/ability';
import type { Said } from './ask';
import type { Action, Deed, Page, Route } from './doors';
import { type Bearer, type Person, SECRET, SECRETS_OF_TEAMS, type Team, type World } from './world';

/** What everybody must be answered, from what the table says of a door and who it is that asks. */

/** Where somebody is led, or the page's status. To sign-in one may be led by way of what remembers the page. */
export function arrived({ status, headers }: Said): string {
  if (status < 300 || status >= 400) return String(status);
  return String(headers.location).replace(/^\/api\/go\?to=[\w.-]+$/, '/login');
}

const isSignedIn = ({ who, grants }: Person) => grants !== null || who === 'owner elsewhere';
const homeOf = ({ who }: Person, { slug, elsewhere }: World) =>
  `/${who === 'owner elsewhere' ? elsewhere : slug}`;

/** The status of a page, or where it leads. */
export function expectedOf(page: Page, person: Person, world: World): string {
  const { grants, who } = person;
  if (page.for === 'anybody') return '200';
  if (!isSignedIn(person)) return '/login';
  if (page.for === 'who is signed in') return '200';
  if (page.for === 'whoever has come') return homeOf(person, world);
  if (page.for === 'who has no role') return grants?.length === 0 ? '200' : homeOf(person, world);
  if (who === 'owner elsewhere') return '404';
  return grants?.length === 0 ? '/no-role' : '200';
}

/** How a browser says that a request comes from a page of Gait's own. */
export const fromOwnPage = ({ server }: World) => ({ 'sec-fetch-site': 'same-origin', origin: server.url });

export const cookies = ({ cookie }: Pick<Person, 'cookie'>) => (cookie === null ? {} : { cookie });

/**
 * `untold`: the beginning of what must not be told; null = all may be. `isRefused`: nothing may be done. Between the two: a good token,
 * of somebody else.
 */
export type Caller = {
  who: string;
  headers: Record<string, string>;
  expected: number;
  untold: string | null;
  isRefused: boolean;
};

/** Everybody with a browser and everybody with a token, and what they must be answered. */
export function callersOf(route: Route, world: World): Caller[] {
  const { answers = 200 } = route;
  const { people, bearers } = world;
  const caller = (
    who: string,
    headers: Record<string, string>,
    expected: number,
    untold: string | null,
  ): Caller => ({
    who,
    headers,
    expected,
    untold,
    isRefused: expected !== answers,
  });
  const asPerson = (person: Person, expected: number, untold: string | null = SECRET) =>
    caller(person.who, { ...fromOwnPage(world), ...cookies(person) }, expected, untold);
  const asBearer = ({ who, secret }: Bearer, expected: number, untold: string | null = SECRET) =>
    caller(`token ${who}`, secret === null ? {} : { authorization: `Bearer ${secret}` }, expected, untold);
  if ('for' in route)
    return [
      ...people.map((person) => asPerson(person, answers)),
      ...bearers.map((bearer) => asBearer(bearer, answers)),
    ];
  if ('scope' in route)
    return [
      ...people.map((person) => asPerson(person, 401)),
      ...bearers.map((bearer) => {
        if (bearer.scopes === null) return asBearer(bearer, 401);
        if (!bearer.scopes.includes(route.scope)) return asBearer(bearer, 403);
        if (bearer.team)
          return asBearer(bearer, route.ofTeam?.[bearer.team] ?? answers, ofOther(bearer.team));
        const isOurs = bearer.of === 'acme';
        return asBearer(bearer, isOurs ? answers : (route.theirs ?? answers), isOurs ? null : SECRET);
      }),
    ];
  return [
    ...people.map((person) => {
      if (person.who === 'owner elsewhere') return asPerson(person, route.theirs);
      if (person.grants === null) return asPerson(person, 401);
      const isAllowed = mayDo(route, person.grants);
      return asPerson(person, isAllowed ? answers : 403, isAllowed ? null : SECRET);
    }),
    ...bearers.map((bearer) => asBearer(bearer, 401)),
  ];
}

const ofOther = (team: Team) => SECRETS_OF_TEAMS[team === 'search' ? 'payments' : 'search'];

/** What a form must be told. */
export function toldOf(action: Action, person: Person): readonly string[] {
  const { answers = ['ok'] } = action;
  if ('for' in action) return answers;
  const { grants } = person;
  if (person.who === 'owner elsewhere') return ['404'];
  if (grants === null) return ['/login'];
  if (grants.length === 0) return ['/no-role'];
  if (!mayDo(action, grants)) return ['forbidden'];
  return action.fresh && !person.isFresh ? ['fresh_sign_in_needed'] : answers;
}

/** Whether it is done, or would be, were there nothing else in the way. */
export function isAllowed(action: Action, { grants, isFresh }: Person): boolean {
  if ('for' in action) return true;
  return grants !== null && mayDo(action, grants) && (isFresh || !action.fresh);
}

function mayDo({ may: ability, team, isAnywhere }: Deed, grants: readonly Grant[]): boolean {
  return isAnywhere ? mayAnywhere(grants, ability) : may(grants, ability, team ?? null);
}
