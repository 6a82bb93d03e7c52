import type { StageState } from '../../shared/contract/tax.ts'
import { readAccounts } from '../ledger/accounts.ts'
import { listBatches } from '../ledger/batch-list.ts'
import { listFilings } from '../ledger/filings.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { countLinks } from '../ledger/links.ts'
import { countProposals } from '../ledger/matches.ts'
import { countNotUnderstood } from '../ledger/raw-rows.ts'
import { filesToReadAgain } from '../ledger/rereading.ts'
import { readSetting } from '../ledger/settings.ts'
import { symbolMentions } from './asset-questions.ts'
import type { Matching } from './matching.ts'
import { readProfileSettings } from './profile.ts'
import type { TaxReads } from './tax-reads.ts'

type Problem = StageState['problems'][number]

const NOTHING = { low: '0', high: '0' } as const

/** The spine: for each stage what is open, what it may do to the result, and why it comes now. */
export async function stageStates(
  ledger: ReadableLedger,
  reads: TaxReads,
  matching: Matching,
): Promise<{ revision: number; stages: StageState[] }> {
  const profile = readProfileSettings(ledger)
  const { revision, refusal, stakes } = await reads.read('stakes', { year: profile.taxYear })
  const { count: alone } = await reads.read('alone', { offset: 0, limit: 0 })
  const accounts = readAccounts(ledger)
  const batches = listBatches(ledger, ['live'])
  const notUnderstood = countNotUnderstood(ledger)
  const unread = filesToReadAgain(ledger).length
  const proposals = countProposals(ledger)
  const told = countLinks(ledger).proposed
  const symbols = symbolMentions(ledger, false).filter(({ found }) => found === 'ambiguous').length
  const filed = listFilings(ledger, profile.taxYear)
  const recovery = readSetting(ledger, 'recovery-confirmed') === true || readSetting(ledger, 'sample') === true
  const checked = Date.now()
  const hasEvents = batches.some(({ events }) => events > 0)

  const openOf = (id: StageState['id']): Problem[] =>
    (stakes.find(({ stage }) => stage === id)?.points ?? []).map(({ title, count }) => ({ text: title, count }))
  const stakeOf = (id: StageState['id']) => stakes.find(({ stage }) => stage === id)?.effect ?? NOTHING
  const waiting = proposals.certain + proposals.likely + proposals.unclear
  const problems: Record<StageState['id'], Problem[]> = {
    books: [...(recovery ? [] : [{ text: 'The recovery sheet is not confirmed yet', count: 1 }]), ...openOf('books')],
    sources: openOf('sources'),
    'read-in': [
      ...(notUnderstood > 0 ? [{ text: 'rows were not understood', count: notUnderstood }] : []),
      ...(unread > 0 ? [{ text: 'files wait to be read again after a revert', count: unread }] : []),
      ...(told > 0 ? [{ text: 'records may tell of one movement twice', count: told }] : []),
      ...(symbols > 0 ? [{ text: 'symbols may stand for several assets', count: symbols }] : []),
    ],
    transfers: [
      ...(waiting > 0 ? [{ text: 'pairs wait for your word', count: waiting }] : []),
      ...(alone > 0 ? [{ text: 'movements have no partner', count: alone }] : []),
    ],
    file: [...(refusal === null ? [] : [{ text: refusal, count: 1 }]), ...openOf('file')],
  }
  const state = (id: StageState['id'], begun: boolean): StageState['state'] =>
    !begun ? 'empty' : problems[id].length > 0 ? 'open' : 'done'
  const stage = (id: StageState['id'], title: string, why: string, begun: boolean): StageState => ({
    id,
    title,
    why,
    state: state(id, begun),
    problems: problems[id],
    atStake: { ...stakeOf(id) },
    checked: id === 'transfers' ? matching.checked : checked,
  })
  const stages = [
    stage('books', 'Your books', 'Country, year and method decide what every figure means.', true),
    stage(
      'sources',
      'Sources',
      'A place that is missing here shows up later as coins without a purchase.',
      accounts.length > 0,
    ),
    stage(
      'read-in',
      'Read-in',
      'Every row is either read, left out for a reason, or waits for you.',
      batches.length > 0,
    ),
    stage('transfers', 'Transfers', 'A transfer that is not seen as one looks like a sale and a gift.', hasEvents),
    stage('file', 'Check and file', 'What is still open here moves the result between its bounds.', hasEvents),
  ]
  return {
    revision,
    stages: stages.map((one) =>
      one.id === 'file' && one.state === 'done' && filed.length === 0 ? { ...one, state: 'open' as const } : one,
    ),
  }
}
