import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import { relayWords } from './relay-words.ts';

/** Nothing but our own script and styles; nothing of the repository stands in it, that comes by message as data. */
export function preparePage(webview: Webview, extensionUri: Uri, folder: string): void {
  const home = Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [home] };
  const file = (name: string): string => escapeAttribute(webview.asWebviewUri(Uri.joinPath(home, name)).toString());
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  webview.html = `<!DOCTYPE html>
<html lang="${escapeAttribute(env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<title>Downforce</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" nonce="${nonce}" href="${file('codicon.css')}">
<link rel="stylesheet" nonce="${nonce}" href="${file('relay.css')}">
</head>
<body>
<div id="relay" data-uri="${escapeAttribute(folder)}" data-words="${escapeAttribute(JSON.stringify(relayWords()))}"></div>
<script nonce="${nonce}" src="${file('relay.js')}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
  return text.replaceAll(/[&"<>]/g, (sign) => entities[sign] ?? sign);
}
