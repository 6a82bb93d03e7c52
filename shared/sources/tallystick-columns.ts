/** The columns of our own table of the books, in order: written by the export, read by the source. */

/** Those of the first version, which every such table has. */
export const FIRST_COLUMNS = [
  'event',
  'time',
  'kind',
  'leg',
  'role',
  'account',
  'asset',
  'amount',
  'included',
  'value',
  'currency',
  'hash',
  'note',
] as const

export const LATER_COLUMNS = [
  'precision',
  'protocol',
  'for',
  'withheld',
  'acquired',
  'cost',
  'pool',
  'carry acquired',
  'carry cost',
  'carry value',
  'account id',
  'account kind',
  'account group',
  'account owner',
  'business',
  'asset id',
  'asset kind',
  'chain',
  'contract',
  'family',
  'more',
  'value by',
] as const

export const TALLYSTICK_COLUMNS = [...FIRST_COLUMNS, ...LATER_COLUMNS] as const
