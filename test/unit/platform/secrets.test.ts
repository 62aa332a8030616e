import { describe, expect, it } from 'vitest';
import { redactedIn } from '../../../src/engine/relay/redact.ts';
import { redactSecrets } from '../../../src/platform/secrets.ts';
import { countEffort } from '../../effort.ts';

/** In parts, so that no scanner takes this file for a leak. */
const of = (...parts: readonly string[]): string => parts.join('');

const SECRETS: readonly (readonly [kind: string, secret: string])[] = [
  ['AWS access key', of('AKIA', 'Z7Q2M5K4X3W6R8T1')],
  ['GitHub token', of('ghp', '_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx')],
  ['Slack token', of('xoxb', '-123456789012-123456789012-abcdefghijklmnopqrstuvwx')],
  ['npm token', of('npm', '_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789')],
  ['Google API key', of('AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY')],
  ['API key', of('sk-', 'proj-', 'abcdefghijklmnopqrst0123456789')],
  ['JSON web token', of('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N')],
  [
    'private key',
    of('-----BEGIN ', 'RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3\n-----END RSA PRIVATE KEY-----'),
  ],
  ['private key', of('-----BEGIN ', 'OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbm')],
];

describe('secrets', () => {
  it.each(SECRETS)('%s', async (kind, secret) => {
    const [clean = ''] = await redactSecrets([`before ${secret} after`]);
    expect(clean).not.toContain(secret.slice(8, 20));
    expect(clean.startsWith('before ')).toBe(true);
    expect([...redactedIn(clean).keys()]).toContain(kind);
  });

  it.each([
    ['password = "hunter2hunter2"', 'password = "[redacted: password or token]"'],
    ['DB_PASSWORD=s3cretS3cret99', 'DB_PASSWORD=[redacted: password or token]'],
    ['export API_KEY=abc123def456ghi', 'export API_KEY=[redacted: password or token]'],
    ['https://ada:pa55word@example.org/x', '[redacted: basic auth]/x'],
    ['amqp://ada:pa55word@example.org/x', 'amqp://ada:[redacted: password in a URL]@example.org/x'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [redacted: bearer token]'],
  ])('%s', async (text, clean) => {
    expect(await redactSecrets([text])).toEqual([clean]);
  });

  it.each([
    'const token = readToken();',
    'password: string',
    'the token is a word',
    'src/secrets/tokenizer-2.ts',
    'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
    'https://example.org:8080/a@b',
    'm-0123456789',
    'PASSWORD=$DB_PASSWORD_FROM_ENV1',
    'token: "short1"',
    '',
  ])('none: %s', async (text) => {
    expect(await redactSecrets([text])).toEqual([text]);
  });

  it('each text by itself, in its place, however many', async () => {
    const texts = Array.from({ length: 400 }, (_, index) =>
      index % 40 === 0 ? `${index} ${SECRETS[1]?.[1]}` : `plain text number ${index}`,
    );
    const effort = countEffort();
    const clean = await redactSecrets(texts);
    expect(effort()).toBeLessThan(150);
    expect(clean).toHaveLength(400);
    clean.forEach((text, index) => {
      expect(text).toBe(index % 40 === 0 ? `${index} [redacted: GitHub token]` : texts[index]);
    });
  });

  it('a key that is cut off takes nothing of the next text', async () => {
    const key = SECRETS[8]?.[1] ?? '';
    expect(await redactSecrets([key, 'the next text stays', `${key} x`])).toEqual([
      '[redacted: private key]',
      'the next text stays',
      '[redacted: private key]',
    ]);
  });

  it('takes no time over a text made to be slow', async () => {
    const effort = countEffort();
    await redactSecrets([
      'a://'.repeat(20_000),
      'password'.repeat(10_000),
      'A_TOKEN'.repeat(10_000),
      `${'x'.repeat(100_000)}@`,
      'eyJaaaaaaaaaa.'.repeat(5000),
    ]);
    expect(effort()).toBeLessThan(300);
  });
});
