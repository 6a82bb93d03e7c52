import type { RulePack } from '../pack.ts'
import { gbPack } from './gb/pack.ts'
import { nonePack } from './none/pack.ts'
import { usPack } from './us/pack.ts'

/** Every country that the engine knows, by its lower-case code. A new country is one folder and one line here. */
export const PACKS: readonly RulePack[] = [nonePack, usPack, gbPack]

export const packOf = (jurisdiction: string): RulePack | null =>
  PACKS.find((pack) => pack.id === jurisdiction.toLowerCase()) ?? null
