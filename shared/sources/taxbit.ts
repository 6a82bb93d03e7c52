/** TaxBit’s table for manual import. Times have a zone; the places of both sides stand in the row. */
import { toolSource } from './tool-source.ts'

const SIDES = ['Sent Quantity', 'Sent Currency', 'Received Quantity', 'Received Currency', 'Fee', 'Fee Currency']

export const taxBit = toolSource({
  id: 'taxbit',
  name: 'TaxBit',
  howToGet: 'Your own file after TaxBit’s template for manual import.',
  columns: {
    sent: [['Sent Quantity'], ['Sent Currency']],
    received: [['Received Quantity'], ['Received Currency']],
    fee: [['Fee'], ['Fee Currency']],
    words: [['Transaction Type']],
    sentWallet: ['Sending Source'],
    receivedWallet: ['Receiving Destination'],
    hash: ['Blockchain Transaction Hash', 'Exchange Transaction ID'],
  },
  layouts: [
    {
      layout: 'manual import',
      required: ['Date and Time', 'Transaction Type', ...SIDES],
      optional: ['Sending Source', 'Receiving Destination', 'Exchange Transaction ID', 'Blockchain Transaction Hash'],
      identity: [
        'Date and Time',
        ...SIDES,
        'Sending Source',
        'Receiving Destination',
        'Exchange Transaction ID',
        'Blockchain Transaction Hash',
      ],
      time: ['Date and Time'],
    },
  ],
})
