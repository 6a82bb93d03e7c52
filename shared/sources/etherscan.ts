/**
 * Etherscan and its family (Polygonscan, BscScan, Arbiscan, Optimism, Basescan, FTMScan, Snowtrace, Gnosisscan, CronoScan,
 * LineaScan), and Blockscout. Facts:
 * - Four files for each address: transactions, internal ones, tokens, NFTs. The address stands only in the name of the file
 *   (`export-token-0x….csv`); it is the account, and the direction where no column gives it. Without it, the one address that is in
 *   every row. One file has at most some thousands of rows.
 * - The chain's own coin stands in the headers (`Value_IN(BNB)`); files of tokens name no chain, so that where several chains are
 *   possible the user is asked. `CurrentValue @ $…` changes every day.
 * - `Status` is empty where all went well; of a failed transaction only the fee was paid, by `From`. Internal ones: 0 went well.
 * - A token is its contract: symbols and names are free to lie. What looks like spam is read like anything else, with the name it
 *   gives itself: a rule of the books takes it for spam, not the reader. Transfers of nothing are told.
 * - One transaction can stand in all four files, and on many rows; its hash is kept in each, and the fee is in the first file
 *   alone. Each row is an event; the ledger joins those of one hash (`transactions.ts`), in whichever files they came.
 * - Blockscout writes the smallest units, and of tokens not how many decimals they have.
 * - Withdrawals of the beacon chain are in none of these files.
 */
import { CHAIN_NUMBERS } from '../assets/chains.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { nativeIn, openInternal, openNormal, openScout, ownAddressOf, tokenReader } from './explorer-rows.ts'
import type { Column } from './row-cursor.ts'
import type { SourceFormat, TableHeader } from './source-format.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource } from './table-source.ts'
import { EXPLORER_CHAINS, type ExplorerChain } from './transactions.ts'

/** Column names without what varies by chain and day. */
function plainName(name: string): string {
  if (name === 'Txhash') return 'Transaction Hash'
  if (name === 'DateTime') return 'DateTime (UTC)'
  if (name === 'TokenId') return 'Token ID'
  if (/^TxnFee\s*\(USD\)$/i.test(name)) return 'TxnFee in USD'
  if (/^CurrentValue/i.test(name)) return 'CurrentValue'
  if (/^Historical \$?Price/i.test(name)) return 'Historical Price'
  return name.replace(/^(Value_IN|Value_OUT|TxnFee|Value)\s*\([A-Za-z0-9]+\)$/, '$1')
}

/** Does a column of the first rows name this chain, or none? */
function isOfChain({ names, sample }: TableHeader, { chain }: ExplorerChain): boolean {
  const at = names.findIndex((name) => /^(?:chain_?id|chain)$/i.test(name.trim()))
  if (at < 0) return true
  const named = new Set(sample.map(({ cells }) => cells[at]?.trim().toLowerCase() ?? '').filter((text) => text !== ''))
  if (named.size === 0) return true
  return [...named].every((text) => text === String(CHAIN_NUMBERS[chain]) || text.startsWith(chain))
}

const isOfCoin =
  (chain: ExplorerChain) =>
  (header: TableHeader): boolean =>
    chain.coins.includes(nativeIn(header.names) ?? '') && isOfChain(header, chain)

type At = (name: string, ...more: string[]) => Column

/** Opens a file of tokens or NFTs; `columns` are those that identify a row, beside its direction. */
const tokens =
  (
    { chain }: ExplorerChain,
    identity: readonly string[],
    time: readonly [string, string],
    columns: (at: At) => Omit<Parameters<typeof tokenReader>[2], 'hash'> & { readonly hash?: Column },
  ) =>
  (table: OpenTable): RowReader => {
    const at: At = (...names) => table.column(...names)
    const [unix, written] = [at(time[0]), at(time[1])]
    const found = { hash: at('Transaction Hash', 'tx_hash', 'TxHash'), ...columns(at) }
    const identityAt = identity.map((name) => at(name))
    return tokenReader(table, chain, found, identityAt, (row) => row.text(unix) || row.text(written))
  }

const BASE = ['Transaction Hash', 'UnixTimestamp', 'From', 'To', 'ContractAddress'] as const
const TIMES = ['UnixTimestamp', 'DateTime (UTC)'] as const
const CHAIN_COLUMNS = ['ChainId', 'Chain']

