package io.atomicwrite.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;

/**
 * Writes when it is asked to, and stops in the middle of it, with the lock in hand and
 * its staging file made. Reads commands and prints answers, a line each: <pre>
 * write TEXT     begins a write; prints STAGED, and goes on with the next line
 * at POINT TEXT  the same, at a point of StopAt; prints AT and the point
 * once TEXT      writes without a stop
 * </pre>Each prints COMMITTED or REFUSED, the milliseconds since it went on, and the
 * time.
 */
public final class Holder {

	private Holder() {
	}

	/**
	 * Reads commands until its input ends.
	 * @param args {@code name=value}, as for {@link Counter}
	 * @throws Exception if the input can't be read
	 */
	public static void main(String[] args) throws Exception {
		Settings settings = new Settings(args);
		Engine engine = settings.engine();
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		long[] start = { 0 };
		StopAt files = new StopAt(settings.files(), () -> {
			await(input);
			start[0] = System.nanoTime();
		});
		AtomicFileTemplate template = settings.template(engine, files);
		System.out.println("READY");
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			boolean stops = line.startsWith("write ");
			String text = line.substring(line.lastIndexOf(' ') + 1);
			files.next(line.startsWith("at ") ? line.split(" ")[1] : "");
			start[0] = System.nanoTime();
			String result;
			try {
				template.write(settings.target(), (out) -> {
					out.write(text.getBytes(StandardCharsets.UTF_8));
					out.flush();
					if (stops) {
						System.out.println("STAGED");
						await(input);
						start[0] = System.nanoTime();
					}
				});
				result = "COMMITTED";
			}
			catch (AtomicWriteException ex) {
				result = "REFUSED " + ex.getClass().getSimpleName() + " " + ex.outcome() + ": "
						+ String.valueOf(ex.getMessage()).replace('\n', ' ');
			}
			System.out
				.println((System.nanoTime() - start[0]) / 1_000_000 + " " + System.currentTimeMillis() + " " + result);
		}
		Runtime.getRuntime().halt(0);
	}

	private static void await(BufferedReader input) {
		try {
			input.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
