/** Cointelli’s universal format. Times are UTC. */
import { toolSource } from './tool-source.ts'

const SIDES = ['Out Currency', 'Out Quantity', 'In Currency', 'In Quantity', 'Fee Currency', 'Fee Quantity']

export const cointelli = toolSource({
  id: 'cointelli',
  name: 'Cointelli',
  howToGet: 'Your own file after Cointelli’s universal template.',
  columns: {
    sent: [['Out Quantity'], ['Out Currency']],
    received: [['In Quantity'], ['In Currency']],
    fee: [['Fee Quantity'], ['Fee Currency']],
    words: [['Type']],
    note: ['Comments'],
  },
  layouts: [
    {
      layout: 'universal format',
      required: ['Timestamp', 'Type', ...SIDES],
      optional: ['Comments'],
      identity: ['Timestamp', ...SIDES],
      time: ['Timestamp'],
    },
  ],
})
