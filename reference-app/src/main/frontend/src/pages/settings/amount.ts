/** Such as `no documents`, `1 document` or `3 documents`. */
export function amount(count: number, one: string, many: string): string {
  return count === 0 ? `no ${many}` : count === 1 ? `1 ${one}` : `${count} ${many}`;
}
