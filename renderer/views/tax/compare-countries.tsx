import { say, sayFailure, useUndo } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { Notice, Sentences } from '../../components/notice.tsx'
import { ChoosePanel } from './choose-panel.tsx'
import { Compared, CompareTable, type Measure, NotPossible } from './compare-table.tsx'
import { TAX_TOPICS } from './tax-topics.ts'

/** The same history under each country's rules, in its own currency: for those who moved, or are about to. */
export function CompareCountries({ measure }: { readonly measure: Measure }) {
  const { engine } = useClients()
  const { undo } = useUndo()
  const compared = useRead({
    topics: [...TAX_TOPICS, 'filings'],
    name: 'tax.compareCountries',
    cancellable: true,
    read: (clients) => clients.engine.tax.compareCountries({}),
  })
  const choose = async (jurisdiction: string, name: string, method: string, currency: string): Promise<boolean> => {
    try {
      await engine.session.updateProfile({ jurisdiction, method, currency })
      say(`${name} is your country of tax now.`, () => void undo())
      return true
    } catch (error) {
      sayFailure(error)
      return false
    }
  }
  return (
    <Compared of={compared} saying="Working the years out under each country’s rules…">
      {(data) => {
        const allowed = data.rows.filter((row) => row.allowed)
        const mine = data.rows.find((row) => row.chosen)
        const years = [...new Set(allowed.flatMap((row) => row.cells.map(({ year }) => year)))].sort((a, b) => b - a)
        const toVerify = allowed.filter((row) => !row.chosen && row.toVerify.length > 0)
        return (
          <>
            <CompareTable
              label="Countries compared"
              first="Country"
              years={years.map((year) => ({ year, label: String(year), note: '' }))}
              measure={measure}
              rows={allowed.map((row) => ({
                ...row,
                key: row.code,
                about: [row.currency, row.methodName, ...(row.toVerify.length > 0 ? ['to be verified'] : [])].join(
                  ' · ',
                ),
              }))}
              choose={(row, done) => {
                const other = data.rows.find((each) => each.code === row.key)
                return (
                  <ChoosePanel
                    name={row.name}
                    now={mine?.cells ?? []}
                    then={row.cells}
                    currency={row.currency}
                    {...(mine === undefined || mine.currency === row.currency ? {} : { apart: mine.currency })}
                    says={`The books then count under the rules of ${row.name}, by ${other?.methodName ?? 'its method'}, in ${row.currency}. Your records stay as they are; answers that ${row.name} does not ask for are taken back with it.`}
                    onChoose={() => choose(row.key, row.name, other?.method ?? '', row.currency)}
                    onClose={done}
                  />
                )
              }}
            />
            <NotPossible
              title="Not possible with these books"
              of={data.rows.filter((row) => !row.allowed).map((row) => ({ name: row.name, why: row.why ?? '' }))}
            />
            {toVerify.map((row) => (
              <Notice key={row.code} title={`${row.name}: to be verified before you rely on the figures`} tone="open">
                <Sentences of={row.toVerify} />
              </Notice>
            ))}
          </>
        )
      }}
    </Compared>
  )
}
