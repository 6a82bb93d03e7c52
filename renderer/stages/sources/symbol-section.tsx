import { Button } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { useState } from 'react'
import type { AssetAnswer, AssetMention } from '../../../shared/contract/assets.ts'
import { say, sayFailure, useAct } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { base64Of, keepFile } from '../../app/keep-file.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Loaded, Section } from '../../components/page.tsx'
import { useSourceNames } from '../../components/source-names.ts'
import { dayText, spanText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import { SpamTokens } from './spam-tokens.tsx'
import { SymbolAnswer } from './symbol-answer.tsx'
import styles from './symbols.module.css'

/** What symbols stand for: asked where it is not plain, remembered, taken along; and the tokens that look like spam. */
export function SymbolSection() {
  const { profile } = useSession()
  const [opened, setOpened] = useState<string | null>(null)
  const mentions = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'assets.mentions',
    read: ({ engine }, signal) => engine.assets.mentions({ all: false }, { signal }),
  })
  return (
    <Section title="What symbols stand for" note={<TakeAlong />}>
      <Loaded of={mentions}>
        {(data) =>
          data.mentions.length === 0 ? (
            <p className={styles.meta}>Every symbol of your files stands for one known asset.</p>
          ) : (
            <>
              <p className={styles.lead}>
                {counted(data.mentions.length, 'symbol')} could stand for more than one asset, or for one never heard
                of. Open one to say what it is.
              </p>
              <DataTable<AssetMention>
                label="Symbols to look at"
                columns={[
                  { id: 'symbol', header: 'Symbol', cell: (each) => <strong>{each.symbol}</strong> },
                  { id: 'source', header: 'In', cell: (each) => each.sourceName },
                  { id: 'asset', header: 'Read as', cell: (each) => each.asset },
                  { id: 'why', header: 'Why it is asked', wrap: true, cell: (each) => each.reason },
                  {
                    id: 'when',
                    header: 'When',
                    cell: (each) => `${dayText(each.first, profile.zone)} – ${dayText(each.last, profile.zone)}`,
                  },
                  { id: 'count', header: 'Rows', align: 'right', cell: (each) => countText(each.count, LOCALE) },
                ]}
                rows={data.mentions}
                rowKey={keyOf}
                opened={opened}
                onOpen={setOpened}
                inside={(each) => <SymbolAnswer key={keyOf(each)} mention={each} onDone={() => setOpened(null)} />}
              />
            </>
          )
        }
      </Loaded>
      <Answers />
      <SpamTokens />
    </Section>
  )
}

const keyOf = (mention: AssetMention): string => `${mention.source} ${mention.symbol} ${mention.asset}`

/** Answers as a file, to other books and back. */
function TakeAlong() {
  const clients = useClients()
  const act = useAct()
  const keep = async (): Promise<void> => {
    try {
      const { fileName, text } = await clients.engine.assets.exportAnswers()
      const base64 = base64Of(new TextEncoder().encode(text))
      const name = await keepFile(clients, { fileName, mediaType: 'application/json', base64 })
      if (name !== null) say(`Your answers were saved as ${name}.`)
    } catch (error) {
      sayFailure(error)
    }
  }
  const takeIn = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const text = await file.text()
    await act(
      ({ engine }) => engine.assets.importAnswers({ text }),
      ({ added, events }) =>
        `${counted(added, 'answer')} of ${file.name} taken in, ${counted(events, 'event')} put right.`,
    )
  }
  const dialog = useFileDialog({
    multiple: false,
    accept: 'application/json,.json',
    resetOnOpen: true,
    onChange: (files) => void takeIn(files?.[0]),
  })
  return (
    <span className={styles.acts}>
      <Button variant="default" size="compact-xs" onClick={() => void keep()}>
        Save answers
      </Button>
      <Button variant="default" size="compact-xs" onClick={dialog.open}>
        Take in answers…
      </Button>
    </span>
  )
}

/** What was answered so far; each answer can be forgotten. */
function Answers() {
  const act = useAct()
  const answers = useRead({
    topics: ['events', 'decisions', 'batches'],
    name: 'assets.answers',
    read: ({ engine }, signal) => engine.assets.answers(undefined, { signal }),
  })
  const { nameOf } = useSourceNames()
  const list = answers.data?.answers ?? []
  if (list.length === 0) return null
  return (
    <div className={styles.block}>
      <DataTable<AssetAnswer>
        label="Your answers"
        columns={[
          { id: 'symbol', header: 'You said', cell: (each) => `${each.symbol} is ${each.asset}` },
          {
            id: 'source',
            header: 'Where',
            cell: (each) => (each.source === null ? 'everywhere' : `in ${nameOf(each.source)}`),
          },
          {
            id: 'when',
            header: 'When',
            cell: (each) => spanText(each.from, each.to),
          },
          { id: 'note', header: 'Note', wrap: true, cell: (each) => each.note },
          {
            id: 'act',
            header: '',
            align: 'right',
            pinned: true,
            cell: (each) => (
              <Button
                variant="default"
                size="compact-xs"
                aria-label={`Forget what ${each.symbol} is`}
                onClick={() =>
                  void act(
                    ({ engine }) => engine.assets.forget({ id: each.id }),
                    () => `What ${each.symbol} stands for is asked again.`,
                  )
                }
              >
                Forget
              </Button>
            ),
          },
        ]}
        rows={list}
        rowKey={(each) => each.id}
      />
    </div>
  )
}
