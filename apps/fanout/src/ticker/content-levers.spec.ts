import { contentLevers } from '@groundswell/feed';
import { DEFAULT_LEVERS, segmentLevers } from '@groundswell/levers';

describe('levers that a tick does not name', () => {
  it('are what the registry has as their defaults', () => {
    expect(segmentLevers(DEFAULT_LEVERS)).toMatchObject(contentLevers({}));
  });

  it('are read from a tick as the registry stamps them', () => {
    const turned = { ...DEFAULT_LEVERS, 'everyone.mode': 'top' as const, 'comments.enabled': false };
    expect(contentLevers(segmentLevers(turned))).toEqual({
      ...contentLevers({}),
      'everyone.mode': 'top',
      'comments.enabled': false,
    });
  });
});
