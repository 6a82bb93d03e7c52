import { Button, Loader, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isFiatCode } from '../../../shared/assets/fiat.ts'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { LotChoice, NamedLotView } from '../../../shared/contract/lots.ts'
import { useAct } from '../../app/acts.tsx'
import { wordsOf } from '../../app/errors.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import {
  amountText,
  compareDecimals,
  exactText,
  parseTyped,
  subtractDecimals,
  sumDecimals,
} from '../../components/decimal-text.ts'
import { Figure, Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { TaxEffect } from '../../components/tax-effect.tsx'
import { counted } from '../../components/words.ts'
import { clockText, instantOf } from '../../components/zone-clock.ts'
import styles from './by-hand.module.css'

/** Whether a coin leaves with the event, so that it takes lots. */
export const takesLots = ({ legs, ignored }: EventRow): boolean =>
  !ignored && legs.some(({ role, asset }) => role === 'out' && !isFiatCode(asset))

/** Which lots a disposal or transfer takes: what is there, what was named, and what naming others would do, before it is done. */
export function NameLots({ row }: { readonly row: EventRow }) {
  const [open, setOpen] = useState(false)
  return (
    <section className={styles.byHand} aria-label="Lots">
      <div className={styles.acts}>
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          Name its lots…
        </Button>
      </div>
      {open ? <Choices row={row} onDone={() => setOpen(false)} /> : null}
    </section>
  )
}

function Choices({ row, onDone }: { readonly row: EventRow; readonly onDone: () => void }) {
  const choices = useRead({
    topics: ['events', 'decisions', 'transfers', 'tax', 'prices', 'filings'],
    name: 'lots.choices',
    input: row.id,
    read: ({ engine }, signal) => engine.lots.choices({ event: row.id }, { signal }),
  })
  return (
    <Loaded of={choices} waiting={<Loader size="xs" aria-label="Looking up what was there" />}>
      {(data) => <Naming key={data.revision} row={row} choices={data} onDone={onDone} />}
    </Loaded>
  )
}

interface NamingProps {
  readonly row: EventRow
  readonly onDone: () => void
  readonly choices: {
    readonly symbol: string
    readonly amount: string
    readonly named: readonly NamedLotView[]
    readonly identifiedAt: number | null
    readonly dateTest: boolean
    readonly authority: string
    readonly refusal: string | null
    readonly lots: readonly LotChoice[]
  }
}

function Naming({ row, choices, onDone }: NamingProps) {
  const act = useAct()
  const { profile } = useSession()
  const { symbol, lots, named } = choices
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(named.map(({ event, amount }) => [event, exactText(amount, LOCALE)])),
  )
  const [when, setWhen] = useState(
    choices.identifiedAt === null ? '' : clockText(choices.identifiedAt, profile.zone).slice(0, 16),
  )
  const [busy, setBusy] = useState(false)
  if (choices.refusal !== null) return <Text size="sm">{choices.refusal}</Text>
  const wanted = lots.flatMap(({ event }): NamedLotView[] => {
    const amount = parseTyped(typed[event] ?? '', LOCALE)
    return amount === null || compareDecimals(amount, '0') <= 0 ? [] : [{ event, amount }]
  })
  const unread = lots.find(
    ({ event }) => (typed[event] ?? '').trim() !== '' && parseTyped(typed[event] ?? '', LOCALE) === null,
  )
  const instant = when === '' ? undefined : (instantOf(when, profile.zone) ?? undefined)
  const total = sumDecimals(wanted.map(({ amount }) => amount))
  const rest = subtractDecimals(choices.amount, total)
  const over = lots.find(
    ({ event, amount }) => compareDecimals(wanted.find((one) => one.event === event)?.amount ?? '0', amount) > 0,
  )
  const isSame =
    JSON.stringify([sorted(wanted), instant ?? null]) === JSON.stringify([sorted(named), choices.identifiedAt])
  const gone = named.filter(({ event }) => lots.every((lot) => lot.event !== event))
  const trouble =
    unread !== undefined
      ? 'One of the amounts is no number.'
      : over !== undefined
        ? `More is named than the ${amountText(over.amount, LOCALE)} ${symbol} that this lot has.`
        : rest.startsWith('-')
          ? `More is named than the ${amountText(choices.amount, LOCALE)} ${symbol} that leave.`
          : wanted.length === 0 || isSame
            ? ''
            : null
  const decide = async (decided: readonly NamedLotView[], said: string): Promise<void> => {
    setBusy(true)
    const at = decided.length === 0 || instant === undefined ? {} : { identifiedAt: instant }
    const done = await act(
      ({ engine }) => engine.events.decide({ decisions: [{ what: 'lots', event: row.id, lots: [...decided], ...at }] }),
      () => said,
    )
    setBusy(false)
    if (done) onDone()
  }
  return (
    <div className={styles.work}>
      <Text size="sm">
        {`${amountText(choices.amount, LOCALE)} ${symbol} leave. Say from which lots; what you do not name is taken as your method says.`}
      </Text>
      {gone.length > 0 ? (
        <Text size="sm" className={styles.open}>
          {counted(gone.length, 'lot')} that you had named {gone.length === 1 ? 'is' : 'are'} not there any more.
        </Text>
      ) : null}
      {lots.length === 0 ? (
        <Text size="sm">{`No ${symbol} is held just before this event, so there is no lot to name.`}</Text>
      ) : (
        <div className={styles.lots}>
          <DataTable<LotChoice>
            label="Lots that are there"
            columns={[
              {
                id: 'acquired',
                header: 'Acquired',
                cell: (lot) => (
                  <Figure trace={`event:${lot.event}`} label="The event that the lot came in with">
                    {lot.acquired ?? 'no day'}
                  </Figure>
                ),
              },
              {
                id: 'there',
                header: 'There',
                align: 'right',
                cell: (lot) => <Units value={lot.amount} symbol={symbol} />,
              },
              {
                id: 'cost',
                header: `Cost ${profile.currency}`,
                align: 'right',
                cell: (lot) => <Money value={lot.cost} />,
              },
              {
                id: 'take',
                header: 'Take',
                align: 'right',
                cell: (lot) => (
                  <TextInput
                    size="xs"
                    w={132}
                    ml="auto"
                    inputMode="decimal"
                    aria-label={`Take of the lot acquired ${lot.acquired ?? 'on no day'}`}
                    value={typed[lot.event] ?? ''}
                    onChange={(event) => {
                      const text = event.currentTarget.value
                      setTyped((before) => ({ ...before, [lot.event]: text }))
                    }}
                  />
                ),
              },
            ]}
            rows={lots}
            rowKey={({ event }) => event}
          />
        </div>
      )}
      {choices.dateTest && lots.length > 0 ? (
        <div className={styles.fields}>
          <TextInput
            type="datetime-local"
            size="xs"
            label="When you named them (blank: by the time of the event)"
            value={when}
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
        </div>
      ) : null}
      {choices.dateTest ? (
        <Text
          size="xs"
          c="dimmed"
        >{`Lots that were named later than the event do not count (${choices.authority}).`}</Text>
      ) : null}
      {trouble === null ? <Effect row={row} lots={wanted} identifiedAt={instant} /> : null}
      <div className={styles.acts}>
        <Button
          loading={busy}
          disabled={trouble !== null}
          onClick={() => void decide(wanted, `${counted(wanted.length, 'lot')} named.`)}
        >
          Name these lots
        </Button>
        {named.length > 0 ? (
          <Button variant="default" onClick={() => void decide([], 'No lots are named any more; the method chooses.')}>
            Name none any more
          </Button>
        ) : null}
        <Text size="xs" c="dimmed" role="status">
          {trouble === null || trouble === ''
            ? `${amountText(total, LOCALE)} of ${amountText(choices.amount, LOCALE)} ${symbol} named`
            : trouble}
        </Text>
      </div>
    </div>
  )
}

const sorted = (lots: readonly NamedLotView[]): readonly NamedLotView[] =>
  [...lots].sort((a, b) => (a.event < b.event ? -1 : 1)).map(({ event, amount }) => ({ event, amount }))

interface EffectProps {
  readonly row: EventRow
  readonly lots: readonly NamedLotView[]
  readonly identifiedAt: number | undefined
}

function Effect({ row, lots, identifiedAt }: EffectProps) {
  const call = { event: row.id, lots: [...lots], ...(identifiedAt === undefined ? {} : { identifiedAt }) }
  const effect = useRead({
    topics: ['events', 'decisions', 'transfers', 'tax', 'prices', 'filings'],
    name: 'lots.effect',
    input: call,
    read: ({ engine }, signal) => engine.lots.effect(call, { signal }),
    keep: true,
  })
  if (effect.error) return <Text size="sm">{wordsOf(effect.error)}</Text>
  if (effect.data === undefined) return <Loader size="xs" aria-label="Working out what it does" />
  const { refusal, tax } = effect.data
  if (refusal !== null)
    return (
      <Text size="sm" className={styles.open}>
        {refusal}
      </Text>
    )
  return tax === null ? null : <TaxEffect effect={tax} />
}
