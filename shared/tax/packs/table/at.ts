import type { RulePack } from '../../pack.ts'
import { DROPS, MINING, neutralSwapRows, POOLS, SWAPS, WRAPPERS } from './base-treatments.ts'
import { date, flat, inYears, OWN_SCALE, percent } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'EStG § 27b as of the ecological and social tax reform 2022 (ÖkoStRefG 2022 Teil I)'

/** Austria, private wealth. */
export const atPack: RulePack = tablePack({
  id: 'at',
  name: 'Austria',
  currency: 'EUR',
  reliability: 'general',
  verify: [
    'The code numbers of form E1kv (171, 173, 175) are to be compared with the form of the year; gains where a domestic provider withheld tax (174) are not told apart.',
    'In 2022 FIFO or another choice was still possible; the moving average is used from the first unit on.',
    'Coins received for old holdings count as new ones at the cost of the old (cautious); whether their market value is the cost is to be verified.',
    'The option for the regular scale is position P25; that scale, and the exemption of up to 22 EUR of capital income, are not computed.',
  ],
  methods: only('moving-average', 'EStG § 27a (4) 3a; KryptowährungsV: moving average by wallet, mandatory from 2023'),
  scope: 'account',
  scopeAuthority: 'KryptowährungsV: the average of each wallet or address',
  oldHoldings: {
    acquiredTo: date('2021-02-28'),
    authority:
      'EStG § 124b Z 384: units acquired before 1 March 2021 stay under the old law, and leave first unless named',
  },
  // Units acquired by 28 February 2021 are old holdings: free a year after acquisition, as before the reform.
  holding: {
    rule: 'after-months',
    months: 12,
    acquiredTo: date('2021-02-28'),
    longIs: 'exempt',
    authority: 'EStG § 31 and § 124b Z 384: units acquired before 1 March 2021',
  },
  periods: [{ to: date('2022-02-28'), value: 'speculation', authority: 'EStG § 31: disposals before 1 March 2022' }],
  feeRelief: {
    acquisition: false,
    disposal: false,
    authority: 'EStG § 20 (2) and § 27a (4) 2: no expenses and no incidental costs at the special rate',
  },
  neutralSwaps: {
    taxableKinds: ['nft', 'derivative'],
    sameKindOnly: false,
    authority: 'EStG § 27b (3) 2: coins for coins are no disposal; against NFTs and asset tokens they are',
  },
  positions: [{ id: 'P25', standard: 'flat', choices: ['flat', 'scale'], authority: 'EStG § 27a (5)' }],
  rows: [
    ...neutralSwapRows('EStG § 27b (3) 2').map((row) => ({ ...row, from: date('2022-03-01') })),
    {
      kinds: [...SWAPS, ...WRAPPERS, ...POOLS],
      treatment: 'exchange',
      to: date('2022-02-28'),
      authority: 'EStG § 31: a swap is a disposal under the old law',
    },
    {
      kinds: ['staking_reward', 'validator_reward', 'mev_reward', ...DROPS, 'fork'],
      treatment: 'acquire-nil',
      authority: 'EStG § 27b (2): staking, airdrops, bounties and hard forks are no income; their cost is nil',
    },
    { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: 'EStG § 27b (2) 1' },
    { kinds: MINING, treatment: 'income', head: 'mining', authority: 'EStG § 27b (2) 2' },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        {
          netting: 'net',
          loss: { use: 'none' },
          rates: flat(percent(27_50n)),
          apart: { speculation: { rates: OWN_SCALE } },
        },
        LAW,
      ),
    ],
    chosen: [
      {
        position: 'P25',
        choice: 'scale',
        gains: [
          inYears(
            2022,
            null,
            { netting: 'net', loss: { use: 'none' }, rates: OWN_SCALE, apart: { speculation: { rates: OWN_SCALE } } },
            'EStG § 27a (5): option for the regular scale',
          ),
        ],
      },
    ],
    income: [
      inYears(
        2022,
        null,
        { taxed: 'own-scale', headsWithGains: ['lending', 'mining', 'liquidity'] },
        'EStG § 27b (2), § 27a (1): 27.5 percent, set off with losses of the same rate',
      ),
    ],
    form: {
      id: 'at-e1kv',
      name: 'E1kv',
      rounding: 'cents',
      lines: [
        { id: 'e1kv-171', label: 'E1kv 171 · Current income from cryptocurrencies', figure: 'income-with-gains' },
        { id: 'e1kv-173', label: 'E1kv 173 · Realised gains', figure: 'gains' },
        { id: 'e1kv-175', label: 'E1kv 175 · Losses', figure: 'losses' },
        { id: 'old-holdings', label: 'Old holdings, outside the tax', figure: 'untaxed' },
        {
          id: 'speculation',
          label: 'Speculative gains before 1 March 2022 (form E1)',
          figure: 'speculation',
          to: 2022,
        },
        { id: 'taxable', label: 'Taxed at 27.5 percent', figure: 'chargeable' },
        { id: 'tax', label: 'Tax at 27.5 percent', figure: 'tax' },
      ],
      authority: 'Form E1kv; numbers to be verified',
    },
  },
})
