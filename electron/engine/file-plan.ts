import type { FilePlan } from '../../shared/contract/intake.ts'
import type { StagedFilePlan } from '../ledger/staged.ts'
import type { FileDetail } from './intake-jobs.ts'

/** Why a row that is already in the ledger is not taken again. */
export const KNOWN_ROW = 'already in the ledger'

const OWN_DOCUMENT = 'tallystick'
const restates = (rows: number): string =>
  `${rows} of its rows tell of events that this ledger has, as new versions of them. Books that left this ledger belong into another one.`

/** A staged (or imported) file as the contract shows it. */
export function filePlan(
  file: StagedFilePlan,
  seen: { readonly name: string; readonly seenBefore: boolean; readonly problem: string | null },
): FilePlan {
  const detail = file.detail as Partial<FileDetail>
  return {
    file: seen.name,
    source: file.source,
    sourceName: detail.sourceName ?? null,
    layout: file.layout,
    candidates: [...(detail.candidates ?? [])],
    account: detail.account ?? null,
    ...(detail.accounts === undefined || detail.accounts.length < 2 ? {} : { accounts: [...detail.accounts] }),
    zone: file.zone,
    zoneAsked: detail.zoneAsked ?? false,
    rows: file.rows,
    added: file.added,
    changed: file.changed,
    linked: file.linked,
    skipped: file.skipped,
    notUnderstood: file.notUnderstood,
    events: file.events,
    prices: file.prices,
    ...(file.brokerForms === 0 ? {} : { brokerForms: file.brokerForms }),
    first: file.first,
    last: file.last,
    skippedReasons: [
      ...(file.known > 0 ? [{ reason: KNOWN_ROW, count: file.known }] : []),
      ...(detail.skippedReasons ?? []),
    ],
    warnings: [
      ...(seen.seenBefore ? ['This very file was imported before: its rows are in the ledger already.'] : []),
      ...(detail.warnings ?? []),
      ...(file.source === OWN_DOCUMENT && file.changed > 0 ? [restates(file.changed)] : []),
    ],
    problem: seen.problem ?? detail.problem ?? null,
    mappable: detail.mappable ?? false,
    symbols: (detail.mentions ?? []).flatMap(({ found, symbol, asset, choices }) =>
      found === 'ambiguous' ? [{ symbol, asset, choices: [...choices] }] : [],
    ),
  }
}
