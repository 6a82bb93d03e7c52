import { implement } from '@orpc/server'
import { formatMoney, parseMoney } from '../../shared/amount/decimal.ts'
import { engineContract } from '../../shared/contract/contract.ts'
import type { Filing as FilingView } from '../../shared/contract/tax.ts'
import { type Filing, freezeFiling, listFilings, readFiling } from '../ledger/filings.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { Cancelled } from './job-signal.ts'
import type { Matching } from './matching.ts'
import { stageStates } from './stages.ts'
import type { TaxReads } from './tax-reads.ts'

const check = implement(engineContract).check

/** The spine's state, the checks before filing, and the frozen years. */
export function checkRouter(engine: Engine, matching: Matching, reads: TaxReads) {
  const filingOf = (year: number): Filing => {
    const [latest] = listFilings(engine.opened().ledger, year)
    if (latest === undefined) throw failure('NOT_FOUND', `The tax year ${year} was not filed from this ledger.`)
    return latest
  }
  return check.router({
    stages: check.stages.handler(() => stageStates(engine.opened().ledger, reads, matching)),
    verify: check.verify.handler(async () => {
      const { workers } = engine.opened()
      const terminate = () => void workers.intake.terminate()
      try {
        const run = engine.jobs.start({ name: 'verify', unit: 'checks', terminate, quiet: true }, (signal) =>
          workers.intake.calls().call('verify', null, { signal }),
        )
        return await run.finished
      } catch (error) {
        if (error instanceof Cancelled) throw failure('CANCELLED')
        throw error
      }
    }),
    rollForward: check.rollForward.handler(async ({ input }) => ({
      ...(await reads.read('rollForward', input)),
      job: engine.jobs.running('compute'),
    })),
    filings: check.filings.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        filings: listFilings(ledger).map((filing) => filingView(ledger, filing)),
      }))
    }),
    freeze: check.freeze.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const draft = await reads.read('filingDraft', input)
      const done = engine.committed(
        freezeFiling(ledger, draft, { ...person(), summary: `file the tax year ${input.year}` }),
      )
      return { filing: filingView(ledger, filingOf(input.year)), revision: done.revision }
    }),
    diff: check.diff.handler(async ({ input }) => {
      const filing = filingOf(input.year)
      const found = await reads.read('filingDiff', { year: input.year, filing: filing.id })
      return { filed: filingView(engine.opened().ledger, filing), ...found }
    }),
  })
}

interface FiledDocument {
  readonly totals: Readonly<Record<string, { readonly gain?: string }>>
  readonly open: readonly unknown[]
}

function filingView(ledger: ReadableLedger, filing: Filing): FilingView {
  const documents = readFiling(ledger, filing.id)
  const filed = JSON.parse(documents?.result.toString('utf8') ?? '{"totals":{},"open":[]}') as FiledDocument
  const gain = parseMoney(filed.totals[String(filing.taxYear)]?.gain ?? '0')
  return {
    id: String(filing.id),
    year: filing.taxYear,
    frozen: filing.at,
    engine: filing.engineVersion,
    inputHash: filing.inputsHash,
    resultHash: filing.resultHash,
    gain: typeof gain === 'bigint' ? formatMoney(gain) : '0',
    openPoints: filed.open.length,
  }
}
