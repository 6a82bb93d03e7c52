import { ActionIcon, Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ACCOUNT_KINDS, type AccountKind } from '../../../shared/events/account.ts'
import { useAct } from '../../app/acts.tsx'
import { Icon } from '../../components/icon.tsx'
import { ROLE_WORDS } from '../../components/words.ts'
import styles from './by-hand.module.css'
import { isKind, KIND_CHOICES, useFacets } from './condition-fields.tsx'
import { type EventDraft, emptyLeg, type LegDraft } from './event-draft.ts'

const ROLES = Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }))
const isRole = (text: string | null): text is LegDraft['role'] => text !== null && text in ROLE_WORDS

interface EventEditorProps {
  readonly draft: EventDraft
  readonly onChange: (draft: EventDraft) => void
  /** What the fields are called, where there are several events on the page. */
  readonly name?: string
}

/** An event as a person writes it: when, what, and each movement. */
export function EventEditor({ draft, onChange, name = 'Event' }: EventEditorProps) {
  const { accounts, assets } = useFacets()
  const setLeg = (place: number, leg: LegDraft): void =>
    onChange({ ...draft, legs: draft.legs.map((each, at) => (at === place ? leg : each)) })
  return (
    <div className={styles.editor}>
      <div className={styles.fields}>
        <TextInput
          label="When"
          type="datetime-local"
          step={1}
          size="xs"
          value={draft.clock}
          onChange={(event) => onChange({ ...draft, clock: event.currentTarget.value })}
        />
        <Select
          label="What it is"
          size="xs"
          w={220}
          data={KIND_CHOICES}
          value={draft.kind}
          searchable
          onChange={(next) => isKind(next) && onChange({ ...draft, kind: next })}
        />
        <TextInput
          label="Note"
          size="xs"
          className={styles.grow ?? ''}
          value={draft.note}
          maxLength={2000}
          onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
        />
      </div>
      {draft.legs.map((leg, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: legs have no identity but their place
        <div key={place} className={styles.leg}>
          <Select
            aria-label={`${name}, leg ${place + 1}: direction`}
            size="xs"
            w={120}
            data={ROLES}
            value={leg.role}
            onChange={(next) => isRole(next) && setLeg(place, { ...leg, role: next })}
          />
          <TextInput
            aria-label={`${name}, leg ${place + 1}: amount`}
            placeholder="amount"
            size="xs"
            w={140}
            inputMode="decimal"
            value={leg.amount}
            onChange={(event) => setLeg(place, { ...leg, amount: event.currentTarget.value })}
          />
          <Autocomplete
            aria-label={`${name}, leg ${place + 1}: asset`}
            placeholder="asset"
            size="xs"
            w={120}
            data={assets.map(({ value }) => value)}
            limit={50}
            value={leg.asset}
            onChange={(asset) => setLeg(place, { ...leg, asset })}
          />
          <Select
            aria-label={`${name}, leg ${place + 1}: account`}
            placeholder="account"
            size="xs"
            w={180}
            data={accounts}
            value={leg.account || null}
            searchable={accounts.length > 12}
            onChange={(account) => account !== null && setLeg(place, { ...leg, account })}
          />
          <TextInput
            aria-label={`${name}, leg ${place + 1}: what it was worth`}
            placeholder="worth"
            size="xs"
            w={100}
            inputMode="decimal"
            value={leg.value}
            onChange={(event) => setLeg(place, { ...leg, value: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`${name}: remove leg ${place + 1}`}
            disabled={draft.legs.length === 1}
            onClick={() => onChange({ ...draft, legs: draft.legs.filter((_, at) => at !== place) })}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.acts}>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() =>
            onChange({ ...draft, legs: [...draft.legs, emptyLeg(draft.legs[0]?.account ?? accounts[0]?.value ?? '')] })
          }
        >
          Add a movement
        </Button>
        <NewAccount />
      </div>
    </div>
  )
}

/** Makes an account for what no source tells of. */
function NewAccount() {
  const act = useAct()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<AccountKind>('wallet')
  if (!open)
    return (
      <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
        New account…
      </Button>
    )
  return (
    <>
      <TextInput
        aria-label="Name of the new account"
        placeholder="name of the account"
        size="xs"
        w={180}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        aria-label="Kind of the new account"
        size="xs"
        w={110}
        data={[...ACCOUNT_KINDS]}
        value={kind}
        onChange={(next) => setKind(ACCOUNT_KINDS.find((each) => each === next) ?? 'wallet')}
      />
      <Button
        variant="default"
        disabled={name.trim() === ''}
        onClick={() =>
          void act(
            ({ engine }) => engine.hand.addAccount({ name: name.trim(), kind }),
            () => `The account ${name.trim()} can be chosen now.`,
          ).then((done) => done && setOpen(false))
        }
      >
        Make it
      </Button>
    </>
  )
}
