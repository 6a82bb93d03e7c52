import { Button, Group, Modal, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AllocationPlan, ChangeoverAsset } from '../../../shared/contract/tax-changeover.ts'
import { say, sayFailure } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { wordsOf } from '../../app/errors.ts'
import { useCall } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DayField } from '../../components/day-field.tsx'
import { JobProgress } from '../../components/job-progress.tsx'
import { Notice, Sentences } from '../../components/notice.tsx'
import { AccountOrder } from './account-order.tsx'
import styles from './changeover.module.css'
import type { Changeover } from './changeover-view.tsx'
import { LotLines } from './lot-lines.tsx'
import { linesOf, type PlanLine, splitAt } from './plan-lines.ts'
import { Proposal } from './proposal.tsx'
import { refusalText } from './tax-words.ts'

type Kind = 'global' | 'specific'
type Order = Extract<AllocationPlan, { plan: 'global' }>['order']

/** Makes a plan, shows what it gives and what refuses it, and puts it on record after it was agreed to. */
export function ChangeoverPlan({ of }: { readonly of: Changeover }) {
  const { engine } = useClients()
  const [kind, setKind] = useState<Kind>('specific')
  const free = of.assets.filter(({ plan }) => plan === 'none')
  const [asset, setAsset] = useState<string>(free.find(({ locked }) => locked === null)?.asset ?? free[0]?.asset ?? '')
  const [order, setOrder] = useState<Order>('earliest')
  const [accounts, setAccounts] = useState<readonly string[] | null>(null)
  const [lines, setLines] = useState<readonly PlanLine[] | null>(null)
  const [written, setWritten] = useState('')
  const [completed, setCompleted] = useState('')
  const [reason, setReason] = useState('')
  const [confirm, setConfirm] = useState<string | null>(null)
  const chosen = of.assets.find((each) => each.asset === asset)
  const planned: PlanLine[] = [...(lines ?? (chosen === undefined ? [] : linesOf(chosen, LOCALE)))]
  const places = placesOf(of.assets, kind === 'global' && asset === '' ? null : asset)
  const inOrder = accounts ?? places.map(({ id }) => id)
  const plan = planOf()
  const proposal = useCall((clients, input: Parameters<typeof clients.engine.tax.proposeAllocation>[0]) =>
    clients.engine.tax.proposeAllocation(input),
  )
  const dates = { ...(written === '' ? {} : { written }), ...(completed === '' ? {} : { completed }) }

  function planOf(): AllocationPlan | null {
    const only = asset === '' ? {} : { asset }
    if (kind === 'global') return { plan: 'global', ...only, order, accounts: [...inOrder] }
    if (planned.some(({ amount }) => amount === null)) return null
    return {
      plan: 'specific',
      ...only,
      allocations: planned.map(({ account, lot, amount }) => ({ account, lot, amount: amount ?? '0' })),
    }
  }
  /** What was shown is what may be recorded: any change of the plan takes the proposal away. */
  const changed = (): void => proposal.reset()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (plan !== null) proposal.mutate({ plan, ...dates })
  }
  const record = async (confirmed: boolean): Promise<void> => {
    if (plan === null) return
    try {
      const answer = await engine.tax.recordAllocation({ plan, ...dates, confirmed, reason: reason.trim() })
      setConfirm(answer.recorded ? null : answer.confirm)
      if (answer.recorded) say('The plan is on record. Its memo is among the reports.')
    } catch (error) {
      setConfirm(null)
      sayFailure(error)
    }
  }
  if (free.length === 0) return <Text c="dimmed">Every asset has its plan; none can be changed.</Text>
  return (
    <form className={styles.form} onSubmit={submit} aria-label="A plan">
      <div className={styles.fields}>
        <SegmentedControl
          aria-label="Kind of plan"
          size="xs"
          value={kind}
          onChange={(next) => {
            setKind(next === 'global' ? 'global' : 'specific')
            if (next === 'specific' && asset === '') setAsset(free[0]?.asset ?? '')
            changed()
          }}
          data={[
            { value: 'specific', label: 'Lot by lot' },
            { value: 'global', label: 'By a rule' },
          ]}
        />
        <Select
          label="Asset"
          size="xs"
          w={160}
          searchable
          data={[
            ...(kind === 'global' ? [{ value: '', label: 'Every asset' }] : []),
            ...free.map((each) => ({ value: each.asset, label: each.symbol })),
          ]}
          value={asset}
          onChange={(next) => {
            setAsset(next ?? '')
            setLines(null)
            setAccounts(null)
            changed()
          }}
        />
        {kind === 'global' ? (
          <Select
            label="Lots are taken"
            size="xs"
            w={220}
            data={of.orders.map((each) => ({ value: each.id, label: each.name }))}
            value={order}
            onChange={(next) => {
              const known = of.orders.find(({ id }) => id === next)
              if (known) setOrder(known.id)
              changed()
            }}
          />
        ) : null}
        <DayField
          label="Written down on"
          value={written}
          onDay={(day) => {
            setWritten(day)
            changed()
          }}
        />
        <DayField
          label="Complete on"
          value={completed}
          onDay={(day) => {
            setCompleted(day)
            changed()
          }}
        />
      </div>
      <Text size="xs" c="dimmed">
        A day left empty is today. A plan that was made in time elsewhere can be put on record with its days.
      </Text>
      {kind === 'global' ? (
        <AccountOrder
          accounts={inOrder.map((id) => ({ id, name: places.find((each) => each.id === id)?.name ?? id }))}
          onOrder={(next) => {
            setAccounts(next)
            changed()
          }}
        />
      ) : chosen === undefined ? null : (
        <LotLines
          asset={chosen}
          lines={planned}
          onChange={(next) => {
            setLines(next)
            changed()
          }}
          onSplit={(at) => {
            setLines(splitAt(planned, at))
            changed()
          }}
        />
      )}
      <div className={styles.acts}>
        <Button type="submit" variant="default" disabled={plan === null} loading={proposal.isPending}>
          Show what it gives
        </Button>
      </div>
      {proposal.isPending ? <JobProgress name="allocation" saying="Working the plan out…" /> : null}
      {proposal.error ? <Text c="red">{wordsOf(proposal.error)}</Text> : null}
      {proposal.data && !proposal.data.ok ? (
        <Notice title="Refused; nothing was stored" tone="refused">
          <Sentences of={proposal.data.refused.map(refusalText)} />
        </Notice>
      ) : null}
      {proposal.data?.ok ? (
        <>
          <Proposal rows={proposal.data.rows} years={proposal.data.years} currency={of.currency} />
          <div className={styles.acts}>
            <TextInput
              label="Reason"
              size="xs"
              w={360}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button onClick={() => void record(false)}>Put it on record…</Button>
          </div>
        </>
      ) : null}
      <Modal
        opened={confirm !== null}
        onClose={() => setConfirm(null)}
        title="Put the plan on record"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text mb="md">{confirm}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setConfirm(null)}>
            Not now
          </Button>
          <Button onClick={() => void record(true)}>I agree; put it on record</Button>
        </Group>
      </Modal>
    </form>
  )
}

/** The accounts that held an asset, or any asset. */
function placesOf(assets: readonly ChangeoverAsset[], only: string | null): { id: string; name: string }[] {
  const found = new Map<string, string>()
  for (const each of assets)
    if (only === null || each.asset === only)
      for (const { account, accountName } of each.accounts) found.set(account, accountName)
  return [...found].map(([id, name]) => ({ id, name }))
}
