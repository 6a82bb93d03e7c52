import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { RulePack } from '../../pack.ts'
import { FR_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate
const perMille = (rate: bigint): Money => ((rate * ONE_MONEY) / 1000n) as Money

/** France, individuals whose disposals are occasional; the whole tax household is one portfolio. */
export const frPack: RulePack = {
  id: 'fr',
  name: 'France',
  carriesIn: ['frAcquisition', 'frConsumed', 'frSoultes'],
  toVerify: [
    'The social levies of 18.6 % from income of 2025 are read from comments on the social security finance act for 2026; some sources say 2026.',
    'Whether fees of a purchase are part of the price paid, and how staking, lending and airdrops are taxed, no text says.',
  ],
  tableYears: [2022, 2026],
  currency: 'EUR' as CurrencyCode,
  yearStart: { month: 1, day: 1 },
  methods: {
    menu: ['portfolio-fr'],
    standard: 'portfolio-fr',
    authority: 'CGI art. 150 VH bis, III: one acquisition price for the whole portfolio',
  },
  scope: [{ value: 'universal', authority: 'CGI art. 150 VH bis, III: all digital assets of the tax household' }],
  scopeChoice: [{ value: 'universal', authority: 'CGI art. 150 VH bis, III' }],
  swapValue: 'received',
  swapAuthority: 'CGI art. 150 VH bis, III-A: the price is what is received',
  neutralSwaps: {
    taxableKinds: ['nft'],
    unless: { position: 'fr.nft', choice: 'digital-asset' },
    sameKindOnly: false,
    authority: 'CGI art. 150 VH bis, II-A',
  },
  fees: [
    {
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'drop', transfer: 'drop' },
      authority: 'CGI art. 150 VH bis, III-A: fees of the disposal reduce the price; notice of form 2086, line 214',
    },
  ],
  feeReliefChoice: {
    position: 'fr.purchase_fees',
    choice: 'exclude',
    relief: { acquisition: false, disposal: true, authority: 'CGI art. 150 VH bis, III-B, read narrowly' },
  },
  transferFeeChoices: { ignore: 'drop', drop: 'drop', dispose: 'dispose' },
  gainHeads: {
    heads: ['derivative', 'nft'],
    authority: 'CGI art. 150 ter: derivatives; works that are unique are no digital assets',
  },
  holding: { rule: 'none', authority: 'No distinction by time held' },
  treatments: FR_TREATMENTS,
  residence: {
    exitDisposal: false,
    entryStepUp: false,
    authority: 'CGI art. 150 VH bis: the original cost counts; art. 167 bis reaches securities only; to verify',
  },
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'event',
  foreignMoney: { rule: 'exempt', authority: 'Any legal tender counts alike; art. 150 VH bis taxes its receipt' },
  boxes: [],
  identification: {
    dateTest: false,
    assumedOrderFrom: null,
    brokerFrom: null,
    authority: 'CGI art. 150 VH bis, III: no units are identified',
  },
  positions: [
    {
      id: 'fr.purchase_fees',
      standard: 'include',
      choices: ['include', 'exclude'],
      authority: 'CGI art. 150 VH bis, III-B: the price actually paid; no doctrine on fees',
    },
    {
      id: 'fr.nft',
      standard: 'apart',
      choices: ['apart', 'digital-asset'],
      authority: 'Case by case: art. L. 54-10-1 of the Code monétaire et financier for digital assets',
    },
    {
      id: 'fr.gifts',
      standard: 'none',
      choices: ['none', 'fraction'],
      authority: 'CGI art. 150 VH bis, III-B: fractions contained in earlier disposals, with or without a price',
    },
  ],
  year: {
    rule: 'fr',
    exemption: [{ value: (305n * ONE_MONEY) as Money, authority: 'CGI art. 150 VH bis, II-B' }],
    rates: [
      {
        from: date('2019-01-01'),
        to: date('2024-12-31'),
        value: { incomeTax: perMille(128n), socialLevies: perMille(172n) },
        authority: 'CGI art. 200 C; CSS art. L. 136-8',
      },
      {
        from: date('2025-01-01'),
        value: { incomeTax: perMille(128n), socialLevies: perMille(186n) },
        authority: 'CGI art. 200 C; social security finance act for 2026, to be verified for income of 2025',
      },
    ],
  },
  periods: [],
}
