import { test } from '@playwright/test';
import { may } from '@/lib/domain/ability';
import { dispose } from '../fixtures/server';
import { expect } from '../fixtures/test';
import { type Ask, asking, followingData, inParallel, type Said, submit, toldTo } from './ask';
import { ACTIONS, type Action, FILES, PAGES, ROUTES, type Route } from './doors';
import {
  arrived,
  type Caller,
  callersOf,
  cookies,
  expectedOf,
  fromOwnPage,
  isAllowed,
  toldOf,
} from './expected';
import {
  actionsOfTree,
  builtActions,
  builtDoors,
  directDoors,
  filesServedByName,
  pagesOfTree,
  routesOfTree,
} from './tree';
import { variantsOf, waysOf } from './variants';
import {
  buildWorld,
  ORGANISATION,
  type Person,
  provision,
  SEALED,
  SECRET,
  SECRETS,
  stateOf,
  type World,
} from './world';

/** Everybody knocks at every door. One file, one world: the deeds of one test are done in order, after all that is only looked at. */
test.describe.configure({ timeout: 90_000 });

let world: World;
let ask: Ask;
let close = () => {};

test.beforeAll(async () => {
  world = await buildWorld();
  const asker = asking(world.server.url);
  ({ ask, close } = asker);
  Object.assign(world.things, await provision(ask, world.bearers));
});

test.afterAll(async () => {
  close();
  await world.close();
  await dispose(world.server);
});

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const addressesOf = (routes: Iterable<string>) => sorted([...routes].map((door) => door.split(' ')[1] ?? ''));

function tells({ headers, body }: Said, secret: string): boolean {
  return `${JSON.stringify(headers)}\n${body}`.toLowerCase().includes(secret);
}

/** Whether an answer says what somebody must not learn who may not read. Who has no role learns where that is so. */
function leaks(said: Said, { grants }: Pick<Person, 'grants'>): boolean {
  const body = grants === null ? said.body : said.body.replaceAll(ORGANISATION, '');
  return tells({ ...said, body }, SECRET);
}

/** Of two states of the organisation: what is no longer as it was, though only those have knocked who may not. */
function changes(before: readonly string[], after: readonly string[]): string[] {
  return after.flatMap((line, index) => (line === before[index] ? [] : [`who may not has changed ${line}`]));
}

