import type { RulePack } from '../../pack.ts'
import { flat, inYears, OTHER_GAINS, percent, whole } from './rows.ts'
import { only, tablePack } from './table-pack.ts'

const LAW = 'TCA 1997 ss. 28, 31, 601'

/** Ireland, individuals. */
export const iePack: RulePack = tablePack({
  id: 'ie',
  name: 'Ireland',
  currency: 'EUR',
  reliability: 'general',
  verify: [
    'That the four-week rules of shares reach crypto-assets, and that losses of earlier years come before the exemption, are to be verified.',
  ],
  facts: [OTHER_GAINS],
  methods: only('fifo', 'TCA 1997 ss. 580, 581: first in, first out, the last four weeks first'),
  scope: 'universal',
  scopeAuthority: 'TCA 1997 s. 580: all assets of a class',
  recentFirst: {
    days: 28,
    authority:
      'TCA 1997 s. 581: within four weeks before the newest first; a loss waits for units bought within four weeks after',
  },
  rows: [
    { kinds: ['gift_out'], treatment: 'exchange', authority: 'TCA 1997 s. 547: a gift is a disposal at market value' },
    { kinds: ['gift_in'], treatment: 'exchange', authority: 'TCA 1997 s. 547: acquired at market value' },
  ],
  year: {
    label: 'calendar',
    gains: [
      inYears(
        2022,
        null,
        {
          netting: 'net',
          loss: { use: 'forward' },
          allowance: { amount: whole(1_270n), order: 'losses-first' },
          rates: flat(percent(33_00n)),
        },
        LAW,
      ),
    ],
    income: [inYears(2022, null, { taxed: 'own-scale' }, 'Income tax, USC and PRSI')],
    form: {
      id: 'ie-cg1',
      name: 'Form CG1, or the CGT panel of Form 11',
      rounding: 'cents',
      lines: [
        { id: 'proceeds', label: 'Consideration', figure: 'proceeds' },
        { id: 'cost', label: 'Allowable cost, with fees of selling', figure: 'cost-and-fees' },
        { id: 'gains', label: 'Gains', figure: 'gains' },
        { id: 'losses', label: 'Losses of the year', figure: 'losses' },
        { id: 'losses-used', label: 'Losses of earlier years, used', figure: 'losses-used' },
        { id: 'exemption', label: 'Personal exemption, used', figure: 'allowance' },
        { id: 'taxable', label: 'Chargeable gain', figure: 'taxable' },
        { id: 'tax', label: 'Tax at 33 percent', figure: 'tax' },
        { id: 'carried', label: 'Losses carried forward', figure: 'carried-losses' },
      ],
      authority: 'Form CG1; panel letters to be verified',
    },
  },
})
