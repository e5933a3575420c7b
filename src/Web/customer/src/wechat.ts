import { platform } from '@/platform'
import { wechatAccount } from '@/sign-in'
import { texts } from '@/texts'

/** What our host signs for a page in WeChat's own browser. */
interface Signed {
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
  jsApiList: string[]
}

/** A point on the map, GCJ-02 (as WeChat and our host count). */
export interface Point {
  lat: number
  lng: number
}

type Sdk = (typeof import('weixin-js-sdk'))['default']

/** A code that the camera read; null when the customer let it be. */
export async function scan(): Promise<string | null> {
  if (platform.isMiniProgram) {
    return new Promise((resolve) => uni.scanCode({ success: ({ result }) => resolve(result), fail: () => resolve(null) }))
  }
  const wx = await sdk()
  // Of a bar code WeChat tells the kind as well: CODE_128,1234567890.
  return new Promise((resolve) =>
    wx.scanQRCode({ needResult: 1, scanType: ['qrCode', 'barCode'], success: ({ resultStr }) => resolve(resultStr.split(',').pop() ?? null), cancel: () => resolve(null), fail: () => resolve(null) }))
}

/** Where the customer is. A plain browser counts by WGS-84, some hundred metres off: good enough for what is near. */
export async function whereAmI(): Promise<Point> {
  if (platform.isInWechat && !platform.isMiniProgram) {
    const wx = await sdk()
    return new Promise((resolve, reject) =>
      wx.getLocation({ type: 'gcj02', success: ({ latitude, longitude }) => resolve({ lat: Number(latitude), lng: Number(longitude) }), fail: reject, cancel: reject }))
  }
  if (platform.isMiniProgram) {
    const { latitude, longitude } = await uni.getLocation({ type: 'gcj02' })
    return { lat: latitude, lng: longitude }
  }
  return new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }), reject, { timeout: 10_000 }))
}

// The SDK wants a window as soon as it is read: it must not come into the mini-program's bundle.
let read: (() => Promise<{ default: Sdk }>) | null = null
// #ifdef H5
read = () => import('weixin-js-sdk')
// #endif

let ready: Promise<Sdk> | null = null

/** The JS-SDK, once it may be used on this page; it is fetched by those pages only that want it. */
function sdk(): Promise<Sdk> {
  ready ??= configure().catch((thrown) => {
    ready = null
    throw thrown
  })
  return ready
}

async function configure(): Promise<Sdk> {
  const [module, account] = await Promise.all([read?.(), wechatAccount()])
  const wx = module?.default
  if (!wx || !account) throw new Error(texts.nearby.noWechat)
  const url = location.href.split('#')[0]!
  const signed = await new Promise<Signed>((resolve, reject) =>
    uni.request({
      url: `/wechat/jssdk/${encodeURIComponent(account)}/config?url=${encodeURIComponent(url)}`,
      success: ({ statusCode, data }) => (statusCode === 200 ? resolve(data as Signed) : reject(new Error(texts.nearby.noWechat))),
      fail: reject,
    }))
  return new Promise((resolve, reject) => {
    wx.ready(() => resolve(wx))
    wx.error(reject)
    wx.config({ ...signed, debug: false, jsApiList: signed.jsApiList as never, openTagList: [] })
  })
}
