package io.atomicwrite.hosts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileHandle;
import io.atomicwrite.fs.ForwardingFileOps;

/**
 * Stops the next write at a point: <pre>
 * revoke    with the lock, before the directory is listed
 * delete    with the lock, before the first staging file of another is deleted
 * stage     before the staging file is made
 * write     before its content is written
 * sync      before it is synced
 * check     when it is synced, before the lease is checked
 * commit    when the lease is checked, before the rename
 * release   after the rename
 * </pre>
 */
final class StopAt extends ForwardingFileOps {

	private final Runnable stop;

	private String point = "";

	/** The staging files that were created since then, that of the revocation first. */
	private int created;

	private Path marker = Path.of("");

	StopAt(FileOps delegate, Runnable stop) {
		super(delegate);
		this.stop = stop;
	}

	void next(String chosen) {
		this.point = chosen;
		this.created = 0;
	}

	private void reached(String here) {
		if (this.point.equals(here)) {
			this.point = "";
			System.out.println("AT " + here);
			this.stop.run();
		}
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		reached("revoke");
		super.list(directory, visitor);
	}

	@Override
	public void delete(Path path) throws IOException {
		if (!path.equals(this.marker)) {
			reached("delete");
		}
		super.delete(path);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		if (++this.created == 2) {
			reached("stage");
		}
		FileHandle handle = super.createExclusive(file, mode);
		if (this.created == 1) {
			this.marker = file;
		}
		return new Stopping(handle);
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		reached("commit");
		super.rename(source, target);
		reached("release");
	}

	private final class Stopping extends ForwardingFileHandle {

		Stopping(FileHandle handle) {
			super(handle);
		}

		@Override
		public void write(ByteBuffer bytes) throws IOException {
			reached("write");
			super.write(bytes);
		}

		@Override
		public void writeOut() throws IOException {
			reached("sync");
			super.writeOut();
			reached("check");
		}

		@Override
		public void sync() throws IOException {
			reached("sync");
			super.sync();
			reached("check");
		}

	}

}
