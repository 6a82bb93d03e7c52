import { useSyncExternalStore } from 'react'

/** A small value shared by screens, kept in memory only: nothing of the ledger is ever written to the browser's storage. */
export interface Shared<Value> {
  get(): Value
  set(next: Value): void
  use(): Value
}

/** Makes a value that any component can read with `use` and any code can set. */
export function shared<Value>(first: Value): Shared<Value> {
  let value = first
  const listeners = new Set<() => void>()
  const get = (): Value => value
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}