test.describe('the table', () => {
  test('knows every door of the tree and of the build, and no other', () => {
    const built = builtDoors();
    expect.soft(sorted(pagesOfTree().keys())).toEqual(sorted(Object.keys(PAGES)));
    expect.soft(sorted(built.pages)).toEqual(sorted(Object.keys(PAGES)));
    expect.soft(sorted(routesOfTree())).toEqual(addressesOf(Object.keys(ROUTES)));
    expect.soft(sorted(built.routes)).toEqual(sorted([...addressesOf(Object.keys(ROUTES)), ...FILES]));
    expect.soft(sorted(filesServedByName())).toEqual(sorted(FILES));
    const actions = actionsOfTree();
    expect.soft(sorted(actions.names)).toEqual(sorted(Object.keys(ACTIONS)));
    expect.soft(sorted(builtActions().keys())).toEqual(sorted(Object.keys(ACTIONS)));
    expect.soft(actions.elsewhere, 'actions that are not in lib/**/actions').toEqual([]);
    expect
      .soft(Object.keys(ROUTES), 'doors before the framework')
      .toEqual(expect.arrayContaining(directDoors()));
    expect.soft(directDoors().length).toBeGreaterThan(0);
    expect.soft(built.middleware, 'nothing runs before pages but the guard').toEqual([]);
  });

  test('knows every method that the server answers', async () => {
    const wrong: string[] = [];
    for (const address of addressesOf(Object.keys(ROUTES))) {
      if (address === '/api/[[...path]]') continue;
      const known = METHODS.filter((method) => `${method} ${address}` in ROUTES);
      const { at } = ROUTES[`${known[0]} ${address}`] ?? {};
      const { status, headers } = await ask('OPTIONS', at?.(world.things, 0) ?? address);
      const allowed = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
      const answered = String(headers.allow).split(', ');
      if (status !== 204 || sorted(answered).join() !== sorted(allowed).join())
        wrong.push(`${address}: ${status} ${answered}, expected ${allowed}`);
    }
    expect(wrong).toEqual([]);
  });
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

test('every page: who may read it, and who is told nothing', async () => {
  const wrong: string[] = [];
  const files = pagesOfTree();
  const { people, things, slug } = world;
  const cells = Object.entries(PAGES).flatMap(([route, page]) =>
    people.map((person) => ({ route, page, person })),
  );
  await inParallel(cells, async ({ route, page, person }) => {
    const path = page.for === 'readers' ? `/${slug}${page.at(things)}` : page.at;
    const isReader = page.for === 'readers' && expectedOf(page, person, world) === '200';
    const look = (said: Said, how: string) => {
      const cell = `${route}, ${person.who}, ${how}`;
      if (said.status >= 500) wrong.push(`${cell}: ${said.status}`);
      if (tells(said, SEALED)) wrong.push(`${cell}: tells what is sealed`);
      if (!isReader && leaks(said, person)) wrong.push(`${cell}: tells what it must not`);
      if (!isReader) return;
      for (const kind of ['audit', 'sessions'] as const) {
        const ability = page.shows?.[kind];
        const isShown = ability !== undefined && may(person.grants ?? [], ability, null);
        if (tells(said, SECRETS[kind]) && !isShown) wrong.push(`${cell}: tells of ${kind}`);
        if (how === 'plain' && isShown && !tells(said, SECRETS[kind]))
          wrong.push(`${cell}: does not tell of ${kind}`);
      }
    };
    const said = await ask('GET', path, { headers: cookies(person) });
    const expected = expectedOf(page, person, world);
    if (arrived(said) !== expected)
      wrong.push(`${route}, ${person.who}: ${arrived(said)}, expected ${expected}`);
    if (isReader && !tells(said, SECRET)) wrong.push(`${route}, ${person.who}: tells nothing`);
    look(said, 'plain');
    if (page.for !== 'readers') return;
    for (const variant of waysOf(person, isReader, variantsOf(path, files.get(route) ?? '', world))) {
      const { name, headers, method = 'GET', reaches } = variant;
      const varied = await followingData(ask, method, variant.path?.(path) ?? path, {
        headers: { ...headers, ...cookies(person) },
      });
      look(varied, name);
      const isBare = page.isBare && reaches === 'the owner';
      if (reaches && isReader && !isBare && !tells(varied, SECRET))
        wrong.push(`${route}, ${person.who}, ${name}: tells nothing`);
    }
  });
  expect(wrong.sort()).toEqual([]);
});

test('every route and every method: who may, and who is told and changes nothing', async () => {
  const wrong: string[] = [];
  const done: Record<string, number> = {};
  const knock = async (door: string, route: Route, { who, headers, expected, untold, isRefused }: Caller) => {
    const [method = '', address = ''] = door.split(' ');
    const { things } = world;
    const again = done[door] ?? 0;
    if (!isRefused) done[door] = again + 1;
    const path = route.at?.(things, again) ?? address;
    const body = route.body?.(things, again);
    const sent = {
      headers: { ...headers, ...(route.type !== undefined && { 'content-type': route.type }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    for (const asked of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
      const said = await ask(asked, path, sent);
      // Who has tried many tokens that do not work is told to wait, and no more.
      const isLimited = expected === 401 && said.status === 429;
      if (said.status !== expected && !isLimited)
        wrong.push(`${asked} ${address}, ${who}: ${said.status}, expected ${expected}`);
      if (tells(said, SEALED)) wrong.push(`${asked} ${address}, ${who}: tells what is sealed`);
      if (untold !== null && tells(said, untold))
        wrong.push(`${asked} ${address}, ${who}: tells what it must not`);
    }
  };
  const cells = Object.entries(ROUTES).flatMap(([door, route]) =>
    callersOf(route, world).map((caller) => ({ door, route, caller })),
  );
  const before = await stateOf(world);
  await inParallel(
    cells.filter(({ caller }) => caller.isRefused),
    ({ door, route, caller }) => knock(door, route, caller),
  );
  await inParallel(addressesOf(Object.keys(ROUTES)), async (address) => {
    const known = METHODS.filter((method) => `${method} ${address}` in ROUTES);
    const route = ROUTES[`${known[0]} ${address}`];
    if (address === '/api/[[...path]]' || route === undefined) return;
    for (const method of METHODS.filter((one) => !known.includes(one)))
      for (const caller of callersOf(route, world))
        await knock(`${method} ${address}`, route, {
          ...caller,
          expected: 405,
          untold: SECRET,
          isRefused: true,
        });
  });
  wrong.push(...changes(before, await stateOf(world)));
  for (const { door, route, caller } of cells) if (!caller.isRefused) await knock(door, route, caller);
  expect(wrong.sort()).toEqual([]);
});

test('every action: who may, and who changes nothing', async () => {
  const wrong: string[] = [];
  const { people, things, slug, elsewhere } = world;
  const files = pagesOfTree();
  const routeOf = new Map([...files].map(([route, file]) => [file, route]));
  const actions = builtActions();
  const call = async (
    name: string,
    action: Action,
    person: Person,
    again: number,
    headers = fromOwnPage(world),
    org = slug,
  ) => {
    const { id = '', page = '' } = actions.get(name) ?? {};
    const shown = PAGES[routeOf.get(page) ?? ''];
    const path = shown?.for === 'readers' ? `/${org}${shown.at(things)}` : (shown?.at ?? '');
    const fields = { organisation: org, ...action.fields(things, again) };
    const said = await submit(ask, { id, page: path, fields, headers: { ...headers, ...cookies(person) } });
    if (tells(said, SEALED)) wrong.push(`${name}, ${person.who}: tells what is sealed`);
    return said;
  };
  const check = (name: string, action: Action, person: Person, said: Said) => {
    const expected = toldOf(action, person);
    if (!expected.includes(toldTo(said)))
      wrong.push(`${name}, ${person.who}: ${toldTo(said)}, expected ${expected}`);
  };
  const cells = Object.entries(ACTIONS).flatMap(([name, action]) =>
    people.map((person) => ({ name, action, person })),
  );
  const before = await stateOf(world);
  await inParallel(
    cells.filter(({ action, person }) => !isAllowed(action, person)),
    async ({ name, action, person }) => {
      const said = await call(name, action, person, 0);
      check(name, action, person, said);
      if ((person.grants ?? []).length === 0 && leaks(said, person))
        wrong.push(`${name}, ${person.who}: tells what it must not`);
    },
  );
  const [owner] = people;
  const stranger = people.find(({ who }) => who === 'owner elsewhere');
  if (owner === undefined || stranger === undefined) throw new Error('Nobody is there.');
  await inParallel(Object.entries(ACTIONS), async ([name, action]) => {
    if ('for' in action) return;
    const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    for (const headers of [evil, { ...evil, 'x-forwarded-host': 'evil.example' }]) {
      const said = await call(name, action, owner, 0, headers);
      if (said.status < 400) wrong.push(`${name} from another site: ${said.status}`);
    }
    const said = await call(name, action, stranger, 0, fromOwnPage(world), elsewhere);
    if (tells(said, SECRET))
      wrong.push(`${name} with things of another organisation: tells what it must not`);
  });
  wrong.push(...changes(before, await stateOf(world)));
  const done: Record<string, number> = {};
  for (const { name, action, person } of cells) {
    if (!isAllowed(action, person)) continue;
    check(name, action, person, await call(name, action, person, done[name] ?? 0));
    done[name] = (done[name] ?? 0) + 1;
  }
  for (const person of people)
    if (arrived(await ask('GET', `/${slug}`, { headers: cookies(person) })) !== '/login')
      wrong.push(`${person.who} is still signed in after signing out`);
  expect(wrong.sort()).toEqual([]);
});

test('what was refused stands in the log, with who it was, and without a secret', () => {
  const output = world.server.output();
  const lines = output.split('\n').filter((line) => line.includes('"msg":"refused"'));
  const refused = lines.map(
    (line) => JSON.parse(line) as { code: string; actor?: string; requestId?: string },
  );
  expect(sorted(refused.map(({ code }) => code))).toEqual(
    expect.arrayContaining(['forbidden', 'fresh_sign_in_needed', 'unauthenticated']),
  );
  expect(refused.filter(({ actor }) => actor?.startsWith('person:')).length).toBeGreaterThan(100);
  const secrets = [...world.people.map(({ cookie }) => cookie), ...world.bearers.map(({ secret }) => secret)];
  for (const secret of secrets)
    if (secret !== null) expect(output).not.toContain(secret.replace('gait=', ''));
});
