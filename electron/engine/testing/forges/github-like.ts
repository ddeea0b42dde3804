import { flag, numberedPage, record, text, type Dialect, type FakeAnswer, type FakeCall, type FakeTalk, type Route } from './fake-answer.ts';
import { fullName, type FakeHook, type FakeRepository } from './fake-state.ts';

/** In what GitHub and Gitea differ, as far as it is asked for. */
interface Ways {
  readonly pageSize: string;
  /** Status and words for a name that is taken. */
  readonly taken: { readonly status: number; readonly message: string };
  /** Gitea tells whether a repository is empty; GitHub does not. */
  readonly tellsEmpty: boolean;
}

const NOT_FOUND: FakeAnswer = { status: 404, body: { message: 'Not Found' } };

function routes(ways: Ways): Route[] {
  const shown = (each: FakeRepository, { state }: FakeTalk) => ({
    ...{ id: each.id, name: each.slug, full_name: fullName(each), private: each.private, archived: each.archived, fork: each.fork, description: each.description },
    ...{ clone_url: `${state.origin}/${fullName(each)}.git`, ssh_url: `git@127.0.0.1:${fullName(each)}.git`, html_url: `${state.origin}/${fullName(each)}` },
    ...{ default_branch: each.defaultBranch, size: each.kib, ...(ways.tellsEmpty ? { empty: state.isEmpty(each.id) } : {}) },
  });
  const page = <T>(found: readonly T[], show: (each: T) => unknown, call: FakeCall, talk: FakeTalk): FakeAnswer => {
    const { items, headers } = numberedPage(found, call, talk, ways.pageSize);
    return { status: 200, headers: { ...headers, ...(ways.tellsEmpty ? { 'x-total-count': String(found.length) } : {}) }, body: items.map(show) };
  };
  const listed = (owner: string, call: FakeCall, talk: FakeTalk): FakeAnswer => page(talk.state.of(owner), (each) => shown(each, talk), call, talk);
  const create = (owner: string, { body }: FakeCall, talk: FakeTalk): FakeAnswer => {
    const made = talk.state.create(owner, { slug: text(body['name']), description: text(body['description']), private: flag(body['private'], false) });
    return made ? { status: 201, body: shown(made, talk) } : { status: ways.taken.status, body: { message: ways.taken.message } };
  };
  const seen = (name: string, talk: FakeTalk): FakeAnswer => {
    const found = talk.state.find(name);
    const moved = talk.state.formerly(name);
    if (found) return { status: 200, body: shown(found, talk) };
    return moved ? { status: 301, headers: { location: `${talk.api}/repositories/${moved.id}` }, body: { message: 'Moved Permanently' } } : NOT_FOUND;
  };
  return [
    ['GET /user', (_, { login, token }) => ({ status: 200, headers: { ...(token.scopes ? { 'x-oauth-scopes': token.scopes.join(', ') } : {}), ...(token.expires === null ? {} : { 'github-authentication-token-expiration': token.expires }) }, body: { id: 1, login } })],
    ['GET /user/repos', (call, talk) => listed(talk.login, call, talk)],
    ['GET /orgs/:', ({ parts: [name = ''] }, { state }) => (state.owner(name)?.shared ? { status: 200, body: { login: name } } : NOT_FOUND)],
    ['GET /users/:', ({ parts: [name = ''] }, { state }) => (state.owner(name) ? { status: 200, body: { login: name } } : NOT_FOUND)],
    ['GET /orgs/:/repos', (call, talk) => listed(call.parts[0] ?? '', call, talk)],
    ['GET /users/:/repos', (call, talk) => listed(call.parts[0] ?? '', call, talk)],
    ['POST /user/repos', (call, talk) => create(talk.login, call, talk)],
    ['POST /orgs/:/repos', (call, talk) => (talk.state.owner(call.parts[0] ?? '') ? create(call.parts[0] ?? '', call, talk) : NOT_FOUND)],
    ['GET /repositories/:', ({ parts: [id = ''] }, talk) => {
      const found = talk.state.byId(id);
      return found ? { status: 200, body: shown(found, talk) } : NOT_FOUND;
    }],
    ['GET /repos/:/:', ({ parts }, talk) => seen(parts.join('/'), talk)],
    ['PATCH /repos/:/:', ({ parts, body }, talk) => {
      const found = talk.state.find(parts.join('/'));
      if (!found) return NOT_FOUND;
      Object.assign(found, { description: text(body['description'] ?? found.description), private: flag(body['private'], found.private), archived: flag(body['archived'], found.archived), defaultBranch: text(body['default_branch'] ?? found.defaultBranch) });
      return { status: 200, body: shown(found, talk) };
    }],
    ...hookRoutes('/repos/:/:/hooks', page),
    ...hookRoutes('/orgs/:/hooks', page),
  ];
}

function hookRoutes(path: string, page: <T>(found: readonly T[], show: (each: T) => unknown, call: FakeCall, talk: FakeTalk) => FakeAnswer): Route[] {
  const shown = ({ id, url, active, events }: FakeHook) => ({ id, active, events, type: 'gitea', config: { url, content_type: 'json', secret: '********' } });
  const scope = (parts: readonly string[]): string => (path.startsWith('/orgs') ? (parts[0] ?? '') : parts.slice(0, 2).join('/'));
  const wanted = ({ body }: FakeCall) => ({ url: text(record(body['config'])['url']), secret: text(record(body['config'])['secret']), active: flag(body['active'], true), events: body['events'] as string[] });
  return [
    [`GET ${path}`, (call, talk) => page(talk.state.hooksOf(scope(call.parts)), shown, call, talk)],
    [`POST ${path}`, (call, { state }) => ({ status: 201, body: shown(state.addHook(scope(call.parts), wanted(call))) })],
    [`PATCH ${path}/:`, (call, { state }) => {
      const found = state.hooks.find(({ id }) => String(id) === call.parts.at(-1));
      return found ? { status: 200, body: shown(Object.assign(found, wanted(call))) } : NOT_FOUND;
    }],
    [`DELETE ${path}/:`, (call, { state }) => {
      state.dropHook(Number(call.parts.at(-1)));
      return { status: 204 };
    }],
  ];
}

const refusal = (message: string): unknown => ({ message, documentation_url: 'https://docs.example/rest' });

export const githubDialect: Dialect = {
  ...{ apiPath: '/api/v3', pageCap: 100, refusal, gitPath: (name) => `/${name}` },
  routes: routes({ pageSize: 'per_page', tellsEmpty: false, taken: { status: 422, message: 'Repository creation failed.: name already exists on this account' } }),
};

export const giteaDialect: Dialect = {
  ...{ apiPath: '/api/v1', pageCap: 50, refusal: (message) => ({ message }), gitPath: (name) => `/${name}` },
  routes: routes({ pageSize: 'limit', tellsEmpty: true, taken: { status: 409, message: 'The repository with the same name already exists.' } }),
};
