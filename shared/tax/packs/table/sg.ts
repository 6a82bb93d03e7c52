import type { RulePack } from '../../pack.ts'
import { inYears, OWN_SCALE } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'IRAS: no tax on capital gains; trading income is taxed'

/** Singapore, individuals. */
export const sgPack: RulePack = tablePack({
  id: 'sg',
  name: 'Singapore',
  currency: 'SGD',
  reliability: 'general',
  verify: ['Whether gains are those of a trade follows the badges of trade; position P20 says so.'],
  methods: only('fifo', 'Book-keeping only: gains are not taxed'),
  scope: 'universal',
  scopeAuthority: 'Book-keeping only',
  untaxed: [{ unless: { position: 'P20', choice: 'trader' }, authority: LAW }],
  positions: [{ id: 'P20', standard: 'private', choices: ['private', 'trader'], authority: LAW }],
  rows: [],
  year: {
    label: 'calendar',
    gains: [inYears(2022, null, { netting: 'net', loss: { use: 'none' }, rates: OWN_SCALE }, LAW)],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Mining and trade income; other receipts are to be verified')],
    form: {
      id: 'sg-form-b',
      name: 'Form B',
      rounding: 'cents',
      lines: [
        { id: 'trade', label: 'Gains of a trade', figure: 'taxable' },
        { id: 'income', label: 'Income of the year', figure: 'income' },
        { id: 'untaxed', label: 'Capital gains, not taxed', figure: 'untaxed' },
      ],
      authority: 'Form B',
    },
  },
})
