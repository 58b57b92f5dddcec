import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './deliver.js';
import { checkWebhookUrl, postWebhook } from './post-webhook.js';
import { isPublicAddress } from './public-address.js';
import { signWebhook } from './sign-webhook.js';

describe('addresses of webhooks', () => {
  // IANA special-purpose registries, and addresses of public resolvers.
  const inside =
    '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.2.1 192.168.1.1 198.18.0.1 203.0.113.5 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 fe80::1 fc00::1 fd12::1 ff02::1 2001:db8::1 2002:7f00:1::';
  const outside = '1.1.1.1 8.8.8.8 172.32.0.1 100.128.0.1 9.9.9.9 2606:4700:4700::1111 2620:fe::fe';
  it.each(inside.split(' '))('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(outside.split(' '))('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it('are not what only looks like one', () => {
    for (const text of ['', 'localhost', '1.1.1', '0x7f.0.0.1', '1.1.1.1.'])
      expect(isPublicAddress(text)).toBe(false);
  });

  it('must be https to a public host, unless private ones are allowed', () => {
    const bad = [
      'http://example.org/',
      'https://127.0.0.1/',
      'https://[::1]/',
      // The URL standard reads these as 127.0.0.1.
      'https://2130706433/',
      'https://0x7f.1/',
      'https://user:pass@example.org/',
      'ftp://example.org/',
      'file:///etc/passwd',
      'no address',
    ];
    for (const text of bad) expect(() => checkWebhookUrl(text, false), text).toThrow(/^webhook: /);
    expect(checkWebhookUrl('https://example.org/hook', false).href).toBe('https://example.org/hook');
    expect(checkWebhookUrl('http://127.0.0.1:8080/hook', true).port).toBe('8080');
  });

  it('are refused when their name leads into a private network', async () => {
    const url = new URL('https://localhost:1/');
    await expect(postWebhook(url, {}, '{}', { allowPrivate: false, timeoutMs: 2000 })).rejects.toMatchObject({
      code: 'bad-option',
    });
    // Allowed, the same address is called, and nobody is there.
    await expect(postWebhook(url, {}, '{}', { allowPrivate: true, timeoutMs: 2000 })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

it('signs as Standard Webhooks say', () => {
  // The test vector of the libraries of Standard Webhooks (Svix).
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const body = '{"test": 2432232314}';
  const wanted = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const signature = (text: string) => signWebhook(secret, id, 1614265330, text)['webhook-signature'];
  expect(signature(body)).toBe(wanted);
  expect(signature(`${body} `)).not.toBe(wanted);
});

it('later attempts come later, up to a limit, and not all at once', () => {
  const least = (attempts: number) => retryAfterMs(attempts, {}, () => 0);
  const most = (attempts: number) => retryAfterMs(attempts, {}, () => 1);
  expect([1, 2, 3, 4].map(most)).toEqual([5000, 10_000, 20_000, 40_000]);
  expect([1, 2].map(least)).toEqual([2500, 5000]);
  expect(most(100)).toBe(6 * 3_600_000);
  const days = Array.from({ length: 19 }, (_, i) => 0.75 * most(i + 1)).reduce((a, b) => a + b) / 86_400_000;
  expect(days).toBeGreaterThan(1);
  expect(days).toBeLessThan(4);
});
