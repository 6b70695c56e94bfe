package io.atomicwrite.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * Every way to change a file. A rule that holds for one of them holds for all, unless its
 * test says why not. What is written are numbers, which any format has. The options are
 * the defaults of the template: not every way takes others.
 */
enum Change {

	/** Write bytes. */
	WRITE,

	/** Write text. */
	TEXT,

	/** Write what a stream holds. */
	STREAM,

	/** Write what a callback produces. */
	CALLBACK,

	/** Write step by step and commit. */
	STAGED,

	/** Write a value. */
	VALUE,

	/** Write bytes where nothing is overwritten. */
	CREATE,

	/** Append bytes. */
	APPEND,

	/** Change a value. */
	UPDATE,

	/** Restore a backup. */
	RESTORE,

	/** Move another file there. */
	MOVE,

	/** Move another file there where nothing is overwritten. */
	MOVE_NEW,

	/** Delete. */
	DELETE;

	/** The name of the target that each of them can be done to. */
	static final String TARGET = "f.json";

	/** The name of the file that is moved. */
	static final String SOURCE = "source.json";

	/** What is there before. */
	static final String OLD = "7";

	private static final String BACKUP = "f.json.restored";

	/** Whether the target must not be there. */
	boolean needsFreeName() {
		return this == CREATE || this == MOVE_NEW;
	}

	boolean moves() {
		return this == MOVE || this == MOVE_NEW;
	}

	/** Whether a new file comes into being, rather than one gets another name or none. */
	boolean writes() {
		return !moves() && this != DELETE;
	}

	/** Whether it reads what is there. */
	boolean reads() {
		return this == APPEND || this == UPDATE;
	}

	/** Creates what it needs besides the target: the source of a move, or a backup. */
	void prepare(Path directory) throws IOException {
		if (moves()) {
			Files.writeString(directory.resolve(SOURCE), "43");
		}
		else if (this == RESTORE) {
			Files.writeString(directory.resolve(BACKUP), "44");
		}
	}

	/** What the target holds afterwards, or {@code null} if it is gone. */
	@Nullable String result(@Nullable String before) {
		return switch (this) {
			case MOVE, MOVE_NEW -> "43";
			case RESTORE -> "44";
			case DELETE -> null;
			case APPEND -> ((before != null) ? before : "") + "42";
			case UPDATE -> String.valueOf((before != null) ? Integer.parseInt(before) + 1 : 1);
			default -> "42";
		};
	}

	/**
	 * Does it.
	 * @param on the template, with the options as its defaults
	 * @param target the file to change
	 * @param directory where what was prepared is
	 * @return the result
	 */
	WriteResult run(AtomicFileTemplate on, Path target, Path directory) {
		byte[] content = "42".getBytes(StandardCharsets.US_ASCII);
		return switch (this) {
			case WRITE -> on.write(target, content);
			case TEXT -> on.writeString(target, "42");
			case STREAM -> on.write(target, new ByteArrayInputStream(content));
			case CALLBACK -> on.write(target, (out) -> out.write(content));
			case STAGED -> stage(on, target, content);
			case VALUE -> on.writeValue(target, 42);
			case CREATE -> on.write(target, content, on.defaults().toBuilder().overwrite(false).build());
			case APPEND -> on.append(target, content);
			case UPDATE -> on.update(target, Integer.class, (value) -> (value != null) ? value + 1 : 1).result();
			case RESTORE -> on.restore(target, backup(directory.resolve(BACKUP)));
			case MOVE -> on.move(directory.resolve(SOURCE), target);
			case MOVE_NEW ->
				on.move(directory.resolve(SOURCE), target, on.defaults().toBuilder().overwrite(false).build());
			case DELETE -> on.delete(target);
		};
	}

	private static WriteResult stage(AtomicFileTemplate on, Path target, byte[] content) {
		try (StagedWrite staged = on.open(target)) {
			staged.output().write(content);
			return staged.commit();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Backup backup(Path path) {
		try {
			return new Backup(path, BackupGeneration.PLAIN, Files.size(path),
					Files.getLastModifiedTime(path).toInstant());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
