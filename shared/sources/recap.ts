/** Recap’s custom CSV. Times are UTC. */
import { toolSource } from './tool-source.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['InOrBuyAmount', 'InOrBuyCurrency', 'OutOrSellAmount', 'OutOrSellCurrency', 'FeeAmount', 'FeeCurrency']

export const recap = toolSource({
  id: 'recap',
  name: 'Recap',
  howToGet: 'Your own file after Recap’s template for custom transactions.',
  dates: 'dmy',
  columns: {
    sent: [['OutOrSellAmount'], ['OutOrSellCurrency']],
    received: [['InOrBuyAmount'], ['InOrBuyCurrency']],
    fee: [['FeeAmount'], ['FeeCurrency']],
    words: [['Type']],
    hash: ['Transaction ID'],
    note: ['Description'],
  },
  words: vocabulary({ plain: ['purchase'] }),
  layouts: [
    {
      layout: 'custom CSV',
      required: ['Type', 'Date', ...SIDES],
      optional: ['Description', 'Transaction ID'],
      identity: ['Date', ...SIDES, 'Transaction ID'],
      time: ['Date'],
    },
  ],
})
