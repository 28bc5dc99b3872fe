/* Drawn on a grid of 20 with one stroke, so that they sit well beside text. */
const PATHS = {
  overview: 'M3 3h6v8H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 13h6v4H3z',
  catalogue: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17M9 6.5v5M6.5 9h5',
  requests: 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5',
  approvals: 'M10 2.5 16 5v5c0 3.8-2.6 6.4-6 7.5-3.4-1.1-6-3.7-6-7.5V5zM7.3 10l2 2 3.5-4',
  workflows:
    'M4 5.5h5M4 5.5a1.5 1.5 0 1 0 0-.1M9 5.5h5a3 3 0 0 1 0 6H6a3 3 0 0 0 0 6h8M14 17.5l-2-2M14 17.5l-2 2',
  evidence: 'M4 4h12v12H4zM4 8h12M7 11.5h3M7 13.5h6M10 4v4',
  audit:
    'M10 3v4M10 7H5v3M10 7h5v3M5 10a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM15 10a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM5 13v4M15 13v4',
  connectors: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3',
  members:
    'M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16.5c.4-3 2.4-4.5 5-4.5s4.6 1.5 5 4.5M13 3.7a2.75 2.75 0 0 1 0 5.1M14.6 12.3c1.7.6 2.6 2 2.9 4.2',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  share: 'M10 12V3M6.5 6 10 2.5 13.5 6M6 9H4v8h12V9h-2',
  check: 'M4 10.5 8 14.5 16 6',
  cross: 'M5 5l10 10M15 5 5 15',
  warning: 'M10 3 17.5 16.5h-15zM10 8v4M10 14.2v.3',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6v.3',
  download: 'M10 3v9M6.5 9 10 12.5 13.5 9M4 16.5h12',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4',
  next: 'M8 4.5 13.5 10 8 15.5',
  previous: 'M12 4.5 6.5 10 12 15.5',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  moon: 'M16.5 11.5A6.5 6.5 0 0 1 8.5 3.5a6.5 6.5 0 1 0 8 8z',
  system: 'M3 4h14v9H3zM7.5 16.5h5M10 13v3.5',
  leave: 'M8 3H4v14h4M12 6.5 15.5 10 12 13.5M15.5 10H8',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.2l2.8 1.8',
  domain:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM2.5 10h15M10 2.5c2 2 3 4.5 3 7.5s-1 5.5-3 7.5c-2-2-3-4.5-3-7.5s1-5.5 3-7.5',
  agent: 'M3.5 4h13v5h-13zM3.5 11h13v5h-13zM6.5 6.5v.1M6.5 13.5v.1M10 6.5h3.5M10 13.5h3.5',
  key: 'M7 13a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 9.5H17v3M14 9.5v2',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.5-3.5 3-5 6-5s5.5 1.5 6 5',
} as const;

export type IconName = keyof typeof PATHS;

interface Props {
  name: IconName;
  size?: number;
}

/** A decoration: whatever it says is also said in words beside it. */
export function Icon({ name, size = 18 }: Props) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
