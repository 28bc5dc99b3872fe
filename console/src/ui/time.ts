const STEPS: [limit: number, unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  [60_000, 'second', 1_000],
  [3_600_000, 'minute', 60_000],
  [86_400_000, 'hour', 3_600_000],
  [30 * 86_400_000, 'day', 86_400_000],
  [365 * 86_400_000, 'month', 30 * 86_400_000],
  [Infinity, 'year', 365 * 86_400_000],
];
const JUST_NOW = 10_000;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

const exact = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** "4 minutes ago", "in 3 days"; what happened within ten seconds is "just now". */
export function relativeTime(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  if (Number.isNaN(distance)) return at;
  if (Math.abs(distance) < JUST_NOW) return 'just now';
  const step = STEPS.find(([limit]) => Math.abs(distance) < limit);
  if (step === undefined) return at;
  const [, unit, milliseconds] = step;
  return relative.format(Math.trunc(distance / milliseconds), unit);
}

export function exactTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : exact.format(time);
}

/** The distance between two moments, as a timeline shows it: "+340 ms", "+12.5 s", "+4 min". */
export function elapsed(from: string, to: string): string {
  const distance = Math.max(0, Date.parse(to) - Date.parse(from));
  if (distance < 1_000) return `+${distance} ms`;
  if (distance < 60_000) return `+${(distance / 1_000).toFixed(1)} s`;
  if (distance < 3_600_000) return `+${Math.round(distance / 60_000)} min`;
  return `+${(distance / 3_600_000).toFixed(1)} h`;
}

/** An instant as the field of a form takes it: local, to the minute, without a zone. */
export function toLocal(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The instant of what stands in such a field; undefined while it is incomplete. */
export function fromLocal(text: string): string | undefined {
  const time = new Date(text);
  return text === '' || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
