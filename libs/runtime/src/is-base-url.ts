import { Matches } from 'class-validator';

/** Where something is, without a query, a name or a password. */
const BASE_URL = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;

/** A setting that is the base address of something; null and undefined are left to `IsOptional`. */
export function IsBaseUrl(): PropertyDecorator {
  return Matches(BASE_URL, {
    message: '$property must be http(s)://host[:port][/path], without a query or a password',
  });
}
