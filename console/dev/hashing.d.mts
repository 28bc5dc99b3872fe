export function canonicalOf(value: unknown): string;
export function hashOf(value: unknown): string;
export function leafOf(value: unknown): Buffer;
export function rootOf(leaves: Buffer[]): Buffer;
export function pathOf(index: number, leaves: Buffer[]): Buffer[];
