import {defineConfig} from 'vitest/config'

/** The logic of the components, without a browser; how they look and behave in one is tested by the server's tests. */
export default defineConfig({
  test: {environment: 'happy-dom', include: ['src/**/*.test.ts']},
})
