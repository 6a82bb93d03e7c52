import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'
import { NONCE_PLACEHOLDER } from './electron/page/policy.ts'
import { RENDERER_OUT, ROOT, rendererStamp } from './scripts/renderer-build.ts'

/** The page of both windows: one build, served by the browser door and by the desktop door's `app://`. */
export default defineConfig({
  root: join(ROOT, 'renderer'),
  base: '/',
  plugins: [react(), rendererStamp()],
  css: { postcss: { plugins: [mantine()] } },
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: RENDERER_OUT,
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: { input: join(ROOT, 'renderer', 'index.html'), checks: { pluginTimings: false } },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
})
