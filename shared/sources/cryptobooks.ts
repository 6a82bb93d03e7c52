/** CryptoBooks’ universal file. Italian words are accepted; times are read in the zone that the user names. */
import { toolSource } from './tool-source.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['FROM CURRENCY', 'FROM AMOUNT', 'TO CURRENCY', 'TO AMOUNT', 'FEE CURRENCY', 'FEE AMOUNT']

export const cryptoBooks = toolSource({
  id: 'cryptobooks',
  name: 'CryptoBooks',
  howToGet: 'Your own file after CryptoBooks’ universal template, with English or Italian words.',
  dates: 'dmy',
  zone: 'ask',
  columns: {
    sent: [['FROM AMOUNT'], ['FROM CURRENCY']],
    received: [['TO AMOUNT'], ['TO CURRENCY']],
    fee: [['FEE AMOUNT'], ['FEE CURRENCY']],
    words: [['CATEGORY'], ['TYPE']],
    note: ['NOTES'],
  },
  words: vocabulary({ plain: ['scambio'] }),
  layouts: [
    {
      layout: 'universal file',
      required: ['TYPE', 'CATEGORY', 'TRANSACTION DATE', ...SIDES],
      optional: ['NOTES', 'ORIGINAL ID'],
      id: ['ORIGINAL ID'],
      identity: ['TRANSACTION DATE', ...SIDES],
      time: ['TRANSACTION DATE'],
    },
  ],
})
