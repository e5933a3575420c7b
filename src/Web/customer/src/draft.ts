import { reactive, watch } from 'vue'
import type { Contact } from '@/contact'

const place = 'courier.draft'

/** How a parcel is handed over. */
export type SendKind = 'door' | 'locker' | 'outlet'

/** A place down to its district; the last ones may be empty. */
export interface Place {
  province: string
  city: string
  district: string
}

/** A parcel that the customer is about to send; numbers as they were typed. */
export interface Draft {
  kind: SendKind
  sender: Contact | null
  recipient: Contact | null
  /** Where from and to, as a link says it before anybody is chosen: enough for a price. */
  fromPlace: Place | null
  toPlace: Place | null
  goodsKind: string
  goodsName: string
  weight: string
  length: string
  width: string
  height: string
  declared: string
  /** What the courier collects from the recipient, in yuan. */
  cod: string
  /** Code of a box or bag that is bought; empty for none. */
  packaging: string
  remark: string
  product: string
}

const empty = (): Draft => ({
  kind: 'door', sender: null, recipient: null, fromPlace: null, toPlace: null, goodsKind: 'daily', goodsName: '', weight: '1', length: '', width: '', height: '', declared: '', cod: '', packaging: '', remark: '', product: '',
})

/** The one draft. It is kept on the device until it is placed, so that a call or a sign-in in between loses nothing. */
export const draft = reactive<Draft>({ ...empty(), ...((uni.getStorageSync(place) || {}) as Partial<Draft>) })

watch(draft, (now) => uni.setStorageSync(place, { ...now }), { deep: true })

/** Begins anew; the sender stays, because it is mostly the same one. */
export function beginAnew(): void {
  const { sender } = draft
  Object.assign(draft, empty(), { sender })
}

/** What was typed as a number, times a factor, as a whole number; undefined for nothing or nonsense. */
export function amount(text: string, factor: number): number | undefined {
  const value = Number(text.trim().replace(/,/g, ''))
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? Math.round(value * factor) : undefined
}

/** The goods as the host wants them; null while the weight is missing. */
export function goodsOf(from: Draft) {
  const weightGrams = amount(from.weight, 1000)
  if (!weightGrams) return null
  const [lengthMm, widthMm, heightMm] = [amount(from.length, 10), amount(from.width, 10), amount(from.height, 10)]
  return { kind: from.goodsKind, name: from.goodsName.trim() || undefined, weightGrams, ...(lengthMm && widthMm && heightMm ? { lengthMm, widthMm, heightMm } : {}) }
}
