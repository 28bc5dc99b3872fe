/** As a text for a domain reads while it is typed. `unfinished` is not wrong yet. */
export type DomainReading =
  | { state: 'empty' }
  | { state: 'unfinished'; why: string }
  | { state: 'wrong'; why: string }
  | { state: 'domain'; name: string };

/** The same as `EmailDomain` on the server and `is_domain` in the database. */
const FORM = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LETTERS = /^[a-z0-9.-]*$/;
const NO_DOMAIN = 'This is no domain such as acme.example.';
const READ_DIFFERENTLY =
  'It has letters that are not read alike everywhere. Give its form that begins with xn--.';

/** What people write instead of a domain, and what to tell them. */
const MISTAKES: [mistake: RegExp, why: string][] = [
  [/\*/, 'There are no wildcards. Name each domain, also each sub-domain.'],
  [/@/, 'Only what stands after the @ of an address.'],
  [/[:/]/, 'Without https:// and without a path.'],
  [/[\s,;]/, 'One domain at a time.'],
];

/** Old and new standards disagree about these, or do not see them. */
const AMBIGUOUS = /[ßς\u200c\u200d]/;

/** Reads what a person writes, as DNS compares it: lower case, no dot at the end, international ones in ASCII. */
export function readDomain(written: string): DomainReading {
  const text = written.trim();
  if (text === '') return { state: 'empty' };
  const mistake = MISTAKES.find(([pattern]) => pattern.test(text));
  if (mistake !== undefined) return { state: 'wrong', why: mistake[1] };
  const lower = text.replace(/\.$/, '').normalize('NFC').toLowerCase();
  if (isAscii(lower)) return formOf(lower);
  if (lower.normalize('NFKC') !== lower || AMBIGUOUS.test(lower)) {
    return { state: 'wrong', why: READ_DIFFERENTLY };
  }
  const ascii = asciiOf(lower);
  return ascii === null ? { state: 'unfinished', why: NO_DOMAIN } : formOf(ascii);
}

/** The domain of an address; null where it does not say it beyond doubt. */
export function domainOf(address: string): string | null {
  const domain = /^[^@\s"]+@([^@\s]+)$/.exec(address)?.[1];
  const reading = readDomain(domain ?? '');
  return reading.state === 'domain' ? reading.name : null;
}

/** Whether somebody with this address may be enrolled. No domain at all means every domain. */
export function enrols(domains: string[], address: string): boolean {
  if (domains.length === 0) return true;
  const domain = domainOf(address);
  return domain !== null && domains.includes(domain);
}

function formOf(name: string): DomainReading {
  if (FORM.test(name)) return { state: 'domain', name };
  return LETTERS.test(name)
    ? { state: 'unfinished', why: NO_DOMAIN }
    : { state: 'wrong', why: 'A domain has letters, digits, hyphens and dots.' };
}

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

/** The browser's own conversion (UTS 46), which is what it would look up. */
function asciiOf(international: string): string | null {
  try {
    return new URL(`http://${international}`).hostname;
  } catch {
    return null;
  }
}
