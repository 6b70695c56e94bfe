package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.BatchFile;
import io.atomicwrite.core.ContentWriter;

/**
 * Compares batches of files of 4 KiB with the same files written one by one, in turns
 * within one run.
 */
public final class CompareBatches {

	private static final byte[] CONTENT = new byte[4096];

	private static final int[] IN_FLIGHT = { 1, 8, 32 };

	private CompareBatches() {
	}

	/**
	 * Runs the comparison.
	 * @param args an empty directory, the number of files, and the number of rounds; with
	 * 0 rounds one batch is written and nothing is compared, to see how little memory it
	 * needs
	 * @throws IOException if a directory can't be created
	 */
	public static void main(String[] args) throws IOException {
		Path root = Path.of(args[0]);
		int files = Integer.parseInt(args[1]);
		int rounds = Integer.parseInt(args[2]);
		AtomicFileTemplate template = AtomicFileTemplate.create();
		if (rounds == 0) {
			System.out.printf(Locale.ROOT, "%d files: %.2f s%n", files, batch(template, root, files, 32));
			return;
		}
		oneByOne(template, root.resolve("warm"), Math.min(files, 100));
		batch(template, root.resolve("warm-batch"), Math.min(files, 100), 32);
		for (int round = 0; round < rounds; round++) {
			double alone = oneByOne(template, root.resolve("one" + round), files);
			StringBuilder line = new StringBuilder(
					String.format(Locale.ROOT, "%d files: one by one %.2f s", files, alone));
			for (int inFlight : IN_FLIGHT) {
				double together = batch(template, root.resolve("all" + round + "-" + inFlight), files, inFlight);
				line.append(String.format(Locale.ROOT, "; %d in flight %.2f s, %.1f times", inFlight, together,
						alone / together));
			}
			System.out.println(line);
		}
	}

	private static double oneByOne(AtomicFileTemplate template, Path directory, int files) throws IOException {
		Files.createDirectories(directory);
		long start = System.nanoTime();
		for (int i = 0; i < files; i++) {
			template.write(directory.resolve("f" + i), CONTENT);
		}
		return (System.nanoTime() - start) / 1e9;
	}

	private static double batch(AtomicFileTemplate template, Path directory, int files, int inFlight)
			throws IOException {
		Files.createDirectories(directory);
		Iterable<BatchFile> all = () -> iterator(directory, files);
		long start = System.nanoTime();
		template.writeAll(Batch.builder().syncsInFlight(inFlight).build(all));
		return (System.nanoTime() - start) / 1e9;
	}

	private static Iterator<BatchFile> iterator(Path directory, int files) {
		return IntStream.range(0, files)
			.mapToObj((i) -> BatchFile.of(directory.resolve("f" + i), (ContentWriter) (out) -> out.write(CONTENT)))
			.iterator();
	}

}
