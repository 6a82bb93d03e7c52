import { describe, expect, it } from 'vitest'
import { linesOfText } from './read-lines.ts'

/** What the events of a file are, without rows and times. */
const read = async (lines: readonly string[]): Promise<string[]> =>
  (await linesOfText(lines)).slice(1).map((line) => line.replace(/^[\d+]+ \d{4}-\S+ /, ''))

describe('Binance calls', () => {
  const HEADER = 'User_ID,UTC_Time,Account,Operation,Coin,Change,Remark'
  const row = (operation: string, change: string, coin = 'ADA', account = 'Spot', second = '00'): string =>
    `1,2022-03-05 10:11:${second},${account},${operation},${coin},${change},`

  const COMES_IN: readonly (readonly [kind: string, operations: readonly string[]])[] = [
    ['unmatched_in', ['Deposit', 'Send', 'P2P Trading']],
    [
      'lending_interest',
      [
        'Savings Interest',
        'Savings distribution',
        'Simple Earn Flexible Interest',
        'Simple Earn Locked Rewards',
        'BNB Vault Rewards',
      ],
    ],
    ['staking_reward', ['Staking Rewards', 'ETH 2.0 Staking Rewards', 'POS savings interest']],
    [
      'lp_reward',
      [
        'Launchpool Interest',
        'Launchpool Earnings Withdrawal',
        'Super BNB Mining',
        'Liquid Swap rewards',
        'Swap Farming Rewards',
        'DOT Slot Auction Rewards',
      ],
    ],
    ['mining', ['Pool Distribution']],
    [
      'airdrop',
      [
        'Distribution',
        'Airdrop Assets',
        'Simple Earn Flexible Airdrop',
        'Launchpool Airdrop',
        'Launchpool Airdrop - User Claim Distribution',
        'Launchpool Airdrop - System Distribution',
        'HODLer Airdrops Distribution',
      ],
    ],
    ['airdrop_task', ['Megadrop Rewards']],
    ['cashback', ['Cash Voucher distribution', 'Cashback Voucher', 'Binance Card Cashback']],
    ['learn_reward', ['Mission Reward Distribution', 'Campaign Related Reward']],
    ['other_income', ['Rewards Distribution']],
    ['gift_in', ['Crypto Box']],
    ['referral', ['Referral Commission', 'Commission History', 'Commission Rebate', 'Referrer rebates']],
    ['refund_in', ['Asset Recovery']],
    ['realised_profit', ['Realize profit and loss', 'Realized Profit and Loss']],
    ['realised_profit', ['Insurance Fund Compensation', 'Insurance Fund Refund']],
    ['margin_borrow', ['Margin Loan', 'Isolated Margin Loan']],
  ]
  it.each(COMES_IN.flatMap(([kind, operations]) => operations.map((operation) => [operation, kind] as const)))(
    '%s what comes in as %s',
    async (operation, kind) => {
      const more = operation === 'P2P Trading' ? ' | with Binance P2P' : ''
      expect(await read([HEADER, row(operation, '5')])).toEqual([`${kind}: in 5 ADA${more}`])
    },
  )

  it.each([['Referral Kickback'], ['Commission Fee Shared With You'], ['Referee rebates']])(
    '%s what gives fees back',
    async (operation) => {
      expect(await read([HEADER, row(operation, '5')])).toEqual(['fee_rebate: rebate 5 ADA'])
    },
  )

  it.each([
    ['Withdraw', 'unmatched_out'],
    ['Send', 'unmatched_out'],
    ['Crypto Box', 'gift_out'],
    ['Binance Card Spending', 'spend'],
    ['Asset Recovery', 'clawback'],
    ['Realize profit and loss', 'realised_loss'],
    ['Margin Repayment', 'margin_repay'],
    ['Cross Margin Liquidation - Repayment', 'margin_repay'],
  ])('%s what goes out as %s', async (operation, kind) => {
    expect(await read([HEADER, row(operation, '-5')])).toEqual([`${kind}: out 5 ADA`])
  })

  it.each([['Fiat Deposit'], ['Fiat OCBS - Add Fiat and Fees']])('%s money paid in', async (operation) => {
    expect(await read([HEADER, row(operation, '5', 'EUR')])).toEqual(['fiat_deposit: in 5 EUR'])
  })
  it.each([['Fiat Withdraw'], ['Fiat Withdrawal']])('%s money paid out', async (operation) => {
    expect(await read([HEADER, row(operation, '-5', 'EUR')])).toEqual(['fiat_withdrawal: out 5 EUR'])
  })

  it.each([
    ['Buy', 'Sell', 'trade'],
    ['Transaction Buy', 'Transaction Spend', 'trade'],
    ['Transaction Revenue', 'Transaction Sold', 'trade'],
    ['Transaction Related', 'Transaction Related', 'trade'],
    ['Binance Convert', 'Binance Convert', 'trade'],
    ['The Easiest Way to Trade', 'The Easiest Way to Trade', 'trade'],
    ['Buy Crypto', 'Buy Crypto', 'trade'],
    ['Buy Crypto With Card', 'Buy Crypto With Card', 'trade'],
    ['Instant Buy', 'Instant Buy', 'trade'],
    ['Auto-Invest Transaction', 'Auto-Invest Transaction', 'trade'],
    ['Leverage Token Redemption', 'Leverage Token Redemption', 'trade'],
    ['Liquid Swap Sell', 'Liquid Swap Sell', 'trade'],
    ['Swap Farming Transaction', 'Swap Farming Transaction', 'trade'],
    ['Futures Convert', 'Futures Convert', 'trade'],
    ['Asset Conversion Transfer', 'Asset Conversion Transfer', 'trade'],
    ['Large OTC trading', 'Large OTC trading', 'otc_trade'],
    ['Small assets exchange BNB', 'Small assets exchange BNB', 'dust_convert'],
    ['Small Assets Exchange BNB', 'Small Assets Exchange BNB', 'dust_convert'],
    ['ETH 2.0 Staking', 'ETH 2.0 Staking', 'liquid_stake'],
    ['Stablecoins Auto-Conversion', 'Stablecoins Auto-Conversion', 'forced_convert'],
    ['Token Swap - Distribution', 'Token Swap - Distribution', 'migration'],
    ['Token Swap - Redenomination/Rebranding', 'Token Swap - Redenomination/Rebranding', 'redenomination'],
    ['Asset - Transfer', 'Asset - Transfer', 'migration'],
    ['Leveraged Coin Consolidation', 'Leveraged Coin Consolidation', 'redenomination'],
  ])('%s and %s the sides of one event: %s', async (comesIn, goesOut, kind) => {
    const lines = [HEADER, row(goesOut, '-2', 'BNB'), row(comesIn, '5')]
    expect(await read(lines)).toEqual([`${kind}: out 2 BNB, in 5 ADA`])
  })

  it.each([['Fee'], ['Transaction Fee'], ['BNB Fee Deduction']])('%s the fee of a trade', async (operation) => {
    const lines = [HEADER, row('Sell', '-2', 'BTC'), row('Buy', '5'), row(operation, '-0.01', 'BNB')]
    expect(await read(lines)).toEqual(['trade: out 2 BTC, in 5 ADA, fee 0.01 BNB'])
  })

  it.each([
    ['transfer_in'],
    ['transfer_out'],
    ['Savings purchase'],
    ['Savings Principal redemption'],
    ['POS savings purchase'],
    ['POS savings redemption'],
    ['Staking Purchase'],
    ['Staking Redemption'],
    ['Simple Earn Flexible Subscription'],
    ['Simple Earn Flexible Redemption'],
    ['Simple Earn Locked Subscription'],
    ['Simple Earn Locked Redemption'],
    ['Launchpool Subscription'],
    ['Launchpool Redemption'],
    ['Launchpool Subscription/Redemption'],
    ['Liquid Swap Add'],
    ['Liquid Swap Add/Sell'],
    ['Liquidity Farming Remove'],
    ['Transfer Between Main and Funding Wallet'],
    ['Transfer Between Spot Account and UM Futures Account'],
    ['Transfer Between Spot Account and CM Futures Account'],
    ['Transfer Between Main Account/Futures and Margin Account'],
    ['Transfer Between Main And Mining Account'],
  ])('%s a move inside, which counts nowhere', async (operation) => {
    expect(await read([HEADER, row(operation, '-5')])).toEqual(['custody_move: info 5 ADA'])
  })

  it.each([['USDT-Futures'], ['USD-MFutures'], ['USD-M Futures'], ['Coin-M Futures'], ['Coin-MFutures']])(
    'fees of derivatives in %s apart from trades',
    async (account) => {
      const lines = [
        HEADER,
        row('Fee', '-0.5', 'BNB', account),
        row('Funding Fee', '-0.25', 'BNB', account, '01'),
        row('Funding Fee', '0.75', 'BNB', account, '02'),
      ]
      expect(await read(lines)).toEqual([
        'derivative_fee: fee 0.5 BNB',
        'funding_out: out 0.25 BNB',
        'funding_in: in 0.75 BNB',
      ])
    },
  )
})

