/**
 * The last net under a door: a promise that nobody waited for is logged by name and place, and the app goes on instead of
 * ending under the user's hands. Where it says anything, that is a bug to be mended at its place.
 */
export function keepRunning(): void {
  process.on('unhandledRejection', (reason) => {
    const what = reason instanceof Error ? (reason.stack ?? reason.name) : typeof reason
    process.stderr.write(`tallystick: a failure that nobody expected: ${what}\n`)
  })
}
