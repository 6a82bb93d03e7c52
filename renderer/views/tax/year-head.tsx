import { Button, Text } from '@mantine/core'
import type { YearTotals } from '../../../shared/contract/tax.ts'
import type { Engine } from '../../app/client.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE } from '../../app/session.ts'
import { openTrace } from '../../app/trace-store.ts'
import { countText } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { Notice, Sentences } from '../../components/notice.tsx'
import { civilText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import styles from './tax.module.css'
import { useCountries } from './tax-reads.ts'
import { refusalText } from './tax-words.ts'

export type Years = Awaited<ReturnType<Engine['tax']['years']>>

/** What the page is about: the year's result, the law it is under, and what stands in the way of relying on it. */
export function YearHead({ of, year }: { readonly of: Years; readonly year: number }) {
  const totals = of.years.find((each) => each.year === year)
  const country = useCountries().data?.find((each) => each.code === (totals?.jurisdiction ?? of.jurisdiction))
  const toVerify = country?.toVerify ?? of.toVerify
  const blocked = of.blocked.find((each) => each.year === year)
  const others = of.blocked.filter((each) => each.year !== year)
  return (
    <>
      {totals ? <Headline totals={totals} currency={totals.currency} /> : null}
      {totals || blocked ? null : (
        <Text c="dimmed" pb="md">
          Nothing was disposed of or earned in {year}.
        </Text>
      )}
      {blocked ? (
        <Notice
          title={`${blocked.label} cannot be worked out`}
          tone="refused"
          actions={<EventsOf refused={blocked.refused} />}
        >
          <Sentences of={blocked.refused.map(refusalText)} />
          <Text size="xs" pt={4}>
            The years before it stand and can be used. Nothing of {blocked.label} is shown until this is settled.
          </Text>
        </Notice>
      ) : null}
      <LawLine of={of} year={year} totals={totals} />
      {others.length === 0 ? null : (
        <Text size="xs" pb="md" className={styles.open ?? ''}>
          {others.map((each) => each.label).join(', ')} cannot be worked out; choose{' '}
          {others.length === 1 ? 'the year' : 'one of them'} above to see why.
        </Text>
      )}
      {toVerify.length === 0 ? null : (
        <Notice title={`${country?.name ?? of.country}: to be verified before you rely on the figures`} tone="open">
          <Sentences of={toVerify} />
        </Notice>
      )}
    </>
  )
}

/** The way to the events that stand in the way, in the trace. */
function EventsOf({ refused }: { readonly refused: Years['blocked'][number]['refused'] }) {
  const events = [...new Set(refused.flatMap(({ event }) => (event === null ? [] : [event])))]
  return events.slice(0, 5).map((event, at) => (
    <Button
      key={event}
      variant="default"
      size="compact-xs"
      onClick={(press) => openTrace(`event:${event}`, press.currentTarget)}
    >
      {events.length === 1 ? 'Show the event' : `Show event ${at + 1}`}
    </Button>
  ))
}

function Headline({ totals, currency }: { readonly totals: YearTotals; readonly currency: string }) {
  const { year, label } = totals
  return (
    <div className={styles.head}>
      <div>
        <div className={styles.label}>
          Net {totals.gain.startsWith('-') ? 'loss' : 'gain'} of {label}, {currency}
        </div>
        <div className={styles.main}>
          <Money value={totals.gain} gain trace={`total:${year}:gain`} label={`Net gain of ${label}`} />
        </div>
      </div>
      <div className={styles.facts}>
        <Fact name="Taxable gain" of={label} value={totals.taxable} trace={`total:${year}:taxable`} />
        <Fact name="Income" of={label} value={totals.income} trace={`total:${year}:income`} />
        {totals.tax === null ? null : <Fact name="Tax" of={label} value={totals.tax} trace={`total:${year}:tax`} />}
        <div>
          <div className={styles.label}>Disposals</div>
          {countText(totals.disposals, LOCALE)}
        </div>
        {totals.openPoints > 0 ? (
          <div>
            <div className={styles.label}>Open</div>
            <span className={styles.open}>{counted(totals.openPoints, 'point')}</span>
          </div>
        ) : null}
      </div>
    </div>
  )
}

interface FactProps {
  readonly name: string
  readonly of: string
  readonly value: string
  readonly trace: string
}

function Fact({ name, of, value, trace }: FactProps) {
  return (
    <div>
      <div className={styles.label}>{name}</div>
      <Money value={value} trace={trace} label={`${name} of ${of}`} />
    </div>
  )
}

interface LawLineProps {
  readonly of: Years
  readonly year: number
  readonly totals: YearTotals | undefined
}

/** Country, tax year, method and its rule, engine: what the figures below are under. */
function LawLine({ of, year, totals }: LawLineProps) {
  const countries = useCountries()
  const country = countries.data?.find((each) => each.code === (totals?.jurisdiction ?? of.jurisdiction))
  const label = totals?.label ?? country?.years.find((each) => each.year === year)?.label ?? String(year)
  const rule = totals?.methodRule ?? of.methodRule
  return (
    <div className={styles.lawRow}>
      <dl className={styles.law}>
        <div>
          <dt>Country</dt>
          <dd>{country?.name ?? of.country}</dd>
        </div>
        <div>
          <dt>Tax year</dt>
          <dd>
            {label}
            {totals?.filed ? ', filed' : ', not filed'}
          </dd>
        </div>
        <div>
          <dt>{totals?.filed ? 'Filed with engine' : 'Engine'}</dt>
          <dd>{totals?.engine ?? of.engine}</dd>
        </div>
        <div className={styles.lawWide}>
          <dt>Method</dt>
          <dd>
            {totals?.methodName ?? of.methodName}
            {rule === '' ? null : <span className={styles.code}> under {rule}</span>}
          </dd>
          {of.methods.length > 0 && !totals?.filed ? (
            <dd className={styles.code}>
              {of.methods
                .map((each) =>
                  each.from <= '1970-01-01' ? `${each.name} first` : `${each.name} from ${civilText(each.from)}`,
                )
                .join(', ')}
            </dd>
          ) : null}
        </div>
      </dl>
      <Button variant="subtle" size="compact-xs" onClick={() => goTo('/books')}>
        Change
      </Button>
    </div>
  )
}
