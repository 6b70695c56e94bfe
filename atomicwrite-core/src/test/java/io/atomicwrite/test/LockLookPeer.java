package io.atomicwrite.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.atomicwrite.test.contract.FileOpsSubject.LockLook;

/**
 * Another process that tries the record lock of files, as any program would, and releases
 * it at once.
 */
public final class LockLookPeer implements LockLook, AutoCloseable {

	private final ForkedJvm process = ForkedJvm.start(LockLookPeer.class);

	/**
	 * Answers each line, the path of a file.
	 * @param args none
	 * @throws IOException if a file can't be opened
	 */
	public static void main(String[] args) throws IOException {
		BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String file = files.readLine(); file != null; file = files.readLine()) {
			ForkedJvm.reply(Boolean.toString(tryLock(Path.of(file))));
		}
	}

	private static boolean tryLock(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			return channel.tryLock() != null;
		}
	}

	@Override
	public boolean isFree(Path file) {
		return Boolean.parseBoolean(this.process.ask(file.toString()));
	}

	@Override
	public void close() {
		this.process.close();
	}

}
