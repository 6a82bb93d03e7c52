/** Records of one transaction, told in up to four files of an explorer, are one event, whichever came first. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listActs, redo, redoable, revoke, undo, undoable } from '../../../electron/ledger/acts.ts'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import { readFacts } from '../../../electron/ledger/facts.ts'
import { handId, workByHand } from '../../../electron/ledger/hand.ts'
import { countJoins, joinEarlier, joinProblem, judgeJoins, listJoins } from '../../../electron/ledger/join-acts.ts'
import { partsOfJoined } from '../../../electron/ledger/joins.ts'
import { type PreparedJoins, prepareSetting } from '../../../electron/ledger/prepared-joins.ts'
import { recordsOfEvent } from '../../../electron/ledger/raw-rows.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import { type Books, BY, drain, newBooks, readBalances, removeFolder } from './books.ts'
import {
  DAI,
  type ExplorerFile,
  INTERNAL,
  importFiles,
  NFTS,
  NOBODY,
  nft,
  OTHER,
  OWN,
  ROUTER,
  received,
  refunded,
  sent,
  TOKENS,
  TRANSACTIONS,
  token,
  tx,
  USDC,
  WETH,
} from './explorer-files.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

const findings = (): readonly string[] => drain(verify(books.ledger)).findings.map(({ text }) => text)
/** Every visible event as a line, in order of its id. */
const lines = (): string[] =>
  [...readFacts(books.ledger)]
    .flat()
    .map(({ event }) => {
      const legs = event.legs.map(
        ({ role, amount, asset, for: on, value }) =>
          `${role} ${formatAmount(amount)} ${asset}${on === undefined ? '' : ` on ${on}`}${value === undefined ? '' : ` = ${value}`}`,
      )
      return `${event.id.replace(`${OWN}:`, '')} ${event.kind}: ${legs.join(', ')}`
    })
    .sort()
const kinds = (): string[] => lines().map((line) => line.replace(/^\S+ /, ''))
const key = (hash: string): string => `etherscan:${OWN}:tx.${hash}`
const balances = (): string[] =>
  readBalances(books.ledger).map(({ account, asset, amount }) => `${account} ${asset} ${formatAmount(amount)}`)

const file = (head: string, name: string, ...rows: readonly string[]): ExplorerFile => ({
  head,
  name: `${name}-${OWN}.csv`,
  rows,
})
const coin = (...rows: readonly string[]) => file(TRANSACTIONS, 'export', ...rows)
const internal = (...rows: readonly string[]) => file(INTERNAL, 'export-internal', ...rows)
const tokens = (...rows: readonly string[]) => file(TOKENS, 'export-token', ...rows)
const nfts = (...rows: readonly string[]) => file(NFTS, 'export-nft', ...rows)

const USD = [USDC, 'USDC'] as const
const inwards = [ROUTER, OWN] as const
const outwards = [OWN, ROUTER] as const

