import type { Topic } from '../../shared/contract/live.ts'
import type { Engine } from './engine.ts'
import type { Matching } from './matching.ts'

/** A step of settling: what must be done after facts came or went. */
export interface SettlingStep {
  readonly isNeeded: boolean
  /** `decide`: what is certain is decided by default; otherwise it is only proposed. */
  run(signal: SharedArrayBuffer, decide: boolean): Promise<void>
}

/** What follows every import by itself: overlaps are linked or proposed, rules applied, transfers matched. */
export interface Settling {
  /** After facts came. */
  start(): string
  /**
   * After an act was taken back or brought back: proposes anew what it touched. Nothing is decided by itself: that would
   * be a new act, after which nothing could be redone.
   */
  after(committed: { readonly topics: readonly Topic[] }): void
  /** Only the linker, asked for by a person. */
  link(): string
}

export function createSettling(
  engine: Engine,
  linking: SettlingStep,
  rules: SettlingStep,
  matching: Matching,
): Settling {
  const again = new Set<string>()

  const run = (name: string, work: (signal: SharedArrayBuffer) => Promise<void>): string => {
    const { workers } = engine.opened()
    const running = engine.jobs.running(name)
    if (running !== null) {
      again.add(name)
      return running
    }
    const job = engine.jobs.start(
      { name, unit: 'records', terminate: () => void workers.compute.terminate() },
      async (signal) => {
        do {
          again.delete(name)
          await work(signal)
        } while (again.has(name))
      },
    )
    job.finished.catch(() => {})
    return job.id
  }
  const link = (decide: boolean): string => run('link', (signal) => linking.run(signal, decide))

  return {
    start() {
      if (!linking.isNeeded && !rules.isNeeded) return matching.start()
      return run('settle', async (signal) => {
        try {
          for (const step of [linking, rules]) if (step.isNeeded) await step.run(signal, true)
        } finally {
          if (engine.current() !== null) matching.start()
        }
      })
    },
    after(committed) {
      matching.proposeAfter(committed)
      const { topics } = committed
      if ((topics.includes('links') || topics.includes('batches')) && linking.isNeeded) link(false)
    },
    link: () => link(true),
  }
}
