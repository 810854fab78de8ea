import {fileURLToPath} from 'node:url'
import license, {type Dependency} from 'rollup-plugin-license'
import {defineConfig, type Plugin} from 'vite'

/** Two outputs of one source: the page that Keyswitch serves, and the package for other pages. */
export default defineConfig(({mode}) => (mode === 'library' ? library : page))

/** Styles stand in the sources as people read them, and in what is built as browsers do. */
const compactStyles: Plugin = {
  name: 'compact-styles',
  transform: (code, id) =>
    id.includes('/src/') && id.endsWith('.ts')
      ? {
          code: code.replace(/css`[^`]*`/g, (styles) => styles.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ')),
          map: null,
        }
      : null,
  enforce: 'pre',
}

/**
 * Gives each language its own copy of the formats, so that its file imports nothing. Rollup would leave them in the main file.
 * A page may have loaded that under another URL, and importing it again would define the elements twice; and page.js awaits
 * its language while it is evaluated, so it would wait for itself.
 */
const languagesAlone: Plugin = {
  name: 'languages-alone',
  apply: 'build',
  enforce: 'pre',
  async resolveId(source, importer) {
    const language = importer?.match(/\/language\/([a-z]+)\.ts$/)?.[1]
    if (source !== './formats.js' || language === undefined || language === 'en') return null
    const formats = await this.resolve(source, importer, {skipSelf: true})
    return formats && `${formats.id}?${language}`
  },
}

const LANGUAGE_FILES = 'language-[name].js'

/** Who wrote what stands in a file beside Keyswitch's own sources, and on which terms. */
const licensesBeside = (directory: string) =>
  license({
    thirdParty: {
      output: {
        file: fileURLToPath(new URL(`${directory}/licenses.txt`, import.meta.url)),
        template: (dependencies: Dependency[]) => dependencies.map((one) => one.text()).join('\n\n---\n\n') + '\n',
      },
    },
  })

const library = defineConfig({
  plugins: [compactStyles, languagesAlone, licensesBeside('dist')],
  publicDir: false,
  build: {
    target: 'es2022',
    lib: {entry: 'src/index.ts', formats: ['es'], fileName: () => 'keyswitch.js'},
    rollupOptions: {output: {chunkFileNames: LANGUAGE_FILES}},
  },
})

const pageDirectory = process.env['KEYSWITCH_PAGE_DIRECTORY'] ?? '../server/src/main/resources/web'

const page = defineConfig({
  plugins: [compactStyles, languagesAlone, licensesBeside(pageDirectory)],
  base: './',
  build: {
    outDir: pageDirectory,
    emptyOutDir: true,
    target: 'es2022',
    // Languages have nothing to preload.
    modulePreload: false,
    // Names without a hash: the server lists its files, and compares ETags.
    rollupOptions: {
      output: {entryFileNames: 'page.js', chunkFileNames: LANGUAGE_FILES, assetFileNames: 'page[extname]'},
    },
  },
})
