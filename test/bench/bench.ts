/** What a bench gives and takes. */
export interface BenchOptions {
  /** Smaller inputs, for a look while working; the bars are meant for the full ones. */
  readonly quick: boolean
  /** Progress, for people. */
  readonly say: (text: string) => void
}

export interface BenchResult {
  readonly name: string
  /** What was measured, in words: `3.1 × baseline (2,103 ms / 678 ms)`. */
  readonly figure: string
  readonly bar: string
  readonly met: boolean
  /** What is wanted beyond the bar, and whether it is met; a miss is said and fails nothing. */
  readonly aims?: readonly { readonly aim: string; readonly figure: string; readonly met: boolean }[]
  /** Everything measured, in milliseconds, bytes or counts as the names say. */
  readonly measured: Readonly<Record<string, number>>
  /** Why it did not run here; then nothing was measured. */
  readonly skipped?: string
}

export interface BenchModule {
  run(options: BenchOptions): Promise<readonly BenchResult[]>
}

/** A latency as a ratio to a baseline of the same run, which is the bar. */
export function ratio(name: string, ms: number, baselineMs: number, atMost: number): BenchResult {
  const times = ms / baselineMs
  return {
    name,
    figure: `${times.toFixed(3)} × baseline (${Math.round(ms)} ms / ${Math.round(baselineMs)} ms)`,
    bar: `≤ ${atMost} ×`,
    met: times <= atMost,
    measured: { milliseconds: round(ms), baselineMilliseconds: round(baselineMs), ratio: round(times) },
  }
}

/** Runs `work` and gives how long it took with what it gave. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now()
  const value = await work()
  return { ms: performance.now() - start, value }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
