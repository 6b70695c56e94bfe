package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStates;
import io.atomicwrite.test.crash.CrashStates.Profile;
import io.atomicwrite.test.crash.CrashStates.State;
import org.jspecify.annotations.Nullable;

/**
 * The contract on the disks that the filesystem in memory takes for legal.
 */
class CrashDurability extends DurabilityContract {

	private static final Path DIRECTORY = Path.of("/w");

	private final Profile profile;

	private final UnaryOperator<CrashFileOps> disk;

	private final UnaryOperator<FileOps> files;

	/**
	 * Makes the disks.
	 * @param profile what is done with what was not synced
	 * @param disk may seed a difference into the model
	 * @param files may seed one into its operations
	 */
	CrashDurability(Profile profile, UnaryOperator<CrashFileOps> disk, UnaryOperator<FileOps> files) {
		this.profile = profile;
		this.disk = disk;
		this.files = files;
	}

	@Override
	protected Collection<FoundDisk> crash(Changes before, Changes changes) throws IOException {
		CrashFileOps first = CrashFileOps.empty(DIRECTORY);
		run(before, first);
		CrashImage image = first.image();
		CrashFileOps second = this.disk.apply(new CrashFileOps(image));
		run(changes, this.files.apply(second));
		return CrashStates.afterLast(image, second.steps(), this.profile, (name) -> false)
			.found()
			.keySet()
			.stream()
			.map(State::image)
			.map(CrashDurability::found)
			.toList();
	}

	private static void run(Changes changes, FileOps files) throws IOException {
		try (Directory at = files.open(DIRECTORY)) {
			changes.in(at);
		}
	}

	@Override
	protected Set<Trait> traits() {
		return (this.profile == Profile.WEAK) ? EnumSet.of(Trait.EVERY_LEGAL_DISK_IS_FOUND)
				: EnumSet.allOf(Trait.class);
	}

	@Override
	protected int attempts() {
		return 1;
	}

	private static FoundDisk found(CrashImage image) {
		return new FoundDisk() {

			@Override
			public @Nullable String text(String file) {
				return image.text(DIRECTORY.resolve(file));
			}

			@Override
			public @Nullable String link(String link) {
				CrashImage.Content content = content(link);
				return (content != null && content.link()) ? content.text() : null;
			}

			@Override
			public @Nullable String attribute(String file, String name) {
				CrashImage.Content content = content(file);
				return (content != null) ? content.attributes().get(name) : null;
			}

			private CrashImage.@Nullable Content content(String file) {
				Integer number = image.names().get(DIRECTORY.resolve(file));
				return (number != null) ? image.files().get(number) : null;
			}

			@Override
			public boolean isDirectory(String directory) {
				return image.directories().contains(DIRECTORY.resolve(directory));
			}

			@Override
			public String toString() {
				return image.toString();
			}

		};
	}

}
