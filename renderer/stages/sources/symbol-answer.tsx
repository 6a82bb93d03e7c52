import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AssetMention } from '../../../shared/contract/assets.ts'
import { ASSET_KINDS, type AssetKind } from '../../../shared/events/account.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { ALWAYS, DaySpan, runsBackwards } from '../../components/day-field.tsx'
import { counted } from '../../components/words.ts'
import styles from './symbols.module.css'

interface SymbolAnswerProps {
  readonly mention: AssetMention
  readonly onDone: () => void
}

/** Says what a symbol stands for, at one source or everywhere, always or between two days. */
export function SymbolAnswer({ mention, onDone }: SymbolAnswerProps) {
  const act = useAct()
  const [asset, setAsset] = useState(mention.choices[0] ?? mention.asset)
  const [kind, setKind] = useState<AssetKind | null>(null)
  const [everywhere, setEverywhere] = useState(false)
  const [days, setDays] = useState(ALWAYS)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const assets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'assets.list',
    read: ({ engine }, signal) => engine.assets.list(undefined, { signal }),
  })
  const known = (assets.data?.assets ?? []).map(({ id }) => id)
  const name = asset.trim()
  const answer = async (): Promise<void> => {
    setBusy(true)
    const done = await act(
      ({ engine }) =>
        engine.assets.answer({
          source: everywhere ? null : mention.source,
          symbol: mention.symbol,
          from: days.from || null,
          to: days.to || null,
          asset: name,
          note: note.trim(),
          ...(kind === null ? {} : { kind }),
        }),
      ({ events }) =>
        `${mention.symbol} is ${name}. ${events === 0 ? 'Nothing had to be put right.' : `${counted(events, 'event')} put right.`}`,
    )
    setBusy(false)
    if (done) onDone()
  }
  return (
    <form
      className={styles.form}
      aria-label={`What ${mention.symbol} stands for`}
      onSubmit={(event) => {
        event.preventDefault()
        void answer()
      }}
    >
      <Autocomplete
        label={`${mention.symbol} stands for`}
        size="xs"
        data={[...new Set([...mention.choices, mention.asset, ...known])].filter((each) => each !== '')}
        value={asset}
        maxLength={200}
        onChange={setAsset}
        limit={50}
      />
      {known.includes(name) || mention.choices.includes(name) ? null : (
        <Select
          label="A new asset, which is"
          size="xs"
          w={140}
          data={[...ASSET_KINDS]}
          value={kind ?? 'crypto'}
          onChange={(next) => setKind(ASSET_KINDS.find((each) => each === next) ?? null)}
        />
      )}
      <Select
        label="Where"
        size="xs"
        w={200}
        data={[
          { value: 'source', label: `in ${mention.sourceName}` },
          { value: 'all', label: 'everywhere' },
        ]}
        value={everywhere ? 'all' : 'source'}
        onChange={(next) => setEverywhere(next === 'all')}
      />
      <DaySpan days={days} onDays={setDays} />
      <TextInput
        label="Note"
        size="xs"
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={name === '' || runsBackwards(days)}>
        Remember
      </Button>
    </form>
  )
}
