package io.atomicwrite.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * A writer in another process that stops before one of its calls and waits to be killed.
 */
final class KillPeer {

	private KillPeer() {
	}

	/**
	 * Writes to a target with the options that the first two arguments name, or without
	 * arguments whatever it is told.
	 */
	public static void main(String[] args) throws IOException {
		if (args.length == 0) {
			writeAsTold();
			return;
		}
		WriteOptions options = options(args[0], args[1]);
		int stop = Integer.parseInt(args[4]);
		StoppingFileOps files = new StoppingFileOps(stop);
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(files)
			.locks(LockRegistry.fileBuilder().files(files).build())
			.defaults(options)
			.build();
		template.writeString(Path.of(args[2]), args[3]);
		ForkedJvm.reply("written");
		template.close();
	}

	private static void writeAsTold() throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] words = line.split(" ", 4);
			try (AtomicFileTemplate template = AtomicFileTemplate.builder()
				.defaults(options(words[0], words[1]))
				.build()) {
				template.writeString(Path.of(words[3]), words[2]);
			}
			ForkedJvm.reply("written");
		}
	}

	static WriteOptions options(String checksum, String backup) {
		ChecksumPolicy.Mode mode = ChecksumPolicy.Mode.valueOf(checksum);
		BackupPolicy policy = List.of(BackupPolicy.none(), BackupPolicy.single(), BackupPolicy.generations())
			.get(List.of("none", "single", "generations").indexOf(backup));
		return WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256))
			.backup(policy)
			.build();
	}

	private static final class StoppingFileOps extends InterceptingFileOps {

		private int left;

		StoppingFileOps(int stop) {
			super(FileOps.system());
			this.left = stop;
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			if (call.op().changing() && --this.left == 0) {
				ForkedJvm.reply("before " + call);
				// until the parent kills this process, or goes away itself
				while (System.in.read() >= 0) {
					continue;
				}
				Runtime.getRuntime().halt(1);
			}
			return action.run();
		}

	}

}
