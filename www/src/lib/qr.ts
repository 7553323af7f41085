import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Modules of white around the code, as the standard wants: without them cameras do not find it. */
const QUIET_ZONE = 4;

/** What version 25 holds. In a code of more, a module is less than two and a half pixels wide as the page shows it. */
const LONGEST = 1273;

/**
 * An address as a QR code in an SVG file, dark on white whatever the theme, because many readers take nothing else; null where it
 * is too long for a code that a phone reads.
 */
export function qrSvg(address: string): string | null {
  if (address.length > LONGEST) return null;
  const code = generate(address, { minCorrectionLevel: correction.L });
  const width = code.size + 2 * QUIET_ZONE;
  const box = [-QUIET_ZONE, -QUIET_ZONE, width, width].join(' ');
  return [
    // Whole pixels for every module, where a viewer shows the file in its own size.
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width * 6}" height="${width * 6}">`,
    `<rect x="-${QUIET_ZONE}" y="-${QUIET_ZONE}" width="${width}" height="${width}" fill="#fff"/>`,
    `<path d="${toSvgPath(code)}" fill="#000" shape-rendering="crispEdges"/></svg>`,
  ].join('');
}