describe('a swap over two files', () => {
  const bought = () => [
    coin(sent(tx('a1'), 0, '1', 'Swap Exact ETH For Tokens')),
    tokens(token(tx('a1'), 0, inwards, '2,600', USD)),
  ]
  const SWAP = [`etherscan:tx.${tx('a1')} trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH on out`]

  test('is one trade with its fee once, in one import or in two, whichever comes first', async () => {
    const [first, second] = bought()
    for (const batches of [[[first, second]], [[first], [second]], [[second], [first]]] as ExplorerFile[][][]) {
      const fresh = await newBooks()
      const before = books
      books = fresh
      for (const batch of batches) await importFiles(books.ledger, batch)
      expect(lines()).toEqual(SWAP)
      expect(balances()).toEqual([`${OWN} ETH -1.001`, `${OWN} USDC 2600`])
      expect(countVisible(books.ledger)).toBe(1)
      expect(findings()).toEqual([])
      books.close()
      removeFolder(books.folder)
      books = before
    }
  })

  test('keeps its records as they came, and says what they were', async () => {
    await importFiles(books.ledger, bought())
    const parts = partsOfJoined(books.ledger, key(tx('a1')))
    const rows = books.ledger.tuples<[number, string]>(
      `SELECT e.id, h.reason FROM event e JOIN event_hidden h ON h.event_id = e.id ORDER BY e.id`,
    )
    expect(parts).toHaveLength(2)
    expect(rows.map(([, reason]) => reason)).toEqual(['joined', 'joined'])
    expect(rows.flatMap(([row]) => recordsOfEvent(books.ledger, row)).map(({ row }) => row)).toEqual([2, 2])
    expect(listJoins(books.ledger, 'joined', { offset: 0, limit: 10 }).lines).toEqual([
      { key: key(tx('a1')), state: 'joined', reason: 'one asset left, and another arrived', parts, act: null },
    ])
  })

  test('falls apart when one of its files goes, and comes back with it', async () => {
    const [first, second] = bought()
    await importFiles(books.ledger, [first as ExplorerFile])
    await importFiles(books.ledger, [second as ExplorerFile])
    undo(books.ledger, BY)
    expect(kinds()).toEqual(['unmatched_out: out 1 ETH, fee 0.001 ETH on out'])
    expect(findings()).toEqual([])
    redo(books.ledger, BY)
    expect(lines()).toEqual(SWAP)
    expect(findings()).toEqual([])
  })

  test('is taken apart by a person, stays so after another import of the same, and is joined again', async () => {
    const act = await importFiles(books.ledger, bought())
    const parted = judgeJoins(books.ledger, [key(tx('a1'))], 'apart', { summary: 'take apart', ...BY })
    if (parted.status !== 'done') throw new Error('not parted')
    expect(kinds().toSorted()).toEqual(['unmatched_in: in 2600 USDC', 'unmatched_out: out 1 ETH, fee 0.001 ETH on out'])
    expect(balances()).toEqual([`${OWN} ETH -1.001`, `${OWN} USDC 2600`])
    revoke(books.ledger, act, true, BY)
    expect(lines()).toEqual([])
    await importFiles(books.ledger, bought())
    expect(lines()).toHaveLength(2)
    expect(countJoins(books.ledger)).toEqual({ joined: 0, waiting: 0, apart: 1 })
    expect(findings()).toEqual([])
    judgeJoins(books.ledger, [key(tx('a1'))], 'together', { summary: 'join', ...BY })
    expect(lines()).toEqual(SWAP)
    undo(books.ledger, BY)
    expect(lines()).toHaveLength(2)
    revoke(books.ledger, parted.act, true, BY)
    expect(lines()).toEqual(SWAP)
    expect(findings()).toEqual([])
  })

  test('waits for a person where one of its records was spoken of before the other came', async () => {
    const [first, second] = bought()
    await importFiles(books.ledger, [second as ExplorerFile])
    const [fact] = [...readFacts(books.ledger)].flat()
    const decision = { what: 'kind', event: fact?.event.id as EventId, kind: 'gift_in' } as const
    addDecisions(books.ledger, [decision], { summary: 'a gift', ...BY })
    await importFiles(books.ledger, [first as ExplorerFile])
    expect(lines()).toHaveLength(2)
    expect(countJoins(books.ledger)).toEqual({ joined: 0, waiting: 1, apart: 0 })
    expect(findings()).toEqual([])
    judgeJoins(books.ledger, [key(tx('a1'))], 'together', { summary: 'join', ...BY })
    expect(lines()).toEqual(SWAP)
    expect(findings()).toEqual([])
  })

  test('is not joined with what a rule alone has spoken of held back', async () => {
    const [first, second] = bought()
    await importFiles(books.ledger, [second as ExplorerFile])
    const [fact] = [...readFacts(books.ledger)].flat()
    const decision = { what: 'kind', event: fact?.event.id as EventId, kind: 'mining' } as const
    addDecisions(books.ledger, [decision], { summary: 'a rule', who: 'rule:rules', at: BY.at })
    await importFiles(books.ledger, [first as ExplorerFile])
    expect(lines()).toEqual(SWAP)
  })

  test('is never taken for one with a hash that is cut off, of another chain or in another account', async () => {
    const cut = '0xaaa1'
    await importFiles(books.ledger, [
      coin(sent(cut, 0, '1', 'Swap'), sent(tx('a2'), 1, '1', 'Swap')),
      tokens(token(cut, 0, inwards, '2,600', USD)),
      { ...tokens(token(tx('a2'), 1, inwards, '2,600', USD)), source: 'arbiscan' },
      { ...tokens(token(tx('a2'), 1, [ROUTER, OTHER], '2,600', USD)), name: `export-token-${OTHER}.csv` },
    ])
    expect(lines()).toHaveLength(5)
    expect(countJoins(books.ledger).joined).toBe(0)
  })
})