describe('Crypto.com’s app calls', () => {
  const HEADER =
    'Timestamp (UTC),Transaction Description,Currency,Amount,To Currency,To Amount,Native Currency,Native Amount,Native Amount (in USD),Transaction Kind,Transaction Hash'
  const row = (kind: string, currency: string, amount: string, to = ',', native = '10'): string =>
    `2022-03-05 10:11:12,Something,${currency},${amount},${to},EUR,${native},11,${kind},`

  it.each([['crypto_exchange'], ['trading.limit_order.crypto_wallet.exchange']])(
    '%s a trade of two coins',
    async (kind) => {
      expect(await read([HEADER, row(kind, 'XRP', '-50', 'BTC,0.001')])).toEqual(['trade: out 50 XRP, in 0.001 BTC'])
    },
  )

  it.each([
    ['viban_purchase'],
    ['van_purchase'],
    ['recurring_buy_order'],
    ['trading.limit_order.cash_account.purchase_commit'],
  ])('%s a purchase', async (kind) => {
    expect(await read([HEADER, row(kind, 'EUR', '-95', 'BTC,0.001')])).toEqual(['buy: out 95 EUR, in 0.001 BTC'])
  })

  it.each([['crypto_purchase'], ['trading.crypto_purchase.google_pay']])(
    '%s a purchase by card, whose price is the native amount',
    async (kind) => {
      expect(await read([HEADER, row(kind, 'BTC', '0.001', ',', '95')])).toEqual(['buy: out 95 EUR, in 0.001 BTC'])
    },
  )

  it.each([['crypto_viban_exchange'], ['crypto_to_van_sell_order'], ['trading.limit_order.fiat_wallet.sell_commit']])(
    '%s a sale',
    async (kind) => {
      expect(await read([HEADER, row(kind, 'BTC', '-0.001', 'EUR,94')])).toEqual(['sell: out 0.001 BTC, in 94 EUR'])
    },
  )

  it('card_top_up a sale whose money lies on the card', async () => {
    expect(await read([HEADER, row('card_top_up', 'CRO', '-100')])).toEqual([
      'sell: out 100 CRO, in 10 EUR @crypto-com-card',
    ])
  })

  it.each([
    ['dust_conversion', 'dust_convert'],
    ['dynamic_coin_swap', 'forced_convert'],
    ['crypto_wallet_swap', 'forced_convert'],
    ['interest_swap', 'forced_convert'],
    ['lockup_swap', 'forced_convert'],
  ])('%s_debited and _credited one event', async (name, kind) => {
    const lines = [HEADER, row(`${name}_credited`, 'CRO', '27'), row(`${name}_debited`, 'MCO', '-1')]
    expect(await read(lines)).toEqual([`${kind}: out 1 MCO = 10 EUR, in 27 CRO = 10 EUR`])
  })

  const INCOME: readonly (readonly [kind: string, words: readonly string[]])[] = [
    [
      'lending_interest',
      [
        'crypto_earn_interest_paid',
        'crypto_earn_extra_interest_paid',
        'finance.crypto_earn.loyalty_program_extra_interest_paid.crypto_wallet',
      ],
    ],
    [
      'staking_reward',
      [
        'mco_stake_reward',
        'supercharger_reward_to_app_credited',
        'finance.dpos.compound_interest.crypto_wallet',
        'finance.dpos.non_compound_interest.crypto_wallet',
        'finance.lockup.dpos_compound_interest.crypto_wallet',
      ],
    ],
    ['learn_reward', ['rewards_platform_deposit_credited', 'campaign_reward']],
    ['referral', ['referral_bonus', 'referral_gift']],
    [
      'cashback',
      [
        'referral_card_cashback',
        'reimbursement',
        'transfer_cashback',
        'pay_checkout_reward',
        'gift_card_reward',
        'lockup_swap_rebate',
      ],
    ],
    ['other_income', ['admin_wallet_credited', 'dynamic_coin_swap_bonus_exchange_deposit']],
    ['airdrop', ['airdrop_locked']],
    ['refund_in', ['crypto_payment_refund']],
  ]
  it.each(INCOME.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)))(
    '%s what comes in as %s',
    async (word, kind) => {
      expect(await read([HEADER, row(word, 'CRO', '5')])).toEqual([`${kind}: in 5 CRO = 10 EUR`])
    },
  )

  it.each([
    ['card_cashback_reverted', 'clawback'],
    ['reimbursement_reverted', 'clawback'],
    ['crypto_payment', 'spend'],
  ])('%s what goes out as %s', async (word, kind) => {
    expect(await read([HEADER, row(word, 'CRO', '-5', ',', '-10')])).toEqual([`${kind}: out 5 CRO = 10 EUR`])
  })

  it.each([
    ['crypto_deposit', ''],
    ['exchange_to_crypto_transfer', ' | with Crypto.com Exchange'],
    ['crypto_transfer', ' | with another user of Crypto.com'],
    ['invest_withdrawal', ' | with Crypto.com Invest'],
  ])('%s what arrives from a place not proved', async (word, more) => {
    expect(await read([HEADER, row(word, 'CRO', '5')])).toEqual([`unmatched_in: in 5 CRO${more}`])
  })
  it.each([
    ['crypto_withdrawal', ''],
    ['crypto_to_exchange_transfer', ' | with Crypto.com Exchange'],
    ['airdrop_to_exchange_transfer', ' | with Crypto.com Exchange'],
    ['crypto_transfer', ' | with another user of Crypto.com'],
    ['invest_deposit', ' | with Crypto.com Invest'],
  ])('%s what leaves for a place not proved', async (word, more) => {
    expect(await read([HEADER, row(word, 'CRO', '-5')])).toEqual([`unmatched_out: out 5 CRO${more}`])
  })

  it.each([
    ['viban_deposit', '5', 'fiat_deposit: in 5 EUR'],
    ['viban_withdrawal', '-5', 'fiat_withdrawal: out 5 EUR'],
    ['viban_card_top_up', '-5', 'fiat_withdrawal: out 5 EUR | with Crypto.com Card'],
  ])('%s money', async (word, amount, expected) => {
    expect(await read([HEADER, row(word, 'EUR', amount)])).toEqual([expected])
  })

  it.each([
    ['crypto_earn_program_created'],
    ['crypto_earn_program_withdrawn'],
    ['lockup_lock'],
    ['lockup_unlock'],
    ['lockup_upgrade'],
    ['supercharger_deposit'],
    ['supercharger_withdrawal'],
    ['council_node_deposit_created'],
    ['finance.lockup.dpos_lock.crypto_wallet'],
    ['finance.lockup.dpos_unlock.crypto_wallet'],
    ['finance.dpos.staking.crypto_wallet'],
    ['finance.dpos.unstaking.crypto_wallet'],
    ['trading.limit_order.fiat_wallet.purchase_lock'],
    ['trading.limit_order.cash_account.purchase_unlock'],
    ['viban_deposit_precredit'],
    ['viban_deposit_precredit_repayment'],
  ])('%s a move inside, which counts nowhere', async (word) => {
    expect(await read([HEADER, row(word, 'CRO', '-5')])).toEqual(['custody_move: info 5 CRO'])
  })
})

