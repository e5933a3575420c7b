import { call } from '@/api/http'
import { platform } from '@/platform'
import { session } from '@/session'

const place = 'courier.signing-in'

/** What the host says about where the pages are served. */
interface SiteFacts {
  /** The account through which people sign in inside WeChat; null when there is none. */
  officialAccount: string | null
  /** The invented world of development, where every browser may act as WeChat's. */
  demo: boolean
}

/** The address of a page with its query, as links and sign-in use it: /pages/track/track?waybill=1. */
export function here(): string {
  const page = getCurrentPages().slice(-1)[0] as { route?: string; options?: Record<string, string>; $page?: { fullPath?: string } } | undefined
  if (page?.$page?.fullPath) return page.$page.fullPath
  const query = Object.entries(page?.options ?? {}).map(([name, value]) => `${name}=${value}`).join('&')
  return `/${page?.route ?? 'pages/home/home'}${query ? '?' + query : ''}`
}

/** Goes to the sign-in and comes back to this page afterwards. */
export function askToSignIn(): void {
  uni.navigateTo({ url: `/pages/sign-in/sign-in?next=${encodeURIComponent(here())}` })
}

/** The account to sign in with inside WeChat; null where that is not possible. */
export async function wechatAccount(): Promise<string | null> {
  if (platform.isMiniProgram) return null
  const facts = await new Promise<SiteFacts | null>((resolve) =>
    uni.request({ url: '/app/site.json', success: ({ statusCode, data }) => resolve(statusCode === 200 ? (data as SiteFacts) : null), fail: () => resolve(null) }))
  return facts && (platform.isInWechat || facts.demo) ? facts.officialAccount : null
}

/** Leaves for WeChat's consent and comes back to a page of ours, signed in by a cookie. */
export function leaveForWechat(appId: string, next: string): void {
  uni.setStorageSync(place, '1')
  const back = `/app/#${next}`
  location.href = `/wechat/oauth/${encodeURIComponent(appId)}/start?returnUrl=${encodeURIComponent(back)}`
}

/** After coming back from WeChat: who is signed in now? */
export async function resumeSignIn(): Promise<void> {
  if (platform.isMiniProgram || !uni.getStorageSync(place)) return
  uni.removeStorageSync(place)
  const answer = await call('ShowSession').catch(() => null)
  if (answer) session.begin(answer)
}

/** Signs in with the code of wx.login; the mini-program only. */
export async function signInByWechat(): Promise<void> {
  const { code } = await uni.login({ provider: 'weixin' })
  const { appId } = uni.getAccountInfoSync().miniProgram
  session.begin(await call('SignInByWechat', { body: { appId, code } }))
}
