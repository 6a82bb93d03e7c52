import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { Icon } from '../components/icon.tsx'
import { addByHand } from '../views/ledger/add-start.ts'
import { NEW_RULE, writeRule } from '../views/rules/rule-start.ts'
import { useCountry } from '../views/tax/tax-reads.ts'
import { sayFailure, useAct, useUndo } from './acts.tsx'
import { useClients } from './client.ts'
import { keepFile } from './keep-file.ts'
import { showShortcuts } from './keyboard.tsx'
import { lockLedger } from './lock.ts'
import styles from './palette.module.css'
import { MOD } from './platform.ts'
import { useRead } from './queries.ts'
import { goTo, LEDGER_PAGES, SCREENS, TAX_PAGES } from './screens.ts'
import { useSession, useTaxYear } from './session.ts'
import { reopenTrace } from './trace-store.ts'

/** Everything that can be done, by typing a few letters of it. */
export function Palette() {
  const clients = useClients()
  const session = useSession()
  const act = useAct()
  const { undo, redo } = useUndo()
  const [year, choose] = useTaxYear()
  const { setColorScheme } = useMantineColorScheme()
  const reports = useRead({
    topics: ['session', 'filings', 'tax', 'events', 'batches', 'decisions', 'transfers', 'prices'],
    name: 'reports.list',
    read: ({ engine }, signal) => engine.reports.list(undefined, { signal }),
  })

  const download = async (form: string, format: 'pdf' | 'csv'): Promise<void> => {
    try {
      await keepFile(clients, await clients.engine.reports.render({ form, year, format }))
    } catch (error) {
      sayFailure(error)
    }
  }

  const country = useCountry()
  const pages = TAX_PAGES.filter(
    ({ path, asks }) => path !== '/tax' && (asks === null || country?.positions.includes(asks)),
  )
  const go: SpotlightActionData[] = [
    ...SCREENS,
    ...LEDGER_PAGES.filter(({ path }) => path !== '/ledger').map(({ path, name }) => ({
      path,
      name: `Ledger: ${name}`,
    })),
    ...pages.map(({ path, name }) => ({ path, name: `Tax: ${name}` })),
  ].map((screen) => ({
    id: screen.path,
    label: screen.name,
    onClick: () => goTo(screen.path),
  }))
  const acts: SpotlightActionData[] = [
    ...(session.canUndo === null
      ? []
      : [{ id: 'undo', label: `Undo: ${session.canUndo}`, onClick: () => void undo(), rightSection: `${MOD} Z` }]),
    ...(session.canRedo === null
      ? []
      : [{ id: 'redo', label: `Do again: ${session.canRedo}`, onClick: () => void redo() }]),
    {
      id: 'propose',
      label: 'Look for transfer pairs',
      onClick: () =>
        void act(
          ({ engine }) => engine.transfers.propose(),
          () => 'Looking for pairs.',
        ),
    },
    { id: 'add', label: 'Add an event by hand', onClick: () => addByHand() },
    { id: 'rule', label: 'Write a rule', onClick: () => writeRule(NEW_RULE) },
    { id: 'trace', label: 'Show the last trace', onClick: reopenTrace },
    { id: 'lock', label: 'Lock the ledger', onClick: () => void lockLedger(clients) },
    { id: 'shortcuts', label: 'Keyboard shortcuts', onClick: showShortcuts },
    { id: 'light', label: 'Light theme', onClick: () => setColorScheme('light') },
    { id: 'dark', label: 'Dark theme', onClick: () => setColorScheme('dark') },
    { id: 'auto', label: 'Theme of this computer', onClick: () => setColorScheme('auto') },
    ...[-1, 1].map((step) => ({
      id: `year${step}`,
      label: `Tax year ${year + step}`,
      onClick: () => choose(year + step),
    })),
  ]
  const forms: SpotlightActionData[] = (reports.data ?? [])
    .filter((report) => report.years.includes(year))
    .flatMap((report) =>
      (['pdf', 'csv'] as const)
        .filter((format) => report.formatsByYear.some((each) => each.year === year && each.formats.includes(format)))
        .map((format) => ({
          id: `${report.id}-${format}`,
          label: `Save ${report.title} ${year} as ${format.toUpperCase()}`,
          onClick: () => void download(report.id, format),
        })),
    )

  return (
    <Spotlight
      shortcut="mod + K"
      actions={[
        { group: 'Do', actions: acts },
        { group: 'Go to', actions: go },
        { group: 'Reports', actions: forms },
      ]}
      title="Command palette"
      classNames={{ header: styles.title ?? '' }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      nothingFound="Nothing is called that."
      highlightQuery
      scrollable
      maxHeight={420}
      shadow="none"
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: 'Type what you want to do',
        'aria-label': 'Type what you want to do',
      }}
    />
  )
}
