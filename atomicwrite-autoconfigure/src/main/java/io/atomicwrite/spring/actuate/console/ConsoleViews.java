package io.atomicwrite.spring.actuate.console;

import java.io.IOException;
import java.util.Map;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Closer views of one directory or document: its diagnosis, its backups, its last change.
 * Thread-safe.
 */
public final class ConsoleViews {

	private final ManagedDirectories directories;

	private final DirectoryViews views;

	private final AtomicDocuments documents;

	private final DocumentChanges changes;

	/**
	 * Creates the views.
	 * @param directories the managed directories
	 * @param views looks closely at a directory
	 * @param documents the documents
	 * @param changes the last changes of the documents
	 */
	public ConsoleViews(ManagedDirectories directories, DirectoryViews views, AtomicDocuments documents,
			DocumentChanges changes) {
		this.directories = directories;
		this.views = views;
		this.documents = documents;
		this.changes = changes;
	}

	WebEndpointResponse<Object> changes(String name, boolean withValues) {
		AtomicDocument<?> document = this.documents.all().get(name);
		return (document != null) ? new WebEndpointResponse<>(this.changes.describe(document, withValues))
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	WebEndpointResponse<Object> doctor(String name) {
		return look(name, this.views::doctor);
	}

	WebEndpointResponse<Object> backups(String name) {
		return look(name, this.views::backups);
	}

	private WebEndpointResponse<Object> look(String name, Look look) {
		ManagedDirectory directory = this.directories.get(name);
		if (directory == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		try {
			return new WebEndpointResponse<>(look.at(directory));
		}
		catch (IOException ex) {
			return new WebEndpointResponse<>(Map.of("error", String.valueOf(ex.getMessage())),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private interface Look {

		Object at(ManagedDirectory directory) throws IOException;

	}

}
