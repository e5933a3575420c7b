import { reactive, watch } from 'vue'
import { onShow } from '@dcloudio/uni-app'
import type { CustomerAnswer, SessionAnswer } from '@/api/types'

const place = 'courier.session'

interface Kept {
  /** The bearer token; empty where the session lies in a cookie that scripts cannot read. */
  token: string
  customer: CustomerAnswer
}

/** Who is signed in, for all pages. */
export const session = reactive({
  token: '',
  customer: null as CustomerAnswer | null,

  /** Keeps what a sign-in answered. */
  begin(answer: SessionAnswer): void {
    this.token = answer.token ?? this.token
    this.customer = answer.customer
    uni.setStorageSync(place, { token: this.token, customer: answer.customer } satisfies Kept)
  },

  /** Nobody is signed in any more. */
  forget(): void {
    this.token = ''
    this.customer = null
    uni.removeStorageSync(place)
  },

  /** Takes up what an earlier visit left. */
  restore(): void {
    const kept = uni.getStorageSync(place) as Kept | ''
    if (!kept || !kept.customer) return
    this.token = kept.token
    this.customer = kept.customer
  },
})

/**
 * Loads what only a customer sees: whenever the page is shown, and when it is known a moment later who came back from WeChat.
 * @param load Loads it.
 * @param clear Takes it away when nobody is signed in.
 */
export function whileSignedIn(load: () => void, clear: () => void = () => undefined): void {
  onShow(() => (session.customer ? load() : clear()))
  watch(() => session.customer?.id, (now, before) => now && !before && load())
}
