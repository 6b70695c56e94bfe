package io.atomicwrite.maintenance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.ForkedJvm;

/**
 * Another process that sweeps a directory on command.
 */
final class SweepPeer {

	private SweepPeer() {
	}

	public static void main(String[] args) throws IOException {
		Path directory = Path.of(args[0]);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try (LockRegistry locks = LockRegistry.file()) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				ForkedJvm.reply(sweep(directory, locks) ? "complete" : "not complete");
			}
		}
	}

	static boolean sweep(Path directory, LockRegistry locks) {
		return new Housekeeper(FileOps.system(), locks, InstantSource.system())
			.sweep(directory, SweepOptions.builder().orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build())
			.complete();
	}

}
