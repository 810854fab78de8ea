import {fileURLToPath} from 'node:url'
import license, {type Dependency} from 'rollup-plugin-license'
import {defineConfig, type Plugin} from 'vite'

const served = process.env['KEYSWITCH_PAGE_DIRECTORY'] ?? '../server/src/main/resources/web'

/** The components are the same in the package and on the server, which also has a page around them. */
export default defineConfig(({mode}) => {
  if (mode === 'package') return components('dist')
  return mode === 'served' ? components(served) : page
})

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
 * A page may have loaded that under another URL, for instance one with its version, and importing it again would define the
 * elements twice.
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

/** The components: one module, with its languages beside it. */
const components = (directory: string) =>
  defineConfig({
    plugins: [compactStyles, languagesAlone, licensesBeside(directory)],
    publicDir: false,
    base: './',
    build: {
      outDir: directory,
      emptyOutDir: true,
      target: 'es2022',
      // Languages have nothing to preload.
      modulePreload: false,
      rollupOptions: {
        input: {keyswitch: 'src/index.ts'},
        preserveEntrySignatures: 'strict',
        output: {entryFileNames: '[name].js', chunkFileNames: 'language-[name].js'},
      },
    },
  })

/** The page loads the components as any other page does, and before its own script asks for them. */
const componentsBeside: Plugin = {
  name: 'components-beside',
  apply: 'build',
  enforce: 'pre',
  transformIndexHtml: () => [{tag: 'link', attrs: {rel: 'modulepreload', href: './keyswitch.js'}}],
  resolveId: (source) => (source === '../index.js' ? {id: './keyswitch.js', external: true} : null),
}

const page = defineConfig({
  plugins: [componentsBeside],
  base: './',
  build: {
    outDir: served,
    // The components are there already.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    // Names without a hash: the server lists its files, and compares ETags.
    rollupOptions: {output: {entryFileNames: 'page.js', assetFileNames: 'page[extname]'}},
  },
})
