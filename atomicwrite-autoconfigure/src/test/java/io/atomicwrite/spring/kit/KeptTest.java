package io.atomicwrite.spring.kit;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Loads the application as it is configured for production, with {@code kit.outside} in
 * place of the root directory.
 */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Kept.class, webEnvironment = WebEnvironment.NONE,
		properties = { "atomicwrite.directories.data.path=${kit.outside}/var/lib/app/data",
				"atomicwrite.directories.exports.path=target/kit-exports",
				"atomicwrite.documents.settings.path=${kit.outside}/etc/app/settings.yaml",
				"atomicwrite.documents.state-directory=${kit.outside}/var/state",
				"atomicwrite.backup.directory=${kit.outside}/var/backups/app", "atomicwrite.backup.enabled=true",
				"atomicwrite.checksum.mode=sidecar", "atomicwrite.metadata.mode=0640",
				"atomicwrite.publications.catalog.path=${kit.outside}/srv/catalog",
				"management.health.atomicwrite.cache.time-to-live=0s",
				"app.report=${kit.outside}/srv/reports/today.txt" })
@interface KeptTest {

}
