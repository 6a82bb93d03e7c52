import type { RulePack } from '../../pack.ts'
import { inYears, OWN_SCALE } from './rows.ts'
import { tablePack } from './table-pack.ts'

const FAQ = 'National Tax Agency, FAQ on crypto-assets'

/** Japan, individuals. */
export const jpPack: RulePack = tablePack({
  id: 'jp',
  name: 'Japan',
  currency: 'JPY',
  reliability: 'secondary',
  verify: [
    'The tax outline of 2026 (separate tax of 20.315 percent for some assets, expected from 2028) is not law here.',
    'Employees with 200,000 JPY or less of such income need not file; that rule is not applied.',
    'A change of method needs a filed notice, and as a rule three years under the method before; to be verified.',
  ],
  methods: {
    menu: ['total-average', 'moving-average'],
    standard: 'total-average',
    authority: `${FAQ}: total average, or the moving average after a filed election for each coin`,
    change: {
      when: 'year-start',
      authority: 'Income Tax Act Enforcement Order art. 119-2 to 119-4: by notice, for whole years',
    },
  },
  scope: 'universal',
  scopeAuthority: `${FAQ}: one average for each coin over all accounts`,
  rows: [
    {
      kinds: ['gift_out'],
      treatment: 'exchange',
      authority: 'Income Tax Act art. 40: a gift counts at market value; to be verified',
    },
    { kinds: ['gift_in'], treatment: 'exchange', authority: 'Acquired at market value; to be verified' },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        { netting: 'net', loss: { use: 'none' }, rates: OWN_SCALE },
        'Income Tax Act art. 35: miscellaneous income, 5 to 45 percent and 10 percent local tax; no set-off outside it',
      ),
    ],
    income: [inYears(2022, null, { taxed: 'with-gains' }, `${FAQ}: market value on receipt, miscellaneous income`)],
    form: {
      id: 'jp-crypto-sheet-sums',
      name: 'Calculation sheet for crypto-assets: sums, for miscellaneous income of return form B',
      rounding: 'whole',
      list: { id: 'jp-crypto-sheet', name: 'Calculation sheet for crypto-assets', kind: 'yearly-average' },
      lines: [
        { id: 'proceeds', label: 'Proceeds', figure: 'proceeds' },
        { id: 'cost', label: 'Cost of what was sold', figure: 'cost' },
        { id: 'fees', label: 'Fees', figure: 'fees' },
        { id: 'gain', label: 'Net of the sales', figure: 'net' },
        { id: 'received', label: 'Income on receipt', figure: 'income-with-gains' },
        { id: 'miscellaneous', label: 'Miscellaneous income', figure: 'taxable' },
      ],
      // 暗号資産の計算書（総平均法用・移動平均法用）. The fonts of the reports have no Japanese letters.
      authority: `${FAQ}; the unit cost may be rounded up to a whole yen`,
    },
  },
})
