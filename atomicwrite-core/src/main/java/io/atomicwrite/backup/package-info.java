/**
 * Backups of replaced content: the policy of a write
 * ({@link io.atomicwrite.backup.BackupPolicy}) and the list of existing backups
 * ({@link io.atomicwrite.backup.Generations}). Making a backup is a step of the write
 * protocol in {@link io.atomicwrite.core}; removing old ones is part of
 * {@link io.atomicwrite.maintenance}.
 */
@NullMarked
package io.atomicwrite.backup;

import org.jspecify.annotations.NullMarked;
