package io.atomicwrite.spring.actuate.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.spring.publication.AtomicPublications;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@link Endpoint @Endpoint} that lists the publications and their versions, and can move
 * {@code latest} back if access permits.
 */
@Endpoint(id = AtomicWritePublicationsEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class AtomicWritePublicationsEndpoint {

	/** The id of the endpoint. */
	public static final String ID = "atomicwritepublications";

	private final AtomicPublications publications;

	private final PublicationTasks tasks;

	private final AuditTrail audit;

	/**
	 * Creates the endpoint.
	 * @param publications the publications
	 * @param limit how long a request waits for a filesystem
	 * @param events where audit events are published
	 */
	public AtomicWritePublicationsEndpoint(AtomicPublications publications, Duration limit,
			ApplicationEventPublisher events) {
		this.publications = publications;
		this.tasks = new PublicationTasks(limit);
		this.audit = new AuditTrail(events);
	}

	/**
	 * Describes all publications.
	 * @return the description
	 */
	@ReadOperation
	public PublicationsDescriptor publications() {
		return new PublicationsDescriptor(describe(this.publications.names()));
	}

	/**
	 * Describes one publication.
	 * @param name its name
	 * @return the description, or {@code null} if there is no publication of that name
	 */
	@ReadOperation
	public @Nullable PublicationDescriptor publication(@Selector String name) {
		return this.publications.names().contains(name) ? describe(List.of(name)).get(name) : null;
	}

	private Map<String, PublicationDescriptor> describe(List<String> names) {
		Map<String, Runnable> looks = new LinkedHashMap<>();
		names.forEach((name) -> looks.put(name, () -> this.publications.look(name)));
		Set<String> silent = this.tasks.runAll(looks);
		Map<String, PublicationDescriptor> descriptors = new LinkedHashMap<>();
		for (String name : names) {
			String problem = silent.contains(name) ? "does not answer; this is what was found before" : "";
			descriptors.put(name, PublicationDescriptor.of(this.publications.settings(name).path().toString(),
					this.publications.state(name), problem));
		}
		return descriptors;
	}

	/**
	 * Moves {@code latest} to another version. Requires {@link Access#UNRESTRICTED}, and
	 * is audited.
	 * @param context who does so
	 * @param name the name of the publication
	 * @param version the version; defaults to the one before that which it names
	 * @return what was done, or {@code null} if there is no publication of that name
	 */
	@WriteOperation
	public @Nullable RollbackDescriptor rollback(SecurityContext context, @Selector String name,
			@Nullable String version) {
		if (!this.publications.names().contains(name)) {
			return null;
		}
		RollbackDescriptor done = rollback(name, version);
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("publication", name);
		data.put("path", this.publications.settings(name).path().toString());
		if (version != null) {
			data.put("asked", version);
		}
		data.put("version", (done.version() != null) ? done.version() : "");
		data.put("outcome", (done.error() == null) ? "DONE" : "FAILED");
		this.audit.publish(context, "ROLLBACK", data);
		return done;
	}

	private RollbackDescriptor rollback(String name, @Nullable String version) {
		try {
			Publication publication = this.publications.get(name);
			PublishedVersion now = this.tasks.run(name,
					() -> (version != null) ? publication.rollbackTo(version) : publication.rollback());
			return new RollbackDescriptor(name, now.name(), null);
		}
		catch (Exception ex) {
			return new RollbackDescriptor(name, null, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Description of all publications.
	 *
	 * @param publications the publications by name
	 */
	public record PublicationsDescriptor(
			Map<String, PublicationDescriptor> publications) implements OperationResponseBody {
	}

}