describe('a joined event', () => {
  const [swap, paid] = [coin(sent(tx('a1'), 0, '1', 'Swap')), tokens(token(tx('a1'), 0, inwards, '2,600', USD))]

  test('follows a record of it that is restated, and the balances with it', async () => {
    await importFiles(books.ledger, [swap, paid])
    await importFiles(books.ledger, [coin(sent(tx('a1'), 0, '1', 'Swap', { fee: '0.004' }))])
    expect(kinds()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.004 ETH on out'])
    expect(balances()).toEqual([`${OWN} ETH -1.004`, `${OWN} USDC 2600`])
    expect(findings()).toEqual([])
    undo(books.ledger, BY)
    expect(balances()).toEqual([`${OWN} ETH -1.001`, `${OWN} USDC 2600`])
    expect(findings()).toEqual([])
  })

  test('counts nothing twice where two explorers of one chain tell of the same side', async () => {
    const scout: ExplorerFile = {
      name: `blockscout-${OWN}.csv`,
      head: 'TxHash,BlockNumber,UnixTimestamp,FromAddress,ToAddress,ContractAddress,Type,Value,Fee,Status,ErrCode,CurrentPrice,TxDateOpeningPrice,TxDateClosingPrice',
      rows: [
        `${tx('a1')},19000000,1705000000,${OWN},${ROUTER},,OUT,1000000000000000000,1000000000000000,ok,,1,1,1`,
        `${tx('a2')},19000000,1705000000,${OWN},${ROUTER},,OUT,1000000000000000000,1000000000000000,ok,,1,1,1`,
      ],
    }
    for (const files of [
      [swap, paid, scout],
      [scout, paid, swap],
    ]) {
      const fresh = books
      books = await newBooks()
      for (const one of files) await importFiles(books.ledger, [one])
      expect(kinds().toSorted()).toEqual([
        'trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH on out',
        'unmatched_out: out 1 ETH, fee 0.001 ETH on out',
      ])
      expect(balances()).toEqual([`${OWN} ETH -2.002`, `${OWN} USDC 2600`])
      expect(findings()).toEqual([])
      books.close()
      removeFolder(books.folder)
      books = fresh
    }
  })

  test('is left apart where two explorers tell differently of the same side', async () => {
    const scout: ExplorerFile = {
      name: `blockscout-${OWN}.csv`,
      head: 'TxHash,BlockNumber,UnixTimestamp,FromAddress,ToAddress,ContractAddress,Type,Value,Fee,Status,ErrCode,CurrentPrice,TxDateOpeningPrice,TxDateClosingPrice',
      rows: [`${tx('a1')},19000000,1705000000,${OWN},${ROUTER},,OUT,2000000000000000000,1000000000000000,ok,,1,1,1`],
    }
    await importFiles(books.ledger, [swap, paid, scout])
    expect(lines()).toHaveLength(3)
    expect(countJoins(books.ledger).joined).toBe(0)
    expect(joinProblem(books.ledger, key(tx('a1')))).toContain('link those records first')
  })

  test('gives way to what a person merges it into, and comes back when that is undone', async () => {
    await importFiles(books.ledger, [swap, paid])
    const event = handId(OWN, 'merged')
    const made = workByHand(
      books.ledger,
      {
        title: 'merged',
        summary: 'merge',
        account: { key: OWN, name: OWN, kind: 'address' },
        assets: [{ key: 'ETH', symbol: 'ETH', kind: 'crypto' }],
        events: [
          {
            id: event,
            time: 1_705_000_000_000,
            precision: 'second',
            kind: 'otc_trade',
            legs: [
              { role: 'out', account: OWN, asset: 'ETH', amount: '1.001' },
              { role: 'in', account: OWN, asset: 'USDC', amount: '2600' },
            ],
          },
        ],
        origins: [{ event, origin: key(tx('a1')), replaces: true }],
      },
      BY,
    )
    expect(made.status).toBe('done')
    expect(kinds()).toEqual(['otc_trade: out 1.001 ETH, in 2600 USDC'])
    expect(balances()).toEqual([`${OWN} ETH -1.001`, `${OWN} USDC 2600`])
    await importFiles(books.ledger, [internal(refunded(tx('a1'), 0, '0.1'))])
    expect(kinds()).toEqual(['otc_trade: out 1.001 ETH, in 2600 USDC'])
    expect(findings()).toEqual([])
    undo(books.ledger, BY)
    undo(books.ledger, BY)
    expect(kinds()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH on out'])
    expect(findings()).toEqual([])
  })

  test('is made once of what an earlier release had imported, in an act of its own', async () => {
    await importFiles(books.ledger, [swap, paid])
    const { connection } = books.vault
    connection.exec(`CREATE TEMP TABLE gone AS SELECT event_id FROM joined;
      DELETE FROM event_hidden WHERE reason = 'joined'; DELETE FROM joined_part; DELETE FROM joined;
      DELETE FROM event_identity WHERE event_id IN (SELECT event_id FROM gone);
      DELETE FROM leg_place WHERE event_id IN (SELECT event_id FROM gone);
      DELETE FROM leg WHERE event_id IN (SELECT event_id FROM gone);
      DELETE FROM event WHERE id IN (SELECT event_id FROM gone)`)
    expect(lines()).toHaveLength(2)
    expect(joinEarlier(books.ledger, BY)?.status).toBe('done')
    expect(kinds()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH on out'])
    expect(findings()).toEqual([])
    const revision = books.ledger.revision()
    expect(joinEarlier(books.ledger, BY)).toBeNull()
    expect(books.ledger.revision()).toBe(revision)
  })
})

/** Four files of the same transactions, with what makes them hard. */
const FOUR = (): readonly ExplorerFile[] => [
  coin(
    sent(tx('01'), 1, '1', 'Swap ETH For Exact Tokens'),
    sent(tx('02'), 2, '0', 'Swap Exact Tokens For ETH'),
    sent(tx('03'), 3, '0', 'Approve'),
    sent(tx('04'), 4, '0', 'Swap', { error: 'execution reverted' }),
    sent(tx('05'), 5, '2', 'Deposit'),
    sent(tx('06'), 6, '0', 'Withdraw'),
    sent(tx('07'), 7, '1', 'Add Liquidity ETH'),
    sent(tx('08'), 8, '0', 'Remove Liquidity'),
    sent(tx('09'), 9, '0.08', 'Mint'),
    sent(tx('0a'), 10, '0', 'Transfer'),
    sent(tx('0b'), 11, '0', 'Multicall'),
    received(tx('0c'), 12, '3'),
    sent(tx('0d'), 13, '0.5', 'Fulfill Order'),
    sent(tx('0e'), 14, '0', 'Deposit'),
  ),
  internal(
    refunded(tx('01'), 1, '0.1'),
    refunded(tx('02'), 2, '0.6'),
    refunded(tx('02'), 2, '0.4'),
    refunded(tx('06'), 6, '1'),
    refunded(tx('08'), 8, '1.05'),
  ),
  tokens(
    token(tx('01'), 1, inwards, '2,340', USD),
    token(tx('02'), 2, outwards, '2,000', USD),
    token(tx('02'), 2, outwards, '600', USD),
    token(tx('05'), 5, [NOBODY, OWN], '2', [WETH, 'WETH']),
    token(tx('06'), 6, [OWN, NOBODY], '1', [WETH, 'WETH']),
    token(tx('07'), 7, outwards, '2,600', USD),
    token(tx('07'), 7, [NOBODY, OWN], '50', ['0x3333333333333333333333333333333333333333', 'UNI-V2']),
    token(tx('08'), 8, outwards, '50', ['0x3333333333333333333333333333333333333333', 'UNI-V2']),
    token(tx('08'), 8, inwards, '2,700', USD),
    token(tx('0a'), 10, [OWN, OTHER], '25', USD),
    token(tx('0b'), 11, outwards, '100', USD),
    token(tx('0b'), 11, inwards, '60', [DAI, 'DAI']),
    token(tx('0b'), 11, inwards, '40', [WETH, 'WETH']),
    token(tx('0b'), 11, inwards, '9,999', ['0x5555555555555555555555555555555555555555', '$ visit prize.example.com']),
    token(tx('0b'), 11, outwards, '0', ['0x6666666666666666666666666666666666666666', 'NIL']),
    token(tx('0e'), 14, outwards, '500', USD),
    token(tx('0e'), 14, [NOBODY, OWN], '490', ['0x7777777777777777777777777777777777777777', 'YVUSD']),
    token(tx('0f'), 15, [OTHER, OWN], '1,000,000', [
      '0x5555555555555555555555555555555555555555',
      '$ visit prize.example.com',
    ]),
    token(tx('0f'), 15, [OTHER, OWN], '7', [
      '0x8888888888888888888888888888888888888888',
      'Claim at prize.example.com',
    ]),
  ),
  nfts(
    nft(tx('09'), 9, [NOBODY, OWN], '1'),
    nft(tx('09'), 9, [NOBODY, OWN], '2'),
    nft(tx('0d'), 13, [OTHER, OWN], '7'),
  ),
]
const APES = 'ethereum:0xabababababababababababababababababababab'
const EVENTS = [
  `etherscan:tx.${tx('01')} trade: out 0.9 ETH, in 2340 USDC, fee 0.001 ETH on out`,
  `etherscan:tx.${tx('02')} trade: out 2600 USDC, in 1 ETH, fee 0.001 ETH on in`,
  'approval_fee: fee 0.001 ETH',
  'failed_fee: fee 0.001 ETH',
  `etherscan:tx.${tx('05')} wrap: out 2 ETH, in 2 WETH, fee 0.001 ETH on out`,
  `etherscan:tx.${tx('06')} unwrap: out 1 WETH, in 1 ETH, fee 0.001 ETH on in`,
  `etherscan:tx.${tx('07')} lp_add: out 1 ETH, out 2600 USDC, in 50 ethereum:0x3333333333333333333333333333333333333333, fee 0.001 ETH on out`,
  `etherscan:tx.${tx('08')} lp_remove: out 50 ethereum:0x3333333333333333333333333333333333333333, in 1.05 ETH, in 2700 USDC, fee 0.001 ETH on in`,
  `etherscan:tx.${tx('09')} nft_mint: out 0.08 ETH, in 1 ${APES}:1, in 1 ${APES}:2, fee 0.001 ETH on out`,
  `etherscan:tx.${tx('0a')} unmatched_out: out 25 USDC, fee 0.001 ETH`,
  `etherscan:tx.${tx('0b')} trade: out 100 USDC, in 60 DAI, in 40 WETH, fee 0.001 ETH`,
  'unmatched_in: in 3 ETH',
  `etherscan:tx.${tx('0d')} nft_buy: out 0.5 ETH, in 1 ${APES}:7, fee 0.001 ETH on out`,
  `etherscan:tx.${tx('0e')} vault_deposit: out 500 USDC, in 490 ethereum:0x7777777777777777777777777777777777777777, fee 0.001 ETH`,
  'informational: ',
  'unmatched_in: in 1000000 ethereum:0x5555555555555555555555555555555555555555',
  'unmatched_in: in 7 ethereum:0x8888888888888888888888888888888888888888',
  'unmatched_in: in 9999 ethereum:0x5555555555555555555555555555555555555555',
]

describe('four files of the same transactions', () => {
  const shown = (): string[] => lines().map((line) => (line.includes(':tx.') ? line : line.replace(/^\S+ /, '')))

  test('become what each transaction was, spam and nothings beside them', async () => {
    await importFiles(books.ledger, FOUR())
    expect(shown().toSorted()).toEqual(EVENTS.toSorted())
    expect(findings()).toEqual([])
  })

  test('give the same events in any order, cut into any overlapping files, over any imports, taken back and brought again', async () => {
    await importFiles(books.ledger, FOUR())
    const [whole, held] = [lines(), balances()]
    const place = fc.integer({ min: 0, max: 19 })
    const piece = fc.record({
      of: fc.integer({ min: 0, max: 3 }),
      from: place,
      to: place,
      batch: fc.integer({ min: 0, max: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 6 }),
        fc.array(place, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        async (pieces, cuts, isBackwards) => {
          const rest = FOUR().flatMap((one, of): (ExplorerFile & { batch: number })[] => [
            { ...one, rows: one.rows.slice(0, cuts[of]), batch: (cuts[of] as number) % 4 },
            { ...one, rows: one.rows.slice(cuts[of]), batch: of },
          ])
          const extra = pieces.map(({ of, from, to, batch }) => {
            const one = FOUR()[of] as ExplorerFile
            return { ...one, rows: one.rows.slice(Math.min(from, to), Math.max(from, to)), batch }
          })
          const all = [...extra, ...rest].filter(({ rows }) => rows.length > 0)
          const before = books
          books = await newBooks()
          for (const batch of [0, 1, 2, 3]) {
            const own = all.filter((one) => one.batch === batch)
            if (own.length === 0) continue
            await importFiles(books.ledger, isBackwards ? own.toReversed() : own)
            expect(findings()).toEqual([])
          }
          expect([lines(), balances()]).toEqual([whole, held])
          undo(books.ledger, BY)
          expect(findings()).toEqual([])
          redo(books.ledger, BY)
          expect([lines(), balances()]).toEqual([whole, held])
          expect(findings()).toEqual([])
          books.close()
          removeFolder(books.folder)
          books = before
        },
      ),
      { numRuns: 12 },
    )
  }, 120_000)
})

test('rows of one signature in Solscan’s file are one event, also where the file ends between them', async () => {
  const account = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'
  const [pool, mint] = ['9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v']
  const signature = '5'.repeat(88)
  const head = 'Signature,Block Time,Human Time,Action,From,To,Amount,Flow,Decimals,Token Address'
  const rows = [
    `${signature},1705000000,2024-01-11T19:06:40Z,TRANSFER,${account},${pool},1000000000,out,9,So11111111111111111111111111111111111111111`,
    `${signature},1705000000,2024-01-11T19:06:40Z,TRANSFER,${pool},${account},95500000,in,6,${mint}`,
  ]
  const solana = (...own: readonly string[]): ExplorerFile => ({
    name: `${account}.csv`,
    head,
    rows: own,
    source: 'solscan',
  })
  await importFiles(books.ledger, [solana(rows[1] as string)])
  await importFiles(books.ledger, [solana(rows[0] as string)])
  expect(kinds()).toEqual([`trade: out 1 SOL, in 95.5 solana:${mint}`])
  await importFiles(books.ledger, [solana(...rows)])
  expect(kinds()).toEqual([`trade: out 1 SOL, in 95.5 solana:${mint}`])
  expect(findings()).toEqual([])
})

test('any order of importing, parting, joining, merging, undoing, redoing and revoking keeps every law', async () => {
  const hashes = [tx('a1'), tx('a2')]
  const files = hashes.flatMap((hash, n) => [
    coin(sent(hash, n, '1', 'Swap')),
    internal(refunded(hash, n, '0.1')),
    tokens(token(hash, n, inwards, '2,600', USD)),
    tokens(token(hash, n, inwards, '2,600', USD), token(hash, n, outwards, '1', [DAI, 'DAI'])),
  ])
  const which = fc.integer({ min: 0, max: 1 })
  const step = fc.oneof(
    fc.record({ what: fc.constant('import' as const), n: fc.integer({ min: 0, max: files.length - 1 }) }),
    fc.record({
      what: fc.constantFrom('apart' as const, 'together' as const, 'merge' as const, 'decide' as const),
      n: which,
    }),
    // Odd `n`: joined events are prepared before the act, as the engine does.
    fc.record({ what: fc.constantFrom('undo' as const, 'redo' as const), n: which }),
    fc.record({ what: fc.constant('revoke' as const), n: fc.nat(12) }),
  )
  let made = 0
  const prepared = (act: number | undefined, live: boolean, wanted: boolean): PreparedJoins | null => {
    if (act === undefined || !wanted) return null
    const done = drain(prepareSetting(books.ledger, act, live))
    return done.status === 'prepared' ? done : null
  }
  const mergeOf = (id: string): void => {
    const event = handId(OWN, `merged-${made++}`)
    const leg = { role: 'out', account: OWN, asset: 'ETH', amount: '1' } as const
    const account = { key: OWN, name: OWN, kind: 'address' } as const
    const one = { id: event, time: 1_705_000_000_000, precision: 'second', kind: 'spend', legs: [leg] } as const
    workByHand(
      books.ledger,
      {
        title: 'm',
        summary: 'm',
        account,
        assets: [{ key: 'ETH', symbol: 'ETH', kind: 'crypto' }],
        events: [one],
        origins: [{ event, origin: id, replaces: true }],
      },
      BY,
    )
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      for (const { what, n } of steps) {
        const id = key(hashes[n % 2] as string)
        const seen = [...readFacts(books.ledger)].flat().map(({ event }) => event.id as string)
        if (what === 'import') await importFiles(books.ledger, [files[n] as ExplorerFile])
        else if (what === 'apart' || what === 'together') judgeJoins(books.ledger, [id], what, { summary: what, ...BY })
        else if (what === 'merge') {
          if (seen[n] !== undefined && !seen[n].startsWith('hand')) mergeOf(seen[n])
        } else if (what === 'decide') {
          if (seen[n] !== undefined)
            addDecisions(books.ledger, [{ what: 'note', event: seen[n] as EventId, note: 'mine' }], {
              summary: 'note',
              ...BY,
            })
        } else if (what === 'undo') undo(books.ledger, BY, prepared(undoable(books.ledger)?.id, false, n === 1))
        else if (what === 'redo') redo(books.ledger, BY, prepared(redoable(books.ledger)?.id, true, n === 1))
        else {
          const { acts } = listActs(books.ledger, n, 1)
          if (acts[0]?.revocable === true)
            revoke(books.ledger, acts[0].id, true, BY, prepared(acts[0].id, false, n % 2 === 1))
        }
        expect(findings()).toEqual([])
      }
      while (undo(books.ledger, BY).status === 'done');
      expect([lines(), balances()]).toEqual([[], []])
      expect(findings()).toEqual([])
    }),
    { numRuns: 15 },
  )
}, 300_000)
