import type { Topic } from '../../../shared/contract/live.ts'

/** What makes a figure of the tax result stale. */
export const TAX_TOPICS: readonly Topic[] = ['tax', 'events', 'decisions', 'transfers', 'prices', 'batches']
