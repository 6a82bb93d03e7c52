import type { RulePack } from '../../pack.ts'
import { inYears, OWN_SCALE } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'Income Tax Act 2007 s. CB 4: acquired for the purpose of disposal'

/** New Zealand, individuals. */
export const nzPack: RulePack = tablePack({
  id: 'nz',
  name: 'New Zealand',
  currency: 'NZD',
  reliability: 'general',
  verify: [
    'Gains are taxed where the coins were acquired for disposal, which is the normal case; position P20 “private” says that they were not.',
  ],
  yearStart: { month: 4, day: 1 },
  methods: {
    menu: ['fifo', 'moving-average'],
    standard: 'fifo',
    authority: 'Inland Revenue: FIFO or the average, one of them throughout',
    change: { when: 'never', authority: 'Inland Revenue: the method is kept' },
  },
  scope: 'universal',
  scopeAuthority: 'Inland Revenue; the unit is to be verified',
  otherScope: 'account',
  untaxed: [{ unless: { position: 'P20', choice: 'trader' }, authority: LAW }],
  positions: [{ id: 'P20', standard: 'trader', choices: ['trader', 'private'], authority: LAW }],
  rows: [],
  year: {
    label: 'split',
    gains: [
      inYears(
        2022,
        null,
        { netting: 'net', loss: { use: 'other-income' }, rates: OWN_SCALE },
        `${LAW}; 10.5 to 39 percent`,
        '04-01',
      ),
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Income at market value on receipt', '04-01')],
    form: {
      id: 'nz-ir3',
      name: 'IR3, other income',
      rounding: 'cents',
      lines: [
        { id: 'gains', label: 'Gains', figure: 'gains' },
        { id: 'losses', label: 'Losses', figure: 'losses' },
        { id: 'other-income', label: 'Other income: net of the disposals', figure: 'taxable' },
        { id: 'income', label: 'Other income: received', figure: 'income' },
        { id: 'untaxed', label: 'Not acquired for disposal', figure: 'untaxed' },
      ],
      authority: 'IR3; box to be verified',
    },
  },
})
