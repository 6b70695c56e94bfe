package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.document.Documents;
import io.atomicwrite.watch.FileWatcher;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a template. What they need is made for the first one: most templates
 * have none, and a command that writes one file should not wait for it.
 */
final class TemplateDocuments {

	private final WriteProtocol protocol;

	private final IntegrityReader integrity;

	private final TypedValues values;

	private final WriteOptions options;

	private final List<Supplier<? extends List<? extends DocumentListener>>> listeners;

	private @Nullable FileWatcher watcher;

	private @Nullable Documents documents;

	private boolean closed;

	TemplateDocuments(WriteProtocol protocol, IntegrityReader integrity, TypedValues values, WriteOptions options,
			List<Supplier<? extends List<? extends DocumentListener>>> listeners) {
		this.protocol = protocol;
		this.integrity = integrity;
		this.values = values;
		this.options = options;
		this.listeners = List.copyOf(listeners);
	}

	<T> AtomicDocument<T> open(Path file, DocumentOptions<T> documentOptions) throws IOException {
		FileWatcher watching;
		Documents open;
		synchronized (this) {
			if (this.closed) {
				throw new IllegalStateException("the template is closed; " + file + " was not opened");
			}
			watching = (this.watcher != null) ? this.watcher : FileWatcher.create(this.protocol.tools().files());
			open = (this.documents != null) ? this.documents
					: new Documents(this.protocol.tools(), watching, this.listeners);
			this.watcher = watching;
			this.documents = open;
		}
		TemplateDocumentFile document = new TemplateDocumentFile(this.protocol, this.integrity, watching, this.options,
				file);
		return open.open(document, this.values.format(document.path()), documentOptions);
	}

	void close() {
		Documents open;
		synchronized (this) {
			this.closed = true;
			open = this.documents;
		}
		if (open != null) {
			open.close();
		}
	}

}
