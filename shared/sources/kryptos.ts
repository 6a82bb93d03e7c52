/** Kryptos’ universal template. `Net Worth` is the worth of the transaction in `Base Currency`; times are UTC. */
import { toolSource } from './tool-source.ts'

const SIDES = ['Received Asset', 'Received Amount', 'Sent Asset', 'Sent Amount', 'Fee Asset', 'Fee Amount']

export const kryptos = toolSource({
  id: 'kryptos',
  name: 'Kryptos',
  howToGet: 'Your own file after Kryptos’ universal template.',
  columns: {
    sent: [['Sent Amount'], ['Sent Asset']],
    received: [['Received Amount'], ['Received Asset']],
    fee: [['Fee Amount'], ['Fee Asset']],
    words: [['Type']],
    worth: [['Net Worth'], ['Base Currency']],
    hash: ['Tx Hash'],
    note: ['Description', 'Comment'],
    fromAddress: ['From Address'],
    toAddress: ['To Address'],
  },
  layouts: [
    {
      layout: 'universal template',
      required: ['Date-Time', 'Type', ...SIDES],
      optional: [
        'Net Worth',
        'Base Currency',
        'Fee Net Worth',
        'Description',
        'Tx Hash',
        'Sent Asset Contract Address',
        'Received Asset Contract Address',
        'From Address',
        'To Address',
        'Comment',
      ],
      identity: ['Date-Time', ...SIDES, 'Tx Hash'],
      time: ['Date-Time'],
    },
  ],
})
