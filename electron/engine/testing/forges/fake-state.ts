export interface FakeRepository {
  readonly id: number;
  /** User, organisation, workspace, key of a project; path of a group. */
  owner: string;
  /** As in addresses. */
  slug: string;
  title: string;
  description: string;
  private: boolean;
  archived: boolean;
  fork: boolean;
  defaultBranch: string;
  kib: number;
}

export interface FakeHook {
  readonly id: number;
  /** Full name of a repository, or name of an owner. */
  readonly scope: string;
  url: string;
  secret: string;
  active: boolean;
  events: readonly string[];
}

interface FakeOwner {
  readonly name: string;
  /** Of whatever kind the forge has for more than one person. */
  readonly shared: boolean;
  readonly id: number;
}

/** The repositories themselves. */
interface OnDisk {
  isEmpty(id: number): boolean;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
export const fullName = ({ owner, slug }: FakeRepository): string => `${owner}/${slug}`;

/** What a forge knows: owners, repositories, hooks. In memory; answers are made from it. */
export class FakeState {
  /** Address of the server, with a path before everything if it has one. */
  origin = '';
  readonly owners: FakeOwner[] = [];
  readonly repositories: FakeRepository[] = [];
  readonly hooks: FakeHook[] = [];
  /** Full names of before, to the repository's id. */
  readonly #former = new Map<string, number>();
  readonly #onDisk: OnDisk;
  #lastId = 1000;

  constructor(onDisk: OnDisk) {
    this.#onDisk = onDisk;
  }

  isEmpty(id: number): boolean {
    return this.#onDisk.isEmpty(id);
  }

  nextId(): number {
    return (this.#lastId += 1);
  }

  addOwner(name: string, shared: boolean): void {
    if (!this.owner(name)) this.owners.push({ name, shared, id: this.nextId() });
  }

  owner(name: string): FakeOwner | undefined {
    return this.owners.find((owner) => same(owner.name, name));
  }

  /** Of this owner, and of all groups below it. */
  of(owner: string): FakeRepository[] {
    return this.repositories.filter((each) => same(each.owner, owner) || each.owner.toLowerCase().startsWith(`${owner.toLowerCase()}/`));
  }

  find(name: string): FakeRepository | undefined {
    return this.repositories.find((each) => same(fullName(each), name));
  }

  byId(id: number | string): FakeRepository | undefined {
    return this.repositories.find((each) => String(each.id) === String(id));
  }

  /** The repository that once had this name. */
  formerly(name: string): FakeRepository | undefined {
    const id = this.#former.get(name.toLowerCase());
    return id === undefined ? undefined : this.byId(id);
  }

  /** Null: the name is taken. */
  create(owner: string, wanted: Partial<FakeRepository> & { slug: string }): FakeRepository | null {
    if (this.find(`${owner}/${wanted.slug}`)) return null;
    const usual = { title: wanted.slug, description: '', private: false, archived: false, fork: false, defaultBranch: 'main', kib: 12 };
    const repository: FakeRepository = { ...usual, ...wanted, owner, id: this.nextId() };
    this.repositories.push(repository);
    return repository;
  }

  move(name: string, to: { owner?: string; slug?: string }): void {
    const repository = this.find(name);
    if (!repository) throw new Error(`no ${name} here`);
    this.#former.set(name.toLowerCase(), repository.id);
    repository.owner = to.owner ?? repository.owner;
    repository.slug = to.slug ?? repository.slug;
    repository.title = to.slug ?? repository.title;
  }

  remove(name: string): void {
    this.repositories.splice(0, Infinity, ...this.repositories.filter((each) => !same(fullName(each), name)));
  }

  hooksOf(scope: string): FakeHook[] {
    return this.hooks.filter((hook) => same(hook.scope, scope));
  }

  addHook(scope: string, hook: Omit<FakeHook, 'id' | 'scope'>): FakeHook {
    const made = { ...hook, scope, id: this.nextId() };
    this.hooks.push(made);
    return made;
  }

  dropHook(id: number): void {
    this.hooks.splice(0, Infinity, ...this.hooks.filter((hook) => hook.id !== id));
  }
}
