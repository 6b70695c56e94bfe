package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mount tables as Linux shows them.
 */
class MountTreeTests {

	private static final String TABLE = """
			22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard,data=writeback
			23 22 0:5 / /proc rw - proc proc rw
			30 22 0:40 / /mnt/a\\040b rw - tmpfs tmpfs rw,size=4k
			31 22 254:0 /data /bind ro,relatime - ext4 /dev/vda rw
			32 31 0:41 / /bind/over rw - xfs /dev/loop0 rw
			33 31 0:42 / /bind/over rw - tmpfs none rw
			34 32 0:43 / /bind/over rw - btrfs /dev/loop1 rw
			40 22 254:0 /data/file /etc/file rw - ext4 /dev/vda rw
			50 22 0:50 / /ro rw - ext4 /dev/loop3 ro,errors=remount-ro
			broken line
			60 22 x:y - bad
			""";

	private final MountTree tree = MountTree.parse(TABLE);

	@Test
	void findsTheMountOfAPath() {
		assertThat(find("/").type()).isEqualTo("ext4");
		assertThat(find("/etc/passwd").point()).hasToString("/");
		assertThat(find("/proc/1").type()).isEqualTo("proc");
	}

	@Test
	void unescapesNames() {
		assertThat(find("/mnt/a b/c").type()).isEqualTo("tmpfs");
	}

	@Test
	void bindMountHasItsOwnOptions() {
		assertThat(find("/bind/x").hasOption("ro")).isTrue();
		assertThat(find("/bind/x").hasOption("rw")).isFalse();
		assertThat(find("/x").hasOption("rw")).isTrue();
	}

	@Test
	void stackedMountsAreFollowedToTheTop() {
		assertThat(find("/bind/over/x").type()).isEqualTo("btrfs");
	}

	@Test
	void fileCanBeAMountPoint() {
		assertThat(find("/etc/file").point()).hasToString("/etc/file");
		assertThat(find("/etc/file2").point()).hasToString("/");
	}

	@Test
	void optionsOfTheFilesystemCount() {
		assertThat(find("/x").hasOption("data=writeback")).isTrue();
		assertThat(find("/ro/x").hasOption("ro")).isTrue();
		assertThat(find("/ro/x").hasOption("rw")).isFalse();
	}

	/** As below a chroot into a directory that is no mount. */
	@Test
	void rootThatIsNotInTheTableIsUnknown() {
		MountTree inChroot = MountTree.parse("""
				31 22 254:0 /usr /usr rw - ext4 /dev/vda rw
				32 31 0:41 / /usr/over rw - xfs /dev/loop0 rw
				33 22 0:5 / /proc rw - proc proc rw
				""");
		assertThat(Objects.requireNonNull(inChroot.find(Path.of("/t/f"))).type()).isEqualTo("unknown");
		assertThat(Objects.requireNonNull(inChroot.find(Path.of("/usr/f"))).type()).isEqualTo("ext4");
		assertThat(Objects.requireNonNull(inChroot.find(Path.of("/usr/over/f"))).type()).isEqualTo("xfs");
	}

	@Test
	void emptyTableHasNoMount() {
		assertThat(MountTree.parse("").find(Path.of("/"))).isNull();
	}

	private Mount find(String path) {
		return Objects.requireNonNull(this.tree.find(Path.of(path)));
	}

}
