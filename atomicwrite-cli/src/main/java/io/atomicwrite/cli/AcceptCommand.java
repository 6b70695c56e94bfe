package io.atomicwrite.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Makes the content of files that were edited by hand the good one.
 */
final class AcceptCommand implements Command {

	private final Choice choice = new Choice();

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec files = Commands.parameters(0, "FILE", "The files to accept as they are.");

	@Override
	public String name() {
		return "accept";
	}

	@Override
	public List<String> description() {
		return List.of("Makes the content of files that were edited by hand the good one.",
				"The checksum in the sidecar or the attribute is renewed under the lock, and so is the manifest. Content, "
						+ "permissions and times stay as they are. Look at the file before: an accepted file verifies, "
						+ "also if it is damaged.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE…";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.choice, this.lock, this.companions, this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.files);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("0", "each file verifies now", "1",
				"a file has no checksum to renew, has another digest than expected, was changed meanwhile, or can't be "
						+ "read or attested");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write accept app.conf", "after an edit that is right");
		examples.put("atomic-write accept --expect-digest $(sha256sum < app.conf | cut -c-64) app.conf",
				"accept nothing but what you have looked at");
		return examples;
	}

	@Override
	public int run(Session session) {
		List<String> names = this.files.getValue();
		if (names == null || names.isEmpty()) {
			throw Failure.usage("", "Missing argument: FILE");
		}
		if (names.size() > 1 && this.choice.expects()) {
			throw Failure.usage("--expect-digest", "can be given for one FILE only");
		}
		WriteOptions options = WriteOptions.engineDefaults().with((changes) -> {
			this.choice.apply(changes);
			this.safety.apply(changes);
		});
		int status = ExitStatus.SUCCESS;
		try (Engine engine = new Engine(session, this.lock, this.companions, options)) {
			for (String name : names) {
				status = Math.max(status, accept(session, engine, options, name));
			}
		}
		return status;
	}

	private int accept(Session session, Engine engine, WriteOptions options, String name) {
		session.about(name);
		try {
			Path file = FileName.parse(name);
			WriteResult result = engine.waiting(this.lock.request(),
					(policy) -> engine.template().accept(file, options.toBuilder().lock(policy).build()));
			result.warnings().forEach((warning) -> session.reporter().warning(name, warning));
			print(session, name, result);
			return ExitStatus.SUCCESS;
		}
		catch (RuntimeException ex) {
			Failure failure = Failures.of(session, ex);
			session.reporter().error(failure);
			return failure.status();
		}
	}

	private static void print(Session session, String name, WriteResult result) {
		String digest = result.version().map(Object::toString).orElse("");
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("file", name);
			object.put("ok", true);
			object.put("size", result.size());
			object.put("digest", digest);
			object.put("outcome", result.outcome());
			session.out().print(Json.of(object) + "\n");
		}
		else if (session.reporter().reports(Reporter.Level.NOTICE)) {
			session.out().print(name + ": accepted (SHA-256 " + digest + ")\n");
		}
	}

	/** Which content, and how it is attested. */
	private static final class Choice extends OptionGroup {

		private final OptionSpec expectDigest = value("SHA256",
				"Fail unless FILE has this digest when the lock is held: nobody has changed it since you have looked.",
				"--expect-digest");

		private final OptionSpec checksum = value("KIND",
				"Keep a SHA-256 of a file that has none yet. One of none (default), sidecar, attribute.", "--checksum");

		Choice() {
			super("Accepting");
		}

		boolean expects() {
			return isGiven(this.expectDigest);
		}

		void apply(WriteOptions.Builder options) {
			String kind = text(this.checksum);
			if (kind != null) {
				options.checksum(ChecksumPolicy.of(word(this.checksum, kind, ChecksumPolicy.Mode.class),
						ChecksumAlgorithm.SHA_256));
			}
			String digest = text(this.expectDigest);
			if (digest != null) {
				options.expectedVersion(ContentOptions.version(digest));
			}
		}

	}

}
