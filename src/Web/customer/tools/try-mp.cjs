// Starts the built mini-program without WeChat's tools and looks at pages: each is complete, each link leads to one, and some are opened
// and used in miniprogram-simulate, with a WeChat and a host of the script's own.
//   npm run build:mp-weixin && node tools/try-mp.cjs
const assert = require('node:assert/strict')
const { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join, resolve } = require('node:path')
const { JSDOM } = require('jsdom')

const source = resolve(__dirname, '../src')
const build = resolve(__dirname, '../dist/build/mp-weixin')
// Out of the folder whose package.json makes every script a module.
const folder = mkdtempSync(join(tmpdir(), 'courier-mp-'))
const asked = []
const went = []
const battery = { verdict: 'conditional', name: '充电宝', reason: '含锂电池', condition: '额定能量不超过 100 Wh' }
const answers = {
  '/api/customer/v1/app/version': { platform: 'mp-weixin', version: '1.0.0', minimum: '0.0.0', state: 'current', text: '', news: '' },
  '/api/customer/v1/goods/check': { ...battery, items: [battery], unknown: [], text: '' },
}

main().then(() => console.log('the mini-program starts, and each of its pages opens'), (thrown) => {
  console.error(thrown)
  process.exitCode = 1
}).finally(() => rmSync(folder, { recursive: true, force: true }))

async function main() {
  cpSync(build, folder, { recursive: true })
  const { pages } = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8'))
  assert.ok(pages.length > 15)
  for (const page of pages) for (const part of ['js', 'json', 'wxml']) assert.ok(existsSync(join(folder, `${page}.${part}`)), `${page}.${part} is missing`)
  for (const link of links(source)) assert.ok(pages.includes(link), `a link leads to ${link}, which is no page`)
  play()
  await home()
  await goods()
  await each(pages)
}

/** All addresses of pages that the source names. */
function links(at) {
  const files = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(vue|ts)$/.test(file))
  return new Set(files.flatMap((file) => [...readFileSync(join(at, file), 'utf8').matchAll(/['"`]\/(pages\/[a-z-]+\/[a-z-]+)/g)].map((found) => found[1])))
}

/** WeChat as far as pages ask it, before any page is read. */
function play() {
  const { window } = new JSDOM('<!doctype html><body></body>', { url: 'https://mini.program/', pretendToBeVisual: true })
  for (const name of Object.getOwnPropertyNames(window)) if (!(name in global) || name === 'document') Object.defineProperty(global, name, { value: window[name], configurable: true, writable: true })
  global.window = window
  require('miniprogram-simulate')
  const device = { platform: 'android', system: 'Android 14', model: 'test', brand: 'test', language: 'zh_CN', version: '8.0.49', SDKVersion: '3.5.0', pixelRatio: 2, windowWidth: 390, windowHeight: 800, screenWidth: 390, screenHeight: 844, statusBarHeight: 24, safeArea: { top: 24, left: 0, right: 390, bottom: 844, width: 390, height: 820 }, fontSizeSetting: 16 }
  const storage = new Map()
  Object.assign(global.wx, {
    getSystemInfoSync: () => device, getDeviceInfo: () => device, getWindowInfo: () => device, getAppBaseInfo: () => device, getSystemSetting: () => device, getAppAuthorizeSetting: () => ({}),
    getStorageSync: (name) => storage.get(name) ?? '', setStorageSync: (name, value) => storage.set(name, value), removeStorageSync: (name) => storage.delete(name),
    getLaunchOptionsSync: () => ({ query: {} }), getEnterOptionsSync: () => ({ query: {} }), getAccountInfoSync: () => ({ miniProgram: { appId: 'wxdemo0000000002' } }), canIUse: () => true,
    onAppShow() {}, onAppHide() {}, onError() {}, onPageNotFound() {}, onUnhandledRejection() {}, onThemeChange() {}, onNetworkStatusChange() {},
    navigateTo: ({ url }) => went.push(url), switchTab: ({ url }) => went.push(url),
    request({ url, method, header, success }) {
      const path = url.replace(/^https?:\/\/[^/]+/, '').split('?')[0]
      asked.push({ path, url, method, header })
      setTimeout(() => success({ statusCode: answers[path] ? 200 : 404, data: answers[path] ?? { code: 'request.not_found', title: '没有' }, header: {} }), 0)
    },
  })
  let app = null
  Object.assign(global, { App: (options) => (app = options), Page: () => undefined, getApp: () => app, getCurrentPages: () => [] })
  require(join(folder, 'app.js'))
  app.onLaunch?.({ query: {} })
}

async function open(page) {
  const simulate = require('miniprogram-simulate')
  const opened = simulate.render(simulate.load(join(folder, page), undefined, { compiler: 'official', rootPath: folder }))
  opened.attach(document.createElement('parent-wrapper'))
  opened.instance.onLoad?.({})
  opened.instance.onShow?.()
  await simulate.sleep(50)
  return opened
}

function shown(page) {
  return page.dom.textContent.replace(/\s+/g, ' ')
}

/** What the customer does to something on a page. */
async function does(page, selector, event, detail) {
  const element = page.querySelector(selector)
  assert.ok(element, `${selector} is not on the page`)
  element.dom.__wxElement.triggerEvent(event, detail)
  await require('miniprogram-simulate').sleep(50)
}

async function home() {
  const page = await open('pages/home/home')
  assert.match(shown(page), /查快递/)
  const version = asked.find((call) => call.path.endsWith('/app/version'))
  assert.match(version.header['X-Courier-App'], /^mp-weixin\/\d+\.\d+\.\d+$/)
  assert.match(version.header['X-Courier-Device'], /^[A-Za-z0-9_-]{8,64}$/)
  await does(page, '.tile', 'tap')
  assert.deepEqual(went, ['/pages/send/send'])
}

async function goods() {
  const page = await open('pages/goods/goods')
  await does(page, '.input', 'input', { value: '充电宝' })
  await does(page, '.btn', 'tap')
  assert.equal(asked.at(-1).url.split('q=')[1], encodeURIComponent('充电宝'))
  assert.match(shown(page), /有条件可寄/)
}

/** Each page opens and says something, with nobody signed in and a host that knows little. */
async function each(pages) {
  for (const page of pages) assert.ok(shown(await open(page)).length > 3, `${page} is empty`)
}
