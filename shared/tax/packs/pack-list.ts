import type { RulePack } from '../pack.ts'
import { auPack } from './au/pack.ts'
import { caPack } from './ca/pack.ts'
import { dePack } from './de/pack.ts'
import { frPack } from './fr/pack.ts'
import { gbPack } from './gb/pack.ts'
import { nonePack } from './none/pack.ts'
import { TABLE_PACKS } from './table/all.ts'
import { usPack } from './us/pack.ts'

/** Every country that the engine knows, by its lower-case code. A new country is one folder and one line here. */
export const PACKS: readonly RulePack[] = [nonePack, usPack, gbPack, dePack, auPack, caPack, frPack, ...TABLE_PACKS]

export const packOf = (jurisdiction: string): RulePack | null =>
  PACKS.find((pack) => pack.id === jurisdiction.toLowerCase()) ?? null
