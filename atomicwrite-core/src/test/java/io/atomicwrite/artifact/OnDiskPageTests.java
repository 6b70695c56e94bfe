package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/reference/on-disk.md}: it has the name of each kind of artifact, and no
 * other.
 */
class OnDiskPageTests {

	private static final int LIMIT = ArtifactNames.USUAL_LIMIT;

	private static final String TARGET = "config.json";

	@Test
	void theNamesOfThePageAreThoseOfTheEngine() throws IOException {
		String page = Files.readString(Path.of("../docs/reference/on-disk.md"));
		List<String> names = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
			.matcher(page)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(names).contains(TARGET, ArtifactNames.staging(TARGET, 0x0123456789abcdefL, LIMIT),
				ArtifactNames.lock(TARGET, LIMIT), ArtifactNames.sidecar(TARGET, "sha256", LIMIT),
				ArtifactNames.manifest(CompanionNames.VISIBLE, TARGET, LIMIT), ArtifactNames.good(TARGET, LIMIT),
				ArtifactNames.aside(ArtifactNames.staging(TARGET, 0x0123456789abcdefL, LIMIT)));
		assertThat(names)
			.filteredOn(
					(name) -> !name.equals(TARGET) && !name.endsWith(".aside") && !name.endsWith("housekeeping.lock"))
			.allSatisfy((name) -> assertThat(ArtifactNames.parse(name) != null || ArtifactNames.isManifest(name)
					|| name.equals(ArtifactNames.good(TARGET, LIMIT))
					|| ArtifactNames.rejected(name, TARGET, LIMIT) != null)
				.as(name)
				.isTrue());
	}

}
