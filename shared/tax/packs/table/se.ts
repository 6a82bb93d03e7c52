import type { RulePack } from '../../pack.ts'
import { flat, inYears, percent } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'IL 52 kap.; Skatteverket: kryptovalutor'

/** Sweden, individuals. */
export const sePack: RulePack = tablePack({
  id: 'se',
  name: 'Sweden',
  currency: 'SEK',
  reliability: 'secondary',
  verify: [
    'The average method is Skatteverket’s own statement; treatment of income, fees and DeFi is to be verified.',
    'A deficit of capital gives a tax reduction (30 percent up to 100,000 SEK) that is not computed.',
  ],
  methods: only(
    'moving-average',
    'IL 48 kap. 7 §, Skatteverket: genomsnittsmetoden for each coin; the standard rule of 20 percent is not allowed',
  ),
  scope: 'universal',
  scopeAuthority: 'Skatteverket: all units of a coin together',
  rows: [
    {
      kinds: ['lend_supply', 'lend_withdraw'],
      treatment: 'exchange',
      authority: 'Skatteverket: lending is a disposal',
    },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        {
          netting: 'weighted',
          lossShare: percent(70_00n),
          loss: { use: 'other-income' },
          rates: flat(percent(30_00n)),
        },
        `${LAW}: 30 percent, 70 percent of losses`,
      ),
    ],
    income: [
      inYears(
        2022,
        null,
        { taxed: 'with-gains', headsOnScale: ['salary', 'business', 'mining'] },
        'Interest and staking: interest income (7.2); mining as a hobby: T2',
      ),
    ],
    form: {
      id: 'se-k4-sums',
      name: 'K4, section D: sums',
      rounding: 'whole',
      list: { id: 'se-k4', name: 'K4, section D', kind: 'k4' },
      also: { id: 'se-k4-fields', name: 'K4, section D: fields of the SRU file', kind: 'k4-fields' },
      lines: [
        { id: 'k4-proceeds', label: 'K4 D · Proceeds', figure: 'proceeds' },
        { id: 'k4-cost', label: 'K4 D · Cost', figure: 'cost-and-fees' },
        { id: 'k4-gains', label: 'K4 D · Gains', figure: 'gains' },
        { id: 'k4-losses', label: 'K4 D · Losses', figure: 'losses' },
        { id: 'deductible', label: '70 percent of the losses', figure: 'counted-losses' },
        { id: 'interest', label: '7.2 · Interest income', figure: 'income-with-gains' },
        { id: 'taxable', label: 'Net of capital from this ledger', figure: 'taxable' },
        { id: 'tax', label: 'Tax at 30 percent', figure: 'tax' },
      ],
      authority: 'K4 section D, whole SEK',
    },
  },
})
