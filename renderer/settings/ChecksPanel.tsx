import { useState } from 'react';
import type { Check } from '../../shared/commands.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { Mark } from '../components/Mark.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { checkNames } from '../../shared/text/english/doctor.ts';
import { useRun, useText } from '../window-context.tsx';

/** Looks whether everything that Lockstep needs is there. */
export function ChecksPanel({ title, id }: { readonly title: string; readonly id: string }) {
  const text = useText();
  const run = useRun();
  const [checks, setChecks] = useState<readonly Check[]>([]);
  const [isPending, setPending] = useState(false);
  const look = async () => {
    setPending(true);
    const answer = await run('doctor', {});
    setPending(false);
    if (answer.ok) setChecks(answer.value);
  };
  return (
    <SettingsPanel title={title} id={id}>
      <SettingRow label={text.t('window.settings.checks')} detail={text.t('window.settings.checks-detail')}>
        <Button isPending={isPending} onPress={() => void look()}>
          {text.t('window.settings.checks-button')}
        </Button>
      </SettingRow>
      <ul className="check-list" aria-live="polite" hidden={checks.length === 0}>
        {failuresFirst(checks).map(({ check, ok, detail, fix }) => (
          <li key={`${check} ${detail}`}>
            {ok ? <Icon name="check" label={text.t('window.settings.check-ok')} /> : <Mark name="waits" label={text.t('window.settings.check-wrong')} />}
            <div>
              <p>
                <b>{text.t(`window.settings.check.${checkName(check)}`)}</b> {detail}
              </p>
              {!ok && fix && <p className="meta">{fix}</p>}
            </div>
          </li>
        ))}
      </ul>
    </SettingsPanel>
  );
}

/** What needs a look comes first; within, the order of the engine. */
const failuresFirst = (checks: readonly Check[]): Check[] => [...checks].sort((a, b) => Number(a.ok) - Number(b.ok));

/** A check under a name of its own; one that this window does not know is one of the program. */
const checkName = (check: string) => NAMED_CHECKS.find((name) => name === check) ?? 'other';
const NAMED_CHECKS = Object.keys(checkNames) as (keyof typeof checkNames)[];
