import { IsInt, IsString, IsUrl, Max, Min } from 'class-validator';
import { ConfigInvalid, readConfig } from './config.js';

class Sample {
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  @IsUrl({ protocols: ['nats'], require_tld: false })
  url!: string;

  @IsString()
  name: string = 'sample';
}

const VARIABLES = { port: 'PORT', url: 'NATS_URL', name: 'NAME' };

describe('readConfig', () => {
  it('converts, keeps defaults and freezes', () => {
    const config = readConfig(Sample, VARIABLES, { PORT: '80', NATS_URL: 'nats://127.0.0.1:4222', NAME: '' });
    expect({ ...config }).toEqual({ port: 80, url: 'nats://127.0.0.1:4222', name: 'sample' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('lists every fault at once, by the name of its variable', () => {
    const read = () => readConfig(Sample, VARIABLES, { PORT: '70000' });
    expect(read).toThrow(ConfigInvalid);
    expect(read).toThrow(/PORT must not be greater than 65535[^]*NATS_URL must be a URL address/);
  });
});
