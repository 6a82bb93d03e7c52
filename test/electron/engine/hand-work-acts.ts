/** Made-up hand work: acts and decisions of every sort upon a small ledger of several sources, drawn from a seed. */
import { KINDS } from '../../../shared/events/kinds.ts'
import { krakenMove, ledgerLiveCsv, liveOperation, TWO_PURCHASES } from './made-up-exports.ts'
import { importAll, krakenCsv, krakenTrade, quiet, type RunningEngine } from './running-engine.ts'

type Client = RunningEngine['client']

const KRAKEN = krakenCsv([
  ...krakenTrade('1', '2023-01-02 10:00:00', 'XXBT', '2', '-40000'),
  ...krakenTrade('2', '2023-02-03 11:00:00', 'XXBT', '1', '-24000'),
  krakenMove('1', '2023-03-01 10:00:00', 'withdrawal', 'XXBT', '-0.5'),
  krakenMove('2', '2023-04-01 10:00:00', 'withdrawal', 'XXBT', '-0.3'),
  krakenMove('3', '2023-05-01 10:00:00', 'staking', 'XXBT', '0.01'),
  krakenMove('4', '2023-05-02 10:00:00', 'staking', 'XXBT', '0.02'),
  ...krakenTrade('3', '2024-03-04 12:00:00', 'XXBT', '-0.75', '45000'),
  ...krakenTrade('4', '2025-04-05 13:00:00', 'XXBT', '-0.1', '8000'),
])
const MORE = krakenCsv([
  ...krakenTrade('5', '2023-06-02 10:00:00', 'XXBT', '1.5', '-30000'),
  krakenMove('5', '2023-07-01 10:00:00', 'deposit', 'XXBT', '0.05'),
  ...krakenTrade('6', '2024-05-04 12:00:00', 'XXBT', '-0.25', '15000'),
])
const LEDGER_LIVE = ledgerLiveCsv(
  liveOperation('2023-03-01T10:09:00', 'IN', '0.5', 'hash1'),
  liveOperation('2023-04-01T10:09:00', 'IN', '0.3', 'hash2'),
  liveOperation('2023-06-01T10:00:00', 'IN', '0.007', 'hash3'),
  liveOperation('2023-07-01T09:50:00', 'OUT', '0.051', 'hash5'),
  liveOperation('2023-08-01T10:00:00', 'IN', '0.6', 'hash6'),
  liveOperation('2023-09-01T10:00:00', 'OUT', '0.05', 'hash7'),
)
const leg = (role: string, asset: string, amount: string, more: object = {}) => ({
  role,
  account: 'second',
  asset,
  amount,
  ...more,
})
const OTHER = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'second', name: 'Second wallet', kind: 'wallet', group: 'mine' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'old',
      time: '2022-01-05T10:00:00Z',
      kind: 'opening_lot',
      legs: [leg('in', 'ETH', '4', { acquired: '2020-02-03', cost: '900' })],
    },
    {
      id: 'given',
      time: '2022-02-05T10:00:00Z',
      kind: 'gift_in',
      legs: [leg('in', 'ETH', '1', { carry: { acquired: '2019-02-03', cost: '90' } })],
    },
    {
      id: 'swap',
      time: '2023-02-01T10:05:00Z',
      kind: 'trade',
      legs: [
        leg('out', 'ETH', '2'),
        leg('in', 'BTC', '0.1', { value: '2300' }),
        leg('fee', 'ETH', '0.01', { for: 'out' }),
      ],
      note: 'on a chain',
      protocol: 'uniswap',
    },
    { id: 'in5', time: '2023-09-01T10:05:00Z', kind: 'unmatched_in', hash: 'hash7', legs: [leg('in', 'BTC', '0.05')] },
    {
      id: 'both',
      time: '2023-10-01T10:00:00Z',
      kind: 'unmatched_out',
      legs: [leg('out', 'BTC', '0.02'), leg('out', 'ETH', '0.5')],
    },
  ],
  prices: [
    { asset: 'ETH', currency: 'USD', time: '2023-02-01', price: '1600' },
    { asset: 'BTC', currency: 'USD', time: '2023-05-01', price: '28000' },
    { asset: 'BTC', currency: 'USD', time: '2023-10-01', price: '27000' },
  ],
})
const FILES = { 'ledgers.csv': KRAKEN, 'trades.csv': TWO_PURCHASES, 'live.csv': LEDGER_LIVE, 'other.json': OTHER }

