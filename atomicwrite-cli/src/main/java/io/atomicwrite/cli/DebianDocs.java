package io.atomicwrite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;

/**
 * Writes what the Debian package has in the place of plain pages: manual pages and a
 * changelog, compressed as its policy asks for. Runs in the build and is no part of the
 * program.
 */
final class DebianDocs {

	private static final String CHANGELOG = """
			atomic-write (%s) unstable; urgency=medium

			  * What has changed is in CHANGELOG.md of the project.

			 -- The atomicwrite authors <atomicwrite@example.org>  %s
			""";

	/** Where a gzip header has the level of compression, and the value of the best. */
	private static final int EFFORT = 8;

	private static final byte MOST = 2;

	private DebianDocs() {
	}

	/**
	 * Writes the files.
	 * @param args the directory to write them to, the version, and the time of the build
	 */
	public static void main(String[] args) throws IOException {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.parse(args[2]))
			.replace("GMT", "+0000");
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.write(Path.of(args[0], "doc", "changelog.gz"),
					compressed(String.format(CHANGELOG, args[1].replace('-', '~'), date)), options);
			for (Command command : Commands.all()) {
				template.write(Path.of(args[0], "man1", ManPages.name(command) + ".1.gz"),
						compressed(new ManPages(command).format(args[1])), options);
			}
		}
	}

	private static byte[] compressed(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new Hardest(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		byte[] compressed = bytes.toByteArray();
		compressed[EFFORT] = MOST;
		return compressed;
	}

	private static final class Hardest extends GZIPOutputStream {

		Hardest(OutputStream out) throws IOException {
			super(out);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
