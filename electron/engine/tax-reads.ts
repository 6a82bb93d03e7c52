import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { Cancelled } from './job-signal.ts'
import type { LedgerWorkers } from './ledger-workers.ts'
import type { OpenLedger } from './open-ledger.ts'
import type { WorkerCalls } from './worker-calls.ts'
import type { BookCalls } from './worker-protocol.ts'

/** Reads that come from the computed books. A read that meets a running computation waits for it. */
export interface TaxReads {
  read<N extends keyof BookCalls & string>(name: N, input: BookCalls[N]['input']): Promise<BookCalls[N]['output']>
  /** As `read`, as a job of its own name: for what takes long by itself. */
  readAsJob<N extends keyof BookCalls & string>(
    name: N,
    input: BookCalls[N]['input'],
    job: { name: string; unit: string },
  ): Promise<BookCalls[N]['output']>
  /**
   * A “what if”: a job in a worker of its own, so that no read waits for it. Cancelling ends it; the books stay as they are.
   */
  whatIf<N extends keyof BookCalls & string>(
    name: N,
    input: BookCalls[N]['input'],
    job: { name: string; unit: string },
  ): Promise<BookCalls[N]['output']>
  /** Codes of open points on an event, as of the last computation. */
  openOn(event: string): readonly string[]
  /** Events with open points, as of the last computation. */
  openEvents(): readonly string[]
  /** Brings the books up to date when nobody waits for them: after an import, after opening. */
  prepare(): void
}

interface Fresh {
  readonly calls: WorkerCalls<BookCalls>
  readonly revision: number
  readonly done: Promise<void>
}

/** The calls of a compute thread that read the books. It answers others, too, which the compiler cannot leave out of a generic call. */
const bookCalls = (worker: LedgerWorkers['compute']): WorkerCalls<BookCalls> =>
  worker.calls() as unknown as WorkerCalls<BookCalls>

export function createTaxReads(engine: Engine): TaxReads {
  let fresh: Fresh | null = null
  let open = new Map<string, readonly string[]>()
  let openOf: OpenLedger | null = null

  const ensure = (): Fresh => {
    const ledger = engine.opened()
    if (openOf !== ledger) {
      openOf = ledger
      open = new Map()
    }
    const calls = bookCalls(ledger.workers.compute)
    const revision = ledger.ledger.revision()
    if (fresh !== null && fresh.calls === calls && fresh.revision >= revision) return fresh
    const terminate = () => void ledger.workers.compute.terminate()
    const { finished } = engine.jobs.start({ name: 'compute', unit: 'events', terminate, quiet: true }, (signal) =>
      calls.call('refresh', null, { signal }),
    )
    const done = finished.then((refreshed) => {
      open = new Map(refreshed.open)
    })
    const mine: Fresh = { calls, revision, done }
    done.catch(() => {
      if (fresh === mine) fresh = null
    })
    fresh = mine
    return mine
  }
  /** What a read may meet, as the contract's errors. */
  const contractError = (error: unknown): unknown => {
    if (error instanceof Cancelled) return failure('CANCELLED')
    if (error instanceof Error && error.name === 'Refused') return failure('REFUSED', error.message)
    return error
  }

  return {
    async read(name, input) {
      try {
        const { calls, done } = ensure()
        await done
        return await calls.call(name, input)
      } catch (error) {
        throw contractError(error)
      }
    },
    async readAsJob(name, input, { name: job, unit }) {
      try {
        const { calls, done } = ensure()
        await done
        const { workers } = engine.opened()
        const terminate = () => void workers.compute.terminate()
        const run = engine.jobs.start({ name: job, unit, terminate, quiet: true }, (signal) =>
          calls.call(name, input, { signal }),
        )
        return await run.finished
      } catch (error) {
        throw contractError(error)
      }
    },
    async whatIf(name, input, { name: job, unit }) {
      try {
        const { workers } = engine.opened()
        const calls = bookCalls(workers.whatIf)
        const terminate = () => void workers.whatIf.terminate()
        const run = engine.jobs.start({ name: job, unit, terminate, quiet: true }, async (signal) => {
          await calls.call('refresh', null, { signal })
          return calls.call(name, input, { signal })
        })
        return await run.finished
      } catch (error) {
        throw contractError(error)
      }
    },
    openOn: (event) => open.get(event) ?? [],
    openEvents: () => [...open.keys()],
    prepare() {
      try {
        ensure().done.catch(() => {})
      } catch {
        // No ledger is open any more: nothing to prepare.
      }
    },
  }
}
