/**
 * Where a package's files lie, relative to the working directory; `undefined` where that cannot be known.
 * Go names packages by import path alone: what precedes the folder is the `module` of go.mod or, without
 * go.mod, up to the segment the working directory is named after.
 */
export function createGoFolders(cwd: string, goMod: string | undefined): (importPath: string) => string | undefined {
  const module = goMod === undefined ? undefined : /^\s*module\s+"?([^\s"]+)/m.exec(goMod)?.[1];
  const folder = cwd.replaceAll('\\', '/').replace(/\/+$/, '').split('/').at(-1) ?? '';
  return (importPath) => {
    const path = importPath.replace(/ \[.*$/, '').replace(/_test$/, '');
    if (path.startsWith('./') || path === '.') return path;
    const prefix = module ?? prefixUpTo(path, folder);
    if (prefix === undefined) return undefined;
    if (path === prefix) return '.';
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
  };
}

function prefixUpTo(path: string, segment: string): string | undefined {
  const parts = path.split('/');
  const index = parts.lastIndexOf(segment);
  return segment === '' || index < 0 ? undefined : parts.slice(0, index + 1).join('/');
}
