package io.atomicwrite.maintenance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.ForkedJvm;

/**
 * A sweeper in another process, which may have a clock of its own. Replies to each line
 * with what it has removed, what it found alive, and how many staging files are of
 * tomorrow or later to it.
 */
final class SweeperPeer {

	private SweeperPeer() {
	}

	public static void main(String[] args) throws Exception {
		Path directory = Path.of(args[0]);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try (LockRegistry locks = LockRegistry.file()) {
			while (in.readLine() != null) {
				long tomorrow = ofTomorrow(directory);
				SweepReport report = new Housekeeper(FileOps.system(), locks, InstantSource.system(),
						Duration.ofMillis(20))
					.sweep(directory, SweepOptions.builder().orphanAge(Duration.ZERO).build());
				ForkedJvm.reply(report.removed(ArtifactKind.STAGING).count() + " removed, " + report.alive()
						+ " alive, " + tomorrow + " of tomorrow");
			}
		}
	}

	private static long ofTomorrow(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			List<Path> staging = files.filter((file) -> file.toString().endsWith(".tmp")).toList();
			long found = 0;
			for (Path file : staging) {
				if (Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().plus(Duration.ofDays(1)))) {
					found++;
				}
			}
			return found;
		}
	}

}
