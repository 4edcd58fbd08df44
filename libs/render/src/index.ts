export { facets } from './facets.js';
export { itemJson, segmentJson, snapshotJson } from './render-frames.js';
export type { SegmentParts, SnapshotParts, StoryParts } from './render-frames.js';
export { renderOp } from './render-op.js';
export type { RenderedOp } from './render-op.js';
