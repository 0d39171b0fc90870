import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { compressed } from './tools/compressed.ts';
import { firstPage } from './tools/first-page.ts';

/** Where `npm run dev` finds the app. */
const server = process.env.STUDIO_URL ?? 'http://localhost:8080';
const proxied = { target: server, changeOrigin: false, ws: true };

export default defineConfig({
  plugins: [react(), tailwindcss(), firstPage({ maxBytes: 250_000 }), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'baseline-widely-available',
    emptyOutDir: true,
    // Inlined files would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Plotly is one file of 1.4 MB, loaded with the first chart.
    chunkSizeWarningLimit: 1600,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': proxied, '/ws': proxied, '/links': proxied, '/upload': proxied, '/ask': proxied } },
  // One browser document for all tests: making one takes longer than the tests.
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true, pool: 'threads', isolate: false },
});
