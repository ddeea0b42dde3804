import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whatRan } from '../../../../electron/engine/testing/hostile/poison.ts';
import { Machines } from '../../../../electron/engine/testing/machines.ts';
import { live } from '../keys.ts';
import type { Run } from '../../part.ts';
import { figure, type Found } from '../trial.ts';

/** Variables by which git runs something, writes something, or works elsewhere (git(1)). `RUN`: a program that is seen to run; `RAN`: a folder that must stay empty. */
const VARIABLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['GIT_EXTERNAL_DIFF', 'GIT_ASKPASS', 'SSH_ASKPASS', 'GIT_PROXY_COMMAND', 'GIT_EDITOR', 'GIT_SEQUENCE_EDITOR', 'GIT_PAGER', 'PAGER', 'EDITOR', 'VISUAL', 'GIT_SSH', 'GIT_MERGE_TOOL', 'GIT_IMAP_SEND', 'GIT_CREDENTIAL_HELPER', 'LESSOPEN', 'BROWSER'].map((name) => [name, 'RUN'])),
  SSH_ASKPASS_REQUIRE: 'force',
  DISPLAY: ':99',
  GIT_CONFIG_PARAMETERS: "'core.fsmonitor=RUN' 'core.sshCommand=RUN' 'core.hooksPath=RAN'",
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'core.fsmonitor',
  GIT_CONFIG_VALUE_0: 'RUN',
  GIT_CONFIG_KEY_1: 'filter.evil.clean',
  GIT_CONFIG_VALUE_1: 'RUN',
  GIT_CONFIG: 'RAN/config',
  GIT_DIR: 'RAN/git',
  GIT_WORK_TREE: 'RAN/work',
  GIT_COMMON_DIR: 'RAN/common',
  GIT_INDEX_FILE: 'RAN/index',
  GIT_OBJECT_DIRECTORY: 'RAN/objects',
  GIT_ALTERNATE_OBJECT_DIRECTORIES: 'RAN/alternates',
  GIT_NAMESPACE: 'elsewhere',
  GIT_CEILING_DIRECTORIES: '/',
  GIT_EXEC_PATH: 'RAN',
  GIT_TEMPLATE_DIR: 'RAN/template',
  GIT_SHALLOW_FILE: 'RAN/shallow',
  GIT_GRAFT_FILE: 'RAN/grafts',
  GIT_REPLACE_REF_BASE: 'refs/elsewhere/',
  GIT_ATTR_SOURCE: 'HEAD',
  GIT_DEFAULT_HASH: 'sha256',
  GIT_ALLOW_PROTOCOL: 'ext:fd:file',
  GIT_PROTOCOL_FROM_USER: '1',
  GIT_LITERAL_PATHSPECS: '0',
  GIT_ICASE_PATHSPECS: '1',
  GIT_AUTHOR_NAME: 'somebody else',
  GIT_AUTHOR_DATE: '1970-01-01T00:00:00Z',
  GIT_COMMITTER_EMAIL: 'somebody@else',
  GIT_REFLOG_ACTION: 'something else',
  GIT_QUARANTINE_PATH: 'RAN/quarantine',
  GIT_TERMINAL_PROMPT: '1',
  ...Object.fromEntries(['GIT_TRACE', 'GIT_TRACE2', 'GIT_TRACE2_EVENT', 'GIT_TRACE2_PERF', 'GIT_TRACE_SETUP', 'GIT_TRACE_PACKET', 'GIT_TRACE_CURL', 'GIT_TRACE_PACKFILE', 'GIT_CURL_VERBOSE'].map((name) => [name, `RAN/${name.toLowerCase()}`])),
  LD_PRELOAD: 'RAN/none.so',
  LD_LIBRARY_PATH: 'RAN',
  DYLD_INSERT_LIBRARIES: 'RAN/none.so',
  PERL5OPT: '-MRAN',
  PYTHONPATH: 'RAN',
  NODE_OPTIONS: '',
  BASH_ENV: 'RUN',
  ENV: 'RUN',
  IFS: '/',
  TERM: '$(RUN)',
};

/** A program that is started with all that: it lives as ever, and none of it reaches what it starts. */
export async function environmentTrial(run: Run): Promise<Found> {
  run.say('the environment of the program');
  const machines = new Machines();
  const ran = join(machines.directory, 'ran');
  try {
    mkdirSync(ran);
    const program = join(machines.directory, 'program');
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}/ran'\n`, { mode: 0o755 });
    const env = Object.fromEntries(Object.entries(VARIABLES).map(([name, value]) => [name, value.replaceAll('RUN', program).replaceAll('RAN', ran)]));
    const desk = await machines.add('desk', {}, (ports) => ports, { env });
    const { surprises } = await live(machines, desk);
    const author = machines.git(desk.folder, 'log', '-1', '--format=%an', '--', 'b.txt').trim();
    const other = author === 'Test' ? [] : [`the author of a commit is ${author}`];
    const failures = [...whatRan(ran).map((name) => `environment: ${name} ran, or was written`), ...surprises.map((surprise) => `environment: ${surprise}`), ...other];
    spawnSync('git', ['status'], { cwd: desk.folder, env: { ...machines.env, ...env } });
    if (whatRan(ran).length === 0) failures.push('environment: plain git does not mind it, so that the trial shows nothing');
    return {
      figures: [figure('variables of an environment', Object.keys(VARIABLES).length)],
      failures,
    };
  } finally {
    await machines.close();
  }
}
