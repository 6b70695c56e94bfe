package io.atomicwrite.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Remedy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IdleWait;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written, and where it comes from. Says of an I/O error which of the two
 * sides it is from.
 */
final class Input implements AutoCloseable {

	/** Set by the launcher where the caller has closed standard input. */
	static final String CLOSED = "atomicwrite.stdin.closed";

	private static final int BUFFER = 64 * 1024;

	/** As little is not worth a system call yet. */
	private static final int GATHERED = 8 * 1024;

	private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

	/**
	 * Names of standard input. To open it by one of the others fails for a socket, and
	 * begins a file anew that others have read a part of.
	 */
	private static final List<String> STANDARD = List.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

	private final InputStream in;

	/** Standard input: a channel, because an interrupt ends a wait for it. */
	private final @Nullable FileChannel channel;

	private final String name;

	private final OptionalLong size;

	private Input(FileChannel channel) {
		this.in = new ChannelInput(channel);
		this.channel = channel;
		this.name = "";
		this.size = OptionalLong.empty();
	}

	private Input(InputStream in, String name, OptionalLong size) {
		this.in = in;
		this.channel = null;
		this.name = name;
		this.size = size;
	}

	static Input standard() {
		if (Boolean.getBoolean(CLOSED) || isOfTheRuntime()) {
			throw Failure.of("", "No input provided: standard input is closed", "the target is as it was");
		}
		return new Input(new FileInputStream(FileDescriptor.in).getChannel());
	}

	/** Opens whatever can be read, also what has no name, as the pipe of {@code <(…)}. */
	static Input of(FileOps files, String name) {
		if (STANDARD.contains(name)) {
			return standard();
		}
		Path file = FileName.parse(name);
		try {
			FileStat stat = named(files, file);
			if (stat != null && stat.kind() == FileStat.Kind.DIRECTORY) {
				throw Failure.of(name, "Is a directory", "name a file to read");
			}
			OptionalLong size = (stat != null && stat.isRegular() && stat.size() > 0) ? OptionalLong.of(stat.size())
					: OptionalLong.empty();
			return new Input(files.openRead(file), name, size);
		}
		catch (IOException ex) {
			throw Failure.of(name, IoErrors.text(ex), hint(IoErrors.classify(ex)));
		}
	}

	private static String hint(IoErrorKind error) {
		return switch (error) {
			case NOT_FOUND, ACCESS_DENIED -> "correct the name of the input, or the permission to read it";
			default -> RemedyWords.of(Remedy.ofReading(error));
		};
	}

	private static @Nullable FileStat named(FileOps files, Path file) throws IOException {
		try {
			return files.stat(files.canonical(file));
		}
		catch (NoSuchFileException ex) {
			// whether it can be read is seen when it is opened
			return null;
		}
	}

	/**
	 * The first file that the Java runtime opens and keeps open gets the descriptor that
	 * the caller has closed, and would be taken for the input.
	 */
	private static boolean isOfTheRuntime() {
		try {
			FileOps files = FileOps.system();
			Path runtime = files.canonical(Path.of(System.getProperty("java.home")));
			return files.readLink(DESCRIPTOR).startsWith(runtime);
		}
		catch (IOException ex) {
			// not Linux, or closed and still so: reading it will show
			return false;
		}
	}

	/** What there is to read, without a buffer; closing it closes what this has open. */
	InputStream stream() {
		return this.in;
	}

	byte[] readAll() {
		return readAtMost(Integer.MAX_VALUE);
	}

	/** Reads all, and refuses more than so many bytes. */
	byte[] readAtMost(int most) {
		try {
			return atMost(new BufferedInputStream(this.in, BUFFER), most);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	static byte[] atMost(InputStream in, int most) throws IOException {
		if (most == Integer.MAX_VALUE) {
			return in.readAllBytes();
		}
		byte[] read = in.readNBytes(most + 1);
		if (read.length > most) {
			throw Failure.of("", "is larger than the " + most + " bytes that are read to change or show a value", null);
		}
		return read;
	}

	/**
	 * Copies in constant memory and returns how many bytes there were. What comes from a
	 * descriptor goes to the file through one buffer outside the heap.
	 */
	long copy(StagedContent out, Progress progress) {
		progress.expect(knownSize());
		ByteBuffer buffer = (this.channel != null) ? ByteBuffer.allocateDirect(BUFFER) : ByteBuffer.allocate(BUFFER);
		long copied = 0;
		for (int read = read(buffer); read >= 0; read = read(buffer)) {
			copied += read;
			if (buffer.position() >= GATHERED) {
				put(buffer, out);
			}
			progress.at(copied);
		}
		put(buffer, out);
		return copied;
	}

	/** Whether another process feeds it. */
	boolean isPipe() {
		return this.channel != null && knownSize().isEmpty();
	}

	/** A file that the shell has opened as standard input has a size, too. */
	private OptionalLong knownSize() {
		if (!this.name.isEmpty()) {
			return this.size;
		}
		try {
			FileOps files = FileOps.system();
			FileStat stat = files.stat(files.readLink(DESCRIPTOR));
			return (stat != null && stat.isRegular()) ? OptionalLong.of(stat.size()) : OptionalLong.empty();
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	private int read(ByteBuffer buffer) {
		try {
			if (this.channel != null) {
				return read(this.channel, buffer);
			}
			int read = this.in.read(buffer.array(), buffer.position(), buffer.remaining());
			buffer.position(buffer.position() + Math.max(read, 0));
			return read;
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/** In non-blocking mode there may be nothing yet, which is no end. */
	private static int read(FileChannel channel, ByteBuffer buffer) throws IOException {
		IdleWait idle = new IdleWait();
		int read = channel.read(buffer);
		while (read == 0 && buffer.hasRemaining()) {
			idle.after(read);
			read = channel.read(buffer);
		}
		return read;
	}

	private static void put(ByteBuffer filled, StagedContent out) {
		out.put(filled.flip());
		filled.clear();
	}

	private Failure unreadable(IOException ex) {
		return Failure.of(this.name, (this.name.isEmpty() ? "standard input can't be read: " : "") + IoErrors.text(ex),
				"the target is as it was");
	}

	@Override
	public void close() throws IOException {
		if (!this.name.isEmpty()) {
			this.in.close();
		}
	}

	/**
	 * That of the platform asks for the position in the file, which a pipe does not have.
	 */
	private static final class ChannelInput extends InputStream {

		private final FileChannel channel;

		ChannelInput(FileChannel channel) {
			this.channel = channel;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return Input.read(this.channel, ByteBuffer.wrap(bytes, offset, length));
		}

	}

}
