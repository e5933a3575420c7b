/** A side of a parcel: who, how to reach them, where. */
export interface Contact {
  name: string
  phone: string
  province: string
  city: string
  district: string
  detail: string
}

/** Province, city and district as people write them: a municipality's name once. */
export function regionOf(place: Pick<Contact, 'province' | 'city' | 'district'>): string {
  return [...new Set([place.province, place.city, place.district])].filter(Boolean).join(' ')
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
