import type { RulePack } from '../../pack.ts'
import { inYears, OTHER_GAINS, OWN_SCALE, percent, whole } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'Income Tax Act 58 of 1962, Eighth Schedule'

const year = (exclusion: bigint) =>
  ({
    netting: 'net',
    loss: { use: 'forward' },
    allowance: { amount: whole(exclusion), order: 'allowance-first' },
    included: percent(40_00n),
    rates: OWN_SCALE,
  }) as const

/** South Africa, individuals on capital account. */
export const zaPack: RulePack = tablePack({
  id: 'za',
  name: 'South Africa',
  currency: 'ZAR',
  reliability: 'secondary',
  verify: [
    'Holdings are taken to be on capital account; position P20 puts them on revenue account, taxed in full.',
    'That the weighted average is not open to crypto-assets, and the source codes of the ITR12, are to be verified.',
  ],
  yearStart: { month: 3, day: 1 },
  facts: [OTHER_GAINS],
  methods: {
    menu: ['fifo', 'specific'],
    standard: 'fifo',
    authority: 'Eighth Schedule para. 32: specific identification or FIFO; the weighted average is for listed classes',
  },
  scope: 'universal',
  scopeAuthority: 'Eighth Schedule para. 32',
  positions: [
    {
      id: 'P20',
      standard: 'private',
      choices: ['private', 'trader'],
      authority: 'SARS: the purpose of acquiring decides',
    },
  ],
  rows: [
    {
      kinds: ['gift_out'],
      treatment: 'exchange',
      authority: 'Eighth Schedule para. 38: a donation is at market value',
    },
    { kinds: ['gift_in'], treatment: 'exchange', authority: 'Eighth Schedule para. 38: acquired at market value' },
  ],
  year: {
    label: 'split',
    gains: [
      inYears(2022, 2025, year(40_000n), `${LAW}: inclusion of 40 percent, annual exclusion of 40,000`, '03-01'),
      inYears(2026, null, year(50_000n), `${LAW}: annual exclusion of 50,000 from 1 March 2026`, '03-01'),
    ],
    chosen: [
      {
        position: 'P20',
        choice: 'trader',
        gains: [
          inYears(
            2022,
            null,
            { netting: 'net', loss: { use: 'other-income' }, rates: OWN_SCALE },
            'Income Tax Act s. 1 “gross income”: revenue account, taxed in full',
            '03-01',
          ),
        ],
      },
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Gross income at market value on receipt', '03-01')],
    form: {
      id: 'za-itr12',
      name: 'ITR12, capital gains',
      rounding: 'cents',
      lines: [
        { id: 'proceeds', label: 'Proceeds', figure: 'proceeds' },
        { id: 'base-cost', label: 'Base cost, with fees of selling', figure: 'cost-and-fees' },
        { id: 'gains', label: 'Gains', figure: 'gains' },
        { id: 'losses', label: 'Losses', figure: 'losses' },
        { id: 'exclusion', label: 'Annual exclusion, used', figure: 'allowance' },
        { id: 'losses-used', label: 'Assessed losses of earlier years, used', figure: 'losses-used' },
        { id: 'taxable', label: 'Taxable capital gain at 40 percent', figure: 'taxable' },
        { id: 'carried', label: 'Assessed capital loss carried forward', figure: 'carried-losses' },
        { id: 'income', label: 'Income (source code to be verified)', figure: 'income' },
      ],
      authority: 'ITR12 capital gains section; codes to be verified',
    },
  },
})
