package io.atomicwrite.watch;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.ForkedJvm;

/**
 * Watches a file in a process of its own: each look is an answer, and each line of input
 * is answered by the status.
 */
final class WatchPeer {

	private WatchPeer() {
	}

	public static void main(String[] args) throws Exception {
		try (FileWatcher watcher = FileWatcher.create(FileOps.system())) {
			FileWatch watch = watcher.watch(Path.of(args[0]), WatchOptions.defaults(),
					(look) -> ForkedJvm.reply(WatchStage.text(look)));
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				ForkedJvm.reply(watch.status().toString());
			}
		}
	}

}
