import { profileFault, PROFILE_RULES, type ProfileField } from './profile.js';

describe('profileFault', () => {
  it.each<[ProfileField, string]>([
    ['name', 'Ada'],
    ['name', '😀'.repeat(60)],
    ['avatar', '#00fFaa'],
    ['avatar', 'https://pictures.example/ada.png?size=64#x'],
    ['avatar', 'https://pictures.example:8443'],
    ['timeZone', 'Europe/Berlin'],
    ['timeZone', 'UTC'],
    ['locale', 'de'],
    ['locale', 'zh-Hans-CN'],
  ])('takes the %s %s', (field, value) => {
    expect(profileFault(field, value)).toBeUndefined();
  });

  it.each<[ProfileField, unknown]>([
    ['name', ' '],
    ['name', 'x'.repeat(61)],
    ['name', 'two\nlines'],
    ['name', '\ud83d'],
    ['name', 7],
    ['avatar', '#fff'],
    ['avatar', 'http://pictures.example/ada.png'],
    ['avatar', 'https://ada:secret@pictures.example/'],
    ['avatar', 'https://pictures.example/")'],
    ['avatar', 'javascript:alert(1)'],
    ['avatar', `https://pictures.example/${'x'.repeat(500)}`],
    ['avatar', null],
    ['timeZone', 'Middle/Earth'],
    ['timeZone', ''],
    ['timeZone', 'x'.repeat(1_000)],
    ['locale', 'en_US'],
    ['locale', ''],
    ['locale', ['de']],
  ])('refuses the %s %j, and says what it must be', (field, value) => {
    expect(profileFault(field, value)).toBe(`must be ${PROFILE_RULES[field].rule}`);
  });
});
