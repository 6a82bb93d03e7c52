import { describe, expect, it } from 'vitest'
import { collect, eventLines, fixture, otherRows } from '../../electron/intake/collect.ts'

const COINTRACKING = '"Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date","Tx-ID"'

const read = (type: string, bought: string, sold: string, fee = '"",""') =>
  collect(`${COINTRACKING}\n"${type}",${bought},${sold},${fee},"Kraken","","","04.01.2024 11:00:00",""\n`)

const NOTHING = '"-",""'
const ONE = '"1","ETH"'

describe('Rows of other tax tools', () => {
  it.each([
    ['Sorcery', ONE, NOTHING, 'the type “Sorcery” is not known to this reader'],
    ['Withdrawal', ONE, NOTHING, 'the type “Withdrawal” does not fit a row that only receives'],
    ['Deposit', NOTHING, ONE, 'the type “Deposit” does not fit a row that only sends'],
    ['Deposit', ONE, '"2","BTC"', 'the type “Deposit” does not fit a row that sends and receives'],
    ['Stolen', ONE, NOTHING, 'the type “Stolen” does not fit a row that only receives'],
    ['Staking', ONE, '"2","BTC"', 'the type “Staking” does not fit a row that sends and receives'],
    ['constructor', ONE, NOTHING, 'the type “constructor” is not known to this reader'],
  ])('of the type “%s” that do not fit are kept and not understood', async (type, bought, sold, reason) => {
    const { events, rows } = await read(type, bought, sold)
    expect(events).toEqual([])
    expect(rows.map(({ outcome, reason, column }) => [outcome, reason, column])).toEqual([
      ['not-understood', reason, 'Type'],
    ])
  })

  it.each([
    ['Swap (non taxable)', ONE, NOTHING, 'migration: in 1 ETH @kraken'],
    ['Swap (non taxable)', NOTHING, ONE, 'migration: out 1 ETH @kraken'],
    ['Swap (non taxable)', ONE, '"2","BTC"', 'migration: out 2 BTC @kraken, in 1 ETH @kraken'],
    ['Deposit', ONE, NOTHING, 'unmatched_in: in 1 ETH @kraken'],
    ['Withdrawal', NOTHING, ONE, 'unmatched_out: out 1 ETH @kraken'],
  ])('of the type “%s” are read where it fits', async (type, bought, sold, line) => {
    expect(eventLines(await read(type, bought, sold))).toEqual([line])
  })

  it('say what was bought, not that a coin paid for it was money', async () => {
    const header =
      'Timestamp,Type,IN Amount,IN Currency,Out Amount,Out Currency,Fee Amount,Fee Currency,Exchange(optional),US Based'
    const rows = ['2,ETH,1,BTC', '2,ETH,100,USD'].map((sides) => `2024-01-02 10:00:00,Purchase,${sides},,,Kraken,Yes`)
    expect(eventLines(await collect([header, ...rows].join('\n')))).toEqual([
      'trade: out 1 BTC @kraken, in 2 ETH @kraken',
      'buy: out 100 USD @kraken, in 2 ETH @kraken',
    ])
  })

  it('leave a gift of TokenTax in no account called “Gift”', async () => {
    const header =
      'Type,BuyAmount,BuyCurrency,SellAmount,SellCurrency,FeeAmount,FeeCurrency,Exchange,Group,Comment,Date'
    const read = await collect(`${header}\nGift,,,1,BTC,0.1,BTC,Gift,presents,,01/31/24 10:00\n`)
    expect(eventLines(read)).toEqual(['gift_out: out 1 BTC, fee 0.1 BTC on out'])
    expect(read.events[0]?.warnings).toEqual([expect.stringContaining('which account a gift left')])
  })

  it('have both words that Blockpit writes for gifts', async () => {
    const [header = ''] = fixture('blockpit.csv').toString().split('\n')
    const read = await collect(
      `${header}\n1;09.01.2023 20:08;API;Binance;B;Gift (incoming);;;ETH;1;;;;;\n2;09.01.2023 20:08;API;Binance;B;Gift (outgoing);ETH;1;;;;;;;\n`,
    )
    expect(eventLines(read)).toEqual(['gift_in: in 1 ETH @b', 'gift_out: out 1 ETH @b'])
  })

  it('keep the addresses that Accointing knows of either side', async () => {
    const [header = ''] = fixture('accointing.csv').toString().split('\n')
    const row = (id: string, type: string, sides: string) =>
      `2022-01-02T10:00:00Z,${type},${sides},,,,,Ledger,L,,tx1,mine,theirs,,,,,,${id},,,,`
    const read = await collect([header, row('1', 'deposit', '1,BTC,,,,'), row('2', 'withdraw', ',,,1,BTC,')].join('\n'))
    expect(read.events.map(({ fromAddress, toAddress }) => [fromAddress, toAddress])).toEqual([
      ['theirs', 'mine'],
      ['mine', 'theirs'],
    ])
  })

  it('that charged a fee and moved nothing else are a fee, whichever way they went', async () => {
    expect(eventLines(await read('Deposit', NOTHING, NOTHING, '"0.1","ETH"'))).toEqual([
      'network_fee: fee 0.1 ETH @kraken',
    ])
  })

  it('with amounts of zero are left out with that reason, with no amounts are not understood', async () => {
    const header = 'Date,Received Quantity,Received Currency,Sent Quantity,Sent Currency,Fee Amount,Fee Currency,Tag\n'
    const read = await collect(
      `${header}2/27/2022 12:09,0,BTC,0,USDT,,,\n2/27/2022 12:10,,,,,,,\n2/27/2022 12:11,0,BTC,x,USDT,,,\n`,
    )
    expect(otherRows(read)).toEqual([
      '2 skipped: its amounts are zero: nothing moved',
      '3 not-understood [Sent Quantity]: neither side has an amount',
      '4 not-understood [Sent Quantity]: the amount “x” is not a number',
    ])
  })

  it('with a negative receipt are not taken for receipts', async () => {
    const read = await collect(
      'Timestamp,Type,Out Currency,Out Quantity,In Currency,In Quantity,Fee Currency,Fee Quantity,Comments\n' +
        '2024-01-02 10:00:00,Deposit,,,ETH,-1,,,\n2024-01-02 10:00:00,Withdrawal,ETH,-1,,,,,\n',
    )
    expect(otherRows(read)).toEqual(['2 not-understood [In Quantity]: what was received is negative'])
    expect(eventLines(read)).toEqual(['unmatched_out: out 1 ETH'])
  })
})

