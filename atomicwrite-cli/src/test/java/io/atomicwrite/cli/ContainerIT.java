package io.atomicwrite.cli;

import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A root as a small container has it: a shell, a Java runtime, and nothing else;
 * read-only but for one volume, and no variables but the path.
 */
@Mounts
@RequiresCommand({ "busybox", "unshare" })
@RequiresRoot
class ContainerIT extends EndToEnd {

	private static final String ROOT = """
			set -e
			mkdir -p root/bin root/opt/jre root/dev root/proc root/sys root/data volume
			cp -r %s root/opt/atomic-write
			cp "$(command -v busybox)" root/bin/busybox
			for applet in sh cat ls seq xargs readlink; do ln -s busybox root/bin/$applet; done
			mknod -m 666 root/dev/null c 1 3
			mknod -m 666 root/dev/urandom c 1 9
			ldd root/bin/busybox $JAVA_HOME/bin/java $JAVA_HOME/lib/server/libjvm.so $JAVA_HOME/lib/libnio.so |
				grep -oE '/(usr/)?lib(64)?/[^ ]+' | sort -u | while read -r library; do
				[ ! -f "$library" ] || { mkdir -p "root${library%%/*}" && cp -L "$library" "root$library"; }
			done
			# Debian keeps the settings of a runtime elsewhere
			find "$JAVA_HOME/" -type l -exec readlink -f {} + | grep ^/etc/ | while read -r setting; do
				mkdir -p "root${setting%%/*}" && cp -r "$setting" "root$setting"
			done
			mkdir -p root/usr/lib/locale
			cp -r /usr/lib/locale/C.utf8 root/usr/lib/locale
			chown 65534:65534 volume
			chmod 755 .
			""";

	private Result inside(String script) {
		return run("unshare", "-m", "sh", "-ec",
				"mount --bind root root; mount --bind $JAVA_HOME root/opt/jre; mount --bind volume root/data; mount -t proc proc root/proc; mount -t sysfs -o ro sysfs root/sys; "
						+ "mount -o remount,bind,ro root; exec env -i PATH=/opt/jre/bin:/opt/atomic-write/bin:/bin "
						+ "$(command -v chroot) --userspec=65534:65534 root /bin/sh -ec \"$1\"",
				"sh", script);
	}

	@Test
	void allRunsInASmallReadOnlyRoot() {
		sh(String.format(ROOT, IMAGE)).succeeds();
		Result result = inside("""
				cd /data
				echo 1 | atomic-write f
				echo 2 | atomic-write --keep 2 --checksum sidecar --verify f
				seq 100000 | atomic-write --stream 'ä b'
				atomic-write verify -q f
				echo 0 > n
				# the modules that docs/cli.md names
				export ATOMIC_WRITE_JAVA_OPTS='--limit-modules java.base,jdk.unsupported'
				seq 3 | xargs -P 3 -n 1 atomic-write lock n -- sh -c 'echo $(($(cat n) + 1)) | atomic-write n'
				: > old.lock
				atomic-write housekeep --all
				atomic-write restore --list f > list
				atomic-write doctor --probe . > doctor
				cat f n
				""");
		assertThat(result.succeeds().out()).isEqualTo("Deleted lock file /data/old.lock\n2\n3\n");
		assertThat(result.err().lines())
			.allMatch((line) -> line.matches("Waiting for lock on n\\.\\.\\.|Lock acquired"));
		assertThat(names(file("volume"))).filteredOn((name) -> !name.contains(".backup"))
			.containsExactly("doctor", "f", "f.sha256", "list", "n", "ä b");
		assertThat(file("volume/doctor")).content().contains(": ok", "OK replace:", "OK no-clobber:");
		tellsWhatSuchARootLacks();
	}

	private void tellsWhatSuchARootLacks() {
		inside("echo x | atomic-write /opt/f").fails(1, "Error: /opt/f: Read-only file system");
		sh("rm -r root/usr/lib/locale").silent();
		inside("echo x | atomic-write /data/ascii; echo x | atomic-write /data/ö").fails(1,
				"the name is not UTF-8, and can't be represented in this locale");
		assertThat(names(file("volume"))).contains("ascii").doesNotContain("ö");
	}

}
