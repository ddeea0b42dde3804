/**
 * A key of a repository's own configuration by which git runs something. In `lines`, `RUN` stands for a program that
 * leaves a canary called `name`, `HUB` for the address of the remote.
 */
export interface ExecutingKey {
  readonly name: string;
  readonly lines: string;
  /** What a person would call that runs it with plain git, to show that the poison is alive; null: not with this git, or only on a terminal. */
  readonly by: readonly string[] | null;
}

const key = (name: string, lines: string, by: string | null = null): ExecutingKey => ({ name, lines, by: by === null ? null : by.split(' ') });

/** In a repository with branches `main` and `other` that changed `a.txt` each, changes in the work tree, and `* filter=evil diff=evil merge=evil` (`streaming`, `external` for files of that name). */
export const EXECUTING_KEYS: readonly ExecutingKey[] = [
  key('core.fsmonitor', '[core]\n\tfsmonitor = RUN', 'status'),
  key('core.sshCommand', '[core]\n\tsshCommand = RUN', 'ls-remote ssh://127.0.0.1:1/x'),
  key('core.askPass', '[core]\n\taskPass = RUN', 'credential fill'),
  key('core.gitProxy', '[core]\n\tgitProxy = RUN', 'ls-remote git://host.invalid/x'),
  key('core.editor', '[core]\n\teditor = RUN', 'commit --allow-empty'),
  key('core.pager', '[core]\n\tpager = RUN'),
  key('core.alternateRefsCommand', '[core]\n\talternateRefsCommand = RUN'),
  key('sequence.editor', '[sequence]\n\teditor = RUN', 'rebase --autostash -i HEAD~1'),
  key('credential.helper', '[credential]\n\thelper = "!RUN"', 'credential fill'),
  key('credential.url.helper', '[credential "https://host.invalid"]\n\thelper = "!RUN"', 'credential fill'),
  key('credential.anywhere.helper', '[credential "http://127.0.0.1"]\n\thelper = "!RUN"'),
  key('diff.external', '[diff]\n\texternal = RUN', 'diff'),
  key('diff.command', '[diff "external"]\n\tcommand = RUN', 'diff'),
  key('diff.textconv', '[diff "evil"]\n\ttextconv = RUN', 'diff'),
  key('interactive.diffFilter', '[interactive]\n\tdiffFilter = RUN'),
  key('difftool.cmd', '[difftool "evil"]\n\tcmd = RUN', 'difftool --no-prompt --tool=evil'),
  key('mergetool.cmd', '[mergetool "evil"]\n\tcmd = RUN\n[merge]\n\ttool = evil'),
  key('filter.clean', '[filter "evil"]\n\tclean = RUN\n\trequired = true', 'add -A'),
  key('filter.smudge', '[filter "evil"]\n\tsmudge = RUN', 'cat-file --filters HEAD:a.txt'),
  key('filter.process', '[filter "streaming"]\n\tprocess = RUN', 'add -A'),
  key('filter.quoted', '[filter "e.v\\"i=l"]\n\tclean = RUN', 'add -A'),
  key('merge.driver', '[merge "evil"]\n\tdriver = RUN\n[merge]\n\tdefault = evil', 'merge-tree --write-tree main other'),
  key('gpg.program', '[gpg]\n\tprogram = RUN\n[commit]\n\tgpgSign = true\n[log]\n\tshowSignature = true\n[push]\n\tgpgSign = if-asked', 'commit --allow-empty -m x'),
  key('gpg.openpgp.program', '[gpg "openpgp"]\n\tprogram = RUN', 'commit -S --allow-empty -m x'),
  key('gpg.x509.program', '[gpg "x509"]\n\tprogram = RUN', '-c gpg.format=x509 commit -S --allow-empty -m x'),
  key('gpg.ssh.program', '[gpg "ssh"]\n\tprogram = RUN', '-c gpg.format=ssh -c user.signingKey=/dev/null commit -S --allow-empty -m x'),
  key('gpg.ssh.defaultKeyCommand', '[gpg "ssh"]\n\tdefaultKeyCommand = RUN', '-c gpg.format=ssh commit -S --allow-empty -m x'),
  key('uploadpack.packObjectsHook', '[uploadpack]\n\tpackObjectsHook = RUN'),
  key('pager.log', '[pager]\n\tlog = RUN\n\tstatus = RUN\n\tdiff = RUN'),
  key('alias', '[alias]\n\tevil = "!RUN"\n\tstatus = "!RUN"\n\tadd = "!RUN"\n\tls-remote = "!RUN"', 'evil'),
  key('remote.uploadpack', '[remote "origin"]\n\tuploadpack = RUN; git-upload-pack', 'fetch origin'),
  key('remote.receivepack', '[remote "origin"]\n\treceivepack = RUN; git-receive-pack', 'push origin main:refs/heads/by-hand'),
  key('remote.vcs', '[remote "origin"]\n\tvcs = evil'),
  key('remote.ext', '[remote "ext"]\n\turl = ext::RUN\n[protocol "ext"]\n\tallow = always', 'ls-remote ext'),
  key('remote.promisor', '[remote "promisor"]\n\turl = HUB\n\tuploadpack = RUN; git-upload-pack', 'fetch promisor'),
  key('url.pushInsteadOf', '[url "ext::RUN "]\n\tpushInsteadOf = ext-base:\n[protocol "ext"]\n\tallow = always', 'push ext-base:x main'),
  key('submodule.update', '[submodule "s"]\n\tupdate = "!RUN"\n\turl = ext::RUN\n\tignore = none\n\tactive = true'),
  key('browser.cmd', '[browser "evil"]\n\tcmd = RUN', 'web--browse --browser=evil http://host.invalid/'),
  key('web.browser', '[web]\n\tbrowser = evil\n[browser "evil"]\n\tcmd = RUN', 'web--browse http://host.invalid/'),
  key('man.cmd', '[man]\n\tviewer = evil\n[man "evil"]\n\tcmd = RUN', 'help --man status'),
  key('trailer.command', '[trailer "sign"]\n\tkey = Sign\n\tcommand = RUN\n\tifMissing = add', 'interpret-trailers'),
  key('trailer.cmd', '[trailer "sign"]\n\tkey = Sign\n\tcmd = RUN', 'interpret-trailers --trailer sign=x'),
  key('tar.command', '[tar "evil"]\n\tcommand = RUN', 'archive --format=evil HEAD'),
  key('gc.recentObjectsHook', '[gc]\n\trecentObjectsHook = RUN\n\tauto = 1'),
  key('hook.command', '[hook "evil"]\n\tcommand = RUN\n\tevent = pre-commit\n\tevent = reference-transaction\n\tevent = pre-push\n\tevent = post-commit'),
  key('sendemail', '[sendemail]\n\ttoCmd = RUN\n\tsmtpServer = /bin/sh'),
  key('instaweb', '[instaweb]\n\thttpd = RUN\n\tbrowser = evil'),
  key('guitool.cmd', '[guitool "evil"]\n\tcmd = RUN'),
  key('imap.tunnel', '[imap]\n\ttunnel = RUN'),
  key('lfs.customtransfer', '[lfs]\n\tstandalonetransferagent = evil\n[lfs "customtransfer.evil"]\n\tpath = RUN\n\targs = x'),
  key('lfs.extension', '[lfs "extension.evil"]\n\tclean = RUN\n\tsmudge = RUN'),
];

/** Attributes by which the keys above come to count, for every file there is. */
export const POISONED_ATTRIBUTES = '* filter=evil diff=evil merge=evil\n*.streaming filter=streaming\n*.external diff=external\n*.quoted filter=e.v"i=l\n';

/** githooks(5), of every git there has been. */
export const HOOKS: readonly string[] = [
  'applypatch-msg', 'pre-applypatch', 'post-applypatch', 'pre-commit', 'pre-merge-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-rebase', 'post-checkout',
  'post-merge', 'pre-push', 'pre-receive', 'update', 'proc-receive', 'post-receive', 'post-update', 'reference-transaction', 'push-to-checkout', 'pre-auto-gc',
  'post-rewrite', 'sendemail-validate', 'fsmonitor-watchman', 'p4-changelist', 'p4-prepare-changelist', 'p4-post-changelist', 'p4-pre-submit', 'post-index-change',
];
