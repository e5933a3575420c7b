import { call } from '@/api/http'
import type { Contact } from '@/contact'
import { draft, type Place } from '@/draft'
import { session } from '@/session'

type Query = Record<string, string | undefined>

/** Fills the form from a link: an order to copy, addresses of the book, two places, a pasted text, goods; what fails leaves its field as it is, to be filled by hand. */
export async function prefill(query: Query): Promise<void> {
  const text = (name: string) => decodeURIComponent(query[name] ?? '')
  const { via: _, ...said } = query
  const { product } = query
  const kind = query.kind ?? query.pickup ?? (Object.keys(said).length > 0 ? 'door' : undefined)
  // Of an earlier link nothing is left that the form does not show.
  draft.fromPlace = draft.toPlace = null
  if (kind === 'door' || kind === 'locker' || kind === 'outlet') draft.kind = kind
  if (product) draft.product = product
  if (query.fromPlace) draft.fromPlace = placeIn(text('fromPlace'))
  if (query.toPlace) draft.toPlace = placeIn(text('toPlace'))
  if (query.goods) draft.goodsName = text('goods')
  if (/^\d{1,6}$/.test(query.weight ?? '')) draft.weight = String(Number(query.weight) / 1000)
  if (session.customer) {
    if (query.copy) await fromOrder(query.copy)
    await Promise.all([query.from && fromBook('sender', query.from), query.to && fromBook('recipient', query.to)])
    if (!draft.sender) await usualSender()
  }
  if (query.text) uni.navigateTo({ url: `/pages/addresses/edit?pick=recipient&text=${query.text}` })
}

/** 广东省/深圳市/南山区 */
function placeIn(text: string): Place {
  const [province = '', city = province, district = ''] = text.split('/')
  return { province, city, district }
}

async function fromOrder(id: string): Promise<void> {
  const order = await call('ShowOrder', { path: { id } }).catch(() => null)
  const parcel = order?.shipments[0]
  if (!order || !parcel) return
  const { name, kind, weightGrams } = parcel.goods
  Object.assign(draft, {
    kind: order.kind, sender: contact(order.sender), recipient: contact(parcel.recipient), goodsName: name ?? '', goodsKind: kind ?? 'other',
    weight: String((weightGrams ?? 1000) / 1000), product: parcel.product,
  })
}

async function fromBook(role: 'sender' | 'recipient', id: string): Promise<void> {
  const saved = await call('ShowAddress', { path: { id } }).catch(() => null)
  if (saved) draft[role] = contact(saved)
}

async function usualSender(): Promise<void> {
  const book = await call('ListAddresses', { query: { limit: 20 } }).catch(() => null)
  const usual = book?.items.find((each) => each.defaultSend)
  if (usual) draft.sender = contact(usual)
}

function contact(from: Contact & { street?: string }): Contact {
  const { name, phone, extension, province, city, district, detail, street = '' } = from
  return { name, phone, extension, province, city, district, detail: detail.startsWith(street) ? detail : street + detail }
}
