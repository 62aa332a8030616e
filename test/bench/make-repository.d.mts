export function makeRepository(files: number, config?: unknown): string;
