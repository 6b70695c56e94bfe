package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.doctor.OverlapCheck;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.ForkedJvm;

/**
 * One of two participants of an overlap check, as a host on its own mount would be.
 */
final class OverlapPeer {

	private static final int ROUNDS = 60;

	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private OverlapPeer() {
	}

	static ForkedJvm start(Path directory) {
		return ForkedJvm.start(OverlapPeer.class, directory.toString());
	}

	public static void main(String[] args) throws IOException {
		try (LockRegistry locks = LockRegistry.file()) {
			OverlapCheck.Report report = new OverlapCheck(FileOps.system(), locks, ProcessHandle.current().pid())
				.run(Path.of(args[0]), 2, ROUNDS, PATIENCE);
			ForkedJvm.reply(report.ok() + " " + report.summary());
		}
		catch (IOException ex) {
			ForkedJvm.reply("failed " + ex);
		}
	}

}