describe('Bitstamp calls', () => {
  const HEADER =
    'ID,Account,Type,Subtype,Datetime,Amount,Amount currency,Value,Value currency,Rate,Rate currency,Fee,Fee currency,Order ID'
  it.each([
    ['Deposit', 'EUR', 'fiat_deposit: in 5 EUR'],
    ['Card Deposit', 'EUR', 'fiat_deposit: in 5 EUR'],
    ['Ripple deposit', 'XRP', 'unmatched_in: in 5 XRP'],
    ['Withdrawal', 'EUR', 'fiat_withdrawal: out 5 EUR'],
    ['Card Withdrawal', 'EUR', 'fiat_withdrawal: out 5 EUR'],
    ['Ripple payment', 'XRP', 'unmatched_out: out 5 XRP'],
    ['Staking reward', 'ADA', 'staking_reward: in 5 ADA'],
    ['Sub Account Transfer', 'XRP', 'custody_move: info 5 XRP'],
    ['Settlement transfer', 'XRP', 'custody_move: info 5 XRP'],
    ['Started generating rewards', 'ADA', 'custody_move: info 5 ADA'],
    ['Stopped generating rewards', 'ADA', 'custody_move: info 5 ADA'],
  ])('%s', async (type, currency, expected) => {
    expect(await read([HEADER, `1,Main Account,${type},,2025-01-02T09:00:00Z,5,${currency},,,,,,,`])).toEqual([
      expected,
    ])
  })
})

describe('eToro calls', () => {
  const HEADER =
    'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA'
  it.each([
    ['Withdrawal Conversion Fee', '-2.5', 'network_fee: fee 2.5 USD'],
    ['Withdraw Fee', '-5', 'network_fee: fee 5 USD'],
    ['Rollover Fee', '-0.1', 'funding_out: out 0.1 USD'],
    ['Interest Payment', '0.5', 'other_income: in 0.5 USD'],
    ['Start Copy', '-100', 'custody_move: info 100 USD'],
    ['Stop Copy', '100', 'custody_move: info 100 USD'],
  ])('%s', async (type, amount, expected) => {
    expect(await read([HEADER, `02/01/2024 10:00:00,${type},,${amount},-,0,545,545,-,,0`])).toEqual([expected])
  })
  it('SDRT a charge on shares', async () => {
    expect(await read([HEADER, '02/01/2024 10:00:00,SDRT,ZZCO/USD,-1,-,0,545,545,-,,0'])).toEqual([
      '2 skipped: it is about shares, funds or metals, not about crypto',
    ])
  })
})
