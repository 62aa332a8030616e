import type { MutationTestResult } from 'mutation-testing-report-schema/api';
import type { Digest } from '../ports.ts';

const BOOT = `
const app = document.querySelector('mutation-test-report-app');
app.report = JSON.parse(document.getElementById('report').textContent);
const paint = () => { document.body.style.backgroundColor = app.themeBackgroundColor; };
app.addEventListener('theme-changed', paint);
paint();
`;

/**
 * One page without a network: the elements' script and the report are in it, and nothing else may run.
 * @param elements text of mutation-testing-elements' script.
 */
export function mutationHtml(document: MutationTestResult, elements: string, digest: Digest): string {
  const scripts = [inScript(elements), BOOT];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map((text) => `'sha256-${base64(digest(text))}'`).join(' ')}`,
    // The elements put style attributes into what they draw; a style runs nothing and may load nothing.
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const [script, boot] = scripts.map((text) => `<script>${text}</script>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Mutants</title>
</head>
<body>
<mutation-test-report-app title-postfix="Downforce"></mutation-test-report-app>
<script type="application/json" id="report">${inData(document)}</script>
${script}
${boot}
</body>
</html>
`;
}

/** What would end the script, or make the parser take its end for text, written so that the program stays the same. */
function inScript(text: string): string {
  return text.replace(/<(?=!--|\/?script)/gi, '\\x3c');
}

function inData(document: MutationTestResult): string {
  return JSON.stringify(document)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function base64(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}
