import { shared } from '../../app/shared-value.ts'

const shown = shared<string | null>(null)

/** The report that is looked at; it stays while the person walks through other screens. */
export const useShownReport = shown.use

/** Shows a report on the Reports page; null closes it. */
export const showReport = shown.set
