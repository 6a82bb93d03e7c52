import { RouterProvider } from '@tanstack/react-router'
import { router } from './router.tsx'

/** The frame around an open ledger: rail, middle, trace drawer, with the router's screen in the middle. */
export function Shell() {
  return <RouterProvider router={router} />
}
