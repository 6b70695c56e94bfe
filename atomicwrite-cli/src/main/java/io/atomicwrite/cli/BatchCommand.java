package io.atomicwrite.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.BatchFailedException;
import io.atomicwrite.core.BatchFile;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes many files that a list names, with few waits for the disk.
 */
final class BatchCommand implements Command {

	private static final int BUFFER = 64 * 1024;

	private final Choice choice = new Choice();

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final MetadataOptions metadata = new MetadataOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	@Override
	public String name() {
		return "batch";
	}

	@Override
	public List<String> description() {
		return List.of("Writes many files with few waits for the disk.",
				"Standard input has one JSON object a line: path, and content (text), base64 (bytes) or source (a file "
						+ "to copy). Each file is written all or nothing, durably; one that fails leaves the others "
						+ "alone. A list up to 16 MiB is checked as a whole before the first file is written.",
				"A signal ends it at once: files that were not written then are as they were.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.choice, this.lock, this.companions, this.metadata, this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of();
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("1", "a file was not written, or an error");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("echo '{\"path\": \"a.txt\", \"content\": \"a\"}' | atomic-write batch", "write one file");
		examples.put("jq -c '.[] | {path: (.id + \".json\"), content: tojson}' list.json | atomic-write batch",
				"write a file for each element of a list");
		examples.put("tar -cC export . | atomic-write batch --tar /var/www/html", "write the files of a directory");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		WriteOptions options = WriteOptions.engineDefaults()
			.with((changes) -> this.safety.apply(changes.lock(this.lock.request())
				.createDirectories(this.choice.createsDirectories())
				.overwrite(!this.choice.keepsExisting())
				.mode(this.metadata.mode())
				.owner(this.metadata.owner())
				.reportLosses(session.reporter().reports(Reporter.Level.INFO))));
		// one that is all or nothing is carried through from its first commit on
		StoppableFiles files = new StoppableFiles(FileOps.system(), (name) -> this.choice.isAllOrNothing());
		Optional<Path> directory = this.choice.directory();
		CompanionNames names = this.companions.names();
		try (LockRegistry locks = new LockReport(session, files, this.lock, names).registry();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(files)
					.locks(locks)
					.defaults(options)
					.companions(names)
					.listener(new WarningReport(session.reporter()))
					.baseDirectory(directory.orElse(null))
					.build();
				Input input = this.choice.input()) {
			session.afterInterrupt("each file is as it was, or as the list has it");
			session.interruption().engage(files, locks);
			BatchTally tally = new BatchTally(session);
			if (directory.isPresent()) {
				writeArchive(template, new TarFiles(new TarEntries(new BufferedInputStream(input.stream(), BUFFER)),
						directory.get(), this.choice.isAllOrNothing()), tally);
			}
			else {
				write(template, new BatchLines(input), tally);
			}
			return tally.end();
		}
		catch (IllegalArgumentException ex) {
			throw Failure.of("", String.valueOf(ex.getMessage()), null);
		}
	}

	private void writeArchive(AtomicFileTemplate template, TarFiles files, BatchTally tally) {
		try {
			Optional<BatchFile> large;
			do {
				write(template, files, tally);
				large = files.large();
				large.ifPresent((file) -> write(template, List.of(file), tally));
			}
			while (large.isPresent() && !Thread.currentThread().isInterrupted());
		}
		catch (Failure ex) {
			throw tally.of(ex);
		}
	}

	/** Each failure was reported when it happened. */
	private void write(AtomicFileTemplate template, Iterable<BatchFile> files, BatchTally tally) {
		Batch.Builder batch = Batch.builder().listener(tally);
		if (this.choice.isAllOrNothing()) {
			batch.allOrNothing();
		}
		try {
			template.writeAll(batch.build(files));
		}
		catch (BatchFailedException ex) {
			// counted
		}
	}

	/** What is written, and how. */
	private static final class Choice extends OptionGroup {

		private final OptionSpec input = file("FILE", "Read the list from this file instead of standard input.", "-i",
				"--input");

		private final OptionSpec tar = value("DIR", "Read a tar archive, and write its files in DIR. Anything that is "
				+ "no regular file or directory, or would leave DIR, is refused. Modes and times are not taken over.",
				"--tar");

		private final OptionSpec together = flag("Write nothing if one of the files can't be written, up to the moment "
				+ "when the first one is replaced. For 4096 files at most.", "--all-or-nothing");

		private final OptionSpec parents = flag("Create missing directories, durably. With --tar they always are.",
				"-p", "--parents");

		private final OptionSpec noClobber = flag("Fail for each file that exists.", "--no-clobber");

		Choice() {
			super("Files");
		}

		Input input() {
			String name = text(this.input);
			return (name != null) ? Input.of(FileOps.system(), name) : Input.standard();
		}

		/** The directory for the files of an archive; empty if the input is a list. */
		Optional<Path> directory() throws IOException {
			String name = text(this.tar);
			return (name != null) ? Optional.of(FileOps.system().canonical(FileName.directory(name)))
					: Optional.empty();
		}

		boolean isAllOrNothing() {
			return isSet(this.together);
		}

		boolean createsDirectories() {
			return isSet(this.parents) || text(this.tar) != null;
		}

		boolean keepsExisting() {
			return isSet(this.noClobber);
		}

	}

}
