/** What a Maven pom says about its own module; parents' settings are not followed. */
import { XMLParser } from 'fast-xml-parser';

export interface Pom {
  readonly name: string | undefined;
  /** `group:artifact`. */
  readonly dependencies: readonly string[];
}

type Element = Readonly<Record<string, unknown>>;

export function readPom(text: string): Pom {
  const project = child(parseXml(text), 'project');
  const properties = pomProperties(project);
  const profiles = children(child(project, 'profiles'), 'profile');
  const owners = [project, ...profiles];
  const dependencies = owners.flatMap((owner) => children(child(owner, 'dependencies'), 'dependency'));
  const name =
    textOf(project, 'artifactId') ?? /<artifactId>\s*([\w.-]+)\s*<\/artifactId>/.exec(withoutParent(text))?.[1];
  return {
    name: name === undefined ? undefined : fill(name, properties),
    dependencies: dependencies.flatMap((dependency) => {
      const [group, artifact] = [textOf(dependency, 'groupId'), textOf(dependency, 'artifactId')];
      return group === undefined || artifact === undefined ? [] : [fill(`${group}:${artifact}`, properties)];
    }),
  };
}

function parseXml(text: string): Element {
  try {
    const parsed: unknown = new XMLParser({
      ignoreAttributes: true,
      parseTagValue: false,
      processEntities: false,
    }).parse(text);
    return isElement(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** For text that is no XML: the parent's artifactId comes first, and is not ours. */
function withoutParent(text: string): string {
  return text.replace(/<parent>[\s\S]*?<\/parent>/, '');
}

function pomProperties(project: Element): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const [key, value] of Object.entries(child(project, 'properties'))) {
    if (typeof value === 'string') properties.set(key, value);
  }
  for (const key of ['groupId', 'artifactId', 'version']) {
    const value = textOf(project, key) ?? textOf(child(project, 'parent'), key);
    if (value !== undefined) properties.set(`project.${key}`, value).set(`pom.${key}`, value);
  }
  return properties;
}

function fill(text: string, properties: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([^}]*)\}/g, (whole, key: string) => properties.get(key) ?? whole);
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(element: Element, name: string): Element {
  const value = element[name];
  return isElement(value) ? value : {};
}

function children(element: Element, name: string): readonly Element[] {
  const value = element[name];
  return (Array.isArray(value) ? value : [value]).filter(isElement);
}

function textOf(element: Element, name: string): string | undefined {
  const value = element[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
