const minute = 60_000
const china = 8 * 60 * minute
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** A time by China's clock, whatever the phone's zone is: read its UTC fields. */
function inChina(time: string | number): Date {
  return new Date(new Date(time).getTime() + china)
}

const two = (n: number) => String(n).padStart(2, '0')

/** 今天 14:05 · 昨天 09:30 · 11月20日 18:00. */
export function moment(time: string, now = Date.now()): string {
  const at = inChina(time)
  return `${day(time, now)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** 今天 · 明天 · 昨天 · 11月20日 · 2025年11月20日. */
export function day(time: string | number, now = Date.now()): string {
  const at = inChina(time)
  const today = inChina(now)
  const days = Math.floor(at.getTime() / 86_400_000) - Math.floor(today.getTime() / 86_400_000)
  if (days === 0) return '今天'
  if (days === 1) return '明天'
  if (days === -1) return '昨天'
  const date = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
  return at.getUTCFullYear() === today.getUTCFullYear() ? date : `${at.getUTCFullYear()}年${date}`
}

/** 14:05. */
export function clock(time: string): string {
  const at = inChina(time)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** Opening hours as people say them: 00:00-24:00 → 24 小时. */
export function hoursOf(hours: string): string {
  return hours === '00:00-24:00' ? '24 小时' : hours
}

/** 2026-11-22, the day in China, some days from now. */
export function dateOf(daysFromNow: number, now = Date.now()): string {
  const at = inChina(now + daysFromNow * 86_400_000)
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
}

/** 周三. */
export function weekday(time: string | number): string {
  return weekdays[inChina(time).getUTCDay()]
}

/** Fen as yuan: 12.00 → 12, 12.50 → 12.50. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '−' : ''
  const whole = Math.abs(fen)
  return sign + (whole % 100 === 0 ? String(whole / 100) : (whole / 100).toFixed(2))
}

/** Grams as people say them: 800 → 800 克, 2500 → 2.5 公斤. */
export function weight(grams: number): string {
  return grams < 1000 ? `${grams} 克` : `${Number((grams / 1000).toFixed(2))} 公斤`
}

/** A waybill in groups of four, so that it can be read and said. */
export function grouped(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Waybill numbers in any text: 6 to 32 letters, digits and hyphens with at least six digits, each once, 15 at most. A line of short groups of digits is one number. */
export function waybillsIn(text: string): string[] {
  const lines = text.toUpperCase().split(/[\n,，;；、]+/).map((line) => (/^[A-Z]{0,4}\d{0,5}( \d{1,5})+$/.test(line.trim()) ? line.replace(/ /g, '') : line))
  const found = (lines.join('\n').match(/[A-Z0-9][A-Z0-9-]{4,30}[A-Z0-9]/g) ?? []).filter((n) => (n.match(/\d/g) ?? []).length >= 6)
  return [...new Set(found)].slice(0, 15)
}
