export { type Actor, ROLES, type Role } from './access/actor.js';
export { auditRows, type ChainHead, type ChainReport, verifyChain } from './access/audit-chain.js';
export { createAuditLog } from './access/audit-log.js';
export { issueKey, type KeyOrder } from './access/issue-key.js';
export type { ServerConfig, ServerConfigInput } from './config.js';
export { parseConfig } from './parse-config.js';
export { listApiKeys, revokeApiKey } from './storage/api-keys.js';
export { openStorage, type Storage } from './storage/open-storage.js';
