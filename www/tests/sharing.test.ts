import { describe, expect, it } from 'vitest';

import { addressWith, lengthAdvice, looksLikeLink, tidyLink } from '../src/lib/link';
import { qrSvg } from '../src/lib/qr';
import { asClaimed } from '../src/lib/verdicts';

describe('a link', () => {
  it('is told from other hashes, whatever its version', () => {
    expect(looksLikeLink('#v1.abc')).toBe(true);
    expect(looksLikeLink('#v12.abc')).toBe(true);
    expect(looksLikeLink('#bench')).toBe(false);
  });

  it('loses what a sentence put behind it, and nothing else', () => {
    expect(tidyLink('#v1.eN_p-k')).toBe('#v1.eN_p-k');
    expect(tidyLink('#v1.eNp).')).toBe('#v1.eNp');
    expect(tidyLink('#v1.eNp%20')).toBe('#v1.eNp');
    expect(tidyLink('#v1.eN p')).toBe('#v1.eN p');
  });

  it('stands behind the address of the page, without its query', () => {
    expect(addressWith('#v1.a', 'https://x.org/f/?backend=cpu#v1.b')).toBe('https://x.org/f/#v1.a');
  });

  it('is warned about only where it may be cut', () => {
    expect(lengthAdvice('x'.repeat(2000))).toBe('');
    expect(lengthAdvice('x'.repeat(2001))).toMatch(/messengers cut/);
  });
});

describe('a re-run beside its claim', () => {
  it('looks the same where six digits are the same', () => {
    // Rounded at once, this would be 0.1276; the claim of six digits shows as 0.1277.
    expect(asClaimed(0.12764999)?.toFixed(4)).toBe((0.12765).toFixed(4));
    expect(asClaimed(null)).toBeNull();
  });
});

describe('a QR code', () => {
  it('is dark on white, with a margin of four modules', () => {
    const svg = qrSvg('https://example.org/#v1.abc') ?? '';
    const [, left, top, width] = /viewBox="(-\d+) (-\d+) (\d+)/.exec(svg) ?? [];
    expect([left, top]).toEqual(['-4', '-4']);
    // A code of version n is 17 + 4 n modules wide.
    expect((Number(width) - 8 - 17) % 4).toBe(0);
    expect(svg).toContain('fill="#fff"');
    expect(svg).toContain('fill="#000"');
  });

  it('is not made of what no phone could read', () => {
    expect(qrSvg('x'.repeat(1273))).not.toBeNull();
    expect(qrSvg('x'.repeat(1274))).toBeNull();
  });
});
