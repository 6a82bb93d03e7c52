/** Awaken’s template. The fiat amounts have no currency in the file and are left out; times are UTC. */
import { toolSource } from './tool-source.ts'

const SIDES = ['Received Quantity', 'Received Currency', 'Sent Quantity', 'Sent Currency', 'Fee Amount', 'Fee Currency']

export const awaken = toolSource({
  id: 'awaken',
  name: 'Awaken',
  howToGet: 'Awaken: Transactions → Export; or your own file after its template.',
  columns: {
    sent: [['Sent Quantity'], ['Sent Currency']],
    received: [['Received Quantity'], ['Received Currency']],
    fee: [['Fee Amount'], ['Fee Currency']],
    words: [],
    labels: [['Tag']],
    hash: ['Transaction Hash'],
    note: ['Notes'],
  },
  layouts: [
    {
      layout: 'template',
      required: ['Date', ...SIDES, 'Received Fiat Amount', 'Sent Fiat Amount'],
      optional: ['Transaction Hash', 'Notes', 'Tag'],
      identity: ['Date', ...SIDES, 'Transaction Hash'],
      time: ['Date'],
    },
  ],
})
