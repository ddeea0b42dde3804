import type { MirrorSummary } from '../../shared/mirror.ts';
import type { PaletteEntry, PaletteTools } from '../shell/palette-entries.ts';

/** What the command palette offers about mirrors: for all of them, then for each. */
export function mirrorEntries(mirrors: readonly MirrorSummary[], { text, run, goTo, showSheet }: Omit<PaletteTools, 'actions'>): PaletteEntry[] {
  const entry = (key: string, icon: PaletteEntry['icon'], word: string, deed: () => void): PaletteEntry => ({ key, icon, word, kind: text.t('window.palette.kind.command'), run: deed });
  return [
    entry('mirror', 'grid', text.t('window.palette.mirror'), () => showSheet({ kind: 'mirror' })),
    entry('account', 'key', text.t('window.palette.account'), () => showSheet({ kind: 'account' })),
    ...(mirrors.length > 0
      ? [
          entry('run-mirrors', 'sync', text.t('window.palette.run-mirrors'), () => void run('mirror.run', {})),
          entry('check-mirrors', 'check', text.t('window.palette.check-mirrors'), () => void run('mirror.check', {}, text.t('window.mirrors.checked'))),
        ]
      : []),
    ...mirrors.flatMap(({ id, name }) => {
      const own = (key: string, icon: PaletteEntry['icon'], word: string, deed: () => void) => ({ ...entry(`${key} mirror ${id}`, icon, word, deed), kind: text.t('window.palette.kind.mirror') });
      return [
        own('show', 'grid', name, () => goTo({ view: 'mirrors', id })),
        own('run', 'sync', text.t('window.palette.run-mirror', { name }), () => void run('mirror.run', { id })),
        own('plan', 'search', text.t('window.palette.plan-mirror', { name }), () => showSheet({ kind: 'mirror-plan', mirror: id })),
        own('settings', 'settings', text.t('window.palette.mirror-settings', { name }), () => showSheet({ kind: 'mirror-settings', mirror: id })),
      ];
    }),
  ];
}
