/**
 * Copies and comparisons of what a computation keeps at a year's beginning. They go by the shape of the values (numbers,
 * lists, maps, sets and objects of them), so that a member added to a slice or a state is never forgotten.
 */

type Members = Record<string, unknown>

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null

/** A copy whose lists, maps, sets and sums can be written to without the original noticing; rows are shared. */
export function copyOf<Value>(value: Value): Value {
  return copied(value, true) as Value
}

function copied(value: unknown, whole: boolean): unknown {
  if (Array.isArray(value)) return value.slice()
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, copied(entry, false)]))
  if (value instanceof Set) return new Set(value)
  if (!isMembers(value)) return value
  const copy: Members = {}
  for (const [name, member] of Object.entries(value)) copy[name] = whole ? copied(member, false) : member
  return copy
}

/**
 * `now` with everything that was added to `then` until it became `final`: sums take the difference, lists the entries
 * beyond, maps and objects member by member. `final` itself where nothing tells `now` from `then`.
 */
export function withAdded<Value>(now: Value, then: Value, final: Value): Value {
  return added(now, then, final) as Value
}

function added(now: unknown, then: unknown, final: unknown): unknown {
  if (then === final && now !== undefined) return now
  if (typeof final === 'bigint') return ((now ?? 0n) as bigint) + final - ((then ?? 0n) as bigint)
  if (typeof final === 'number') return ((now ?? 0) as number) + final - ((then ?? 0) as number)
  if (Array.isArray(final)) {
    const [before, after] = [(then ?? []) as readonly unknown[], (now ?? []) as readonly unknown[]]
    const beyond = before.length === 0 ? final : final.slice(before.length)
    return after.length === 0 ? beyond : [...after, ...beyond]
  }
  if (final instanceof Map) {
    const [before, after] = [(then ?? new Map()) as typeof final, new Map((now ?? []) as typeof final)]
    for (const [key, entry] of final) {
      const untouched = !after.has(key) && sameState(before.get(key), entry)
      if (!untouched) after.set(key, added(after.get(key), before.get(key), entry))
    }
    return after
  }
  if (final instanceof Set) {
    const [before, after] = [(then ?? new Set()) as typeof final, new Set((now ?? []) as typeof final)]
    for (const entry of final) if (!before.has(entry)) after.add(entry)
    return after
  }
  if (!isMembers(final)) return final
  const sum: Members = {}
  for (const [name, member] of Object.entries(final)) {
    sum[name] = added((now as Members | undefined)?.[name], (then as Members | undefined)?.[name], member)
  }
  return sum
}

/** Do two states say the same. What they share is not looked at; functions are the same only where they are one. */
export function sameState(a: unknown, b: unknown): boolean {
  const left: unknown[] = [a]
  const right: unknown[] = [b]
  const seen = new Map<object, object>()
  const compareLater = (x: unknown, y: unknown): boolean => {
    if (x === y) return true
    if (!isMembers(x) || !isMembers(y)) return false
    left.push(x)
    right.push(y)
    return true
  }
  while (left.length > 0) {
    const [x, y] = [left.pop(), right.pop()]
    if (x === y) continue
    if (!isMembers(x) || !isMembers(y)) return false
    if (seen.get(x) === y) continue
    seen.set(x, y)
    if (!sameMembers(x, y, compareLater)) return false
  }
  return true
}

function sameMembers(x: Members, y: Members, compare: (a: unknown, b: unknown) => boolean): boolean {
  if (Object.getPrototypeOf(x) !== Object.getPrototypeOf(y)) return false
  if (Array.isArray(x)) {
    if (!Array.isArray(y) || x.length !== y.length) return false
    for (let i = 0; i < x.length; i++) {
      const [one, other]: [unknown, unknown] = [x[i], y[i]]
      // What a list holds is seldom in two lists: it is looked at here and not remembered.
      if (one !== other && !(isMembers(one) && isMembers(other) && sameMembers(one, other, compare))) return false
    }
    return true
  }
  if (x instanceof Map) {
    if (!(y instanceof Map) || x.size !== y.size) return false
    for (const [key, entry] of x) if (!y.has(key) || !compare(entry, y.get(key))) return false
    return true
  }
  if (x instanceof Set) {
    if (!(y instanceof Set) || x.size !== y.size) return false
    for (const entry of x) if (!y.has(entry)) return false
    return true
  }
  let names = 0
  for (const name in x) {
    names++
    if (!compare(x[name], y[name])) return false
  }
  for (const _ in y) names--
  return names === 0
}
