/** The HTTP interface for machines: resources, their records, problem documents, OpenAPI. */
@NullMarked
package dev.firebreak.api;

import org.jspecify.annotations.NullMarked;
