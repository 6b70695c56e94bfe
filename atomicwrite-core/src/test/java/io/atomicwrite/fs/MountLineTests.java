package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines of a mount table at the edges of their form.
 */
class MountLineTests {

	private static final String ROOT = "1 0 8:1 / / rw - ext4 /dev/a rw\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/a\\040|'/a '", "/a\\040b|/a b", "/a\\134|/a\\", "/\\040a|/ a", "/a\\04|/a\\04" })
	void escapesAreTakenAwayAlsoAtTheEnd(String field, String point) {
		MountTree tree = MountTree.parse(ROOT + "2 1 8:2 / " + field + " rw - xfs /dev/b rw\n");
		Mount found = Objects.requireNonNull(tree.find(Path.of(point)));
		assertThat(found.type()).isEqualTo("xfs");
		assertThat(tree.isPoint(Path.of(point))).isTrue();
	}

	@Test
	void lineNeedsNoOptionsOfTheFilesystem() {
		Mount mount = find("1 0 8:1 / / rw,noatime - ext4 /dev/a", "/");
		assertThat(mount.options()).containsExactly("rw", "noatime");
		assertThat(mount.source()).isEqualTo("/dev/a");
		assertThat(mount.device()).isEqualTo("8:1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "fuse|mfs\\04310.77.0.1:9421|fuse.mfs", "fuse|sshfs\\043user@host:/d|fuse.sshfs",
					"fuse|/d\\043x|fuse", "fuse|\\043x|fuse", "fuse|bindfs|fuse", "fuse.x|mfs\\043y|fuse.x",
					"ext4|mfs\\043y|ext4" })
	void nameBeforeTheSourceIsThatOfAFuseFilesystem(String type, String source, String found) {
		Mount mount = find("1 0 0:39 / / rw - " + type + " " + source + " rw", "/");
		assertThat(mount.type()).isEqualTo(found);
	}

	@Test
	void lineWithoutASourceIsPassedOver() {
		assertThat(MountTree.parse("1 0 8:1 / / rw - ext4").find(Path.of("/"))).isNull();
		assertThat(MountTree.parse("1 0 8:1 / / - ext4 /dev/a").find(Path.of("/"))).isNull();
	}

	@Test
	void optionsOfTheMountWinOverThoseOfTheFilesystem() {
		Mount mount = find("1 0 8:1 / / ro - ext4 /dev/a rw,data=ordered", "/");
		assertThat(mount.options()).containsExactly("ro", "data=ordered");
		assertThat(mount.option("data")).isEqualTo("ordered");
		assertThat(mount.option("da")).isNull();
	}

	/**
	 * The root of a container: its parent is not in the table; others may lie beneath.
	 */
	@Test
	void rootIsTheOneWhoseParentIsNotSeen() {
		String beneath = "1 1 8:1 / / rw - rootfs none rw\n";
		assertThat(find(beneath + "5 1 8:2 / / rw - ext4 /dev/b rw", "/x").type()).isEqualTo("ext4");
		assertThat(find("5 9 8:2 / / rw - ext4 /dev/b rw\n7 5 8:3 / /x rw - xfs /dev/c rw", "/x").type())
			.isEqualTo("xfs");
		assertThat(find("7 5 8:3 / /x rw - xfs /dev/c rw\n5 9 8:2 / / rw - ext4 /dev/b rw", "/y").type())
			.isEqualTo("ext4");
		assertThat(find("5 1 8:2 / / rw - ext4 /dev/b rw\n" + beneath, "/x").type()).isEqualTo("ext4");
	}

	private static Mount find(String table, String path) {
		return Objects.requireNonNull(MountTree.parse(table).find(Path.of(path)));
	}

}
