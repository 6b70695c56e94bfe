package io.atomicwrite.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.watch.Look;

/**
 * Copies of content that was no valid document, made before something replaces it. Used
 * under the lease of the file.
 */
final class RejectedCopies {

	/** A copy is no program: setuid and setgid were not meant for it. */
	private static final int PERMISSIONS = 0777;

	private static final Comparator<BackupGeneration> NEWEST_FIRST = Comparator
		.comparing((BackupGeneration generation) -> Objects.requireNonNull(generation.made()))
		.thenComparingInt(BackupGeneration::sequence)
		.reversed();

	private final Tools tools;

	private final InstantSource clock;

	private final int keep;

	RejectedCopies(Tools tools, int keep) {
		this.tools = tools;
		this.clock = tools.clock();
		this.keep = keep;
	}

	/**
	 * Copies what the file holds, durably, and deletes the oldest copies beyond the
	 * number that is kept.
	 * @param bad what the file was found to hold
	 */
	void copy(DocumentFile.Write write, Look bad) throws IOException {
		Directory directory = write.directory();
		int limit = NameLimit.of(directory, write.name());
		String name = freeName(directory, write.name(), limit);
		StagingFile staging = StagingFile.create(this.tools, directory, name, write.rights().createMode());
		try {
			staging.markAlive();
			if (bad instanceof Look.Content content) {
				staging.write(ByteBuffer.wrap(content.bytes()));
			}
			else {
				try (InputStream in = directory.openRead(write.name())) {
					staging.write(in);
				}
			}
			write.rights().give(directory, staging.name(), PERMISSIONS);
			staging.sync();
			staging.close();
			directory.rename(staging.name(), directory, name);
		}
		catch (Throwable ex) {
			staging.discard(ex);
			throw ex;
		}
		write.sync();
		prune(directory, write.name(), limit);
	}

	/** A number is not given again in its second, also once its copy was deleted. */
	private String freeName(Directory directory, String target, int limit) throws IOException {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		int last = list(directory, target, limit).stream()
			.filter((made) -> now.equals(made.made()))
			.mapToInt(BackupGeneration::sequence)
			.max()
			.orElse(0);
		return ArtifactNames.rejected(target, new BackupGeneration(now, last + 1), limit);
	}

	private static List<BackupGeneration> list(Directory directory, String target, int limit) throws IOException {
		List<BackupGeneration> all = new ArrayList<>();
		directory.list((name) -> {
			BackupGeneration made = ArtifactNames.rejected(name, target, limit);
			if (made != null) {
				all.add(made);
			}
		});
		all.sort(NEWEST_FIRST);
		return all;
	}

	private void prune(Directory directory, String target, int limit) {
		try {
			List<BackupGeneration> all = list(directory, target, limit);
			for (BackupGeneration old : all.subList(Math.min(this.keep, all.size()), all.size())) {
				directory.delete(ArtifactNames.rejected(target, old, limit));
			}
		}
		catch (IOException ex) {
			// one too many does no harm
		}
	}

}
