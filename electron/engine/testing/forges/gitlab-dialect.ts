import { flag, numberedPage, text, type Dialect, type FakeAnswer, type FakeCall, type FakeTalk, type Route } from './fake-answer.ts';
import { fullName, type FakeHook, type FakeRepository } from './fake-state.ts';

const NOT_FOUND: FakeAnswer = { status: 404, body: { message: '404 Not Found' } };

const shown = (each: FakeRepository, { state }: FakeTalk) => ({
  ...{ id: each.id, name: each.title, path: each.slug, path_with_namespace: fullName(each), description: each.description, archived: each.archived },
  ...{ visibility: each.private ? 'private' : 'public', default_branch: each.defaultBranch, empty_repo: state.isEmpty(each.id) },
  ...{ http_url_to_repo: `${state.origin}/${fullName(each)}.git`, ssh_url_to_repo: `git@127.0.0.1:${fullName(each)}.git`, web_url: `${state.origin}/${fullName(each)}` },
  ...{ statistics: { repository_size: each.kib * 1024 }, ...(each.fork ? { forked_from_project: { id: 1 } } : {}) },
});

const page = <T>(found: readonly T[], show: (each: T) => unknown, call: FakeCall, talk: FakeTalk): FakeAnswer => {
  const { items, headers } = numberedPage(found, call, talk, 'per_page');
  return { status: 200, headers, body: items.map(show) };
};

const listed = (owner: string, call: FakeCall, talk: FakeTalk): FakeAnswer => page(talk.state.of(owner), (each) => shown(each, talk), call, talk);

/** By number, or by its whole path. */
const found = (id: string, { state }: FakeTalk): FakeRepository | undefined => state.byId(id) ?? state.find(id);

function changed(each: FakeRepository, body: FakeCall['body']): void {
  const { description, visibility, default_branch: branch } = body;
  Object.assign(each, { description: text(description ?? each.description), private: visibility === undefined ? each.private : visibility !== 'public', defaultBranch: text(branch ?? each.defaultBranch) });
}

function create({ body }: FakeCall, talk: FakeTalk): FakeAnswer {
  const owner = talk.state.owners.find(({ id }) => id === body['namespace_id']);
  if (!owner) return { status: 400, body: { message: { namespace: ['is not valid'] } } };
  const made = talk.state.create(owner.name, { slug: text(body['path']), title: text(body['name']), description: text(body['description']), private: body['visibility'] !== 'public' });
  return made ? { status: 201, body: shown(made, talk) } : { status: 400, body: { message: { path: ['has already been taken'], name: ['has already been taken'] } } };
}

const one = (id: string, talk: FakeTalk, then: (each: FakeRepository) => FakeAnswer): FakeAnswer => {
  const here = found(id, talk);
  const moved = talk.state.formerly(id);
  if (here) return then(here);
  return moved ? { status: 301, headers: { location: `${talk.api}/projects/${moved.id}` }, body: { message: 'Moved' } } : NOT_FOUND;
};

const projects: Route[] = [
  ['GET /projects/:', ({ parts: [id = ''] }, talk) => one(id, talk, (each) => ({ status: 200, body: shown(each, talk) }))],
  ['POST /projects', create],
  ['PUT /projects/:', ({ parts: [id = ''], body }, talk) => one(id, talk, (each) => {
    changed(each, body);
    return { status: 200, body: shown(each, talk) };
  })],
  ...['archive', 'unarchive'].map((way): Route => [`POST /projects/:/${way}`, ({ parts: [id = ''] }, talk) => one(id, talk, (each) => {
    each.archived = way === 'archive';
    return { status: 201, body: shown(each, talk) };
  })]),
];

const owners: Route[] = [
  ['GET /user', (_, { login }) => ({ status: 200, body: { id: 1, username: login } })],
  ['GET /personal_access_tokens/self', (_, { token }) => (token.scopes ? { status: 200, body: { scopes: token.scopes, expires_at: token.expires } } : NOT_FOUND)],
  ['GET /users', ({ query }, { state }) => ({ status: 200, body: state.owners.filter(({ name, shared }) => !shared && name === query.get('username')).map(({ id, name }) => ({ id, username: name })) })],
  ['GET /users/:/projects', (call, talk) => listed(call.parts[0] ?? '', call, talk)],
  ['GET /groups/:', ({ parts: [name = ''] }, { state }) => {
    const group = state.owner(name);
    return group?.shared ? { status: 200, body: { id: group.id, full_path: group.name } } : NOT_FOUND;
  }],
  ['GET /groups/:/projects', (call, talk) => listed(call.parts[0] ?? '', call, talk)],
  ['POST /groups', ({ body }, { state }) => {
    const parent = state.owners.find(({ id }) => id === body['parent_id']);
    const path = `${parent?.name ?? ''}/${text(body['path'])}`;
    state.addOwner(path, true);
    return { status: 201, body: { id: state.owner(path)?.id, full_path: path } };
  }],
  ['GET /namespaces/:', ({ parts: [name = ''] }, { state }) => {
    const owner = state.owner(name);
    return owner ? { status: 200, body: { id: owner.id, full_path: owner.name } } : NOT_FOUND;
  }],
];

function hookRoutes(path: string, scope: (id: string, talk: FakeTalk) => string): Route[] {
  const shownHook = ({ id, url, active }: FakeHook) => ({ id, url, push_events: true, alert_status: active ? 'executable' : 'disabled' });
  const wanted = ({ body }: FakeCall) => ({ url: text(body['url']), secret: text(body['token']), active: true, events: [flag(body['push_events'], false) ? 'push' : '', flag(body['tag_push_events'], false) ? 'tag' : ''].filter(Boolean) });
  return [
    [`GET ${path}`, (call, talk) => page(talk.state.hooksOf(scope(call.parts[0] ?? '', talk)), shownHook, call, talk)],
    [`POST ${path}`, (call, talk) => ({ status: 201, body: shownHook(talk.state.addHook(scope(call.parts[0] ?? '', talk), wanted(call))) })],
    [`PUT ${path}/:`, (call, { state }) => {
      const hook = state.hooks.find(({ id }) => String(id) === call.parts[1]);
      return hook ? { status: 200, body: shownHook(Object.assign(hook, wanted(call))) } : NOT_FOUND;
    }],
    [`DELETE ${path}/:`, ({ parts }, { state }) => {
      state.dropHook(Number(parts[1]));
      return { status: 204 };
    }],
  ];
}

export const gitlabDialect: Dialect = {
  ...{ apiPath: '/api/v4', pageCap: 100, refusal: (message) => ({ message }), gitPath: (name) => `/${name}` },
  routes: [
    ...projects,
    ...owners,
    ...hookRoutes('/projects/:/hooks', (id, talk) => {
      const project = found(id, talk);
      return project ? fullName(project) : id;
    }),
    ...hookRoutes('/groups/:/hooks', (id) => id),
  ],
};
