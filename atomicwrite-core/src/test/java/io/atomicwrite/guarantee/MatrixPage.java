package io.atomicwrite.guarantee;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;

/**
 * Formats the matrix as the page {@code docs/reference/filesystem-matrix.md}.
 */
final class MatrixPage {

	private static final String INTRODUCTION = """
			# Filesystem matrix

			The guarantees of each filesystem type. This page is generated from the tables that the engine uses (`LocalFilesystems`,
			`OtherFilesystems`, `MountOptions`). `MatrixPageTests` fails if they differ; to regenerate the page, run
			`mvn -pl atomicwrite-core test -Dtest=MatrixPageTests -Dmatrix.write=true`. [Guarantees](../concepts/guarantees.md)
			explains the guarantees and the levels.

			The level of a directory is determined as follows. Its mount is looked up in the kernel's mount table, and the type
			of the mount selects a row. Mount options may lower a level; one of them raises it. What lies beneath may lower it
			too, and is followed to its end: the upper layer of an overlay, the source that a FUSE filesystem passes on, every
			device of a btrfs, the device of an external log or journal, the disk of a partition, the devices of the device
			mapper and of md, the file behind a loop device, and whatever lies beneath these. A device in memory takes the
			durability away, and so does an ext4 without a journal or with fast commits, in part. What can't be followed, such as a device of another
			machine or an upper layer that is not visible in a container, is no more than BEST_EFFORT. A mount with the option
			`ro` or `emergency_ro` is `read_only`, whatever its type, and guarantees nothing.

			The level of `INTEGRITY_DETECTION` applies to writes with a checksum. For a write without one it is UNSUPPORTED.

			## Levels

			A level is GUARANTEED only if tests or measurements have shown it, never on the strength of documentation alone.

			""";

	private MatrixPage() {
	}

	static String print() {
		StringBuilder page = new StringBuilder(INTRODUCTION);
		page.append("| type | class | atomic visibility | crash durability | writer exclusion | integrity detection "
				+ "| evidence |\n|---|---|---|---|---|---|---|\n");
		for (FilesystemProfile row : rows()) {
			for (String type : row.types()) {
				page.append("| ").append(code(type)).append(" | ").append(row.kind().id());
				for (Guarantee guarantee : Guarantee.values()) {
					page.append(" | ").append(assessment(row, guarantee).level());
				}
				page.append(" | ").append(row.evidence().text()).append(" |\n");
			}
		}
		page.append("\n## Reasons\n");
		rows().forEach((row) -> printReasons(row, page));
		printOptions(page);
		return page.toString();
	}

	private static List<FilesystemProfile> rows() {
		List<FilesystemProfile> rows = new ArrayList<>(FilesystemMatrix.all());
		rows.add(OtherFilesystems.UNKNOWN_FUSE);
		rows.add(OtherFilesystems.UNKNOWN_TYPE);
		return rows;
	}

	private static Assessment assessment(FilesystemProfile row, Guarantee guarantee) {
		return Objects.requireNonNull(row.guarantees().get(guarantee));
	}

	/** The names of the two fallback rows are phrases, not types. */
	private static String code(String type) {
		return type.contains(" ") ? type : "`" + type + "`";
	}

	private static void printReasons(FilesystemProfile row, StringBuilder page) {
		page.append("\n### ")
			.append(row.types().stream().map(MatrixPage::code).collect(Collectors.joining(", ")))
			.append("\n\n| guarantee | level | reason |\n|---|---|---|\n");
		for (Guarantee guarantee : Guarantee.values()) {
			Assessment assessment = assessment(row, guarantee);
			page.append("| ")
				.append(guarantee.name().toLowerCase(Locale.ROOT).replace('_', ' '))
				.append(" | ")
				.append(assessment.level())
				.append(" | ")
				.append(assessment.reason())
				.append(" |\n");
		}
		if (!row.lacks().isEmpty()) {
			page.append("\nMissing or unreliable: ")
				.append(row.lacks().stream().sorted().map(Capability::name).collect(Collectors.joining(", ")))
				.append(".\n");
		}
		page.append("\nEvidence: ")
			.append(row.evidence().text())
			.append(".\nSource: ")
			.append(row.source())
			.append(".\n");
	}

	private static void printOptions(StringBuilder page) {
		page.append("\n## Mount options\n\n| option | filesystems | guarantee | level | reason | source "
				+ "|\n|---|---|---|---|---|---|\n");
		for (MountOptions.Effect effect : MountOptions.effects()) {
			page.append("| `")
				.append(effect.option())
				.append("` | ")
				.append(effect.types().isEmpty() ? "any"
						: effect.types().stream().sorted().collect(Collectors.joining(", ")))
				.append(" | ")
				.append(effect.guarantee().name().toLowerCase(Locale.ROOT).replace('_', ' '))
				.append(effect.lifts() ? " | at least " : " | at most ")
				.append(effect.level())
				.append(" | ")
				.append(effect.why())
				.append(" | ")
				.append(effect.source())
				.append(" |\n");
		}
	}

}
