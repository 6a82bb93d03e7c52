import { Loader } from '@mantine/core'
import type { EventDetail as Detail, LegView } from '../../../shared/contract/events.ts'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Figure, Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { RawRow } from '../../components/raw-row.tsx'
import { momentText } from '../../components/time-text.ts'
import { ROLE_WORDS } from '../../components/words.ts'
import { datesInWords } from '../tax/tax-words.ts'
import { Attachments } from './attachments.tsx'
import { ByHand } from './by-hand.tsx'
import { DecideForm } from './decide-form.tsx'
import { CouldBeJoined, JoinedFrom } from './joined-from.tsx'
import styles from './ledger.module.css'
import { NameLots, takesLots } from './name-lots.tsx'
import { ToldBy } from './told-by.tsx'

/** The facts behind one event: legs with values and reasons, the rows it was read from, and what may be decided. */
export function EventDetail({ event }: { readonly event: string }) {
  const detail = useRead({
    topics: ['events', 'decisions', 'transfers', 'batches', 'tax', 'prices', 'links', 'attachments'],
    name: 'events.get',
    input: event,
    read: ({ engine }, signal) => engine.events.get({ event }, { signal }),
  })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: clicks inside must not close the row
    <div className={styles.detail} onClick={(click) => click.stopPropagation()}>
      <Loaded of={detail} waiting={<Loader size="xs" aria-label="Looking it up" />}>
        {(data) => <Facts detail={data} />}
      </Loaded>
    </div>
  )
}

function Facts({ detail }: { readonly detail: Detail }) {
  const { profile } = useSession()
  const { row } = detail
  const legs = row.legs.map((leg, index) => ({ leg, index }))
  return (
    <div className={styles.detailGrid}>
      <div>
        <DataTable<{ readonly leg: LegView; readonly index: number }>
          label="Legs"
          columns={[
            { id: 'role', header: '', cell: ({ leg }) => ROLE_WORDS[leg.role] + (leg.included ? ' (included)' : '') },
            { id: 'account', header: 'Account', cell: ({ leg }) => leg.accountName },
            {
              id: 'amount',
              header: 'Amount',
              align: 'right',
              cell: ({ leg }) => <Units value={leg.amount} symbol={leg.symbol} />,
            },
            {
              id: 'value',
              header: `Value ${profile.currency}`,
              align: 'right',
              cell: ({ leg }) => (leg.value === null ? 'none yet' : <Money value={leg.value} />),
            },
            { id: 'why', header: 'Why this value', wrap: true, cell: ({ leg }) => leg.valueReason ?? '' },
          ]}
          rows={legs}
          rowKey={({ index }) => String(index)}
        />
        <dl className={styles.facts}>
          {row.source === 'hand' ? (
            <Fact name="Written by hand">{momentText(row.time, profile.zone)}</Fact>
          ) : (
            <Fact name="In the source">{[row.sourceKind, row.timeText].filter(Boolean).join(' · ')}</Fact>
          )}
          {detail.hash ? <Fact name="Transaction">{detail.hash}</Fact> : null}
          {detail.fromAddress ? <Fact name="From">{detail.fromAddress}</Fact> : null}
          {detail.toAddress ? <Fact name="To">{detail.toAddress}</Fact> : null}
          {row.open.length > 0 ? (
            <Fact name="Open">
              <span className={styles.open}>{row.open.map((code) => code.replaceAll('-', ' ')).join(', ')}</span>
            </Fact>
          ) : null}
          {detail.corroboratedBy.length > 0 ? (
            <Fact name="Also told by">
              <ToldBy records={detail.corroboratedBy} />
            </Fact>
          ) : null}
          {detail.records && detail.records.length > 0 ? (
            <Fact name="Joined from">
              <JoinedFrom
                transaction={detail.transaction ?? null}
                records={detail.records}
                reason={detail.joinReason ?? ''}
              />
            </Fact>
          ) : null}
          {detail.transaction && detail.transaction.state !== 'joined' ? (
            <Fact name="Same transaction">
              <CouldBeJoined transaction={detail.transaction} />
            </Fact>
          ) : null}
          {detail.madeFrom && detail.madeFrom.length > 0 ? (
            <Fact name="Made by hand from">
              {detail.madeFrom.map((from, index) => (
                <Figure key={from} trace={`event:${from}`} label="The event it was made from">
                  event {index + 1}
                </Figure>
              ))}
            </Fact>
          ) : null}
          {detail.replacedBy && detail.replacedBy.length > 0 ? (
            <Fact name="Gave way to">
              {detail.replacedBy.map((to, index) => (
                <Figure key={to} trace={`event:${to}`} label="The event it gave way to">
                  event {index + 1}
                </Figure>
              ))}
            </Fact>
          ) : null}
          {detail.versions.length > 1 ? (
            <Fact name="Versions">{`${detail.versions.length}, the newest counts`}</Fact>
          ) : null}
          {detail.figures.map((figure) => (
            <Fact key={figure.ref} name={datesInWords(figure.label)}>
              {figure.amount === null ? (
                <Figure trace={figure.ref} label={figure.label}>
                  show
                </Figure>
              ) : (
                <Money value={figure.amount} trace={figure.ref} label={figure.label} />
              )}
            </Fact>
          ))}
          {detail.decisions.map((made) => (
            <Fact key={made.act} name={momentText(made.at, profile.zone)}>
              {made.what}
              {made.live ? '' : ' (taken back)'}
            </Fact>
          ))}
          <Fact name="Trace">
            <Figure trace={`event:${row.id}`} label="This event">
              open in the drawer
            </Figure>
          </Fact>
        </dl>
        <Attachments event={row.id} />
      </div>
      <DecideForm key={row.id} row={row} />
      {takesLots(row) ? <NameLots key={`${row.id} lots`} row={row} /> : null}
      <ByHand key={`${row.id} by hand`} detail={detail} />
      {detail.rawRows.length > 0 ? (
        <div className={styles.rawRows}>
          {detail.rawRows.map((raw) => (
            <RawRow key={raw.record} {...raw} />
          ))}
        </div>
      ) : null}
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
