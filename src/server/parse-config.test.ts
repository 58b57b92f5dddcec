import { describe, expect, it } from 'vitest';
import { EcgError } from '../core/index.js';
import { SETTINGS } from './config-settings.js';
import { type ConfigSources, parseConfig } from './parse-config.js';

const faultOf = (sources: ConfigSources): string => {
  try {
    parseConfig(sources);
  } catch (fault) {
    expect(fault).toBeInstanceOf(EcgError);
    expect((fault as EcgError).code).toBe('bad-option');
    return (fault as EcgError).message;
  }
  return '';
};
const file = (value: unknown) => ({ name: 'server.json', text: JSON.stringify(value) });

describe('a configuration', () => {
  it('holds everything when nothing is said', () => {
    const config = parseConfig({});
    expect([config.host, config.port, config.access.mode, config.nats]).toEqual([
      '127.0.0.1',
      5000,
      'none',
      null,
    ]);
  });

  it('comes from file, environment and flags, the later before the earlier', () => {
    const config = parseConfig({
      file: file({ port: 1, workers: 3, log: 'warn', limits: { upload: 10, files: 2 } }),
      environment: {
        ECTOPY_SERVER_PORT: '2',
        ECTOPY_SERVER_WORKERS: '4',
        ECTOPY_SERVER_LIMITS_UPLOAD: '20',
        ECTOPY_SERVER_ACCESS_HOSTS: 'a.example, b.example',
        ECTOPY_SERVER_PSEUDONYMISE: 'true',
        ECTOPY_SERVER_NATS: '',
        ECTOPY_DEBUG: '1',
        PATH: '/bin',
      },
      flags: { port: 3, nats: undefined },
    });
    expect(config).toMatchObject({
      port: 3,
      workers: 4,
      log: 'warn',
      nats: null,
      pseudonymise: true,
      limits: { upload: 20, files: 2, json: 2 ** 20 },
      access: { hosts: ['a.example', 'b.example'] },
    });
  });

  it('tells all its faults at once, each with the place it comes from', () => {
    const message = faultOf({
      file: file({ prot: 80, limits: { upload: -1, uplaod: 1 } }),
      environment: { ECTOPY_SERVER_PORT: 'NaN', ECTOPY_SERVER_TYPO: '1', ECTOPY_SERVER_PSEUDONYMISE: 'yes' },
      flags: { workers: 1.5 },
    });
    for (const part of [
      'prot (server.json): there is no such option',
      'limits.uplaod (server.json): there is no such option',
      'limits.upload (server.json): Invalid value',
      'ECTOPY_SERVER_PORT: ',
      'ECTOPY_SERVER_TYPO: there is no such option',
      'ECTOPY_SERVER_PSEUDONYMISE: ',
      '--workers: ',
    ]) {
      expect(message).toContain(part);
    }
  });

  it('may be no JSON, and says so', () => {
    expect(faultOf({ file: { name: 'server.json', text: '{"port":' } })).toContain('server.json: ');
    expect(faultOf({ file: { name: 'server.json', text: '[]' } })).toContain('expected a JSON object');
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'ecg.example', '127.0.0.1.evil.example', '128.0.0.1'])(
    'does not open %s to people whom nobody asks who they are',
    (host) => {
      expect(faultOf({ flags: { host } })).toContain('set access.mode to keys');
      expect(parseConfig({ flags: { host, 'access.mode': 'keys' } }).host).toBe(host);
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('needs no keys on %s', (host) => {
    expect(parseConfig({ flags: { host } }).host).toBe(host);
  });

  it('does not take for an address what is none', () => {
    const message = faultOf({
      flags: {
        database: 'mysql://x',
        nats: 'http://x',
        traces: 'x',
        'access.origins': ['*', 'https://ok.example'],
        'access.hosts': ['https://x.example'],
        'access.mode': 'oidc',
      },
    });
    for (const part of ['database', 'nats', 'traces', 'access.origins: *', 'access.hosts', 'access.oidc'])
      expect(message).toContain(part);
    expect(message).not.toContain('ok.example');
  });

  it('has a variable for every option, no two alike', () => {
    expect(new Set(SETTINGS.map(({ variable }) => variable)).size).toBe(SETTINGS.length);
    expect(SETTINGS.map(({ variable }) => variable)).toContain('ECTOPY_SERVER_LIMITS_REQUESTS_PER_MINUTE');
    expect(SETTINGS.map(({ variable }) => variable)).toContain('ECTOPY_SERVER_ACCESS_OIDC_ISSUER');
  });
});
