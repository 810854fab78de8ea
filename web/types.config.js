import {dts} from 'rollup-plugin-dts'

/** The types of the package, as one file without those of its dependencies. */
export default {
  input: 'src/index.ts',
  output: {file: 'dist/index.d.ts'},
  plugins: [dts()],
}
