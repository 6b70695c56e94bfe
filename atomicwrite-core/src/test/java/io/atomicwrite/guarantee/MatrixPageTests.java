package io.atomicwrite.guarantee;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.test.RealFilesystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation matches the matrix, which guarantees only what was demonstrated.
 */
class MatrixPageTests {

	private static final Path PAGE = Path.of("../docs/reference/filesystem-matrix.md");

	@Test
	void pageIsPrintedFromTheTable() throws Exception {
		if (Boolean.getBoolean("matrix.write")) {
			Files.createDirectories(PAGE.getParent());
			Files.writeString(PAGE, MatrixPage.print());
		}
		assertThat(PAGE).content().isEqualTo(MatrixPage.print());
	}

	@Test
	void onlyDemonstratedLevelsAreGuaranteed() {
		assertThat(FilesystemMatrix.all()).filteredOn((row) -> !row.evidence().shown())
			.isNotEmpty()
			.allSatisfy((row) -> assertThat(row.guarantees().values()).extracting(Assessment::level)
				.doesNotContain(GuaranteeLevel.GUARANTEED));
	}

	/** Every type with mounts as evidence is mounted by the tests. */
	@Test
	void rowsWithMountsAsEvidenceAreMounted() {
		Set<String> mounted = EnumSet.allOf(RealFilesystem.class)
			.stream()
			.map(RealFilesystem::type)
			.collect(Collectors.toSet());
		assertThat(FilesystemMatrix.all()).filteredOn((row) -> row.evidence() == Evidence.MOUNTED)
			.flatExtracting(FilesystemProfile::types)
			.containsExactlyInAnyOrderElementsOf(mounted);
	}

	@Test
	void everyLevelHasItsReasonAndEveryRowItsSource() {
		Set<String> types = new HashSet<>();
		for (FilesystemProfile row : FilesystemMatrix.all()) {
			assertThat(row.source()).isNotBlank();
			assertThat(row.guarantees().values()).hasSize(4)
				.allSatisfy((assessment) -> assertThat(assessment.reason()).isNotBlank());
			row.types().forEach((type) -> assertThat(types.add(type)).as(type).isTrue());
		}
		assertThat(types).hasSizeGreaterThan(60).contains("ext4", "apfs", "ntfs");
	}

}
