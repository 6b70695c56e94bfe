package io.atomicwrite.cli;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How long to wait for the lock, and where it is.
 */
final class LockOptions extends OptionGroup {

	private static final int PERMISSIONS = 0777;

	private final OptionSpec wait = flag("Wait for the lock as long as it takes. This is the default.", "--wait");

	private final OptionSpec noWait = flag("Exit with 2 at once if someone else holds the lock.", "--no-wait");

	private final OptionSpec timeout = value("SECONDS",
			"Wait no longer than that, then exit with 2. A unit may follow: 500ms, 30s, 5m.", "-t", "--timeout");

	private final OptionSpec lockFile = file("PATH",
			"Use this lock file in the place of OUTPUT.lock, such as where a program reads every file of the directory "
					+ "(nginx, logrotate, cron, sudoers). Everyone who writes OUTPUT must name the same.",
			"--lock-file");

	private final OptionSpec lockMode = value("OCTAL",
			"Permissions of a new lock file, less the umask. Default: 0644. Who may not write to it can't lock.",
			"--lock-mode");

	LockOptions() {
		super("Locking");
	}

	LockRequest request() {
		atMostOne(this.wait, this.noWait);
		atMostOne(this.noWait, this.timeout);
		if (isSet(this.noWait)) {
			return LockRequest.failFast();
		}
		String limit = text(this.timeout);
		return (limit == null) ? LockRequest.waitForever()
				: LockRequest.waitUpTo(Ages.parse("--timeout", limit, Duration.ofSeconds(1)));
	}

	@Nullable Path lockFile() {
		String file = text(this.lockFile);
		return (file != null) ? FileName.parse(file) : null;
	}

	LockFileRegistry registry(FileOps files, LockListener listener, CompanionNames companions) {
		LockFileRegistry.Builder builder = LockRegistry.fileBuilder()
			.files(files)
			.listener(listener)
			.companions(companions)
			.lockFile(lockFile());
		Integer mode = mode(this.lockMode, PERMISSIONS);
		if (mode != null) {
			builder.lockFileMode(mode);
		}
		return builder.build();
	}

}
