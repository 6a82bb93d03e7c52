import { judgeLinks, linkRows, replaceLinkProposals } from '../ledger/links.ts'
import { rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { inSteps } from './intake-jobs.ts'
import { overlappingAccounts } from './link-book.ts'
import type { SettlingStep } from './settling.ts'

/**
 * Looks for movements that two sources tell of, and links what is proved. It is needed where an account is told of by more
 * than one layout, or links were proposed that may be gone now.
 */
export function createLinking(engine: Engine): SettlingStep {
  return {
    get isNeeded() {
      const { ledger } = engine.opened()
      return (
        overlappingAccounts(ledger).length > 0 ||
        ledger.value<number>('SELECT 1 FROM link_proposal LIMIT 1') !== undefined
      )
    },
    async run(signal, decide) {
      const { ledger, workers } = engine.opened()
      const proposals = await workers.compute.calls().call('links', null, { signal })
      // What a person ended or rejected is not linked by default again.
      const judged = new Set(ledger.column<string>('SELECT DISTINCT key FROM link_verdict'))
      const proved = proposals.filter(({ id, grade }) => grade === 'proved' && !judged.has(id))
      const { topics } = await inSteps(replaceLinkProposals(ledger, proposals))
      engine.live.changed(ledger.revision(), topics)
      if (!decide || proved.length === 0) return
      const rows = proved.flatMap((proposal) => linkRows(proposal, 'linked'))
      const summary = `link ${proved.length} proved ${proved.length === 1 ? 'record' : 'records'}`
      engine.committed(judgeLinks(ledger, rows, { ...rule('linker'), summary }))
    },
  }
}
