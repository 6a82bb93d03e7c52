/** The one list of reports. A new report is a file of its own and a line here. */
import { gains } from './gains.ts'
import { holdings } from './holdings.ts'
import { income } from './income.ts'
import type { ReportDefinition } from './report.ts'
import { returnFigures } from './return-figures.ts'
import { seK4 } from './se-k4.ts'
import { us8949 } from './us-8949.ts'
import { usChangeoverMemo } from './us-changeover-memo.ts'
import { usScheduleD } from './us-schedule-d.ts'

export const REPORTS: readonly ReportDefinition[] = [
  us8949,
  usScheduleD,
  usChangeoverMemo,
  seK4,
  returnFigures,
  gains,
  income,
  holdings,
]

/** The reports that a person of this jurisdiction can have, in the order of the list. */
export const reportsFor = (jurisdiction: string): readonly ReportDefinition[] =>
  REPORTS.filter((report) => report.jurisdictions === null || report.jurisdictions.includes(jurisdiction))

/** A report by its id; undefined where there is none. */
export const reportById = (id: string): ReportDefinition | undefined => REPORTS.find((report) => report.id === id)
