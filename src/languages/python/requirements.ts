/** Names of distributions in the ways Python writes dependencies. */

/** The form of PEP 503, in which `Foo.Bar` and `foo-bar` are one. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Names in PEP 508 requirements; what is not one is left out. */
export function requirementNames(requirements: readonly string[]): readonly string[] {
  return requirements.flatMap((requirement) => {
    const name = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:$|[[(<>=!~;@,\s#])/.exec(requirement)?.[1];
    return name === undefined ? [] : [normalizeName(name)];
  });
}

export interface RequirementsFile {
  readonly names: readonly string[];
  /** Files it includes by `-r`, relative to itself. */
  readonly includes: readonly string[];
}

export function readRequirements(text: string): RequirementsFile {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  const includes = lines.flatMap((line) => /^(?:-r|--requirement)[\s=]*(.+)$/.exec(line)?.[1] ?? []);
  const eggs = text.matchAll(/^[^#\n]*#egg=([\w.-]+)/gm);
  return { names: [...requirementNames(lines), ...[...eggs].map(([, name = '']) => normalizeName(name))], includes };
}
