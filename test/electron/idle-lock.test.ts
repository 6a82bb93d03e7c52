import { beforeEach, describe, expect, it } from 'vitest'
import { createIdleLock, DEFAULT_IDLE_MINUTES, type IdleLock } from '../../electron/idle-lock.ts'

const MINUTE = 60_000

describe('the idle lock', () => {
  let wall: number
  let running: number
  let locks: number
  let idle: IdleLock
  const pass = (milliseconds: number): void => {
    wall += milliseconds
    running += milliseconds
    idle.check()
  }
  beforeEach(() => {
    wall = 1_750_000_000_000
    running = 5_000
    locks = 0
    idle = createIdleLock(
      () => {
        locks += 1
      },
      undefined,
      { wall: () => wall, running: () => running },
    )
  })

  it('locks once when nobody did anything for the usual time', () => {
    pass(DEFAULT_IDLE_MINUTES * MINUTE - 1)
    expect(locks).toBe(0)
    pass(1)
    pass(MINUTE)
    expect(locks).toBe(1)
  })

  it('counts from the last thing that was done', () => {
    pass(10 * MINUTE)
    idle.active()
    pass(10 * MINUTE)
    expect(locks).toBe(0)
    pass(5 * MINUTE)
    expect(locks).toBe(1)
  })

  it('locks again after the user came back and left again', () => {
    pass(20 * MINUTE)
    idle.active()
    pass(20 * MINUTE)
    expect(locks).toBe(2)
  })

  it('takes the time the user sets, and stays open at zero', () => {
    idle.setMinutes(1)
    pass(MINUTE)
    expect(locks).toBe(1)
    idle.active()
    idle.setMinutes(0)
    pass(240 * MINUTE)
    expect(locks).toBe(1)
  })

  it('locks when the computer has slept, even with the idle lock off', () => {
    idle.setMinutes(0)
    pass(MINUTE)
    wall += 60 * MINUTE
    idle.check()
    idle.check()
    expect(locks).toBe(1)
  })

  it('takes no corrected clock of a few seconds for sleep', () => {
    wall += 20_000
    idle.check()
    wall -= 3_600_000
    idle.check()
    expect(locks).toBe(0)
  })
})
