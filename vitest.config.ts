import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/kit/server.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
