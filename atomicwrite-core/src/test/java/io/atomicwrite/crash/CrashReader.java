package io.atomicwrite.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;

/**
 * The reader of the engine, for one disk after the other.
 */
final class CrashReader {

	private static final Map<WriteOptions, CrashReader> READERS = new HashMap<>();

	private static final int MOST = 20_000;

	/** The same disk is met again and again, and damage is looked at five times. */
	private static final Map<Question, Verdict> VERDICTS = new HashMap<>();

	private final Current<FileOps> files = new Current<>(FileOps.class, CrashFileOps.empty());

	private final AtomicFileTemplate template;

	private CrashReader(WriteOptions options) {
		this.template = AtomicFileTemplate.builder()
			.files(this.files.proxy())
			.locks(LockRegistry.none())
			.defaults(options)
			.build();
	}

	/** What verifying says; that it says so of the content that is there. */
	static synchronized Verdict verify(CrashImage image, Path file, WriteOptions options) {
		if (VERDICTS.size() >= MOST) {
			VERDICTS.clear();
		}
		Question question = new Question(image, file, options);
		Verdict known = VERDICTS.get(question);
		Verdict verdict = (known != null) ? known : READERS.computeIfAbsent(options, CrashReader::new).ask(question);
		VERDICTS.put(question, verdict);
		return verdict;
	}

	private Verdict ask(Question question) {
		this.files.set(new CrashFileOps(question.image));
		try {
			byte[] content = this.template.readVerified(question.file);
			if (!new String(content, StandardCharsets.ISO_8859_1).equals(question.image.text(question.file))) {
				throw new AssertionError(question.file + " was read as something else");
			}
			return Verdict.GOOD;
		}
		catch (ChecksumMissingException ex) {
			return Verdict.UNKNOWN;
		}
		catch (ChecksumMismatchException ex) {
			return Verdict.DAMAGED;
		}
	}

	private record Question(CrashImage image, Path file, WriteOptions options) {
	}

}
