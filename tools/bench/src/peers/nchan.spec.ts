import { moduleFolders } from './find-nchan.js';
import { configuration } from './nchan-peer.js';

describe('moduleFolders', () => {
  it('takes what nginx says, then what lies beside it', () => {
    expect(moduleFolders('/usr/sbin/nginx', 'configure arguments: --modules-path=/opt/modules --with-x')).toEqual([
      '/opt/modules',
      '/usr/lib/nginx/modules',
    ]);
    expect(moduleFolders('/opt/sbin/nginx', '')).toEqual(['/opt/lib/nginx/modules']);
  });
});

describe('configuration', () => {
  const at = { dir: '/d', port: 7, module: '/m.so', root: false };

  it('loads the module before anything else, unless it is built in', () => {
    expect(configuration(at)).toMatch(/^load_module \/m\.so;\n/);
    expect(configuration({ ...at, module: undefined })).not.toContain('load_module');
  });

  it('listens on loopback and writes below its folder only', () => {
    const text = configuration({ ...at, root: true });
    expect(text).toContain('listen 127.0.0.1:7;');
    expect([...text.matchAll(/(?:pid|_path) (\S+);/g)].every(([, path]) => path!.startsWith('/d/'))).toBe(true);
    expect(text).toContain('user root;');
  });
});
