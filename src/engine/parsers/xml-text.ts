import { type Fields, listOf, textOf } from './shape.ts';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities XML itself has, and numeric ones; whatever else a document defines stays as it is written. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}

export function attributeOf(element: Fields, name: string): string | undefined {
  const value = textOf(element[`@${name}`]);
  return value === undefined || value === '' ? undefined : decodeXml(value);
}

/** The text of an element, however the parser gave it: alone, beside attributes, or in pieces. */
export function contentOf(element: unknown): string {
  if (typeof element === 'string') return decodeXml(element);
  if (typeof element !== 'object' || element === null) return '';
  const text = (element as Fields)['#text'];
  return typeof text === 'string' ? decodeXml(text) : listOf(text).map(contentOf).join('');
}