describe('A negative receipt', () => {
  const CTC =
    'Timestamp (UTC),Type,Base Currency,Base Amount,Quote Currency (Optional),Quote Amount (Optional),Fee Currency (Optional),Fee Amount (Optional),From (Optional),To (Optional),ID (Optional),Description (Optional)'
  it.each([
    ['CoinTracking', `${COINTRACKING}\n"Staking","-0.02","DOT","","","","","Kraken","","","04.01.2024 11:00:00",""`],
    ['Summ', `${CTC}\n2024-01-04 10:00:00,staking,DOT,-0.02,,,,,Kraken,Kraken,R1,`],
    [
      'rotki',
      'Type,Location,Currency,Amount,Fee,Fee Currency,Description,Timestamp\nIncome,luno,ETH,-0.05,,,,1659340800000',
    ],
    [
      'Bitcoin.tax',
      'Date,Action,Symbol,Volume,Currency,Total,Fee,FeeCurrency,Memo\n2018-06-03 21:16:15 +0000,INCOME,BTC,-0.5,USD,3500,,,',
    ],
    ['Revolut', 'Symbol,Type,Quantity,Price,Value,Fees,Date\nBTC,Staking reward,-0.0025,,,,"Jan 2, 2024, 10:00:00 AM"'],
    [
      'Wallet of Satoshi',
      'utcDate,type,currency,amount,fees,address,description,pointOfSale\n2021-03-04T10:11:12.000Z,CREDIT,LIGHTNING,-0.001,0,lnbc,,false',
    ],
    [
      'Ledger Live',
      'Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export\n2024-01-12T00:00:00.000Z,Confirmed,XTZ,REWARD,-0.5,0,oo1,Tezos 1,tz1,EUR,,',
    ],
    [
      'Trezor',
      'Timestamp,Date,Time,Type,Transaction ID,Fee,Fee unit,Address,Label,Amount,Amount unit,Fiat (EUR),Other\n1704276000,x,x,RECV,ab12,0,BTC,bc1q,,-0.00099,BTC,41.58,',
    ],
  ])('is not taken for one: %s', async (_source, text) => {
    const { events, rows } = await collect(`${text}\n`)
    expect(events).toEqual([])
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['not-understood', 'what was received is negative'],
    ])
  })
})
