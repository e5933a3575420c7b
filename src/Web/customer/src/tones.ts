/** Which colour a status is shown in: nothing special, going well, wants attention, gone wrong. */
export type Tone = '' | 'good' | 'warn' | 'bad'

const tones: Record<string, Tone> = {
  out_for_delivery: 'good', in_locker: 'good', in_station: 'good', signed: 'good',
  delivery_failed: 'warn', held: 'warn', refused: 'warn', returning: 'warn', redirected: 'warn',
  damaged: 'bad', lost: 'bad',
}

/** The colour of a parcel's status. */
export function toneOf(status: string | null | undefined): Tone {
  return tones[status ?? ''] ?? ''
}
