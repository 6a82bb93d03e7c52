import { MessageChannel, type Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Cancelled, jobSignal, newSignalBuffer } from '../../../electron/engine/job-signal.ts'
import { createJobs } from '../../../electron/engine/jobs.ts'
import { callWorker, serveCalls } from '../../../electron/engine/worker-calls.ts'
import type { Job } from '../../../shared/contract/live.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const start = (reports: Job[][]) => createJobs((list) => reports.push(list))
const what = { name: 'match', unit: 'movements', terminate: () => {} }

test('a job reports how far it is and how long it may still take, then that it is done', async () => {
  const reports: Job[][] = []
  const jobs = start(reports)
  let finish: (value: string) => void = () => {}
  const run = jobs.start(what, (signal) => {
    jobSignal(signal).progress(250, 1000)
    return new Promise<string>((resolve) => {
      finish = resolve
    })
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(reports.at(-1)).toMatchObject([{ id: run.id, state: 'running', done: 250, total: 1000 }])
  expect(reports.at(-1)?.[0]?.remaining).toBeGreaterThan(2000)
  finish('ready')
  expect(await run.finished).toBe('ready')
  expect(reports.at(-1)).toMatchObject([{ state: 'done', remaining: null }])
})

test('cancel raises the flag that the job polls', async () => {
  const jobs = start([])
  const run = jobs.start(what, async (signal) => {
    await new Promise((resolve) => setTimeout(resolve, 100))
    jobSignal(signal).check()
  })
  expect(jobs.cancel(run.id)).toBe(true)
  const refused = expect(run.finished).rejects.toThrow(Cancelled)
  await vi.advanceTimersByTimeAsync(200)
  await refused
  expect(jobs.list()).toMatchObject([{ state: 'cancelled' }])
  expect(jobs.cancel(run.id)).toBe(false)
})

test('a job that ignores the flag loses its worker after two seconds', async () => {
  const jobs = start([])
  let ended = false
  const terminate = () => {
    ended = true
  }
  const run = jobs.start({ ...what, terminate }, () => new Promise<never>(() => {}))
  jobs.cancel(run.id)
  await vi.advanceTimersByTimeAsync(1900)
  expect(ended).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect([ended, jobs.list()[0]?.state]).toEqual([true, 'cancelled'])
})

test('a quiet job is not told while it is short', async () => {
  const reports: Job[][] = []
  const jobs = start(reports)
  await jobs.start({ ...what, quiet: true }, async () => 1).finished
  await vi.advanceTimersByTimeAsync(1000)
  expect(reports.flat()).toEqual([])
  jobs.start({ ...what, quiet: true }, () => new Promise<never>(() => {}))
  await vi.advanceTimersByTimeAsync(400)
  expect(reports.at(-1)).toMatchObject([{ state: 'running' }])
})

test('parts come in order and before the answer, and an error in taking one ends the call', async () => {
  vi.useRealTimers()
  type Calls = { count: { input: number; output: string; part: number } }
  const { port1, port2 } = new MessageChannel()
  serveCalls<Calls>(port2, {
    count(upTo, _, emit) {
      for (let n = 0; n < upTo; n++) emit(n)
      return 'counted'
    },
  })
  const calls = callWorker<Calls>(port1 as unknown as Worker)
  const seen: number[] = []
  const answer = await calls.call('count', 3, {
    onPart: async (part) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      seen.push(part)
    },
  })
  expect([answer, seen]).toEqual(['counted', [0, 1, 2]])
  const failing = calls.call('count', 2, {
    signal: newSignalBuffer(),
    onPart: () => {
      throw new Error('the disk is full')
    },
  })
  await expect(failing).rejects.toThrow('the disk is full')
  port1.close()
})
