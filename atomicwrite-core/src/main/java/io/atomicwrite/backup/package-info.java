/**
 * Backups of replaced content: the policy of a write
 * ({@link io.atomicwrite.backup.BackupPolicy}), the step of the write protocol that makes
 * them and prunes surplus ones ({@link io.atomicwrite.backup.BackupStep}), and the list
 * of existing ones ({@link io.atomicwrite.backup.Backup#list}). Removing old ones from a
 * whole directory is part of {@link io.atomicwrite.maintenance}.
 */
@NullMarked
package io.atomicwrite.backup;

import org.jspecify.annotations.NullMarked;
