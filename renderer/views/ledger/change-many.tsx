import { Button, Checkbox, Radio, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { EventFilter, EventRow } from '../../../shared/contract/events.ts'
import type { BulkChange } from '../../../shared/contract/hand.ts'
import type { RuleConditionView, RuleEffectView } from '../../../shared/contract/rules.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { Loaded } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import styles from './change.module.css'
import { ChangeEffectView } from './change-effect.tsx'
import { ConditionFields, EffectFields, Pick, useFacets } from './condition-fields.tsx'

interface ChangeManyProps {
  readonly selected: readonly EventRow[]
  readonly filter: EventFilter
  readonly total: number
  readonly onDone: () => void
}

interface FromTo {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Changes many events as one act: those ticked, those the list shows, or by a condition; its effect is shown first. */
export function ChangeMany({ selected, filter, total, onDone }: ChangeManyProps) {
  const act = useAct()
  const { accounts, assets } = useFacets()
  const [which, setWhich] = useState<'ticked' | 'list' | 'condition'>(selected.length > 0 ? 'ticked' : 'list')
  const [when, setWhen] = useState<RuleConditionView>({})
  const [effect, setEffect] = useState<RuleEffectView>({})
  const [again, setAgain] = useState(false)
  const [account, setAccount] = useState<FromTo>({})
  const [asset, setAsset] = useState<FromTo>({})
  const [busy, setBusy] = useState(false)
  const change: BulkChange = {
    ...effect,
    ...(again ? { unignore: true as const } : {}),
    ...(account.from && account.to ? { account: { from: account.from, to: account.to } } : {}),
    ...(asset.from && asset.to ? { asset: { from: asset.from, to: asset.to } } : {}),
  }
  const target =
    which === 'ticked' ? { events: selected.map(({ id }) => id) } : which === 'list' ? { filter } : { when }
  const now = JSON.stringify({ target, change })
  const [settled] = useDebouncedValue(now, 250)
  const says = Object.keys(change).length > 0 && (which !== 'condition' || Object.keys(when).length > 0)
  const preview = useRead({
    topics: ['events', 'decisions', 'batches', 'rules', 'tax'],
    name: 'hand.bulkPreview',
    input: settled,
    read: ({ engine }, signal) => engine.hand.bulkPreview({ target, change }, { signal }),
    enabled: says && settled === now,
    keep: true,
  })
  const apply = async (changes: number): Promise<void> => {
    setBusy(true)
    const done = await act(
      ({ engine }) => engine.hand.bulkApply({ target, change, changes }),
      ({ changed }) => `${counted(changed, 'event')} changed.`,
    )
    setBusy(false)
    if (done) onDone()
  }
  const fresh = says && settled === now && !preview.isFetching
  return (
    <section className={styles.panel} aria-label="Change many events">
      <div className={styles.panelHead}>
        <h2>Change many events</h2>
        <Text size="xs" c="dimmed">
          One act, and one Undo. What the files said stays as it is.
        </Text>
      </div>
      <Radio.Group
        label="Which"
        size="xs"
        value={which}
        onChange={(next) => setWhich(next === 'ticked' || next === 'condition' ? next : 'list')}
      >
        <div className={styles.acts}>
          {selected.length > 0 ? (
            <Radio value="ticked" size="xs" label={`the ${counted(selected.length, 'event')} that are ticked`} />
          ) : null}
          <Radio value="list" size="xs" label={`all that the list shows (${counted(total, 'line')})`} />
          <Radio value="condition" size="xs" label="all of which something holds" />
        </div>
      </Radio.Group>
      {which === 'condition' ? <ConditionFields when={when} onChange={setWhen} /> : null}
      <div className={styles.part}>
        <h3>What changes</h3>
        <EffectFields effect={effect} onChange={setEffect} />
        <div className={styles.fields}>
          <Pick
            label="Move from account"
            all="leave it"
            choices={accounts}
            value={account.from}
            onPick={(from) => setAccount({ ...account, from })}
          />
          <Pick
            label="to account"
            all="leave it"
            choices={accounts}
            value={account.to}
            onPick={(to) => setAccount({ ...account, to })}
          />
          <Pick
            label="What was read as"
            all="leave it"
            choices={assets}
            value={asset.from}
            onPick={(from) => setAsset({ ...asset, from })}
          />
          <Pick
            label="is"
            all="leave it"
            choices={assets}
            value={asset.to}
            onPick={(to) => setAsset({ ...asset, to })}
          />
          <Checkbox
            size="xs"
            label="Ignored ones count again"
            checked={again}
            onChange={(event) => setAgain(event.currentTarget.checked)}
          />
        </div>
      </div>
      {says ? (
        <Loaded of={preview} waiting={<Text c="dimmed">Working out what this does…</Text>}>
          {(data) => <ChangeEffectView effect={data} {...(which === 'list' ? { lines: total } : {})} />}
        </Loaded>
      ) : (
        <Text size="xs" c="dimmed">
          Say what changes; what it does is shown here before it is done.
        </Text>
      )}
      <div className={styles.sticky}>
        <Button variant="default" onClick={onDone}>
          Not now
        </Button>
        <Button
          loading={busy}
          disabled={!fresh || !preview.data || preview.data.changes === 0 || preview.error !== null}
          onClick={() => preview.data && void apply(preview.data.changes)}
        >
          {fresh && preview.data ? `Change ${counted(preview.data.changes, 'event')}` : 'Change'}
        </Button>
      </div>
    </section>
  )
}
