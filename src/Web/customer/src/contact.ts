/** A side of a parcel: who, how to reach them, where. */
export interface Contact {
  name: string
  phone: string
  /** Digits to dial after the number: virtual numbers, offices. */
  extension?: string | null
  province: string
  city: string
  district: string
  detail: string
}

/** Province, city and district as people write them: a municipality's name once. */
export function regionOf(place: Pick<Contact, 'province' | 'city' | 'district'>): string {
  return [...new Set([place.province, place.city, place.district])].filter(Boolean).join(' ')
}

/** The number as it is dialled, with its extension. */
export function dialled({ phone, extension }: { phone?: string | null; extension?: string | null }): string {
  return extension ? `${phone}-${extension}` : phone ?? ''
}

/** Number and extension of what somebody typed or pasted. */
export function numberOf(text: string): Pick<Contact, 'phone' | 'extension'> {
  const [, phone, extension] = /^(1\d{10}|0\d{2,3}-?\d{7,8})[-转](\d{1,8})$/.exec(text.trim()) ?? []
  return phone ? { phone, extension } : { phone: text.trim(), extension: null }
}

/** The whole address in one line. */
export function oneLine(contact: Contact): string {
  return `${regionOf(contact).replace(/ /g, '')}${contact.detail}`
}

/** What the chooser of an address sends to the page that asked. */
export interface ChosenContact {
  /** For which side it was asked. */
  role: 'sender' | 'recipient'
  contact: Contact
}

/** Name of that message between pages. */
export const contactChosen = 'contact-chosen'
