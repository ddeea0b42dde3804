import { flag, record, text, type Dialect, type FakeAnswer, type FakeCall, type FakeTalk, type Route } from './fake-answer.ts';
import { fullName, type FakeHook, type FakeRepository } from './fake-state.ts';

const refusal = (message: string): unknown => ({ type: 'error', error: { message } });
const NOT_FOUND: FakeAnswer = { status: 404, body: refusal('Repository not found') };

const uuid = (id: number): string => `{00000000-0000-4000-8000-${String(id).padStart(12, '0')}}`;

const shown = (each: FakeRepository, { state }: FakeTalk) => ({
  ...{ uuid: uuid(each.id), full_name: fullName(each), slug: each.slug, name: each.title, description: each.description, is_private: each.private, scm: 'git', size: each.kib * 1024 },
  ...{ mainbranch: state.isEmpty(each.id) && each.defaultBranch === 'main' ? null : { name: each.defaultBranch }, ...(each.fork ? { parent: { uuid: '{1}' } } : {}) },
  links: {
    html: { href: `${state.origin}/${fullName(each)}` },
    clone: [
      { name: 'https', href: `${state.origin.replace('://', '://robin@')}/${fullName(each)}.git` },
      { name: 'ssh', href: `git@127.0.0.1:${fullName(each)}.git` },
    ],
  },
});

/** The next page by its whole address, as it is to be asked for. */
function page(items: readonly unknown[], { query, path }: FakeCall, { api, pageCap }: FakeTalk): FakeAnswer {
  const size = Math.min(Number(query.get('pagelen') ?? 10), pageCap);
  const number = Number(query.get('page') ?? 1);
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  const more = number * size < items.length ? { next: `${api}${path}?${next.toString()}` } : {};
  return { status: 200, body: { pagelen: size, page: number, size: items.length, values: items.slice((number - 1) * size, number * size), ...more } };
}

const one = ({ parts: [workspace = '', slug = ''] }: FakeCall, { state }: FakeTalk): FakeRepository | undefined =>
  slug.startsWith('{') ? state.repositories.find(({ id }) => uuid(id) === slug) : state.find(`${workspace}/${slug}`);

function create({ parts: [workspace = '', slug = ''], body }: FakeCall, talk: FakeTalk): FakeAnswer {
  if (!talk.state.owner(workspace)) return { status: 404, body: refusal('No workspace with this name') };
  const made = talk.state.create(workspace, { slug, title: text(body['name']), description: text(body['description']), private: flag(body['is_private'], true) });
  return made ? { status: 200, body: shown(made, talk) } : { status: 400, body: refusal('Repository with this Slug and Owner already exists.') };
}

function change(each: FakeRepository, { body }: FakeCall, talk: FakeTalk): FakeAnswer {
  Object.assign(each, { description: text(body['description'] ?? each.description), private: flag(body['is_private'], each.private), defaultBranch: text(record(body['mainbranch'])['name'] ?? each.defaultBranch) });
  return { status: 200, body: shown(each, talk) };
}

function hookRoutes(path: string): Route[] {
  const scope = (call: FakeCall, talk: FakeTalk): string => {
    const found = path.startsWith('/workspaces') ? undefined : one(call, talk);
    return found ? fullName(found) : call.parts.slice(0, 2).join('/');
  };
  const shownHook = ({ id, url, active, events }: FakeHook) => ({ uuid: uuid(id), url, active, events, secret_set: true });
  const wanted = ({ body }: FakeCall) => ({ url: text(body['url']), secret: text(body['secret']), active: flag(body['active'], true), events: body['events'] as string[] });
  const hook = ({ parts }: FakeCall, { state }: FakeTalk): FakeHook | undefined => state.hooks.find(({ id }) => uuid(id) === parts.at(-1));
  return [
    [`GET ${path}`, (call, talk) => page(talk.state.hooksOf(scope(call, talk)).map(shownHook), call, talk)],
    [`POST ${path}`, (call, talk) => ({ status: 201, body: shownHook(talk.state.addHook(scope(call, talk), wanted(call))) })],
    [`PUT ${path}/:`, (call, talk) => {
      const found = hook(call, talk);
      return found ? { status: 200, body: shownHook(Object.assign(found, wanted(call))) } : NOT_FOUND;
    }],
    [`DELETE ${path}/:`, (call, talk) => {
      talk.state.dropHook(hook(call, talk)?.id ?? 0);
      return { status: 204 };
    }],
  ];
}

export const bitbucketCloudDialect: Dialect = {
  ...{ apiPath: '/2.0', pageCap: 100, refusal, gitPath: (name) => `/${name}` },
  routes: [
    ['GET /user', (_, { login, token }) => ({ status: 200, ...(token.scopes ? { headers: { 'x-oauth-scopes': token.scopes.join(', ') } } : {}), body: { username: login, uuid: uuid(1) } })],
    ['GET /repositories/:', (call, talk) => {
      const [workspace = ''] = call.parts;
      return talk.state.owner(workspace) ? page(talk.state.of(workspace).map((each) => shown(each, talk)), call, talk) : NOT_FOUND;
    }],
    ['GET /repositories/:/:', (call, talk) => {
      const found = one(call, talk);
      return found ? { status: 200, body: shown(found, talk) } : NOT_FOUND;
    }],
    ['POST /repositories/:/:', create],
    ['PUT /repositories/:/:', (call, talk) => {
      const found = one(call, talk);
      return found ? change(found, call, talk) : NOT_FOUND;
    }],
    ...hookRoutes('/repositories/:/:/hooks'),
    ...hookRoutes('/workspaces/:/hooks'),
  ],
};
