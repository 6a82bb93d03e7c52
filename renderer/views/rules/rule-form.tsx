import { Button, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { runsBackwards } from '../../components/day-field.tsx'
import { Loaded } from '../../components/page.tsx'
import { decisionsChanged } from '../../components/words.ts'
import changes from '../ledger/change.module.css'
import { ChangeEffectView } from '../ledger/change-effect.tsx'
import { ConditionFields, EffectFields } from '../ledger/condition-fields.tsx'
import { endRule, type RuleDraft } from './rule-start.ts'

/** A rule as it is written: when it holds, what it decides, and at once what it would catch. */
export function RuleForm({ first }: { readonly first: RuleDraft }) {
  const act = useAct()
  const [rule, setRule] = useState(first)
  const [busy, setBusy] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => {
    name.current?.closest('form')?.scrollIntoView({ block: 'start' })
    name.current?.focus({ preventScroll: true })
  }, [])
  const [tried] = useDebouncedValue(rule, 250)
  const backwards = runsBackwards({ from: tried.when.from ?? '', to: tried.when.to ?? '' })
  const says = Object.keys(tried.effect).length > 0 && Object.keys(tried.when).length > 0 && !backwards
  const input = { ...tried, name: tried.name.trim() || 'New rule' }
  const effect = useRead({
    topics: ['rules', 'events', 'decisions', 'batches', 'tax'],
    name: 'rules.preview',
    input,
    read: ({ engine }, signal) => engine.rules.preview(input, { signal }),
    enabled: says,
    keep: true,
  })
  const save = async (): Promise<void> => {
    setBusy(true)
    const done = await act(
      ({ engine }) => engine.rules.save({ ...rule, name: rule.name.trim() }),
      ({ changed }) => `The rule “${rule.name.trim()}” was saved. ${decisionsChanged(changed)}`,
    )
    setBusy(false)
    if (done) endRule()
  }
  return (
    <form
      className={changes.panel}
      aria-label={first.id === undefined ? 'New rule' : `Change the rule ${first.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={changes.panelHead}>
        <h2>{first.id === undefined ? 'New rule' : `Change “${first.name}”`}</h2>
        <Text size="xs" c="dimmed">
          It holds for what is there and for what will be read in.
        </Text>
      </div>
      <TextInput
        label="Name"
        ref={name}
        size="xs"
        w={320}
        value={rule.name}
        maxLength={120}
        placeholder="Payouts of my pool are mining"
        onChange={(event) => setRule({ ...rule, name: event.currentTarget.value })}
      />
      <div className={changes.part}>
        <h3>When all of this holds</h3>
        <ConditionFields when={rule.when} onChange={(when) => setRule({ ...rule, when })} />
      </div>
      <div className={changes.part}>
        <h3>this is decided</h3>
        <EffectFields effect={rule.effect} onChange={(next) => setRule({ ...rule, effect: next })} />
      </div>
      {says ? (
        <Loaded of={effect} waiting={<Text c="dimmed">Looking what it would catch…</Text>}>
          {(data) => <ChangeEffectView effect={data} />}
        </Loaded>
      ) : (
        <Text size="xs" c="dimmed">
          Say when it holds and what it decides; what it would catch is shown here before anything is saved.
        </Text>
      )}
      <div className={changes.sticky} data-in="page">
        <Button variant="default" onClick={endRule}>
          Not now
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={!says || rule.name.trim() === '' || rule !== tried || effect.isFetching || effect.error !== null}
          data-primary
        >
          Save and apply
        </Button>
        {rule.name.trim() === '' ? (
          <Text size="xs" c="dimmed">
            Give it a name first.
          </Text>
        ) : null}
      </div>
    </form>
  )
}
