import type { RulePack } from '../../pack.ts'
import { flat, inYears, percent } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'Income-tax Act 1961 s. 115BBH; Income-tax Act 2025 from 1 April 2026'

/** India, individuals. */
export const inPack: RulePack = tablePack({
  id: 'in',
  name: 'India',
  currency: 'INR',
  reliability: 'secondary',
  verify: [
    'FIFO is practice, not law; whether it runs within a wallet is to be verified.',
    'The surcharge on higher incomes and the 1 percent deducted at source are not computed.',
    'Section numbers of the Income-tax Act 2025 are to be verified for years from 2026-27.',
  ],
  yearStart: { month: 4, day: 1 },
  methods: only('fifo', 'Practice; the Act names no method'),
  scope: 'universal',
  scopeAuthority: 'Practice; the Act names no unit',
  otherScope: 'account',
  disposalUnit: 'row',
  feeRelief: {
    acquisition: false,
    disposal: false,
    authority: 's. 115BBH(2)(a): no expenditure but the cost of acquisition',
  },
  nilCostHeads: { heads: ['mining'], authority: 'Infrastructure cost of mining is no cost of acquisition' },
  rows: [],
  year: {
    label: 'split',
    gains: [
      inYears(
        2022,
        null,
        { netting: 'gains', loss: { use: 'none' }, rates: flat(percent(30_00n), percent(4_00n)) },
        LAW,
        '04-01',
      ),
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 's. 56: at market value, slab rates', '04-01')],
    form: {
      id: 'in-schedule-vda-sums',
      name: 'Schedule VDA: sums',
      rounding: 'whole',
      list: { id: 'in-schedule-vda', name: 'Schedule VDA (ITR-2, ITR-3)', kind: 'vda' },
      lines: [
        { id: 'income', label: 'Income from transfer of virtual digital assets', figure: 'gains' },
        { id: 'losses', label: 'Losses, not set off', figure: 'losses' },
        { id: 'tax', label: 'Tax at 30 percent', figure: 'tax' },
        { id: 'cess', label: 'Health and education cess at 4 percent', figure: 'surcharge' },
        { id: 'other', label: 'Other income at slab rates', figure: 'income' },
      ],
      authority: 'Schedule VDA: column 7 is the consideration less the cost, not below zero',
    },
  },
})
