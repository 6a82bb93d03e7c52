import { Button, Checkbox, TextInput } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { AccountSummary } from '../../../shared/contract/intake.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE, useSession, useTaxYear } from '../../app/session.ts'
import { useStage } from '../../app/stages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Icon } from '../../components/icon.tsx'
import { Empty, Loaded, Page, Section } from '../../components/page.tsx'
import { useSourceNames } from '../../components/source-names.ts'
import { dayText } from '../../components/time-text.ts'
import { showInLedger } from '../../views/ledger/ledger-filter.ts'
import { gapOf } from './coverage.ts'
import { CoverageSection } from './coverage-section.tsx'
import styles from './sources.module.css'
import { SymbolSection } from './symbol-section.tsx'

/** Stage 1: every place the crypto has been, the dates it covers, and how to get each export. */
export function SourcesStage() {
  const stage = useStage('sources')
  const accounts = useRead({
    topics: ['accounts', 'batches', 'events'],
    name: 'intake.accounts',
    read: ({ engine }, signal) => engine.intake.accounts(undefined, { signal }),
  })
  return (
    <Page
      title="Sources"
      why={
        stage?.why ?? 'Every place your crypto has been, even closed accounts: what left one must arrive in another.'
      }
      actions={
        accounts.data && accounts.data.accounts.length > 0 ? (
          <Button onClick={() => goTo('/read-in')}>Read in files</Button>
        ) : null
      }
    >
      <Loaded of={accounts}>
        {(data) =>
          data.accounts.length === 0 ? (
            <Empty title="No places yet" action={<Button onClick={() => goTo('/read-in')}>Read in files</Button>}>
              An exchange, a wallet, an app: each place has an export with its full history. Get the files as said
              below, all years, all columns, and read them in. Places appear here as their files are read.
            </Empty>
          ) : (
            <>
              <Accounts accounts={data.accounts} />
              <CoverageSection />
              <SymbolSection />
            </>
          )
        }
      </Loaded>
      <HowToGet />
    </Page>
  )
}

function Accounts({ accounts }: { readonly accounts: readonly AccountSummary[] }) {
  const { profile } = useSession()
  const [year] = useTaxYear()
  const [opened, setOpened] = useState<string | null>(null)
  const { nameOf } = useSourceNames()
  return (
    <DataTable<AccountSummary>
      label="Accounts"
      columns={[
        { id: 'name', header: 'Account', cell: (account) => account.name },
        {
          id: 'gap',
          header: 'To look at',
          cell: (account) => {
            const gap = gapOf(account, year, profile.zone)
            return gap ? <span className={styles.gap}>{gap}</span> : ''
          },
        },
        {
          id: 'dates',
          header: 'Covers',
          cell: (account) =>
            account.first === null || account.last === null
              ? 'no dated rows'
              : `${dayText(account.first, profile.zone)} – ${dayText(account.last, profile.zone)}`,
        },
        { id: 'events', header: 'Events', align: 'right', cell: (account) => countText(account.events, LOCALE) },
        { id: 'sources', header: 'From', wrap: true, cell: (account) => account.sources.map(nameOf).join(', ') },
        { id: 'kind', header: 'Kind', cell: (account) => `${account.kind}${account.business ? ', business' : ''}` },
      ]}
      rows={accounts}
      rowKey={(account) => account.id}
      opened={opened}
      onOpen={setOpened}
      inside={(account) => <EditAccount key={account.id} account={account} />}
    />
  )
}

function EditAccount({ account }: { readonly account: AccountSummary }) {
  const act = useAct()
  const [name, setName] = useState(account.name)
  const [group, setGroup] = useState(account.group ?? '')
  const [business, setBusiness] = useState(account.business)
  const changed =
    name.trim() !== account.name || group.trim() !== (account.group ?? '') || business !== account.business
  return (
    <div className={styles.edit}>
      <TextInput label="Name" size="xs" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label="Group"
        size="xs"
        value={group}
        placeholder="none"
        title="Accounts of one group share their lots"
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
      <Checkbox
        label="Business"
        checked={business}
        onChange={(event) => setBusiness(event.currentTarget.checked)}
        mb={6}
      />
      <Button
        variant="default"
        disabled={!changed || name.trim() === ''}
        onClick={() =>
          void act(
            ({ engine }) =>
              engine.intake.editAccount({ id: account.id, name: name.trim(), group: group.trim() || null, business }),
            (after) => `${after.name} was changed.`,
          )
        }
      >
        Save
      </Button>
      <Button
        variant="subtle"
        onClick={() => {
          showInLedger({ account: account.id })
          goTo('/ledger')
        }}
      >
        Show its events
      </Button>
    </div>
  )
}

/** A way through a venue's menus, its arrows drawn. */
function Path({ text }: { readonly text: string }) {
  return text.split('→').map((step, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their place alone
    <Fragment key={index}>
      {index > 0 ? <Icon name="right" size={12} /> : null}
      {step}
    </Fragment>
  ))
}

function useSources() {
  return useRead({
    topics: [],
    name: 'intake.sources',
    read: ({ engine }, signal) => engine.intake.sources(undefined, { signal }),
  })
}

function HowToGet() {
  const [sought, setSought] = useState('')
  const list = useSources().data ?? []
  if (list.length === 0) return null
  const words = sought.trim().toLowerCase()
  const found = list.filter(({ name, venue }) => `${name} ${venue}`.toLowerCase().includes(words))
  return (
    <Section title="How to get each export" note="In the venue’s own words. Take all years and all columns.">
      <TextInput
        type="search"
        aria-label="Find a place"
        placeholder={`Find a place among ${countText(list.length, LOCALE)}`}
        size="xs"
        w={260}
        mb="xs"
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {found.length === 0 ? (
        <p>No reader has that name. Any table can be read: drop it under Read-in and say once what its columns are.</p>
      ) : null}
      <div className={styles.ways}>
        {found.map((source) => (
          <article key={source.id} className={styles.way}>
            <h3>{source.name}</h3>
            <p>
              <Path text={source.howToGet} />
            </p>
          </article>
        ))}
      </div>
    </Section>
  )
}
