import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { useTaxYear } from '../../app/session.ts'
import { useStage } from '../../app/stages.ts'
import { Loaded, Page, Section } from '../../components/page.tsx'
import { OpenPoints } from '../../views/tax/open-points.tsx'
import { Filed } from './filed.tsx'
import { RollForward } from './roll-forward.tsx'
import { Verify } from './verify.tsx'

/** Stage 8: what is open and what it may cost, the checks, the roll-forward, and freezing the year. */
export function FileStage() {
  const act = useAct()
  const stage = useStage('file')
  const [year] = useTaxYear()
  const [asked, setAsked] = useState(false)
  const filings = useRead({
    topics: ['filings'],
    name: 'check.filings',
    read: ({ engine }, signal) => engine.check.filings(undefined, { signal }),
  })
  const filed = filings.data?.filings.filter((filing) => filing.year === year) ?? []
  const freeze = async (): Promise<void> => {
    setAsked(false)
    await act(
      ({ engine }) => engine.check.freeze({ year }),
      ({ filing }) => `${filing.year} is frozen. Later changes show up as a difference.`,
    )
  }
  return (
    <Page
      title="Check and file"
      why={
        stage?.why ?? 'Look at what is open and what it may cost, prove that the books add up, then freeze the year.'
      }
      actions={
        filed.length === 0 ? (
          <Button onClick={() => setAsked(true)}>Freeze {year}…</Button>
        ) : (
          <Button variant="default" onClick={() => setAsked(true)}>
            Freeze {year} again…
          </Button>
        )
      }
    >
      <Loaded of={filings}>
        {() => filed.map((filing) => <Filed key={filing.id} filing={filing} newest={filing === filed[0]} />)}
      </Loaded>
      <Section
        title={`Open points of ${year}`}
        note="Leaving one open is allowed; the year then carries both outcomes."
      >
        <OpenPoints key={year} year={year} />
      </Section>
      <Section title="Do the books add up?" note="Every law of the ledger, every hash and the audit chain.">
        <Verify />
      </Section>
      <Section
        title={`Roll-forward of ${year}`}
        note="Opening, plus what came in, less what went out and fees, is the closing balance."
      >
        <RollForward key={year} year={year} />
      </Section>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={`Freeze ${year}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text mb="md">
          The figures of {year} are kept as they are now, with their inputs, prices, settings and engine version, all
          hashed. A frozen year cannot be unfrozen. Later changes make a new draft, and the difference is shown here.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button onClick={() => void freeze()}>Freeze {year}</Button>
        </Group>
      </Modal>
    </Page>
  )
}
