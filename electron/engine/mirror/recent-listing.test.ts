import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { ForgeBench, never } from '../testing/forges/forge-bench.ts';
import type { FakeForge } from '../testing/forges/fake-forge.ts';
import type { Accounts } from './accounts.ts';
import { RecentListing } from './recent-listing.ts';

let bench: ForgeBench;
let fake: FakeForge;
let lists: RecentListing;
const clock = new FakeClock();

beforeEach(async () => {
  bench = new ForgeBench();
  fake = await bench.fake('gitea');
  // Only the client is asked for.
  lists = new RecentListing(clock, { forge: async () => bench.client(fake) } as unknown as Accounts);
});

afterEach(() => bench.close());

const names = async () => (await lists.read('work', 'tidepool', never())).map(({ name }) => name).sort();

it('asks the forge once a minute while a person tries patterns, and again with another token', async () => {
  fake.add('tidepool', 'api');
  expect(await names()).toEqual(['api']);
  fake.add('tidepool', 'maps');
  expect(await names()).toEqual(['api']);
  lists.forget();
  expect(await names()).toEqual(['api', 'maps']);
  fake.add('tidepool', 'queue');
  await clock.advance(60_000);
  expect(await names()).toEqual(['api', 'maps', 'queue']);
});

it('says what the forge says of an owner it does not know, and keeps nothing of it', async () => {
  await expect(lists.read('work', 'nobody', never())).rejects.toMatchObject({ code: 'owner-gone' });
});
