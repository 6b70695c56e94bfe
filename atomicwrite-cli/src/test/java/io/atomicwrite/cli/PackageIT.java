package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is handed out.
 */
@RequiresCommand({ "dpkg-deb", "lintian", "unzip", "zsh", "fish", "man" })
class PackageIT extends EndToEnd {

	@Test
	void archiveHasAllAndRuns() {
		sh("tar xzf " + IMAGE.resolveSibling("atomic-write-*.tar.gz")
				+ " && cd atomic-write-* && echo x | bin/atomic-write f && " + "diff -r -x cache . " + IMAGE
				+ " | grep -v 'Only in [.]: f' | tee /dev/stderr | wc -l")
			.succeeds();
		assertThat(sh("cd atomic-write-*/ && stat -c %a bin/atomic-write lib/build-archive lib/atomic-write.jar "
				+ "share/doc/atomic-write/NOTICE; ls")
			.out()).isEqualTo("755\n755\n644\n644\nbin\nf\nlib\nshare\n");
	}

	@Test
	void debianPackageHasAllAndRuns() {
		sh("dpkg-deb -x " + IMAGE.resolveSibling("atomic-write_*.deb")
				+ " root && echo x | root/usr/bin/atomic-write f")
			.silent();
		assertThat(sh("cd root && ls -d usr/share/man/man1/atomic-write.1.gz usr/share/doc/atomic-write/copyright "
				+ "usr/share/bash-completion/completions/atomic-write usr/share/zsh/vendor-completions/_atomic-write "
				+ "usr/share/fish/vendor_completions.d/atomic-write.fish && readlink usr/bin/atomic-write")
			.succeeds()
			.out()).endsWith("\n../share/atomic-write/bin/atomic-write\n");
		assertThat(sh("dpkg-deb -I " + IMAGE.resolveSibling("atomic-write_*.deb") + " control").out())
			.contains("Depends: ");
	}

	@Forks
	@Test
	void debianPackageKeepsThePolicy() {
		Result result = sh("lintian --fail-on error,warning " + IMAGE.resolveSibling("atomic-write_*.deb"));
		assertThat(result.succeeds().out()).isEmpty();
	}

	@Test
	void jarHasNoClassOfTheBuildAndNamesItsLicences() {
		assertThat(sh("unzip -l " + IMAGE + "/lib/atomic-write.jar").succeeds().out())
			.contains("META-INF/LICENSE", "META-INF/NOTICE", "picocli/CommandLine.class",
					"io/atomicwrite/core/AtomicFileTemplate.class", "org/snakeyaml/engine/v2/api/LoadSettings.class")
			.doesNotContain("ManPages", "Completions", "META-INF/versions", "com/networknt", "tools/jackson");
		assertThat(names(IMAGE.resolve("lib/schema"))).hasSize(6).noneMatch((name) -> name.contains("yaml"));
	}

}
