import { reactive, watch } from 'vue'
import type { DraftAnswer } from '@/api/types'
import type { Contact } from '@/contact'

const place = 'courier.batch'

/** The host takes no more recipients with one pickup. */
export const mostRecipients = 50

/** Somebody who is to get a parcel, as the list was read. */
export interface Recipient extends Contact {
  /** What stood in the list. */
  text: string
  /** Fields that somebody should look at; none when all is clear. */
  doubtful: string[]
  /** Where it may be, when the text does not decide. */
  candidates: { province: string; city: string; district: string }[]
  /** Weight of this parcel in kilograms, as typed; empty for the common one. */
  weight: string
}

interface Batch {
  sender: Contact | null
  recipients: Recipient[]
}

const empty: Batch = { sender: null, recipients: [] }

/** The list that is being prepared. It is kept on the device until it is placed. */
export const batch = reactive<Batch>({ ...empty, ...((uni.getStorageSync(place) || {}) as Partial<Batch>) })

watch(batch, (now) => uni.setStorageSync(place, { ...now }), { deep: true })

/** Takes what the host has read; as many as one pickup may have. */
export function take(drafts: DraftAnswer[]): void {
  batch.recipients.push(...drafts.map(recipient).slice(0, mostRecipients - batch.recipients.length))
}

/** Fields that a parcel cannot go without. */
export function missing(who: Recipient): string[] {
  return (['name', 'phone', 'province', 'city', 'detail'] as const).filter((field) => !who[field].trim())
}

/** Needs nobody's look. */
export function isReady(who: Recipient): boolean {
  return who.doubtful.length === 0 && missing(who).length === 0
}

function recipient({ text, doubtful, address }: DraftAnswer): Recipient {
  const { name, phone, province, city, district, street, detail, candidates } = address
  const whole = street && !detail.startsWith(street) ? street + detail : detail
  return { text, doubtful, candidates: candidates.length > 1 ? candidates : [], name, phone, province, city, district, detail: whole, weight: '' }
}
