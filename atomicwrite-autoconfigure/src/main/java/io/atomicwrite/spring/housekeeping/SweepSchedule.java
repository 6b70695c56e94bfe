package io.atomicwrite.spring.housekeeping;

import java.time.Duration;

import io.atomicwrite.spring.directory.DirectoryLooks;

/**
 * When and how managed directories are swept.
 *
 * @param looks looks at the directories, before each is swept
 * @param housekeeping sweeps a directory
 * @param interval the time between the end of one sweep of a directory and the start of
 * the next
 * @param onStartup whether the first sweeps start immediately
 */
public record SweepSchedule(DirectoryLooks looks, DirectoryHousekeeping housekeeping, Duration interval,
		boolean onStartup) {
}
