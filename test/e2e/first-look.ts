import { openBrowser, openPage, shoot } from './browser.ts';
import { makeShop, put, WITH_SURVIVOR, WEAK_TEST } from './fixture.ts';
import { installVscodeServer, startVscodeServer } from './vscode-server.ts';

installVscodeServer();
const dir = makeShop();
const server = await startVscodeServer({ trusted: true });
const browser = await openBrowser();
const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const page = await openPage(browser, server.url(dir, [['extensionDevelopmentPath', root]]));
page.on('console', (m) => { const t = m.text(); if (/downforce|error/i.test(t)) console.log('console:', t.slice(0, 300)); });
await page.waitForTimeout(8000);
put(dir, 'src/core/price.ts', `${process.argv[2] === 'boundary' ? "import '../web/page.ts';\n" : ''}${WITH_SURVIVOR}`);
put(dir, 'test/price.test.ts', WEAK_TEST);
await page.locator('.activitybar [aria-label*="Downforce"]').first().click().catch((e) => console.log(String(e)));
await page.waitForTimeout(Number(process.argv[3] ?? 15000));
console.log(await shoot(page, 'first'));
await browser.close();
server.stop();
