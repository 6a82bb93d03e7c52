/** Damages every reader's examples ten thousand times each; the tests do it a thousand times. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('vitest', ['run', 'test/electron/intake/fuzz-', '--testTimeout=3600000'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, FUZZ_RUNS: process.argv[2] ?? '10000' },
})
process.exit(status ?? 1)
