import type { RelationshipStatus, WatchConsent, WatchDelay } from '@groundswell/protocol';

/** Statuses as people say them, in the order in which they are offered. */
export const STATUS_NAMES: Readonly<Record<RelationshipStatus, string>> = {
  none: 'Rather not say',
  single: 'Single',
  in_a_relationship: 'In a relationship',
  engaged: 'Engaged',
  married: 'Married',
  civil_union: 'In a civil union',
  domestic_partnership: 'In a domestic partnership',
  open: 'In an open relationship',
  its_complicated: 'It’s complicated',
  separated: 'Separated',
  divorced: 'Divorced',
  widowed: 'Widowed',
};

export const CONSENT_NAMES: Readonly<Record<WatchConsent, string>> = {
  off: 'Nobody',
  ask: 'Friends I allow',
  mutuals: 'All my friends',
};

export const DELAY_NAMES: Readonly<Record<WatchDelay, string>> = {
  none: 'At once',
  hour: 'After an hour',
  day: 'After a day',
};
