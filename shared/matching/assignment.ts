/** Joint assignment: of all candidate pairs the set with the greatest sum of scores, each movement used once. */

/** A candidate pair of an out and an in (indices), with an integer score; only positive scores are worth taking. */
export interface Edge {
  readonly out: number
  readonly in: number
  readonly score: number
}

/** Movements in one component at most; the weakest links between larger ones are cut. */
const LARGEST_COMPONENT = 1500

/**
 * Splits the graph into connected components. Links are taken strongest first, and one that would make a component
 * larger than `largest` is left out: what is cut is always weaker than what holds either part together.
 */
export function components(edges: readonly Edge[], largest: number = LARGEST_COMPONENT): Edge[][] {
  const parent = new Map<number, number>()
  const size = new Map<number, number>()
  const find = (node: number): number => {
    let root = node
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    for (let at = node; at !== root; ) {
      const up = parent.get(at) ?? root
      parent.set(at, root)
      at = up
    }
    return root
  }
  const sorted = [...edges].sort((a, b) => b.score - a.score || a.out - b.out || a.in - b.in)
  const kept: Edge[] = []
  for (const edge of sorted) {
    const [a, b] = [find(edge.out * 2), find(edge.in * 2 + 1)]
    const [sizeA, sizeB] = [size.get(a) ?? 1, size.get(b) ?? 1]
    if (a !== b) {
      if (sizeA + sizeB > largest) continue
      parent.set(a, b)
      size.set(b, sizeA + sizeB)
    }
    kept.push(edge)
  }
  const groups = new Map<number, Edge[]>()
  for (const edge of kept) {
    const root = find(edge.out * 2)
    const group = groups.get(root)
    if (group) group.push(edge)
    else groups.set(root, [edge])
  }
  return [...groups.values()]
}

/**
 * The maximum-weight assignment of one component by successive shortest augmenting paths with potentials. Leaving a
 * movement alone costs nothing. Ties fall to the edge listed first after sorting by out and in, so the result does not
 * depend on the order of `edges`.
 */
export function assign(edges: readonly Edge[]): Edge[] {
  const worth = edges.filter((edge) => edge.score > 0)
  if (worth.length <= 1) return worth
  const outs = [...new Set(worth.map((edge) => edge.out))].sort((a, b) => a - b)
  const ins = [...new Set(worth.map((edge) => edge.in))].sort((a, b) => a - b)
  const column = new Map(ins.map((node, i) => [node, i]))
  const row = new Map(outs.map((node, i) => [node, i]))
  const links: { column: number; edge: Edge }[][] = outs.map(() => [])
  for (const edge of [...worth].sort((a, b) => a.out - b.out || a.in - b.in)) {
    links[row.get(edge.out) as number]?.push({ column: column.get(edge.in) as number, edge })
  }
  return augmentAll(links, ins.length)
}

/** One column per in, then one private column per out that stands for staying alone. */
function augmentAll(links: readonly { column: number; edge: Edge }[][], inCount: number): Edge[] {
  const columns = inCount + links.length
  const rowPotential = new Float64Array(links.length)
  const columnPotential = new Float64Array(columns)
  const rowOf = new Int32Array(columns).fill(-1)
  const edgeOf: (Edge | undefined)[] = new Array(columns)
  const distance = new Float64Array(columns)
  const done = new Uint8Array(columns)
  const from = new Int32Array(columns)
  const via: (Edge | undefined)[] = new Array(columns)

  for (let start = 0; start < links.length; start++) {
    distance.fill(Number.POSITIVE_INFINITY)
    done.fill(0)
    const reached: number[] = []
    let row = start
    let base = 0
    let previous = -1
    let last = -1
    while (last < 0) {
      const relax = (target: number, cost: number, edge: Edge | undefined): void => {
        if (done[target]) return
        const reach = base + cost - (rowPotential[row] as number) - (columnPotential[target] as number)
        if (reach >= (distance[target] as number)) return
        if (distance[target] === Number.POSITIVE_INFINITY) reached.push(target)
        distance[target] = reach
        from[target] = previous
        via[target] = edge
      }
      for (const { column, edge } of links[row] ?? []) relax(column, -edge.score, edge)
      relax(inCount + row, 0, undefined)
      let nearest = -1
      for (const target of reached) {
        if (!done[target] && (nearest < 0 || (distance[target] as number) < (distance[nearest] as number)))
          nearest = target
      }
      done[nearest] = 1
      base = distance[nearest] as number
      if (rowOf[nearest] === -1) last = nearest
      else {
        row = rowOf[nearest] as number
        previous = nearest
      }
    }
    rowPotential[start] = (rowPotential[start] as number) + base
    for (const target of reached) {
      if (!done[target] || target === last) continue
      const slack = base - (distance[target] as number)
      columnPotential[target] = (columnPotential[target] as number) - slack
      const owner = rowOf[target] as number
      rowPotential[owner] = (rowPotential[owner] as number) + slack
    }
    for (let at = last; at >= 0; ) {
      const before = from[at] as number
      edgeOf[at] = via[at]
      rowOf[at] = before < 0 ? start : (rowOf[before] as number)
      at = before
    }
  }
  const taken: Edge[] = []
  for (let at = 0; at < inCount; at++) {
    const edge = edgeOf[at]
    if (rowOf[at] !== -1 && edge) taken.push(edge)
  }
  return taken
}
