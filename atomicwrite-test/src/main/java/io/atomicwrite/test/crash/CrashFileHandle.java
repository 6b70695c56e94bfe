package io.atomicwrite.test.crash;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.test.crash.CrashStep.Kind;

/**
 * An open file in memory, whose bytes reach the disk in pieces.
 */
final class CrashFileHandle implements FileHandle {

	private final Path file;

	private final CrashInode inode;

	private final CrashFileOps disk;

	private final boolean readOnly;

	CrashFileHandle(Path file, CrashInode inode, CrashFileOps disk, boolean readOnly) {
		this.file = file;
		this.inode = inode;
		this.disk = disk;
		this.readOnly = readOnly;
	}

	@Override
	public void write(ByteBuffer bytes) {
		if (this.readOnly) {
			throw new NonWritableChannelException();
		}
		String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
		this.inode.text += text;
		this.disk.written(this.file, this.inode, text);
	}

	@Override
	public void writeOut() {
		this.disk.step(CrashStep.of(Kind.WRITE_OUT, this.file, null, this.inode.number));
	}

	@Override
	public void sync() {
		this.disk.step(CrashStep.of(Kind.SYNC, this.file, null, this.inode.number));
	}

	@Override
	public boolean tryLock() {
		return this.inode.tryLock(this);
	}

	@Override
	public void close() {
		this.inode.unlock(this);
	}

}
