package io.atomicwrite.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.test.ForkedJvm;

/**
 * A process whose threads update one document.
 */
final class UpdatingProcess {

	private UpdatingProcess() {
	}

	/**
	 * Updates a document, and answers with the number of writes that it took.
	 * @param arguments the file, the number of threads, and that of updates of each
	 */
	public static void main(String... arguments) throws InterruptedException {
		AtomicInteger writes = new AtomicInteger();
		DocumentListener counter = new DocumentListener() {
			@Override
			public void updated(Path file, int changes, Duration took) {
				writes.incrementAndGet();
			}
		};
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.documentListeners(() -> List.of(counter))
			.build()) {
			AtomicDocument<Settings> document = template.document(Path.of(arguments[0]), Settings.class);
			ForkedJvm.reply("open");
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
				Thread thread = new Thread(() -> {
					for (int k = 0; k < Integer.parseInt(arguments[2]); k++) {
						document.update((old) -> old.plus(1));
					}
				});
				threads.add(thread);
				thread.start();
			}
			for (Thread thread : threads) {
				thread.join();
			}
			ForkedJvm.reply("writes " + writes);
		}
	}

}