/** The ledger that the hand work is done upon. */
export async function importStart(client: Client): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) await importAll(client, { [name]: text })
  await quiet(client)
}

/** Whole numbers below `n`, drawn from a seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n)
  }
}

/** What a person may meet when something cannot be done. */
const EXPECTED = new Set(['REFUSED', 'NOT_FOUND', 'PLAN_CHANGED', 'BAD_REQUEST'])

const eventsOf = async (client: Client) =>
  (await client.events.list({ offset: 0, limit: 300, filter: {}, sort: 'time', descending: false })).rows
type Row = Awaited<ReturnType<typeof eventsOf>>[number]

/** One act of hand work; what the books refuse is told in the answer and changes nothing. */
export async function act(client: Client, roll: (n: number) => number): Promise<string> {
  const of = <T>(list: readonly T[]): T => list[roll(list.length)] as T
  const rows = await eventsOf(client)
  const { accounts } = await client.intake.accounts()
  const row = of(rows)
  const some = (most: number): Row[] => [...new Set(Array.from({ length: 1 + roll(most) }, () => of(rows)))]
  const event = row?.id ?? ''
  const leg = roll(Math.max(1, row?.legs.length ?? 1))
  const account = () => of(accounts)?.id ?? ''
  const amount = () => `${roll(3)}.${1 + roll(99)}`
  const noted = () => of(['', 'so it was', 'the “fourth”, =1+1', 'by hand\nand more'])
  const decide = (one: Parameters<Client['events']['decide']>[0]['decisions'][number]) =>
    client.events.decide({ decisions: [one] })
  const pairsIn = async (tabs: readonly ('certain' | 'likely' | 'unclear' | 'rejected' | 'accepted')[]) => {
    const found: string[] = []
    for (const tab of tabs)
      for (const { id } of (await client.transfers.list({ tab, offset: 0, limit: 50 })).pairs) found.push(id)
    return found
  }
  const linksIn = async (state: 'proposed' | 'linked' | 'rejected') =>
    (await client.links.list({ state, offset: 0, limit: 50 })).links
  const written = async (id: string) => (await client.hand.written({ event: id })).event
  const rules = async () => (await client.rules.list()).rules
  const bulk =
    (change: Parameters<Client['hand']['bulkApply']>[0]['change'], most = 4) =>
    async () => {
      const target = { events: some(most).map(({ id }) => id) }
      const { changes } = await client.hand.bulkPreview({ target, change })
      return client.hand.bulkApply({ target, change, changes })
    }
  const acts: Record<string, () => Promise<unknown>> = {
    kind: () => decide({ what: 'kind', event, kind: of(KINDS) }),
    value: () => decide({ what: 'value', event, leg, value: amount() }),
    cost: () => decide({ what: 'cost', event, leg, cost: amount(), acquired: '2019-02-03' }),
    'gift with cost': () =>
      client.events.decide({
        decisions: [
          { what: 'kind', event, kind: of(['gift_in', 'opening_lot', 'inheritance_in']) },
          { what: 'cost', event, leg, cost: amount(), acquired: '2019-02-03' },
        ],
      }),
    ignore: () => decide({ what: 'ignore', event, reason: 'told twice' }),
    unignore: () => decide({ what: 'unignore', event: (rows.find(({ ignored }) => ignored) ?? row)?.id ?? '' }),
    note: () => decide({ what: 'note', event, note: noted() }),
    lots: () => {
      const sale = of(rows.filter(({ legs }) => legs.some(({ role, asset }) => role === 'out' && asset === 'BTC')))
      const lot = of(rows.filter(({ kind }) => kind === 'buy' || kind === 'opening_lot'))
      const lots = roll(5) === 0 ? [] : [{ event: lot?.id ?? '', amount: `0.0${1 + roll(9)}` }]
      const at = roll(2) === 0 ? {} : { identifiedAt: Date.UTC(2023, 0, 1 + roll(900)) }
      return decide({ what: 'lots', event: sale?.id ?? '', lots, ...at })
    },
    accept: async () => client.transfers.accept({ pairs: [of(await pairsIn(['certain', 'likely', 'unclear'])) ?? ''] }),
    reject: async () =>
      client.transfers.reject({ pairs: [of(await pairsIn(['certain', 'likely', 'unclear', 'accepted'])) ?? ''] }),
    pair: async () => {
      const { alone } = await client.transfers.list({ tab: 'alone', offset: 0, limit: 50 })
      const ref = (direction: 'out' | 'in') => {
        const one = of(alone.filter((movement) => movement.direction === direction))
        return { event: one?.event ?? '', leg: one?.leg ?? 0 }
      }
      return client.transfers.pair({ outs: [ref('out')], ins: [ref('in')] })
    },
    'accept a link': async () => client.links.accept({ ids: [of(await linksIn('proposed'))?.id ?? ''] }),
    'reject a link': async () => client.links.reject({ ids: [of(await linksIn('proposed'))?.id ?? ''] }),
    link: () => client.links.link({ fact: event, corroborating: [of(rows)?.id ?? ''] }),
    swap: async () => client.links.swap({ event: of(of(await linksIn('linked'))?.corroborating ?? [])?.id ?? '' }),
    unlink: async () =>
      client.links.unlink({ events: [of(of(await linksIn('linked'))?.corroborating ?? [])?.id ?? ''] }),
    rule: () =>
      client.rules.save({
        name: `Rule ${roll(100)}`,
        when: of([
          { asset: 'BTC', direction: 'in', atMost: '0.06' },
          { account: account() },
          { sourceKinds: ['IN', 'staking'] },
          { kinds: ['unmatched_in', 'unmatched_out'] },
          { note: 'so' },
          { address: 'xpub6' },
          { from: '2023-05-01', to: '2023-12-31', direction: 'out' },
          { source: 'ledger-live' },
        ]),
        effect: of<Parameters<Client['rules']['save']>[0]['effect']>([
          { kind: of(['mining', 'airdrop', 'gift_in', 'spend', 'gift_out']) },
          { note: 'by rule' },
          { ignore: 'by rule' },
          { counterparty: account() },
          { kind: 'mining', note: 'ruled' },
        ]),
      }),
    'remove a rule': async () =>
      client.rules.remove({ id: of((await rules()).filter(({ builtIn }) => !builtIn))?.id ?? '' }),
    'switch a rule': async () => {
      const { id, name, when, effect, enabled, position } = of(await rules())
      return client.rules.save({ id, name, when, effect, enabled: !enabled, position })
    },
    'bulk kind': bulk({ kind: of(['mining', 'spend', 'airdrop', 'gift_out', 'cashback']) }),
    'bulk note': bulk({ note: noted() }),
    'bulk ignore': bulk({ ignore: 'not mine' }),
    'bulk unignore': bulk({ unignore: true }, 20),
    'bulk counterparty': bulk({ counterparty: account() }),
    'bulk account': bulk({ account: { from: row?.legs[leg]?.account ?? '', to: account() } }, 10),
    'bulk asset': bulk({ asset: { from: 'BTC', to: 'ETH' } }),
    'new account': () => client.hand.addAccount({ name: `Phone ${roll(5)}`, kind: 'wallet' }),
    add: () =>
      client.hand.add({
        events: [
          {
            time: Date.UTC(2023, roll(12), 1 + roll(28), roll(24)),
            precision: of(['second', 'day', 'minute']),
            note: noted(),
            ...of<Pick<Parameters<Client['hand']['add']>[0]['events'][number], 'kind' | 'legs'>>([
              { kind: 'airdrop', legs: [{ role: 'in', account: account(), asset: 'BTC', amount: '0.4', value: '9' }] },
              {
                kind: 'gift_in',
                legs: [
                  {
                    role: 'in',
                    account: account(),
                    asset: 'BTC',
                    amount: '0.3',
                    carry: { acquired: '2020-01-01', cost: '7' },
                  },
                ],
              },
              {
                kind: 'opening_lot',
                legs: [
                  { role: 'in', account: account(), asset: 'BTC', amount: '0.2', acquired: '2020-01-01', cost: '7' },
                ],
              },
              { kind: 'unmatched_in', legs: [{ role: 'in', account: account(), asset: 'BTC', amount: '0.05' }] },
              {
                kind: 'spend',
                legs: [
                  { role: 'out', account: account(), asset: 'BTC', amount: '0.01', value: '300', valueBy: 'user' },
                ],
              },
              {
                kind: 'sell',
                legs: [
                  { role: 'out', account: account(), asset: 'BTC', amount: '0.01' },
                  { role: 'in', account: account(), asset: 'EUR', amount: '290' },
                ],
              },
            ]),
          },
        ],
      }),
    copy: () => client.hand.copy({ event, ...(roll(2) === 0 ? {} : { change: { note: 'copied' } }) }),
    edit: async () =>
      client.hand.edit({
        event: of(rows.filter(({ source }) => source === 'hand'))?.id ?? event,
        change: { note: noted(), time: Date.UTC(2023, 3, 4) },
      }),
    remove: () => client.hand.remove({ event: of(rows.filter(({ source }) => source === 'hand'))?.id ?? event }),
    split: async () => {
      const whole = await written(event)
      const first = whole.legs.find(({ role }) => role !== 'fee')?.amount ?? '1'
      const { parts } = await client.hand.shares({ event, amounts: halves(first) })
      return client.hand.split({ event, parts })
    },
    merge: () =>
      client.hand.merge({
        events: some(3).map(({ id }) => id),
        kind: of(['trade', 'airdrop', 'spend', 'informational']),
      }),
    group: () => client.hand.group({ events: some(4).map(({ id }) => id), name: `Group ${roll(3)}` }),
    ungroup: () => client.hand.ungroup({ events: some(4).map(({ id }) => id) }),
    excuse: () =>
      client.coverage.excuse({
        account: account(),
        from: '2023-10-01',
        to: '2023-12-31',
        why: of(['quiet', 'lost']),
        note: noted(),
      }),
    answer: () =>
      client.assets.answer({
        source: of([null, 'kraken', 'ledger-live']),
        symbol: of(['BTC', 'XYZ', 'XXBT']),
        from: null,
        to: of([null, '2023-06-30']),
        asset: of(['WBTC', 'XYZ-COIN']),
        note: noted(),
      }),
    'edit an asset': () =>
      client.assets.edit({
        id: of(['BTC', 'ETH']),
        ...of([{ symbol: 'XBT' }, { family: 'btc' }, { kind: 'token' as const }]),
      }),
    'edit an account': () =>
      client.intake.editAccount({
        id: account(),
        ...of([{ group: 'mine' }, { group: null }, { business: true }, { name: `Name ${roll(9)}` }]),
      }),
    undo: () => client.live.undo(),
    redo: () => client.live.redo(),
    'take an import back': async () => {
      const { batches } = await client.intake.batches()
      return client.intake.revert({ batch: of(batches.filter(({ state }) => state === 'live'))?.id ?? '' })
    },
    'import again': () => {
      const name = of(Object.keys(FILES)) as keyof typeof FILES
      return importAll(client, { [name]: FILES[name] })
    },
    'import more': () => importAll(client, { 'more.csv': MORE }),
  }
  const name = of(Object.keys(acts))
  try {
    await (acts[name] as () => Promise<unknown>)()
    await quiet(client)
    return `${name} ${event}`
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && EXPECTED.has(String(error.code))))
      throw new Error(`${name} failed: ${String(error)}`, { cause: error })
    return `${name}: ${error.message}`
  }
}

/** Two amounts that add up to one, in its own digits. */
function halves(amount: string): [string, string] {
  const [whole = '0', fraction = ''] = amount.split('.')
  const digits = BigInt(whole + fraction) * 10n
  const text = (value: bigint) => {
    const padded = value.toString().padStart(fraction.length + 2, '0')
    return `${padded.slice(0, -(fraction.length + 1))}.${padded.slice(-(fraction.length + 1))}`
  }
  return [text(digits / 4n), text(digits - digits / 4n)]
}
