import type { Import } from '../tree-form.ts';
import { field, fields, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

/** One entry a name, however the statements group them. */
export function pythonImports(statement: SyntaxNode, text: string): readonly Import[] | undefined {
  const source = (node: SyntaxNode | undefined): string => sourceOf(node, text).replace(/\s+/g, '');
  const names = fields(statement, 'name').map((node) => ({
    name: source(field(node, 'name') ?? node),
    alias: source(field(node, 'alias')),
  }));
  switch (statement.type) {
    case 'import_statement':
      return names.map(({ name, alias }) => ({
        form: `import ${name} as ${alias}`,
        local: alias === '' ? name.replace(/\..*$/, '') : alias,
      }));
    case 'future_import_statement':
      return names.map(({ name }) => ({ form: `import __future__ ${name}`, local: name }));
    case 'import_from_statement': {
      const module = source(field(statement, 'module_name'));
      if (names.length === 0) return [{ form: `import ${module} *` }];
      return names.map(({ name, alias }) => {
        const local = alias === '' ? name : alias;
        return { form: `import ${module} ${name} as ${local}`, local };
      });
    }
    default:
      return undefined;
  }
}
