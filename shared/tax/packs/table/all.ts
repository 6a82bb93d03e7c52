import type { RulePack } from '../../pack.ts'
import { atPack } from './at.ts'
import { bePack } from './be.ts'
import { brPack } from './br.ts'
import { chPack } from './ch.ts'
import { dkPack } from './dk.ts'
import { esPack } from './es.ts'
import { fiPack } from './fi.ts'
import { iePack } from './ie.ts'
import { inPack } from './in.ts'
import { itPack } from './it.ts'
import { jpPack } from './jp.ts'
import { krPack } from './kr.ts'
import { nlPack } from './nl.ts'
import { noPack } from './no.ts'
import { nzPack } from './nz.ts'
import { plPack } from './pl.ts'
import { ptPack } from './pt.ts'
import { sePack } from './se.ts'
import { sgPack } from './sg.ts'
import { zaPack } from './za.ts'

/** The countries whose law is a table, by code. */
export const TABLE_PACKS: readonly RulePack[] = [
  atPack,
  bePack,
  brPack,
  chPack,
  dkPack,
  esPack,
  fiPack,
  iePack,
  inPack,
  itPack,
  jpPack,
  krPack,
  nlPack,
  noPack,
  nzPack,
  plPack,
  ptPack,
  sePack,
  sgPack,
  zaPack,
]
