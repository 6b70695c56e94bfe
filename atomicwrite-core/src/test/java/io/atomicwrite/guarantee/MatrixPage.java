package io.atomicwrite.guarantee;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;

/**
 * Prints the matrix as the page {@code docs/reference/filesystem-matrix.md}.
 */
final class MatrixPage {

	private static final String INTRODUCTION = """
			# Filesystem matrix

			What each type of filesystem promises, printed from the table that the engine itself uses (`LocalFilesystems`,
			`OtherFilesystems`, `MountOptions`); `MatrixPageTests` fails when the two differ, and prints the page anew with
			`mvn -pl atomicwrite-core test -Dtest=MatrixPageTests -Dmatrix.write=true`. What the guarantees and the levels mean
			is told in [guarantees](../concepts/guarantees.md).

			How a level is found: the mount of the directory is looked up in the mount table of the kernel; its type gives a
			row, its options may lower it (one lifts), and so may what lies beneath: the upper layer of an overlay where it can
			be seen, the file behind a loop device, a device in memory, an ext4 without a journal. A mount with `ro` or
			`emergency_ro` is `read_only` whatever its type, and promises nothing.

			`INTEGRITY_DETECTION` is what the filesystem allows to a write that keeps a checksum; for one that keeps none it is
			UNSUPPORTED.

			## Levels

			Only what was shown is called GUARANTEED: a row that rests on documentation or on nothing never is.

			""";

	private MatrixPage() {
	}

	static String print() {
		StringBuilder page = new StringBuilder(INTRODUCTION);
		page.append("| type | class | atomic visibility | crash durability | writer exclusion | integrity detection "
				+ "| rests on |\n|---|---|---|---|---|---|---|\n");
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

	/** The two rows for whatever is not listed have words for a name. */
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
			page.append("\nNot to be relied on: ")
				.append(row.lacks().stream().sorted().map(Capability::name).collect(Collectors.joining(", ")))
				.append(".\n");
		}
		page.append("\nRests on: ")
			.append(row.evidence().text())
			.append(". Source: ")
			.append(row.source())
			.append(".\n");
	}

	private static void printOptions(StringBuilder page) {
		page.append(
				"\n## Mount options\n\n| option | of | guarantee | level | reason | source |\n|---|---|---|---|---|---|\n");
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
