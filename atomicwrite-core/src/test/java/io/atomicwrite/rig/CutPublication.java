package io.atomicwrite.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.publication.VersionReport;
import io.atomicwrite.publication.VersionSweepReport;

/**
 * One version after another of a set of files: three that are new in each version, one of
 * them in a directory of its own, and one that has not changed since the version before.
 * Two versions stay. The name of the set says how its pointer is kept.
 */
final class CutPublication {

	private static final int KEEP = 2;

	private static final String SAME = "same.csv";

	private CutPublication() {
	}

	static void publish(AtomicFileTemplate template, Path directory, String target, long version) throws IOException {
		template.publication(directory, target).publish((out) -> {
			out.file("part-0.csv", NumberedContent.of(target, version));
			out.file("part-1.csv", NumberedContent.of(target, version));
			out.file("more/part-2.csv", NumberedContent.of(target, version));
			if (!out.reuse(SAME)) {
				out.file(SAME, NumberedContent.of(target, 0));
			}
		}, PublishOptions.defaults()
			.withVersion("v%08d".formatted(version))
			.withPointer(kind(target))
			.withRetention(Retention.keep(KEEP)));
	}

	private static PointerKind kind(String target) {
		return PointerKind.valueOf(target.substring(target.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT));
	}

	/**
	 * Looks as an application does that starts after the failure: what is there verifies,
	 * what was never finished is swept, and the next version is published.
	 * @return what is wrong
	 */
	static List<String> look(AtomicFileTemplate template, Path directory, String target, int look) {
		List<String> wrong = new ArrayList<>();
		Publication publication = template.publication(directory, target);
		try {
			for (PublishedVersion version : publication.list()) {
				VersionReport report = publication.verify(version.name());
				report.problems().forEach((problem) -> wrong.add("verify " + target + " " + problem));
			}
			VersionSweepReport swept = publication.sweep(Retention.keep(KEEP));
			swept.inUse().forEach((version) -> wrong.add("in use " + target + " " + version));
			publication.publish((out) -> out.file("next.csv", NumberedContent.of(target, 0)),
					PublishOptions.defaults()
						.withVersion("next-" + look)
						// a file gives way to a link, and a directory does not
						.withPointer((kind(target) == PointerKind.FILE) ? PointerKind.LINK : kind(target)));
			VersionReport next = publication.verify(Publication.LATEST);
			if (!next.sound() || !next.version().equals("next-" + look)) {
				wrong.add("next " + target + " " + next);
			}
		}
		catch (AtomicWriteException ex) {
			wrong.add("next " + target + " " + ex.getMessage());
		}
		return wrong;
	}

}
