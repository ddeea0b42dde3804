/** Host of an address in a delivery, to be compared and never to be reached; null: none. */
export function hostOf(address: string | null | undefined): string | null {
  return address && URL.canParse(address) ? new URL(address).host || null : null;
}
