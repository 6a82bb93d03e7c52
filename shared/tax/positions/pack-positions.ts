import type { Kind } from '../../events/kinds.ts'
import type { RulePack } from '../pack.ts'
import type { PositionEntry, PositionOption } from './position-entry.ts'
import { REGISTER } from './register.ts'

/** A question of the register as one country's pack asks it. */
export interface PackPosition extends PositionEntry {
  /** The pack's own choice, which holds where the person chose nothing. */
  readonly standard: string
  /** The choices other than the standard; the cautious one first. */
  readonly alternatives: readonly (PositionOption & { readonly cautious: boolean })[]
  readonly authority: string
}

/** Spellings of another choice, which are taken but not offered. */
const ALIASES: ReadonlySet<string> = new Set(['P6 add-to-basis', 'P6 ignore', 'P3 none'])

/** Legs that no record explains are open in every country alike. */
const UNMATCHED = {
  standard: 'worst',
  choices: ['worst', 'best'],
  authority: 'Until it is explained, the worst case counts; both bounds are shown',
}

interface Asked {
  readonly standard: string
  readonly choices: readonly string[]
  readonly kinds: readonly Kind[]
  readonly authority: string
}

/** The questions that a pack leaves to the person, in the order of the register. */
export function packPositions(pack: RulePack): readonly PackPosition[] {
  const positions: PackPosition[] = []
  for (const entry of REGISTER) {
    const asked = askedBy(pack, entry)
    if (asked === null) continue
    const offered = asked.choices.filter((id) => !ALIASES.has(`${entry.id} ${id}`))
    const choices = offered.map((id) => entry.choices.find((choice) => choice.id === id) ?? { id, label: id })
    positions.push({
      ...entry,
      choices,
      kinds: asked.kinds,
      standard: asked.standard,
      alternatives: choices
        .filter((choice) => choice.id !== asked.standard)
        .map((choice) => ({ ...choice, cautious: choice.id === entry.cautious }))
        .sort((a, b) => Number(b.cautious) - Number(a.cautious)),
      authority: asked.authority,
    })
  }
  return positions
}

function askedBy(pack: RulePack, entry: PositionEntry): Asked | null {
  if (entry.id === 'P14') return { ...UNMATCHED, kinds: entry.kinds }
  if (entry.id === 'P6') {
    const choices = Object.keys(pack.transferFeeChoices)
    if (choices.length === 0) return null
    const last = pack.fees.at(-1)
    const standard = choices
      .filter((choice) => !ALIASES.has(`P6 ${choice}`))
      .find((choice) => pack.transferFeeChoices[choice] === last?.value.transfer)
    return { standard: standard ?? 'dispose', choices, kinds: entry.kinds, authority: last?.authority ?? '' }
  }
  const rules = pack.treatments.filter((rule) => rule.position === entry.id && rule.choices !== undefined)
  const row = pack.positions?.find(({ id }) => id === entry.id)
  if (row !== undefined) {
    const kinds = rules.flatMap((rule) => rule.kinds)
    return { ...row, kinds: kinds.length > 0 ? kinds : entry.kinds }
  }
  const [first] = rules
  if (first?.choices === undefined) return null
  const own = Object.entries(first.choices).find(
    ([id, treatment]) =>
      treatment === first.treatment &&
      (first.heads?.[id] ?? first.head) === first.head &&
      !ALIASES.has(`${entry.id} ${id}`),
  )
  return {
    standard: own?.[0] ?? (Object.keys(first.choices)[0] as string),
    choices: [...new Set(rules.flatMap((rule) => Object.keys(rule.choices ?? {})))],
    kinds: rules.flatMap((rule) => rule.kinds),
    authority: [...new Set(rules.map((rule) => rule.authority))].join('; '),
  }
}
