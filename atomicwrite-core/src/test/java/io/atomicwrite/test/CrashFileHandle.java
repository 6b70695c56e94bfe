package io.atomicwrite.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.test.CrashStep.Kind;

/**
 * An open file in memory, whose bytes reach the disk in pieces.
 */
final class CrashFileHandle implements FileHandle {

	private final Path file;

	private final int number;

	private final CrashInode inode;

	private final int pieces;

	private final Consumer<CrashStep> steps;

	CrashFileHandle(Path file, int number, CrashInode inode, int pieces, Consumer<CrashStep> steps) {
		this.file = file;
		this.number = number;
		this.inode = inode;
		this.pieces = pieces;
		this.steps = steps;
	}

	@Override
	public void write(ByteBuffer bytes) {
		String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
		this.inode.text += text;
		int piece = Math.max(1, (text.length() + this.pieces - 1) / this.pieces);
		for (int start = 0; start < text.length(); start += piece) {
			this.steps.accept(CrashStep.write(this.file, this.number,
					text.substring(start, Math.min(start + piece, text.length()))));
		}
	}

	@Override
	public void sync() {
		this.steps.accept(CrashStep.of(Kind.SYNC, this.file, null, this.number));
	}

	@Override
	public boolean tryLock() {
		return true;
	}

	@Override
	public void close() {
		// nothing is held
	}

}
