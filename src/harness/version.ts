/** Set by esbuild from package.json; tests run from source. */
declare const DOWNFORCE_VERSION: string | undefined;

export const VERSION: string = typeof DOWNFORCE_VERSION === 'string' ? DOWNFORCE_VERSION : '0.0.0-source';
