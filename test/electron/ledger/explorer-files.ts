/** Files of block explorers as text, read by the readers that know them and imported into a ledger. */
import { stagedChunks } from '../../../electron/engine/staged-chunks.ts'
import { executeBatch } from '../../../electron/ledger/batches.ts'
import { appendFileChunk, beginBatch, beginFile, finishFile } from '../../../electron/ledger/files.ts'
import type { WritableLedger } from '../../../electron/ledger/handles.ts'
import { planOf } from '../../../electron/ledger/plan.ts'
import type { PreparedJoins } from '../../../electron/ledger/prepared-joins.ts'
import { openStage } from '../../../electron/ledger/staging.ts'
import type { SourceId } from '../../../shared/events/identifiers.ts'
import { collect } from '../intake/collect.ts'
import { BY, drain } from './books.ts'

export const OWN = '0x1111111111111111111111111111111111111111'
export const OTHER = '0x9999999999999999999999999999999999999999'
export const NOBODY = '0x0000000000000000000000000000000000000000'
export const ROUTER = '0x2222222222222222222222222222222222222222'
export const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
export const DAI = '0x6b175474e89094c44da98b954eedeac495271d0f'
export const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'

/** A whole hash of the chain that ends with some hex digits. */
export const tx = (end: string): string => `0x${end.padStart(64, '0')}`

const when = (minute: number): string => `"1900${minute}","${1_705_000_000 + minute * 60}","2024-01-11 19:06:40"`
const cells = (...texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(',')

export const TRANSACTIONS =
  '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $3000.00/Eth","TxnFee(ETH)","TxnFee(USD)","Historical $Price/Eth","Status","ErrCode","Method"'
export const INTERNAL =
  '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","ParentTxFrom","ParentTxTo","ParentTxETH_Value","From","TxTo","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $3000.00/Eth","Historical $Price/Eth","Status","ErrCode","Type"'
export const TOKENS =
  '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue","USDValueDayOfTx","ContractAddress","TokenName","TokenSymbol"'
export const NFTS =
  '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","TokenName","TokenSymbol","Token ID","Type","Quantity"'

/** A transaction of the own address: what left with it, its fee, its method, its error. */
export const sent = (hash: string, minute: number, eth: string, method: string, { fee = '0.001', error = '' } = {}) =>
  `"${hash}",${when(minute)},${cells(OWN, ROUTER, '', '0', eth, '1', fee, '3', '2600', error === '' ? '' : 'Error(0)', error, method)}`
export const received = (hash: string, minute: number, eth: string) =>
  `"${hash}",${when(minute)},${cells(OTHER, OWN, '', eth, '0', '1', '0.001', '3', '2600', '', '', 'Transfer')}`
export const refunded = (hash: string, minute: number, eth: string) =>
  `"${hash}",${when(minute)},${cells(OWN, ROUTER, '0', ROUTER, OWN, '', eth, '0', '1', '2600', '0', '', 'call')}`
export const token = (
  hash: string,
  minute: number,
  [from, to]: readonly [string, string],
  amount: string,
  [contract, symbol]: readonly [string, string],
) => `"${hash}",${when(minute)},${cells(from, to, amount, '', contract, symbol, symbol)}`
export const nft = (hash: string, minute: number, [from, to]: readonly [string, string], id: string, symbol = 'APE') =>
  `"${hash}",${when(minute)},${cells(from, to, '0xabababababababababababababababababababab', symbol, symbol, id, 'ERC-721', '1')}`

export interface ExplorerFile {
  readonly name: string
  readonly head: string
  readonly rows: readonly string[]
  readonly source?: string
}
export const textOf = ({ head, rows }: ExplorerFile): string => `${[head, ...rows].join('\n')}\n`

/** Stages files as one batch, ready to be executed. */
export async function stageFiles(ledger: WritableLedger, files: readonly ExplorerFile[]): Promise<number> {
  const begun = beginBatch(ledger, { origin: 'file', title: 'explorer', at: BY.at })
  if (begun.status !== 'begun') throw new Error(begun.text)
  for (const one of files) {
    const text = textOf(one)
    const read = await collect(text, { fileName: one.name, source: (one.source ?? 'etherscan') as SourceId })
    const [table] = read.tables
    if (table === undefined) throw new Error(`no table in ${one.name}`)
    const bytes = Buffer.from(text)
    const file = beginFile(ledger, begun.batch, { name: one.name, size: bytes.length })
    if (file.status !== 'begun') throw new Error(file.text)
    for (let at = 0; at < bytes.length; at += 1_048_576)
      appendFileChunk(ledger, file.file, bytes.subarray(at, at + 1_048_576))
    finishFile(ledger, file.file)
    const { id, name, kind } = table.account
    const stage = openStage(ledger, file.file, {
      source: table.source,
      layout: table.layout,
      readerVersion: 1,
      encoding: 'utf-8',
      account: { key: id, name, kind },
      zone: 'UTC',
    })
    if (stage.status !== 'open') throw new Error(stage.text)
    for (const message of read.messages) {
      if (message.type !== 'batch') continue
      for (const chunk of stagedChunks(message, `${table.source}\n${id}`, null)) stage.add(chunk)
    }
    const sealed = drain(stage.seal())
    if (sealed.status !== 'sealed') throw new Error(sealed.text)
  }
  return begun.batch
}

/** Executes a staged batch and gives its act; `joins` as they were prepared. */
export function execute(ledger: WritableLedger, batch: number, joins: PreparedJoins | null = null): number {
  const done = executeBatch(ledger, batch, planOf(ledger, batch)?.hash ?? '', BY, undefined, joins)
  if (done.status !== 'done') throw new Error(done.text)
  return done.act
}

/** Imports files as one batch and gives its act. */
export const importFiles = async (ledger: WritableLedger, files: readonly ExplorerFile[]): Promise<number> =>
  execute(ledger, await stageFiles(ledger, files))
