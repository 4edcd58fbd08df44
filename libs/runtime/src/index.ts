export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
export { ClockUnreachable, driveClock, LOOPBACK_URL } from './driven-clock.js';
export type { DrivenClock } from './driven-clock.js';
export { ConfigInvalid, readConfig } from './config.js';
export { SERVER_VARIABLES, ServerConfig } from './server-config.js';
export {
  AuthGuard,
  bearerClaims,
  bearerToken,
  Caller,
  MaybeCaller,
  needRole,
  Needs,
  Open,
  Public,
} from './http/auth.js';
export { escapeHtml } from './http/escape-html.js';
export { createMetrics, MetricsController } from './http/metrics.controller.js';
export { ProblemError } from './http/problem-error.js';
export { ProblemFilter } from './http/problem-filter.js';
export { StrictPipe } from './http/strict-pipe.js';
export { IsBaseUrl } from './is-base-url.js';
export { stopOnSignals } from './lifecycle.js';
export type { Stoppable } from './lifecycle.js';
export { createLog, nestLogger } from './log.js';
export type { Log } from './log.js';
export { LinkRefused, MailLinks } from './mail-links.js';
export type { LinkPurpose, LinkTarget, MailLinksOptions } from './mail-links.js';
export { seal, SEAL_KEY_BYTES, SealBroken, unseal } from './sealed-box.js';
export { TokenRefused, TokenVerifier } from './tokens.js';
export type { TokenVerifierOptions } from './tokens.js';
