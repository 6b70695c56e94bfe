package io.atomicwrite.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.test.ForkedJvm;

/**
 * Looks at what a power cut has left, as an application does that starts afterwards:
 * verifies all that has a checksum, writes again, and now and then sweeps before. Gets
 * directories, a line each; answers with a line for each thing that is wrong, and
 * {@code done}.
 */
final class CutReader {

	private static final Pattern KNOWN = Pattern.compile("w\\d\\d-[a-z]+(\\.backup)?(\\.sha256)?|lost\\+found");

	private static final Pattern ATTESTED = Pattern.compile("w\\d\\d-(sidecar|attribute|backup(\\.backup)?)");

	private static final Pattern PUBLICATION = Pattern.compile("w\\d\\d-(link|file|directory)");

	/** It takes two seconds, in which a writer that lives would show itself. */
	private static final int SWEEP_EACH = 40;

	private static final SweepOptions EVERYTHING = SweepOptions.builder()
		.orphanAge(Duration.ZERO)
		.lockAge(Duration.ZERO)
		.build();

	private final FileOps files = new StartedAnew();

	private final LockRegistry locks = LockRegistry.fileBuilder().files(this.files).build();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.build();

	private final Housekeeper housekeeper = new Housekeeper(this.files, this.locks, InstantSource.system());

	private int looks;

	private CutReader() {
	}

	public static void main(String[] args) throws IOException {
		CutReader reader = new CutReader();
		ForkedJvm.reply("ready");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			reader.look(Path.of(line));
			ForkedJvm.reply("done");
		}
	}

	private void look(Path directory) throws IOException {
		List<String> attested = names(directory).filter((name) -> ATTESTED.matcher(name).matches()).toList();
		attested.forEach((name) -> verify(directory.resolve(name)));
		if (this.looks++ % SWEEP_EACH == 0) {
			sweep(directory);
		}
		List<String> targets = attested.stream().filter((name) -> name.indexOf('.') < 0).toList();
		if (!targets.isEmpty()) {
			writeAgain(directory, targets.get(this.looks % targets.size()));
		}
		names(directory).filter((name) -> PUBLICATION.matcher(name).matches())
			.forEach((name) -> CutPublication.look(this.template, directory, name, this.looks)
				.forEach(ForkedJvm::reply));
	}

	private void sweep(Path directory) throws IOException {
		this.housekeeper.sweep(directory, EVERYTHING)
			.failures()
			.forEach((failure) -> ForkedJvm.reply("sweep " + failure.path().getFileName() + " " + failure.reason()));
		names(directory).filter((name) -> !KNOWN.matcher(name).matches())
			.forEach((name) -> ForkedJvm.reply("left " + name));
	}

	private static Stream<String> names(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.map((entry) -> entry.getFileName().toString()).sorted().toList().stream();
		}
	}

	private void verify(Path file) {
		try {
			this.template.verify(file);
		}
		catch (AtomicWriteException ex) {
			ForkedJvm.reply("verify " + file.getFileName() + " " + ex.getMessage());
		}
	}

	private void writeAgain(Path directory, String target) {
		try {
			this.template.write(directory.resolve(target), NumberedContent.of(target, 0),
					Variant.ofTarget(target).options());
			this.template.verify(directory.resolve(target));
		}
		catch (AtomicWriteException ex) {
			ForkedJvm.reply("next " + target + " " + ex.getMessage());
		}
	}

	/**
	 * Nobody holds a lock on a machine that has just started. The writers still run, on a
	 * disk with the same inodes.
	 */
	private static final class StartedAnew extends ForwardingFileOps {

		StartedAnew() {
			super(new DiskFileOps(null, true));
		}

		@Override
		public OptionalLong lockHolder(FileStat file) {
			return OptionalLong.empty();
		}

	}

}
