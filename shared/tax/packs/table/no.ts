import type { RulePack } from '../../pack.ts'
import { flat, inYears, percent } from './rows.ts'
import { tablePack } from './table-pack.ts'

const LAW = 'Skatteloven §§ 5-1, 6-1, 9-3: capital income at 22 percent, losses in full'

/** Norway, individuals. */
export const noPack: RulePack = tablePack({
  id: 'no',
  name: 'Norway',
  currency: 'NOK',
  reliability: 'general',
  verify: ['Fields of the return and the day of the wealth value are to be compared with the year’s return.'],
  methods: {
    menu: ['fifo', 'specific'],
    standard: 'fifo',
    authority: 'Skatteetaten: FIFO, unless the units can be traced',
  },
  scope: 'universal',
  scopeAuthority: 'Skatteetaten: FIFO over all wallets',
  rows: [],
  year: {
    label: 'calendar',
    gains: [inYears(2022, null, { netting: 'net', loss: { use: 'other-income' }, rates: flat(percent(22_00n)) }, LAW)],
    income: [inYears(2022, null, { taxed: 'with-gains', headsOnScale: ['salary', 'business'] }, LAW)],
    wealth: [inYears(2022, null, { at: 'end' }, 'Skatteloven kap. 4: value at the turn of the year')],
    form: {
      id: 'no-skattemelding',
      name: 'Skattemelding, virtuelle eiendeler',
      rounding: 'whole',
      list: { id: 'no-holdings-31-december', name: 'Holdings at the end of the year', kind: 'holdings' },
      lines: [
        { id: 'gain', label: 'Gevinst · Gains', figure: 'gains' },
        { id: 'loss', label: 'Tap · Losses', figure: 'losses' },
        { id: 'income', label: 'Inntekt · Income', figure: 'income-with-gains' },
        { id: 'taxable', label: 'Capital income in all', figure: 'taxable' },
        { id: 'tax', label: 'Tax at 22 percent', figure: 'tax' },
        { id: 'wealth', label: 'Formue · Value at the end of the year', figure: 'wealth' },
      ],
      authority: 'Skattemelding; fields to be verified',
    },
  },
})
