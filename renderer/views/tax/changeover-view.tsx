import { Button, Text } from '@mantine/core'
import type { RecordedPlan } from '../../../shared/contract/tax-changeover.ts'
import type { Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Notice, Sentences } from '../../components/notice.tsx'
import { Empty, Loaded, Section } from '../../components/page.tsx'
import { civilText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import { showReport } from '../reports/shown-report.ts'
import styles from './changeover.module.css'
import { ChangeoverAssets } from './changeover-assets.tsx'
import { ChangeoverPlan } from './changeover-plan.tsx'
import { TaxPage } from './tax-frame.tsx'
import { TAX_TOPICS } from './tax-topics.ts'
import { datesInWords, refusalText } from './tax-words.ts'

export type Changeover = Awaited<ReturnType<Engine['tax']['changeover']>>
const MEMO = 'us-changeover-memo'

/** The change to basis by account: what was unused and where, the two plans and their time, a plan's effect, its record. */
export function ChangeoverView() {
  const changeover = useRead({
    topics: [...TAX_TOPICS, 'session'],
    name: 'tax.changeover',
    read: ({ engine }, signal) => engine.tax.changeover(undefined, { signal }),
    keep: true,
  })
  const memo = (
    <Button
      variant="default"
      onClick={() => {
        showReport(MEMO)
        goTo('/reports')
      }}
    >
      The memo
    </Button>
  )
  return (
    <TaxPage
      title="Change of 2025"
      why="From 1 January 2025 each account has its own lots. What was unused before is divided over the accounts: as it lies, or by a plan."
      actions={changeover.data?.applies ? memo : undefined}
    >
      <Loaded of={changeover} waiting={<Text c="dimmed">Looking at what was unused at the end of 2024…</Text>}>
        {(data) =>
          data.applies ? (
            <>
              {data.refused.length > 0 ? (
                <Notice title="It cannot be worked out" tone="refused">
                  <Sentences of={data.refused.map(refusalText)} />
                </Notice>
              ) : null}
              <Recorded plans={data.recorded} assets={data.assets.length} />
              <Plans of={data} />
              {data.assets.length === 0 ? null : (
                <>
                  <Section
                    title={`Unused on ${civilText(data.day)}`}
                    note="Open an asset to see its accounts, its lots, and where they end up."
                  >
                    <ChangeoverAssets assets={data.assets} currency={data.currency} />
                  </Section>
                  <Section title="Try a plan" note="Nothing is stored by trying.">
                    <ChangeoverPlan key={data.revision} of={data} />
                  </Section>
                </>
              )}
            </>
          ) : (
            <Empty title="There is nothing to divide">{data.why}</Empty>
          )
        }
      </Loaded>
    </TaxPage>
  )
}

function Recorded({ plans, assets }: { readonly plans: readonly RecordedPlan[]; readonly assets: number }) {
  if (plans.length === 0)
    return (
      <Text pb="md">
        No plan is on record. {counted(assets, 'asset')} {assets === 1 ? 'keeps' : 'keep'} in each account what is
        physically there, earliest first: that is the rule without a plan, and nothing needs to be done for it.
      </Text>
    )
  return (
    <Section title="On record" note="A plan on record is complete and cannot be changed or undone.">
      <DataTable<RecordedPlan>
        label="Plans on record"
        columns={[
          { id: 'plan', header: 'Plan', cell: (plan) => (plan.plan === 'specific' ? 'Lot by lot' : 'By a rule') },
          { id: 'asset', header: 'For', cell: (plan) => plan.symbol ?? 'every asset' },
          { id: 'order', header: 'Order', cell: (plan) => plan.order?.replaceAll('-', ' ') ?? '' },
          { id: 'written', header: 'Written', cell: (plan) => civilText(plan.written) },
          { id: 'completed', header: 'Complete', cell: (plan) => civilText(plan.completed) },
          { id: 'from', header: '', cell: (plan) => (plan.imported ? 'with imported books' : '') },
        ]}
        rows={plans}
        rowKey={(plan) => plan.id}
      />
    </Section>
  )
}

function Plans({ of }: { readonly of: Changeover }) {
  return (
    <div className={styles.plans}>
      {of.plans.map((plan) => (
        <section key={plan.plan} className={styles.plan} aria-label={plan.name}>
          <h2>{plan.name}</h2>
          <p>{plan.about}</p>
          <p>
            <span className={plan.possible ? styles.possible : styles.over}>
              {plan.possible ? 'Possible' : 'Not possible today'}
            </span>
            {plan.possible ? ' until ' : '; its time was until '}
            {datesInWords(plan.until)}
          </p>
          {plan.why === null ? null : <p className={styles.quiet}>{plan.why}</p>}
          <p className={styles.quiet}>{plan.authority}</p>
        </section>
      ))}
    </div>
  )
}
