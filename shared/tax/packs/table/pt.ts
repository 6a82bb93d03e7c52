import type { RulePack } from '../../pack.ts'
import { DROPS, neutralSwapRows, PASSIVE } from './base-treatments.ts'
import { date, flat, inYears, OTHER_GAINS, OWN_SCALE, percent } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'CIRS art. 10 (1) k), (17) to (23), as of the budget law for 2023 (Lei 24-D/2022)'

/** Portugal, individuals outside business. */
export const ptPack: RulePack = tablePack({
  id: 'pt',
  name: 'Portugal',
  currency: 'EUR',
  reliability: 'general',
  verify: [
    'Aggregation, with losses carried for five years, is position P25; its scale is not computed.',
    'The exemption after 365 days needs a counterparty in the EU, the EEA or a treaty state; to be verified.',
    'Quadros of Anexo G, G1, J and E are to be compared with the year’s forms.',
  ],
  facts: [OTHER_GAINS],
  methods: only('fifo', 'CIRS art. 43: first in, first out within each custodian'),
  scope: 'account',
  scopeAuthority: 'CIRS art. 43 (8): by custodian; to be verified',
  holding: { rule: 'days', days: 365, longIs: 'exempt', authority: 'CIRS art. 10 (19): held 365 days or more' },
  positions: [
    {
      id: 'P25',
      standard: 'flat',
      choices: ['flat', 'scale'],
      authority: 'CIRS art. 72 (8) and following: option for aggregation',
    },
  ],
  untaxed: [{ to: date('2022-12-31'), authority: 'Not taxed before Lei 24-D/2022' }],
  neutralSwaps: {
    taxableKinds: ['nft', 'derivative'],
    sameKindOnly: false,
    authority: 'CIRS art. 10 (20): crypto-assets for crypto-assets are not taxed; cost and date go over',
  },
  rows: [
    ...neutralSwapRows('CIRS art. 10 (20)'),
    {
      kinds: [...PASSIVE, ...DROPS],
      treatment: 'acquire-nil',
      authority: 'CIRS art. 5 (11): paid in crypto-assets, taxed when they are sold',
    },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        2022,
        { netting: 'none', loss: { use: 'none' }, rates: flat(percent(28_00n)) },
        'Not taxed before 2023',
      ),
      inYears(2023, null, { netting: 'net', loss: { use: 'none' }, rates: flat(percent(28_00n)) }, LAW),
    ],
    chosen: [
      {
        position: 'P25',
        choice: 'scale',
        gains: [
          inYears(2022, 2022, { netting: 'none', loss: { use: 'none' }, rates: OWN_SCALE }, 'Not taxed before 2023'),
          inYears(
            2023,
            null,
            { netting: 'net', loss: { use: 'forward', years: 5 }, rates: OWN_SCALE },
            'CIRS art. 55 and 72: aggregated, losses wait five years',
          ),
        ],
      },
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'CIRS category B: mining and business')],
    form: {
      id: 'pt-modelo-3',
      name: 'IRS Modelo 3',
      rounding: 'cents',
      lines: [
        { id: 'g-proceeds', label: 'Anexo G, quadro 18 · Proceeds, held under 365 days', figure: 'proceeds' },
        { id: 'g-cost', label: 'Anexo G, quadro 18 · Cost', figure: 'cost' },
        { id: 'g-fees', label: 'Anexo G, quadro 18 · Expenses', figure: 'fees' },
        { id: 'g-taxable', label: 'Anexo G, quadro 18 · Taxable gain', figure: 'taxable' },
        { id: 'g1-exempt', label: 'Anexo G1, quadro 7 · Held 365 days or more, exempt', figure: 'untaxed' },
        { id: 'tax', label: 'Tax at 28 percent', figure: 'tax' },
      ],
      authority: 'Modelo 3, Anexo G and G1; quadros to be verified',
    },
  },
})
