import { parseSync } from '@swc/core';

/** Every module that a source file names: static imports, re-exports, `import()` and `require()`. */
export function importsOf(source: string, file: string): string[] {
  const syntax = { syntax: 'typescript' as const, tsx: file.endsWith('x'), decorators: true };
  const found: string[] = [];
  walk(parseSync(source, { ...syntax, target: 'es2022' }), found);
  return found;
}

const WITH_SOURCE = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']);

function walk(node: unknown, found: string[]): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const fields = node as Fields;
  const named = WITH_SOURCE.has(fields.type ?? '')
    ? fields.source
    : isLoad(fields)
      ? fields.arguments?.[0]?.expression
      : undefined;
  if (named && typeof named.value === 'string') found.push(named.value);
  for (const child of Object.values(node)) walk(child, found);
}

interface Fields {
  type?: string;
  source?: { value?: unknown } | null;
  callee?: { type?: string; value?: string };
  arguments?: { expression?: { value?: unknown } }[];
}

function isLoad({ type, callee }: Fields): boolean {
  return type === 'CallExpression' && (callee?.type === 'Import' || callee?.value === 'require');
}
