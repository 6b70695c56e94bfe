package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the input to a file: all or nothing, durably, and one writer at a time.
 */
final class WriteCommand implements Command {

	private final InputOptions input = new InputOptions();

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final BackupOptions backup = new BackupOptions();

	private final MetadataOptions metadata = new MetadataOptions();

	private final InputContentOptions content = new InputContentOptions();

	private final StampOptions stamp = new StampOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec file = Commands.parameter("OUTPUT", "The file to write.");

	@Override
	public String name() {
		return "";
	}

	@Override
	public List<String> description() {
		return List.of("Writes standard input to a file: all or nothing, durably, and one writer at a time.",
				"The input is read to its end. Then the lock is taken, the content goes to a staging file beside OUTPUT, "
						+ "is synced, and takes the place of the old content in one step. Whatever fails before that, "
						+ "and whenever the machine crashes, the old content stands whole.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] OUTPUT";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.input, this.lock, this.companions, this.backup, this.metadata, this.content, this.stamp,
				this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.file);
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("jq '.port = 8080' app.json | atomic-write app.json",
				"change a JSON file; jq has read it to the end before it is replaced");
		examples.put("report | atomic-write --append --timeout 30 /var/log/summary.log",
				"add lines from several cron jobs without losing any");
		examples.put("transform < in.csv | atomic-write --stream out.csv", "write more than fits into the memory");
		examples.put("generate | atomic-write --keep 5 --checksum sidecar app.conf",
				"keep the last five contents and a checksum");
		examples.put("export | atomic-write --run-id nightly-42 out.csv",
				"let readers see which run the content is of: atomic-write inspect out.csv");
		return examples;
	}

	/** Says what to write without a parser. */
	void nameFile(String name) {
		this.file.setValue(name);
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.file);
		session.about(name);
		this.content.check(this.input.streams());
		WriteOptions options = options(session.reporter());
		Path target = FileName.parse(name);
		try (Input source = this.input.open(FileOps.system())) {
			if (this.content.dryRun()) {
				return new WritePreview(session, this.content.appends()).dryRun(target,
						this.content.createsDirectories(), required(source.readAll(), session));
			}
			byte[] whole = this.input.streams() ? new byte[0] : required(source.readAll(), session);
			session.reporter()
				.report(Reporter.Level.INFO,
						this.input.streams() ? "Streaming mode" : "Simple mode, " + whole.length + " bytes read",
						Map.of("file", name));
			try (Engine engine = new Engine(session, this.lock, this.companions, options)) {
				WriteReport.of(session, write(session, engine, target, source, whole), Map.of());
			}
			return ExitStatus.SUCCESS;
		}
	}

	private WriteOptions options(Reporter reporter) {
		WriteOptions.Builder options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(this.lock.request())
			.backup(this.backup.policy())
			.mode(this.metadata.mode())
			.owner(this.metadata.owner())
			.reportLosses(reporter.reports(Reporter.Level.INFO));
		this.content.apply(options);
		this.stamp.apply(options);
		this.safety.apply(options);
		return options.build();
	}

	private WriteResult write(Session session, Engine engine, Path target, Input source, byte[] whole)
			throws IOException {
		try (StagedWrite staged = engine.open(target, this.lock.request())) {
			session.reporter()
				.report(Reporter.Level.DEBUG, "Staging file " + engine.files().staging(),
						Map.of("file", session.subject()));
			session.interruption().feeding(staged);
			StagedContent out = new StagedContent(staged);
			if (this.content.diffs()) {
				new WritePreview(session, this.content.appends()).show(target, whole);
			}
			if (this.content.appends()) {
				out.copyOld(engine);
			}
			if (this.input.streams()) {
				stream(session, source, out);
				if (source.isPipe()) {
					session.interruption().expectSignal();
				}
			}
			else {
				out.put(ByteBuffer.wrap(whole));
			}
			session.interruption().feeding(null);
			return staged.commit();
		}
	}

	private void stream(Session session, Input source, StagedContent out) {
		Progress progress = Progress.on(session.reporter());
		try {
			requireContent(source.copy(out, progress));
		}
		finally {
			progress.done();
		}
	}

	private byte[] required(byte[] read, Session session) {
		requireContent(read.length);
		return read;
	}

	private void requireContent(long size) {
		if (size == 0 && !this.input.allowsEmpty()) {
			throw Failure.of("", "No input provided: the input is empty",
					"the target is as it was; use --allow-empty if the file is to be empty");
		}
	}

}
