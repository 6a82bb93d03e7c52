import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { CANNOT_REVOKE, say, sayFailure, withReadingAgain } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { exactMomentText, momentText } from '../../components/time-text.ts'

const PAGE = 25
interface Act {
  readonly id: string
  readonly at: number
  readonly what: string
  readonly live: boolean
  readonly revocable: boolean
}
interface Asked {
  readonly act: Act
  readonly dependants: readonly { readonly id: string; readonly what: string }[]
}

/** The acts, newest first. Taking back an older one first lists what depends on it. */
export function History() {
  const { profile } = useSession()
  const { engine } = useClients()
  const [page, setPage] = useState(1)
  const [asked, setAsked] = useState<Asked | null>(null)
  const acts = useRead({
    topics: ['decisions', 'transfers', 'batches', 'filings', 'session'],
    name: 'live.acts',
    input: page,
    read: (clients, signal) => clients.engine.live.acts({ offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  const revoke = async (act: Act, confirmed: boolean): Promise<void> => {
    try {
      const answer = await engine.live.revoke({ act: act.id, confirmed })
      if (answer.revoked) {
        setAsked(null)
        say(withReadingAgain(`Taken back: ${act.what}`, answer.readingAgain))
      } else if (answer.dependants.length > 0) setAsked({ act, dependants: answer.dependants })
      else if (confirmed) say(CANNOT_REVOKE)
      else await revoke(act, true)
    } catch (error) {
      sayFailure(error)
    }
  }
  return (
    <>
      <Loaded of={acts}>
        {(data) =>
          data.total === 0 ? (
            <Text c="dimmed">Nothing was done yet.</Text>
          ) : (
            <DataTable<Act>
              label="History"
              columns={[
                {
                  id: 'at',
                  header: 'When',
                  cell: (act) => (
                    <time title={exactMomentText(act.at, profile.zone)}>{momentText(act.at, profile.zone)}</time>
                  ),
                },
                { id: 'what', header: 'What', wrap: true, cell: (act) => act.what },
                { id: 'state', header: '', cell: (act) => (act.live ? '' : 'taken back') },
                {
                  id: 'act',
                  header: '',
                  align: 'right',
                  cell: (act) =>
                    act.revocable && act.live ? (
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-label={`Take back: ${act.what}`}
                        onClick={() => void revoke(act, false)}
                      >
                        Take back
                      </Button>
                    ) : null,
                },
              ]}
              rows={data.acts}
              rowKey={(act) => act.id}
              more={<Pager total={data.total} page={page} size={PAGE} one="act" onPage={setPage} />}
            />
          )
        }
      </Loaded>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title="Later acts depend on this one"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text mb="xs">Taking it back takes these back too:</Text>
        <ul>
          {asked?.dependants.map((each) => (
            <li key={each.id}>{each.what}</li>
          ))}
        </ul>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(null)}>
            Leave all as it is
          </Button>
          <Button onClick={() => asked && void revoke(asked.act, true)}>Take all back</Button>
        </Group>
      </Modal>
    </>
  )
}
