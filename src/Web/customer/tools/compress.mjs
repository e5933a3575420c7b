// Leaves a .br and a .gz beside every built file that is worth it, so that the host compresses nothing while it serves.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const built = fileURLToPath(new URL('../dist/build/h5', import.meta.url))
for (const entry of await readdir(built, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(html|js|css|json|svg|txt)$/.test(entry.name)) continue
  const path = join(entry.parentPath ?? entry.path, entry.name)
  const content = await readFile(path)
  if (content.length < 1024) continue
  await writeFile(path + '.br', brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  await writeFile(path + '.gz', gzipSync(content, { level: 9 }))
}