function layoutsOf(chain: ExplorerChain): readonly TableLayout[] {
  const ofCoin = isOfCoin(chain)
  const ofChain = (header: TableHeader): boolean => isOfChain(header, chain)
  const tokenColumns = (amount: string | null, token: string | null) => (at: At) => ({
    from: at('From'),
    to: at('To'),
    contract: at('ContractAddress'),
    symbol: at('TokenSymbol'),
    name: at('TokenName'),
    amount: amount === null ? null : at(amount),
    token: token === null ? null : at(token),
    way: null,
  })
  const ofTokens = (
    layout: string,
    amount: string | null,
    token: string | null,
    more: readonly string[],
  ): TableLayout => {
    const value = [amount, token].filter((name) => name !== null)
    const identity = [...BASE.filter((name) => name !== 'UnixTimestamp'), ...value]
    return {
      layout,
      required: [...BASE, 'TokenName', 'TokenSymbol', ...value],
      optional: ['Blockno', 'DateTime (UTC)', ...more, ...CHAIN_COLUMNS],
      fits: (header) =>
        ofChain(header) && !header.names.some((name) => more.length === 0 && /^(?:Type|Quantity)$/.test(name)),
      tag: token === null ? 'token' : 'nft',
      identity,
      time: TIMES,
      open: tokens(chain, identity, TIMES, tokenColumns(amount, token)),
    }
  }
  return [
    {
      layout: 'transactions',
      required: [...BASE, 'Value_IN', 'Value_OUT', 'TxnFee', 'Status', 'ErrCode'],
      optional: [
        'Blockno',
        'DateTime (UTC)',
        'CurrentValue',
        'TxnFee in USD',
        'Historical Price',
        'Method',
        'PrivateNote',
        'Value',
        ...CHAIN_COLUMNS,
      ],
      fits: ofCoin,
      identity: ['Transaction Hash', 'From', 'To', 'Value_IN', 'Value_OUT'],
      time: TIMES,
      open: openNormal,
    },
    {
      layout: 'internal transactions',
      required: [
        'Transaction Hash',
        'UnixTimestamp',
        'ParentTxFrom',
        'ParentTxTo',
        'From',
        'TxTo',
        'Value_IN',
        'Value_OUT',
        'Type',
      ],
      optional: [
        'Blockno',
        'DateTime (UTC)',
        'ParentTxETH_Value',
        'ContractAddress',
        'CurrentValue',
        'Historical Price',
        'Status',
        'ErrCode',
        'PrivateNote',
        ...CHAIN_COLUMNS,
      ],
      fits: ofCoin,
      tag: 'internal',
      identity: ['Transaction Hash', 'From', 'TxTo', 'Value_IN', 'Value_OUT'],
      time: TIMES,
      open: openInternal,
    },
    ofTokens('token transfers', 'TokenValue', null, ['USDValueDayOfTx']),
    ofTokens('old token transfers', 'Value', null, ['USDValueDayOfTx']),
    ofTokens('NFT transfers', 'Quantity', 'Token ID', ['Type']),
    ofTokens('old NFT transfers', null, 'Token ID', []),
    {
      layout: 'token transfers by chain',
      required: [
        'chain_id',
        'tx_hash',
        'block_unix_timestamp',
        'from',
        'to',
        'token_value',
        'token_address',
        'token_symbol',
      ],
      optional: ['block_number', 'block_datetime', 'token_name'],
      fits: ofChain,
      tag: 'token',
      identity: ['tx_hash', 'from', 'to', 'token_address', 'token_value'],
      time: ['block_unix_timestamp'],
      open: tokens(
        chain,
        ['tx_hash', 'from', 'to', 'token_address', 'token_value'],
        ['block_unix_timestamp', 'block_datetime'],
        (at) => ({
          from: at('from'),
          to: at('to'),
          contract: at('token_address'),
          symbol: at('token_symbol'),
          name: at('token_name'),
          amount: at('token_value'),
          token: null,
          way: null,
        }),
      ),
    },
    {
      layout: 'Blockscout transactions',
      required: [
        'TxHash',
        'BlockNumber',
        'UnixTimestamp',
        'FromAddress',
        'ToAddress',
        'ContractAddress',
        'Type',
        'Value',
        'Fee',
        'Status',
      ],
      optional: ['ErrCode', 'CurrentPrice', 'TxDateOpeningPrice', 'TxDateClosingPrice'],
      tag: 'blockscout',
      identity: ['TxHash', 'FromAddress', 'ToAddress', 'Type', 'Value'],
      time: ['UnixTimestamp'],
      open: openScout(chain.coins[0]),
    },
    {
      layout: 'Blockscout token transfers',
      required: [
        'TxHash',
        'BlockNumber',
        'UnixTimestamp',
        'FromAddress',
        'ToAddress',
        'TokenContractAddress',
        'Type',
        'TokenSymbol',
        'TokensTransferred',
      ],
      optional: ['TransactionFee', 'Status', 'ErrCode'],
      tag: 'blockscout token',
      identity: ['TxHash', 'FromAddress', 'ToAddress', 'Type', 'TokenContractAddress', 'TokensTransferred'],
      time: ['UnixTimestamp'],
      open: scoutTokens(chain),
    },
  ]
}

/** Reads amounts that have a decimal point; without one nobody knows the token's decimals. */
const scoutTokens =
  (chain: ExplorerChain) =>
  (table: OpenTable): RowReader => {
    const amount = table.column('TokensTransferred')
    const opened = tokens(
      chain,
      ['TxHash', 'FromAddress', 'ToAddress', 'TokenContractAddress', 'TokensTransferred'],
      ['UnixTimestamp', 'UnixTimestamp'],
      (at) => ({
        from: at('FromAddress'),
        to: at('ToAddress'),
        contract: at('TokenContractAddress'),
        symbol: at('TokenSymbol'),
        name: at('TokenSymbol'),
        amount,
        token: null,
        way: at('Type'),
      }),
    )(table)
    return {
      ...opened,
      read(row) {
        if (/^\d+$/.test(row.text(amount)) && !/^0+$/.test(row.text(amount)))
          return {
            reason:
              'the amount is in the smallest unit of the token, and the file does not say how many decimals it has',
            column: 'TokensTransferred',
          }
        return opened.read(row)
      },
    }
  }

const explorer = (chain: ExplorerChain): SourceFormat =>
  tableSource({
    id: chain.id as SourceId,
    name: `${chain.name} exports`,
    venue: chain.name,
    version: 2,
    account: { name: `${chain.name} address`, kind: 'address' },
    accountOf(header) {
      const own = ownAddressOf(header)
      return own === null ? null : { name: own, kind: 'address' }
    },
    zone: 'UTC' as ZoneName,
    howToGet: `${chain.name}: the page of the address → Download CSV export, once for each tab; keep the names of the files.`,
    plainName,
    layouts: layoutsOf(chain),
  })

/** One source for each chain; where a file names none, they tie and the user says which. */
export const EXPLORERS: readonly SourceFormat[] = EXPLORER_CHAINS.map(explorer)
