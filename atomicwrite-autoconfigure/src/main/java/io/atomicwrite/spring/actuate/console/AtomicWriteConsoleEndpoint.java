package io.atomicwrite.spring.actuate.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * {@link WebEndpoint @WebEndpoint} that serves the console, and what that shows beyond
 * the endpoint {@code atomicwrite}. It changes nothing: actions of the page are requests
 * to that endpoint, so the access to it is what counts. Not accessible by default.
 */
@WebEndpoint(id = AtomicWriteConsoleEndpoint.ID, defaultAccess = Access.NONE)
@ImportRuntimeHints(ConsoleRuntimeHints.class)
public class AtomicWriteConsoleEndpoint {

	/** The id of the endpoint. */
	public static final String ID = "atomicwriteconsole";

	private static final Map<String, MimeType> FILES = Map.of("console.css", text("css"), "console.js",
			text("javascript"), "panels.js", text("javascript"), "page.js", text("javascript"));

	private final Resource page;

	private final ConsoleViews views;

	private final Show showValues;

	/**
	 * Creates the endpoint.
	 * @param access the access to the endpoint {@code atomicwrite}, by which the page
	 * offers or refuses actions
	 * @param views what the page shows beyond that endpoint
	 * @param showValues when to show the values of changed fields
	 */
	public AtomicWriteConsoleEndpoint(Access access, ConsoleViews views, Show showValues) {
		this.page = page(access);
		this.views = views;
		this.showValues = showValues;
	}

	private static Resource page(Access access) {
		try {
			String html = resource("console.html").getContentAsString(StandardCharsets.UTF_8);
			return new ByteArrayResource(html.replace("@access@", access.name()).getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static MimeType text(String subtype) {
		return new MimeType("text", subtype, StandardCharsets.UTF_8);
	}

	private static Resource resource(String file) {
		return new ClassPathResource(file, AtomicWriteConsoleEndpoint.class);
	}

	/**
	 * Returns the page.
	 * @return the page
	 */
	@ReadOperation(produces = "text/html")
	public WebEndpointResponse<Resource> page() {
		return new WebEndpointResponse<>(this.page, text("html"));
	}

	/**
	 * Returns a file of the page.
	 * @param file the name of the file
	 * @return the file, or status 404
	 */
	@ReadOperation(produces = { "text/css", "text/javascript" })
	public WebEndpointResponse<Resource> file(@Selector String file) {
		MimeType type = FILES.get(file);
		return (type != null) ? new WebEndpointResponse<>(resource(file), type)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Views a directory or a document.
	 * @param security who asks
	 * @param view {@code doctor}, {@code backups} or {@code changes}
	 * @param name the name of a directory, or for {@code changes} that of a document
	 * @return the view, status 404 if there is none of these names, or status 503 if the
	 * directory can't be read
	 */
	@ReadOperation
	public WebEndpointResponse<Object> view(SecurityContext security, @Selector String view, @Selector String name) {
		return switch (view) {
			case "doctor" -> this.views.doctor(name);
			case "backups" -> this.views.backups(name);
			case "changes" -> this.views.changes(name, this.showValues.isShown(security, Set.of()));
			default -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		};
	}

}
