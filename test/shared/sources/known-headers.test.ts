import { describe, expect, it } from 'vitest'
import { collect } from '../../electron/intake/collect.ts'

/** Header lines as venues have written them over the years, letter by letter, by source and layout. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'binance-us / transactions': [
    'User ID,Time,Category,Operation,Order ID,Transaction ID,Primary Asset,Realized Amount For Primary Asset,Realized Amount for Primary Asset in USD,Base Asset,Realized Amount For Base Asset,Realized Amount For Base Asset In USD,Quote Asset,Realized Amount for Quote Asset,Realized Amount for Quote Asset in USD,Fee Asset,Realized Amount for Fee Asset,Realized Amount for Fee Asset in USD,Payment Method,Withdraw Method,Additional Note',
    'User_Id,Time,Category,Operation,Order_Id,Transaction_Id,Primary_Asset,Realized_Amount_For_Primary_Asset,Realized_Amount_For_Primary_Asset_In_USD_Value,Base_Asset,Realized_Amount_For_Base_Asset,Realized_Amount_For_Base_Asset_In_USD_Value,Quote_Asset,Realized_Amount_For_Quote_Asset,Realized_Amount_For_Quote_Asset_In_USD_Value,Fee_Asset,Realized_Amount_For_Fee_Asset,Realized_Amount_For_Fee_Asset_In_USD_Value,Payment_Method,Withdrawal_Method,Additional_Note',
  ],
  'binance-statement / statement': ['User ID,Time,Account,Operation,Coin,Change,Remark'],
  'binance-statement / statement 2021': ['User_ID,UTC_Time,Account,Operation,Coin,Change,Remark'],
  'binance-statement / oldest statement': ['UTC_Time,Account,Operation,Coin,Change,Remark'],
  'binance-trades / spot trades': ['Date(UTC),Pair,Side,Price,Executed,Amount,Fee'],
  'binance-trades / older spot trades': ['Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin'],
  'binance-orders / orders': [
    'Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,Trading total,Status',
  ],
  'binance-orders / older orders': [
    'Date(UTC),Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status',
  ],
  'binance-trades / convert': [
    'Date,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status',
    'Date,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status',
  ],
  'binance-transfers / deposits': ['Date(UTC+0),Coin,Network,Amount,Address,TXID,Status'],
  'binance-transfers / withdrawals': ['Date(UTC+0),Coin,Network,Amount,Fee,Address,TXID,Status'],
  'binance-transfers / older deposits or withdrawals': [
    'Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status',
    'Date(UTC),Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status',
    'Date,Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status',
  ],
  'binance-transfers / money': [
    'Date(UTC+2),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID',
    'Date(UTC),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID',
    'Date(UTCnull),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID',
    'Date(UTC-5),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID',
  ],
  'binance-futures / futures': ['Date(UTC),type,Amount,Asset,Symbol,Transaction ID'],
  'binance-trades / auto-invest': [
    'Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status',
  ],
  'binance-transfers / BETH distributions': ['Date(UTC),Coin,Token,Amount,Status'],
  'bisq / trade history': [
    'Trade ID,Date/Time,Market,Price,Deviation,Amount in BTC,Amount,Currency,Transaction Fee,Trade Fee BTC,Trade Fee BSQ,Buyer Deposit,Seller Deposit,Offer type,Status',
  ],
  'bisq / old trade history': [
    'Trade ID,Date/Time,Market,Price,Deviation,Amount in BTC,Amount,Currency,Transaction Fee,Trade Fee,Buyer Deposit,Seller Deposit,Offer type,Status',
  ],
  'bitfinex / trades': [
    '#,PAIR,AMOUNT,PRICE,FEE,FEE PERC,FEE CURRENCY,DATE,ORDER ID',
    '#,PAIR,AMOUNT,PRICE,FEE,FEE CURRENCY,DATE,ORDER ID',
  ],
  'bitfinex / movements': ['#,STARTED,UPDATED,CURRENCY,STATUS,AMOUNT,FEES,DESCRIPTION,TRANSACTION ID,NOTE'],
  'bitfinex / older movements': [
    '#,DATE,CURRENCY,STATUS,AMOUNT,FEES,DESCRIPTION,TRANSACTION ID',
    '#,DATE,CURRENCY,STATUS,AMOUNT,FEES,DESCRIPTION,TRANSACTION ID,NOTE',
  ],
  'bitfinex-ledgers / ledgers': [
    '#,DESCRIPTION,CURRENCY,AMOUNT,BALANCE,DATE,WALLET',
    'DESCRIPTION,CURRENCY,AMOUNT,BALANCE,DATE,WALLET',
  ],
  'bitpanda / transactions': [
    'Transaction ID,Timestamp,Transaction Type,In/Out,Amount Fiat,Fiat,Amount Asset,Asset,Asset market price,Asset market price currency,Asset class,Product ID,Fee,Fee asset,Spread,Spread Currency',
    'Transaction ID,Timestamp,Transaction Type,In/Out,Amount Fiat,Fiat,Amount Asset,Asset,Asset market price,Asset market price currency,Asset class,Product ID,Fee,Fee asset,Spread,Spread Currency,Tax Fiat',
  ],
  'bitpanda / older transactions': ['ID,Type,In/Out,Amount Fiat,Fee,Fiat,Amount Asset,Asset,Status,Created at'],
  'bitpanda-pro / trades': [
    'Order ID,Trade ID,Type,Market,Amount,Amount Currency,Price,Price Currency,Fee,Fee Currency,Time (UTC)',
    'Order ID,Trade ID,Type,Market,Amount,Amount Currency,Price,Price Currency,Fee,Fee Currency,Time (UTC),BEST_EUR Rate',
  ],
  'bitstamp / transactions': [
    'ID,Account,Type,Subtype,Datetime,Amount,Amount currency,Value,Value currency,Rate,Rate currency,Fee,Fee currency,Order ID',
  ],
  'bitstamp / old transactions': ['Type,Datetime,Account,Amount,Value,Rate,Fee,Sub Type'],
  'bittrex / final statement': [
    'TXID,Time (UTC),Transaction,Order Type,Market,Base,Quote,Price,Quantity (Base),Fees (Quote),Total (Quote),Approx Value (USD),Time In Force,Notes',
  ],
  'bittrex / orders of 2023': ['Date,Market,Side,Type,Price,Quantity,Total'],
  'bittrex / orders v3': [
    'Uuid,Exchange,Closed (UTC),Opened (UTC),Type,Time In Force,Bid/Ask,Quantity,Remaining,Price,Avg. Price per Share',
  ],
  'bittrex / orders v2': [
    'Uuid,Exchange,TimeStamp,OrderType,Limit,Quantity,QuantityRemaining,Commission,Price,PricePerUnit,IsConditional,Condition,ConditionTarget,ImmediateOrCancel,Closed',
    'Uuid,Exchange,TimeStamp,OrderType,Limit,Quantity,QuantityRemaining,Commission,Price,PricePerUnit,IsConditional,Condition,ConditionTarget,ImmediateOrCancel,Closed,TimeInForceTypeId,TimeInForce',
  ],
  'bittrex / old orders': [
    'UUID,QUOTE,MARKET,ORDERTYPE,LIMIT,CEILING,QUANTITY,FILLED,PROCEEDS,COMISSIONPAID,OPENED,CLOSED,TIMEINFORCETYPE,ISCONDITIONAL,CONDITION,CONDITIONTARGET',
  ],
  'bittrex / oldest orders': ['OrderUuid,Exchange,Type,Quantity,Limit,CommissionPaid,Price,Opened,Closed'],
  'bittrex / transfers of 2023': ['Date,Currency,Type,Address,Memo/Tag,TxId,Amount'],
  'bittrex / deposits': [
    'Id,Currency,Amount,Confirmations,LastUpdatedDate,TxId,CryptoAddress',
    'Id,Currency,Amount,Confirmations,LastUpdatedDate,TxId,CryptoAddress,Source',
    'Id,Currency,Amount,Confirmations,LastUpdatedDate,TxId,CryptoAddress,Source,PropertyBagError,BankInfo,DepositUuid,State',
  ],
  'bittrex / older deposits': ['Id,Amount,Currency,Confirmations,LastUpdated,TxId,CryptoAddress'],
  'bittrex / old deposits': ['UUID,AMOUNT,CURRENCY,CRYPTOADDRESS,TXID,LASTUPDATED,CONFIRMATIONS,SOURCE,STATE'],
  'bittrex / withdrawals': [
    'PaymentUuid,Currency,Amount,Address,OpenedDate,Authorized,Pending,TxId,TxFee,Target,BankInfo,Canceled',
  ],
  'bittrex / older withdrawals': [
    'PaymentUuid,Currency,Amount,Address,Opened,Authorized,PendingPayment,TxCost,TxId,Canceled,InvalidAddress',
  ],
  'bittrex / old withdrawals': ['UUID,AMOUNT,CURRENCY,ADDRESS,TXID,OPENED,LASTUPDATED,CLOSED,TXCOST,STATE'],
  'bitvavo / transactions': [
    'Timezone,Date,Time,Type,Currency,Amount,Quote Currency,Quote Price,Received / Paid Currency,Received / Paid Amount,Fee currency,Fee amount,Status,Transaction ID,Address',
  ],
  'bitvavo / old transactions': ['timestamp,type,currency,amount,status,address,method,txid'],
  'bybit / unified trading': [
    'Uid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,Cash Flow,Change,Wallet Balance,Action,Time(UTC)',
  ],
  'bybit / funding account': [
    'Uid,Date & Time(UTC),Coin,QTY,Type,Account Balance,Description',
    'Date & Time(UTC),Coin,QTY,Type,Account Balance,Description',
  ],
  'bybit / old derivatives log': [
    'Time,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,Cash Flow,Change,Wallet Balance,Fee Rate,Trade ID,Order ID',
  ],
  'bybit / old deposits and withdrawals': ['Type,Coin,Amount,Wallet Balance,Time(UTC)'],
  'cash-app / transactions': [
    'Date,Transaction ID,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Asset Price,Asset Amount,Status,Notes,Name of sender/receiver,Account',
    'Transaction ID,Date,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Asset Price,Asset Amount,Status,Notes,Name of sender/receiver,Account',
  ],
  'coinbase-pro-account / account': [
    'portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id',
    'type,time,amount,balance,amount/balance unit,transfer id,trade id,order id',
  ],
  'coinbase-pro-account / account with capitals': [
    'Portfolio,Type,Timestamp,Amount,Balance,Amount/balance unit,Transfer id,Trade id,Order id',
  ],
  'coinbase-pro-fills / fills': [
    'portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit',
    'trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit',
  ],
  'coinbase-prime / orders': [
    'order id,status,market,side,type,limit price,total order quantity,order currency,filled base quantity,filled quote quantity,average fill price,total fees and commissions,initiated by,initiated time,last updated time,activity level,portfolio name,portfolio id,entity name,entity id',
  ],
  'coinbase-prime / transactions': [
    'activity id,final status,activity title,activity type,asset,wallet name,transaction value,transaction currency,initiated by,approved by,rejected by,initiated time,last updated time,activity level,portfolio name,portfolio id,entity name,entity id',
  ],
  'coinbase / transactions with ID': [
    'ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes',
  ],
  'coinbase / transactions': [
    'Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes',
  ],
  'coinbase / transactions 2021–2023': [
    'Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes',
  ],
  'coinbase / transactions 2021': [
    'Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total (inclusive of fees),Fees,Notes',
  ],
  'coinbase / transactions to 2021': [
    'Timestamp,Transaction Type,Asset,Quantity Transacted,EUR Spot Price at Transaction,EUR Subtotal,EUR Total (inclusive of fees),EUR Fees,Notes',
  ],
  'coinbase / old transfers report': [
    'Timestamp,Type,BTC,Subtotal,Fees,Total,Currency,Price Per Coin,Payment Method,ID,Share',
  ],
  'coinbase / old transactions report': [
    'Timestamp,Balance,Amount,Currency,To,Notes,Instantly Exchanged,Transfer Total,Transfer Total Currency,Transfer Fee,Transfer Fee Currency,Transfer Payment Method,Transfer ID,Order Price,Order Currency,Order BTC,Order Tracking Code,Order Custom Parameter,Order Paid Out,Recurring Payment ID,Coinbase ID (visit https://www.coinbase.com/transactions/[ID] in your browser),Bitcoin Hash (visit https://www.coinbase.com/tx/[HASH] in your browser for more info)',
  ],
  'crypto-com-app / app transactions': [
    'Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,Native Amount (in USD),Transaction Kind',
    'Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,Native Amount (in USD),Transaction Kind,Transaction Hash',
  ],
  'crypto-com-exchange / spot trades': [
    'Order ID,Trade ID,Time (UTC),Symbol,Side,Trade Price,Trade Amount,Volume of Business,Fee,Fee Currency',
  ],
  'dydx / fills': ['id,side,liquidity,type,market,marketType,price,size,fee,createdAt,createdAtHeight,orderId'],
  'electrum / history': [
    'transaction_hash,label,confirmations,value,fiat_value,fee,fiat_fee,timestamp',
    'transaction_hash,label,confirmations,value,timestamp',
    'transaction_hash,label,value,timestamp',
  ],
  'electrum / history with Lightning': [
    'oc_transaction_hash,ln_payment_hash,label,confirmations,amount_chain_bc,amount_lightning_bc,fiat_value,network_fee_satoshi,fiat_fee,timestamp',
  ],
  'etherscan / transactions': [
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,ContractAddress,Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $3000.00/Eth,TxnFee(ETH),TxnFee(USD),Historical $Price/Eth,Status,ErrCode,Method',
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,ContractAddress,Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $3000.00/Eth,TxnFee(ETH),TxnFee(USD),Historical $Price/Eth,Status,ErrCode,Method,PrivateNote',
    'Txhash,Blockno,UnixTimestamp,DateTime,From,To,ContractAddress,Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $380.00/Eth,TxnFee(ETH),TxnFee(USD),Historical $Price/Eth,Status,ErrCode',
  ],
  'etherscan / internal transactions': [
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),ParentTxFrom,ParentTxTo,ParentTxETH_Value,From,TxTo,ContractAddress,Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $3000.00/Eth,Historical $Price/Eth,Status,ErrCode,Type',
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),ParentTxFrom,ParentTxTo,ParentTxETH_Value,From,TxTo,ContractAddress,Value_IN(ETH),Value_OUT(ETH),CurrentValue @ $3000.00/Eth,Historical $Price/Eth,Status,ErrCode,Type,PrivateNote',
  ],
  'etherscan / token transfers': [
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,TokenValue,USDValueDayOfTx,ContractAddress,TokenName,TokenSymbol',
  ],
  'etherscan / old token transfers': [
    'Txhash,UnixTimestamp,DateTime,From,To,Value,ContractAddress,TokenName,TokenSymbol',
  ],
  'etherscan / NFT transfers': [
    'Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,ContractAddress,TokenName,TokenSymbol,Token ID,Type,Quantity',
  ],
  'etherscan / old NFT transfers': [
    'Txhash,UnixTimestamp,DateTime,From,To,ContractAddress,TokenId,TokenName,TokenSymbol',
    'Txhash,Blockno,UnixTimestamp,DateTime,From,To,ContractAddress,TokenId,TokenName,TokenSymbol',
  ],
  'etherscan / token transfers by chain': [
    'chain_id,tx_hash,block_number,block_unix_timestamp,block_datetime,from,to,token_value,token_address,token_name,token_symbol',
  ],
  'etherscan / Blockscout transactions': [
    'TxHash,BlockNumber,UnixTimestamp,FromAddress,ToAddress,ContractAddress,Type,Value,Fee,Status,ErrCode,CurrentPrice,TxDateOpeningPrice,TxDateClosingPrice',
  ],
  'etherscan / Blockscout token transfers': [
    'TxHash,BlockNumber,UnixTimestamp,FromAddress,ToAddress,TokenContractAddress,Type,TokenSymbol,TokensTransferred,TransactionFee,Status,ErrCode',
  ],
  'etoro / account activity': [
    'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA',
    'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID',
    'Date,Type,Details,Amount,Units / Contracts,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA',
  ],
  'etoro-closed / closed positions': [
    'Position ID,Action,Amount,Units,Open Date,Close Date,Leverage,Spread Fees (USD),Profit(USD),Open Rate,Close Rate,Take profit rate,Stop loss rate,Overnight Fees and Dividends,Copied From,Type,ISIN,Notes',
    'Position ID,Action,Amount,Units,Open Date,Close Date,Leverage,Spread Fees (USD),Profit(USD),Profit(EUR),FX rate at open (USD),FX rate at close (USD),Open Rate,Close Rate,Take profit rate,Stop loss rate,Overnight Fees and Dividends,Copied From,Type,ISIN,Notes',
  ],
  'exodus / history of one asset': [
    'TXID,TXURL,DATE,TYPE,FROMPORTFOLIO,TOPORTFOLIO,COINAMOUNT,FEE,BALANCE,EXCHANGE,PERSONALNOTE',
  ],
  'exodus / history of all assets': [
    'DATE,TYPE,FROMPORTFOLIO,TOPORTFOLIO,OUTAMOUNT,OUTCURRENCY,FEEAMOUNT,FEECURRENCY,FROMADDRESS,TOADDRESS,OUTTXID,OUTTXURL,INAMOUNT,INCURRENCY,INTXID,INTXURL,ORDERID,PERSONALNOTE',
    'DATE,TYPE,FROMPORTFOLIO,TOPORTFOLIO,OUTAMOUNT,OUTCURRENCY,FEEAMOUNT,FEECURRENCY,TOADDRESS,OUTTXID,OUTTXURL,INAMOUNT,INCURRENCY,INTXID,INTXURL,ORDERID,PERSONALNOTE',
    'DATE,TYPE,FROMPORTFOLIO,TOPORTFOLIO,OUTAMOUNT,OUTCURRENCY,FEEAMOUNT,FEECURRENCY,OUTTXID,OUTTXURL,INAMOUNT,INCURRENCY,INTXID,INTXURL,ORDERID,PERSONALNOTE,TOADDRESS',
  ],
  'exodus / staking rewards': ['Type,Buy,Cur.,Exchange,Group,Comment,Date'],
  'ftx / trades': [
    'ID,Time,Market,Side,Order Type,Size,Price,Total,Fee,Fee Currency',
    'ID,Time,Market,Side,Order Type,Size,Price,Total,Fee,Fee Currency,TWAP',
  ],
  'ftx / trades of the API': ['id,time,market,side,type,size,price,total,fee,feeCurrency'],
  'ftx / deposits': [
    ',Time,Coin,Amount,Status,Additional info,Transaction ID',
    ',Time,Coin,Amount,Status,Additional info,Transaction ID,',
  ],
  'ftx / deposits of the API': [
    'id,time,coin,size,status,txid',
    'id,time,coin,size,status,additionalInfo,txid,_delete',
  ],
  'ftx / withdrawals': [',Time,Coin,Amount,Destination,Status,Transaction ID,fee'],
  'ftx / withdrawals of the API': ['time,coin,size,address,status,txid,fee,id'],
  'ftx / lending': ['Time,Currency,Size,Hourly Funding Rate,Proceeds,Proceeds in USD'],
  'ftx / lending of the API': ['time,coin,size,rate,proceeds', 'time,coin,size,rate,proceeds,feeUsd'],
  'ftx / staking': ['Time,Notes,Coin,Reward'],
  'ftx / dust': ['time,from,to,size,fee,price,proceeds,status'],
  'ftx / funding payments': ['future,id,payment,rate,time'],
  'kraken-futures / account log': [
    'uid,dateTime,account,type,symbol,change,new balance,new average entry price,trade price,mark price,funding rate,realized pnl,fee,realized funding,collateral',
    'uid,dateTime,account,type,symbol,contract,change,new balance,new average entry price,trade price,mark price,funding rate,realized pnl,fee,realized funding,collateral,conversion spread percentage,liquidation fee,position uid,exchange rate,exchange rate from,conversion fee',
  ],
}

const found = async (header: string): Promise<string> => {
  const [table] = (await collect(`${header}\n`)).tables
  return table === undefined ? 'nothing' : `${table.source} / ${table.layout}`
}

describe('a header is recognised as its venue wrote it', () => {
  const all = Object.entries(HEADERS).flatMap(([expected, lines]) => lines.map((line) => [expected, line] as const))

  it.each(all)('%s: %s', async (expected, line) => {
    const names = line.split(',')
    expect(await found(line)).toBe(expected)
    expect(await found(names.map((name) => `\ufeff${name.replaceAll(' ', '\u00a0')} `).join(','))).toBe(expected)
    expect(await found(names.map((name) => `"${name}"`).join(';'))).toBe(expected)
    expect(await found(`${line},A column of tomorrow`)).toBe(expected)
    expect(await found(`${line},`)).toBe(expected)
  })
})
