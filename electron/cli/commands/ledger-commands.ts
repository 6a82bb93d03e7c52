import type { Command } from 'commander'
import { addAssets } from './assets.ts'
import { addAttach } from './attach.ts'
import { addBalances } from './balances.ts'
import { addBatches } from './batches.ts'
import { addBulk } from './bulk.ts'
import { addCalc } from './calc.ts'
import { addChangeover } from './changeover.ts'
import { addCountries } from './countries.ts'
import { addCoverage } from './coverage.ts'
import { addDecide } from './decide.ts'
import { addDemo } from './demo.ts'
import { addExplain } from './explain.ts'
import { addFiling } from './filing.ts'
import { addHand } from './hand.ts'
import { addImport } from './import.ts'
import { addJoin } from './join.ts'
import { addKeep } from './keep.ts'
import { addLink } from './link.ts'
import { addMatch } from './match.ts'
import { addNew } from './new.ts'
import { addPositions } from './positions.ts'
import { addProfile } from './profile.ts'
import { addRecipes } from './recipes.ts'
import { addReport } from './report.ts'
import { addReview } from './review.ts'
import { addRules } from './rules.ts'
import { addShift } from './shift.ts'
import { addSymbols } from './symbols.ts'
import { addTax } from './tax.ts'

/** Every command, in the order a person meets them. */
export function addLedgerCommands(program: Command): void {
  addDemo(program)
  addCountries(program)
  addNew(program)
  addImport(program)
  addBatches(program)
  addShift(program)
  addLink(program)
  addJoin(program)
  addMatch(program)
  addCoverage(program)
  addRules(program)
  addRecipes(program)
  addSymbols(program)
  addAssets(program)
  addAttach(program)
  addReview(program)
  addDecide(program)
  addBulk(program)
  addHand(program)
  addBalances(program)
  addTax(program)
  addProfile(program)
  addPositions(program)
  addChangeover(program)
  addExplain(program)
  addReport(program)
  addFiling(program)
  addKeep(program)
  addCalc(program)
}
