import {defineConfig} from 'vite'

/** Two outputs of one source: the page that Keyswitch serves, and the package for other pages. */
export default defineConfig(({mode}) => (mode === 'library' ? library : page))

const library = defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    lib: {entry: 'src/index.ts', formats: ['es'], fileName: () => 'keyswitch.js'},
  },
})

const page = defineConfig({
  base: './',
  build: {
    outDir: process.env['KEYSWITCH_PAGE_DIRECTORY'] ?? '../src/main/resources/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: {polyfill: false},
    // Names without a hash: the server lists its files, and compares ETags.
    rollupOptions: {output: {entryFileNames: 'page.js', assetFileNames: 'page[extname]'}},
  },
})
