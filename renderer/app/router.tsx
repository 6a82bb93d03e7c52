import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { BooksStage } from '../stages/books/books-stage.tsx'
import { FileStage } from '../stages/file/file-stage.tsx'
import { ReadInStage } from '../stages/read-in/read-in-stage.tsx'
import { SourcesStage } from '../stages/sources/sources-stage.tsx'
import { TransfersStage } from '../stages/transfers/transfers-stage.tsx'
import { LedgerView } from '../views/ledger/ledger-view.tsx'
import { LinksView } from '../views/links/links-view.tsx'
import { ReportsView } from '../views/reports/reports-view.tsx'
import { RulesView } from '../views/rules/rules-view.tsx'
import { SettingsView } from '../views/settings/settings-view.tsx'
import { ChangeoverView } from '../views/tax/changeover-view.tsx'
import { CompareView } from '../views/tax/compare-view.tsx'
import { PersonView } from '../views/tax/person-view.tsx'
import { PositionsView } from '../views/tax/positions-view.tsx'
import { TaxView } from '../views/tax/tax-view.tsx'
import { Frame } from './frame.tsx'
import { onNavigate, SCREENS } from './screens.ts'
import { useStages } from './stages.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NextStage })

/**
 * Paths name screens and nothing else: no account, asset or search text goes into the address, because browsers keep
 * addresses.
 */
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: NextStage }),
  createRoute({ getParentRoute: () => root, path: '/books', component: BooksStage }),
  createRoute({ getParentRoute: () => root, path: '/sources', component: SourcesStage }),
  createRoute({ getParentRoute: () => root, path: '/read-in', component: ReadInStage }),
  createRoute({ getParentRoute: () => root, path: '/transfers', component: TransfersStage }),
  createRoute({ getParentRoute: () => root, path: '/file', component: FileStage }),
  createRoute({ getParentRoute: () => root, path: '/ledger', component: LedgerView }),
  createRoute({ getParentRoute: () => root, path: '/ledger/rules', component: RulesView }),
  createRoute({ getParentRoute: () => root, path: '/ledger/told-twice', component: LinksView }),
  createRoute({ getParentRoute: () => root, path: '/tax', component: TaxView }),
  createRoute({ getParentRoute: () => root, path: '/tax/positions', component: PositionsView }),
  createRoute({ getParentRoute: () => root, path: '/tax/compare', component: CompareView }),
  createRoute({ getParentRoute: () => root, path: '/tax/you', component: PersonView }),
  createRoute({ getParentRoute: () => root, path: '/tax/changeover', component: ChangeoverView }),
  createRoute({ getParentRoute: () => root, path: '/reports', component: ReportsView }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsView }),
]

export const router = createRouter({ routeTree: root.addChildren(routes), history: createHashHistory() })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

onNavigate((path) => void router.navigate({ to: path }))

/** The first thing to do: the first stage that is not done, otherwise the tax totals. */
function NextStage() {
  const stages = useStages()
  if (!stages.data && !stages.error) return null
  const next = stages.data?.stages.find((stage) => stage.state !== 'done')
  const screen = SCREENS.find((each) => each.stage !== null && each.stage === next?.id)
  return <Navigate to={screen?.path ?? '/tax'} replace />
}
