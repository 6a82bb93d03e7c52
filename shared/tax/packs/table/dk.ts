import type { RulePack } from '../../pack.ts'
import { inYears, OWN_SCALE, percent } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'Statsskatteloven § 5 a: bought to be sold at a gain, which is presumed'

/** Denmark, individuals. */
export const dkPack: RulePack = tablePack({
  id: 'dk',
  name: 'Denmark',
  currency: 'DKK',
  reliability: 'general',
  verify: [
    'Losses are relieved at about 26 percent; the percentage of the year and the boxes (20, 58, newer 346) are to be verified.',
    'A bill of 2024 for taxing year-end values was not found enacted and is not applied.',
  ],
  methods: {
    menu: ['fifo', 'specific'],
    standard: 'fifo',
    authority: 'Skattestyrelsen: FIFO, unless the units sold can be shown',
  },
  scope: 'universal',
  scopeAuthority: 'Skattestyrelsen: FIFO over all wallets',
  rows: [],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        { netting: 'gains', loss: { use: 'none' }, rates: OWN_SCALE, lossRelief: percent(26_00n) },
        `${LAW}; losses are a deduction of their own`,
      ),
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Box 20')],
    form: {
      id: 'dk-oplysningsskema',
      name: 'Oplysningsskema',
      rounding: 'whole',
      lines: [
        { id: 'box-20', label: 'Box 20 · Gains', figure: 'gains' },
        { id: 'box-20-income', label: 'Box 20 · Income from mining and staking', figure: 'income' },
        { id: 'box-58', label: 'Box 58 · Losses', figure: 'losses' },
        { id: 'relief', label: 'Tax value of the losses at 26 percent', figure: 'relief' },
      ],
      authority: 'Boxes to be verified',
    },
  },
})
