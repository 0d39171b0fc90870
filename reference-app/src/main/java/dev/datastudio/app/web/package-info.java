/** What every route shares: who asks, errors as problem details, pages of lists, revisions. */
@NullMarked
package dev.datastudio.app.web;

import org.jspecify.annotations.NullMarked;
