/** Packages of the JDK beyond `java.*`; `javax.*` counts as its own although some of it is published apart. */
const FAMILIES: ReadonlySet<string> = new Set(['java', 'javax', 'jdk', 'sun']);
const PACKAGES: readonly string[] = [
  'com.sun.jdi',
  'com.sun.jndi',
  'com.sun.management',
  'com.sun.net.httpserver',
  'com.sun.nio',
  'com.sun.security',
  'com.sun.source',
  'com.sun.tools',
  'netscape.javascript',
  'org.ietf.jgss',
  'org.w3c.dom',
  'org.xml.sax',
];

export function isJdk(segments: readonly string[]): boolean {
  if (FAMILIES.has(segments[0] ?? '')) return true;
  const name = segments.join('.');
  return PACKAGES.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
}
