import type { RulePack } from '../../pack.ts'
import { DROPS, MINING, neutralSwapRows, PASSIVE } from './base-treatments.ts'
import { flat, inYears, percent } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'Ustawa o PIT art. 17 (1) 11, 22 (14) to (16), 30b (1a)'

/** Poland, individuals. */
export const plPack: RulePack = tablePack({
  id: 'pl',
  name: 'Poland',
  currency: 'PLN',
  reliability: 'general',
  verify: [
    'Costs are purchases and fees paid in money in the year in which they were paid; fees paid in coins are no cost here.',
    'Field numbers of section E of PIT-38 are to be compared with the year’s form.',
  ],
  methods: only(
    'yearly-costs',
    'Ustawa o PIT art. 22 (14) to (16): costs of the year against revenue of the year, no lots',
  ),
  scope: 'universal',
  scopeAuthority: 'Ustawa o PIT art. 22 (14): all virtual currencies together',
  transferFee: 'drop',
  coinFee: 'drop',
  feeAuthority: 'Ustawa o PIT art. 22 (14): documented expenses of buying and selling',
  neutralSwaps: {
    taxableKinds: ['nft', 'derivative'],
    sameKindOnly: false,
    authority: 'Ustawa o PIT art. 17 (1f): one virtual currency for another is no disposal',
  },
  rows: [
    ...neutralSwapRows('Ustawa o PIT art. 17 (1f)'),
    {
      kinds: [...PASSIVE, ...MINING, ...DROPS],
      treatment: 'acquire-nil',
      authority: 'Taxed when sold, without cost',
    },
  ],
  year: {
    label: 'calendar',
    gains: [inYears(2022, null, { netting: 'revenue', loss: { use: 'none' }, rates: flat(percent(19_00n)) }, LAW)],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Pay and business income only')],
    form: {
      id: 'pl-pit-38',
      name: 'PIT-38, section E',
      rounding: 'cents',
      lines: [
        { id: 'pit38-revenue', label: 'PIT-38 E · Revenue', figure: 'proceeds' },
        { id: 'pit38-costs', label: 'PIT-38 E · Costs of the year', figure: 'costs-of-year' },
        { id: 'pit38-costs-before', label: 'PIT-38 E · Costs of earlier years, not set off', figure: 'costs-before' },
        { id: 'pit38-income', label: 'PIT-38 E · Income', figure: 'taxable' },
        { id: 'pit38-carried', label: 'PIT-38 E · Costs for later years', figure: 'carried-costs' },
        { id: 'pit38-tax', label: 'PIT-38 E · Tax at 19 percent', figure: 'tax' },
      ],
      authority: 'PIT-38 section E; field numbers to be verified',
    },
  },
})
