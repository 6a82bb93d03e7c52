import { Text } from '@mantine/core'
import { say, sayFailure, useAct, useUndo } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { Sentences } from '../../components/notice.tsx'
import { civilText } from '../../components/time-text.ts'
import { ChoosePanel } from './choose-panel.tsx'
import { Compared, CompareTable, type Measure, NotPossible } from './compare-table.tsx'
import { useFacts } from './tax-reads.ts'
import { TAX_TOPICS } from './tax-topics.ts'

/** A day before every other: a method that begins on it holds throughout. */
const FIRST_DAY = '1970-01-01'

/** Every year that is not filed under each method the law allows, and why the others are not possible. */
export function CompareMethods({ measure }: { readonly measure: Measure }) {
  const { engine } = useClients()
  const act = useAct()
  const { undo } = useUndo()
  const facts = useFacts()
  const compared = useRead({
    topics: [...TAX_TOPICS, 'filings'],
    name: 'tax.compareMethods',
    cancellable: true,
    read: (clients) => clients.engine.tax.compareMethods({}),
  })
  const choose = async (method: string, name: string, from: string | null): Promise<boolean> => {
    const before = facts.data?.methods ?? []
    if (from === null && before.length === 0) {
      try {
        await engine.session.updateProfile({ method })
        say(`${name} is your method now.`, () => void undo())
        return true
      } catch (error) {
        sayFailure(error)
        return false
      }
    }
    const kept = from === null ? [] : before.filter((each) => each.from < from).map(({ name: _name, ...each }) => each)
    const done = await act(
      (clients) => clients.engine.tax.setFacts({ methods: [...kept, { from: from ?? FIRST_DAY, method }] }),
      () => (from === null ? `${name} is your method now.` : `${name} is your method from ${civilText(from)}.`),
    )
    return done !== undefined
  }
  return (
    <Compared of={compared} saying="Working the years out under each method…">
      {(data) => (
        <>
          <CompareTable
            label="Methods compared"
            first={`Method, ${data.currency}`}
            years={data.years.map((each) => ({ ...each, note: each.filed ? 'filed' : '' }))}
            measure={measure}
            rows={data.rows
              .filter((row) => row.allowed)
              .map((row) => ({ ...row, key: row.method, about: row.note, currency: data.currency }))}
            choose={(row, done) => (
              <ChoosePanel
                name={row.name}
                now={data.rows.find((each) => each.chosen)?.cells ?? []}
                then={row.cells}
                currency={data.currency}
                says={
                  data.from === null
                    ? 'It then holds for every year. The law wants some methods chosen before the sale; see the note under the name.'
                    : `The years before ${civilText(data.from)} are filed and keep theirs; it holds from that day.`
                }
                onChoose={() => choose(row.key, row.name, data.from)}
                onClose={done}
              />
            )}
          />
          {data.years.some((each) => each.why !== null) ? (
            <Text component="div" c="dimmed" size="xs" pt="xs">
              <Sentences of={data.years.flatMap((each) => (each.why === null ? [] : [`${each.label}: ${each.why}`]))} />
            </Text>
          ) : null}
          <NotPossible
            title="Not possible"
            of={data.rows
              .filter((row) => !row.allowed)
              .map((row) => ({ name: row.name, why: (row.why ?? '').replace(`“${row.name}”`, 'it') }))}
          />
        </>
      )}
    </Compared>
  )
}
