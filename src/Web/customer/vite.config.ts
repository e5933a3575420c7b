import { defineConfig, type Plugin } from 'vite'
import * as uniModule from '@dcloudio/vite-plugin-uni'

const uni = (uniModule as any).default?.default ?? (uniModule as any).default ?? uniModule

// The H5 runtime fetches a shadow for its own use from its maker's server some seconds after the start. Our pages ask nobody but our own
// host, so that address becomes an empty picture, and those of its advertising become nothing; the server's Content-Security-Policy would refuse it anyway.
const foreign = /https:\/\/cdn\.dcloud\.net\.cn\/img\/shadow-[a-z]+\.png/g
const advertising = /https:\/\/ha[sc]1\.dcloud\.net\.cn\/[a-z0-9]+/g
const nothing = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

const own = (text: string) => text.replace(foreign, nothing).replace(advertising, '')

function nothingForeign(): Plugin {
  return {
    name: 'nothing-foreign',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = own(file.code)
        else if (typeof file.source === 'string') file.source = own(file.source)
      }
    },
  }
}

export default defineConfig({
  plugins: [uni(), nothingForeign()],
  server: { port: 5090, proxy: { '/api': 'http://127.0.0.1:5080', '/wechat': 'http://127.0.0.1:5080', '/s/': 'http://127.0.0.1:5080', '/app/site.json': 'http://127.0.0.1:5080' } },
})
