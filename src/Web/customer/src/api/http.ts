import { operations, type Operations } from './types'
import { Problem } from './problem'
import { aboutThisApp } from '@/device'
import { platform } from '@/platform'
import { session } from '@/session'
import { texts } from '@/texts'

/** What goes along with a call, as the operation wants it. */
export type Input<N extends keyof Operations> = {
  [K in 'path' | 'query' | 'body' as undefined extends Operations[N][K] ? never : K]: Operations[N][K]
} & { key?: string }

const patience = 15_000

/**
 * Calls an operation of the host.
 * A read, and a write with a key, is tried once more when the connection failed: the host carries a key out once.
 * @throws Problem
 */
export async function call<N extends keyof Operations>(name: N, ...[input]: {} extends Input<N> ? [Input<N>?] : [Input<N>]): Promise<Operations[N]['answer']> {
  const [method, template, takesKey] = operations[name]
  const { path, query, body, key } = (input ?? {}) as { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; key?: string }
  const request = { method, url: platform.site + filled(template, path) + written(query), body, key: takesKey ? (key ?? newKey()) : undefined }
  try {
    return (await send(request)) as Operations[N]['answer']
  } catch (thrown) {
    const problem = Problem.from(thrown)
    if (problem.kind === 'offline' && (method === 'GET' || takesKey)) return (await send(request)) as Operations[N]['answer']
    throw problem
  }
}

/** A key that no other action has. */
export function newKey(): string {
  const part = () => Math.floor(Math.random() * 0x1_0000_0000).toString(36).padStart(7, '0')
  return `${Date.now().toString(36)}-${part()}${part()}`
}

interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  body?: unknown
  key?: string
}

function send({ method, url, body, key }: Request): Promise<unknown> {
  const asking = page()
  return new Promise((resolve, reject) => {
    uni.request({
      url,
      method,
      timeout: patience,
      // An absent body must stay absent, and uni writes objects as JSON for this content type only.
      data: body as UniApp.RequestOptions['data'],
      header: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
        ...(method === 'GET' ? {} : { 'X-Courier-Csrf': '1' }),
        ...(session.token ? { Authorization: `Bearer ${session.token}` } : {}),
        ...aboutThisApp(),
        ...(platform.cameFrom ? { 'X-Courier-From': platform.cameFrom } : {}),
        ...(asking ? { 'X-Courier-Page': asking } : {}),
      },
      success: ({ statusCode, data }) => {
        if (statusCode >= 200 && statusCode < 300) return resolve(data === '' ? undefined : data)
        const problem = Problem.of(statusCode, data)
        if (problem.kind === 'signed-out') session.forget()
        reject(problem)
      },
      fail: ({ errMsg }) =>
        reject(/time ?out/i.test(errMsg ?? '') ? new Problem('timeout', texts.problem.timeout) : new Problem('offline', texts.problem.offline)),
    })
  })
}

/**
 * Sends a file with an operation that takes one.
 * @param file Its path, as the chooser gave it.
 * @throws Problem
 */
export function upload<N extends keyof Operations>(name: N, file: string): Promise<Operations[N]['answer']> {
  const [, template] = operations[name]
  return new Promise((resolve, reject) => {
    uni.uploadFile({
      url: platform.site + template,
      filePath: file,
      name: 'file',
      timeout: patience,
      header: { 'X-Courier-Csrf': '1', ...(session.token ? { Authorization: `Bearer ${session.token}` } : {}), ...aboutThisApp() },
      success: ({ statusCode, data }) => {
        const body: unknown = parsed(data)
        if (statusCode >= 200 && statusCode < 300) resolve(body as Operations[N]['answer'])
        else reject(Problem.of(statusCode, body))
      },
      fail: () => reject(new Problem('offline', texts.problem.offline)),
    })
  })
}

/**
 * Fetches the file that an operation answers with.
 * @returns Its path on this device.
 * @throws Problem
 */
export function download<N extends keyof Operations>(name: N): Promise<string> {
  const [, template] = operations[name]
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: platform.site + template,
      header: { ...(session.token ? { Authorization: `Bearer ${session.token}` } : {}), ...aboutThisApp() },
      success: ({ statusCode, tempFilePath }) => (statusCode === 200 ? resolve(tempFilePath) : reject(Problem.of(statusCode, null))),
      fail: () => reject(new Problem('offline', texts.problem.offline)),
    })
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The page that asks, such as `send/send`: what is asked where is counted, without anything that is on it. */
function page(): string {
  const open = getCurrentPages()
  return (open[open.length - 1]?.route ?? '').replace(/^\/?pages\//, '')
}

function filled(template: string, path: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))
}

function written(query: Record<string, unknown> = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? '?' + parts.join('&') : ''
}
