import type { RulePack } from '../../pack.ts'
import { inYears, OWN_SCALE } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const PRIVATE = 'DBG Art. 16 Abs. 3: gains on private movable wealth are free'

/** Switzerland, private wealth. */
export const chPack: RulePack = tablePack({
  id: 'ch',
  name: 'Switzerland',
  currency: 'CHF',
  reliability: 'general',
  verify: [
    'Values of 31 December are to be taken from the list of the Federal Tax Administration where it has the asset.',
    'Whether trading is professional follows Circular 36; position P20 says so.',
  ],
  methods: only('fifo', 'Book-keeping only: private gains are free'),
  scope: 'universal',
  scopeAuthority: 'Book-keeping only',
  untaxed: [{ unless: { position: 'P20', choice: 'trader' }, authority: PRIVATE }],
  positions: [{ id: 'P20', standard: 'private', choices: ['private', 'trader'], authority: 'Circular 36 of the FTA' }],
  rows: [],
  year: {
    label: 'calendar',
    gains: [inYears(2022, null, { netting: 'net', loss: { use: 'none' }, rates: OWN_SCALE }, PRIVATE)],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'DBG Art. 16 and 20: staking, mining, airdrops, lending')],
    wealth: [inYears(2022, null, { at: 'end' }, 'StHG Art. 13 and 14: value of 31 December')],
    form: {
      id: 'ch-securities-list-sums',
      name: 'Wertschriftenverzeichnis: sums',
      rounding: 'cents',
      list: { id: 'ch-securities-list', name: 'Wertschriftenverzeichnis', kind: 'holdings' },
      lines: [
        { id: 'wealth', label: 'Value on 31 December', figure: 'wealth' },
        { id: 'income', label: 'Income of the year', figure: 'income' },
        { id: 'private-gains', label: 'Private gains, free', figure: 'untaxed' },
        { id: 'trade', label: 'Gains of a professional trader', figure: 'taxable' },
      ],
      authority: 'List of securities of the cantons',
    },
  },
})
